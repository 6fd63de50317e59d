package startek

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	maxFrame  = 8192 // the longest frame taken, bytes
	maxDevice = 20   // the most digits of an identity
	tail      = 4    // checksum, CR, LF
)

// frame is &&, a flag, the length from the first comma to the checksum, IMEI, command, what it says, checksum, CR, LF.
type frame struct {
	data   []byte
	flag   byte
	device []byte
	start  int  // where the command starts
	body   int  // where what follows the command and its comma starts
	end    int  // of the body
	spoilt bool // its checksum is wrong or missing
}

// open reads the envelope.
func open(data []byte, sign byte) (frame, error) {
	f := frame{data: data}
	comma, _, ok := header(data, sign)
	if !ok || comma == 0 {
		return f, &wire.Error{Field: "header", Err: wire.ErrShort}
	}
	f.flag = data[2]
	device := comma + 1
	n := bytes.IndexByte(data[device:], ',')
	if n < 0 || n > maxDevice || !wire.Digits(data[device:device+n]) {
		return f, &wire.Error{Field: "IMEI", Offset: device, Err: wire.ErrValue}
	}
	f.device = data[device : device+n]
	f.start = device + n + 1
	f.end = len(data)
	f.spoilt = true
	if bytes.HasSuffix(data, terminator) {
		f.end = max(len(data)-tail, 0)
		f.spoilt = !summed(data)
	}
	if f.end < f.start+1 {
		return f, &wire.Error{Field: "command", Offset: f.start, Err: wire.ErrShort}
	}
	f.body = f.end
	if n := bytes.IndexByte(data[f.start:f.end], ','); n >= 0 {
		f.body = f.start + n + 1
	}
	return f, nil
}

var terminator = []byte("\r\n")

// summed is whether data, which ends with CR and LF, has the right checksum before them.
func summed(data []byte) bool {
	n := len(data) - tail
	if n < 0 {
		return false
	}
	v, ok := wire.Field(data[n : n+2]).Hex()
	return ok && byte(v) == wire.Sum8(data[:n])
}

// header gives the place of the first comma and the length that is announced to follow from there, up to the
// checksum. comma is 0 while bytes are missing; ok is false if data can not start a frame.
func header(data []byte, sign byte) (comma, announced int, ok bool) {
	for i := range min(len(data), 9) {
		c := data[i]
		switch {
		case i < 2:
			if c != sign {
				return 0, 0, false
			}
		case i == 2:
			if c < ' ' || c > '~' {
				return 0, 0, false
			}
		case c >= '0' && c <= '9':
			announced = announced*10 + int(c-'0')
		case c == ',' && i > 3:
			return i, announced, true
		default:
			return 0, 0, false
		}
	}
	return 0, 0, len(data) < 9
}
