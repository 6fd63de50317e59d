package wire

import "encoding/binary"

// Reader reads a frame from front to back. It never reads past the end: the first read that would sticks as an error
// naming its field, and that read and all later ones give zero. So a decoder reads like the paper's table and asks Err
// once.
//
// The zero Reader is an empty frame.
type Reader struct {
	data []byte
	off  int
	err  *Error
}

// NewReader reads data, which it borrows.
func NewReader(data []byte) Reader { return Reader{data: data} }

// Err is the first failure, nil if none.
func (r *Reader) Err() error {
	if r.err == nil {
		return nil
	}
	return r.err
}

// Fail makes err the failure of the named field at the present byte, unless there was one before.
func (r *Reader) Fail(field string, err error) {
	if r.err == nil {
		r.err = &Error{Field: field, Offset: r.off, Err: err}
		r.off = len(r.data)
	}
}

// Offset is the next byte to be read.
func (r *Reader) Offset() int { return r.off }

// Len is how many bytes are left.
func (r *Reader) Len() int { return len(r.data) - r.off }

// Rest gives all that is left, borrowed, and reads it.
func (r *Reader) Rest() []byte {
	b := r.data[r.off:]
	r.off = len(r.data)
	return b
}

// Bytes gives the next n bytes, borrowed; nil and a failure if there are not as many.
func (r *Reader) Bytes(field string, n int) []byte {
	from := r.off
	if uint(n) > uint(len(r.data)-from) {
		r.Fail(field, ErrShort)
		return nil
	}
	r.off += n
	return r.data[from:r.off:r.off]
}

// Skip passes n bytes over.
func (r *Reader) Skip(field string, n int) { r.Bytes(field, n) }

// Peek gives the next byte without reading it, and whether there is one.
func (r *Reader) Peek() (byte, bool) {
	if r.off >= len(r.data) {
		return 0, false
	}
	return r.data[r.off], true
}

// U8 reads one byte.
func (r *Reader) U8(field string) uint8 {
	if r.off >= len(r.data) {
		r.Fail(field, ErrShort)
		return 0
	}
	v := r.data[r.off]
	r.off++
	return v
}

// U16 reads two bytes, high byte first.
func (r *Reader) U16(field string) (v uint16) {
	if b := r.Bytes(field, 2); b != nil {
		v = binary.BigEndian.Uint16(b)
	}
	return v
}

// U24 reads three bytes, high byte first.
func (r *Reader) U24(field string) uint32 { return uint32(r.UintN(field, 3)) }

// U32 reads four bytes, high byte first.
func (r *Reader) U32(field string) (v uint32) {
	if b := r.Bytes(field, 4); b != nil {
		v = binary.BigEndian.Uint32(b)
	}
	return v
}

// U64 reads eight bytes, high byte first.
func (r *Reader) U64(field string) (v uint64) {
	if b := r.Bytes(field, 8); b != nil {
		v = binary.BigEndian.Uint64(b)
	}
	return v
}

// UintN reads n bytes, 0 ≤ n ≤ 8, high byte first.
func (r *Reader) UintN(field string, n int) uint64 {
	var v uint64
	for _, c := range r.Bytes(field, n) {
		v = v<<8 | uint64(c)
	}
	return v
}

// U16LE reads two bytes, low byte first.
func (r *Reader) U16LE(field string) uint16 { return uint16(r.UintLE(field, 2)) }

// U32LE reads four bytes, low byte first.
func (r *Reader) U32LE(field string) uint32 { return uint32(r.UintLE(field, 4)) }

// U64LE reads eight bytes, low byte first.
func (r *Reader) U64LE(field string) uint64 { return r.UintLE(field, 8) }

// UintLE reads n bytes, 0 ≤ n ≤ 8, low byte first.
func (r *Reader) UintLE(field string, n int) uint64 {
	b := r.Bytes(field, n)
	var v uint64
	for i := len(b) - 1; i >= 0; i-- {
		v = v<<8 | uint64(b[i])
	}
	return v
}
