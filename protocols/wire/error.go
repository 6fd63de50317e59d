package wire

import (
	"errors"
	"strconv"
)

// The reasons of an Error. Compare with errors.Is.
var (
	ErrShort    = errors.New("frame too short")
	ErrChecksum = errors.New("checksum does not match")
	ErrValue    = errors.New("value out of range")
	ErrTooLong  = errors.New("frame too long")
	ErrUnknown  = errors.New("unknown kind")
)

// Error says which field of a frame could not be read, and where: "longitude at byte 19: frame too short".
type Error struct {
	Field  string // the field's name in the vendor's paper, in lower case
	Offset int    // byte of the frame at which the field starts
	Err    error  // why; often one of this package's reasons
}

func (e *Error) Error() string {
	return e.Field + " at byte " + strconv.Itoa(e.Offset) + ": " + e.Err.Error()
}

// Unwrap gives the reason.
func (e *Error) Unwrap() error { return e.Err }
