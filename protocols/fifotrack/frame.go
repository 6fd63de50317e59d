package fifotrack

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	maxFrame  = 8192 // the longest frame taken, bytes; photos come in parts of 1 KB
	maxDevice = 20   // the most digits of an identity
	tail      = 5    // *, checksum, CR, LF
	maxNumber = 4    // the most digits of a frame's number
)

var terminator = []byte("\r\n")

// frame is $$, the length from the first comma to the asterisk, IMEI, the frame's number in hexadecimal, its type,
// what it says, *, checksum, CR, LF.
type frame struct {
	data   []byte
	device []byte
	number []byte
	kind   []byte
	start  int  // where the type starts
	body   int  // where what follows the type and its comma starts
	end    int  // of the body
	spoilt bool // its checksum is wrong or missing
}

// open reads the envelope.
func open(data []byte, sign byte) (frame, error) {
	f := frame{data: data, end: len(data), spoilt: true}
	comma, announced, ok := header(data, sign)
	if !ok || comma == 0 {
		return f, &wire.Error{Field: "header", Err: wire.ErrShort}
	}
	if n := comma + announced; n+tail == len(data) && data[n] == '*' {
		f.end = n
	} else if n := len(data) - tail; n > comma && bytes.HasSuffix(data, terminator) && data[n] == '*' {
		f.end = n
	}
	if n := bytes.LastIndexByte(data, '*'); f.end == len(data) && n > comma && n > len(data)-tail {
		f.end = n // the checksum was cut
	} else if f.end < len(data) {
		sum, ok := wire.Field(data[f.end+1 : f.end+3]).Hex()
		f.spoilt = !ok || byte(sum) != wire.Xor(data[2:f.end])
	}
	device := comma + 1
	n := bytes.IndexByte(data[device:f.end], ',')
	if n < 0 || n > maxDevice || !wire.Digits(data[device:device+n]) {
		return f, &wire.Error{Field: "IMEI", Offset: device, Err: wire.ErrValue}
	}
	f.device = data[device : device+n]
	number := device + n + 1
	n = bytes.IndexByte(data[number:f.end], ',')
	if _, ok := wire.Field(data[number : number+max(n, 0)]).Hex(); !ok || n > maxNumber {
		return f, &wire.Error{Field: "work number", Offset: number, Err: wire.ErrValue}
	}
	f.number = data[number : number+n]
	f.start = number + n + 1
	f.body = f.end
	f.kind = data[f.start:f.end]
	if n := bytes.IndexByte(f.kind, ','); n >= 0 {
		f.kind = f.kind[:n]
		f.body = f.start + n + 1
	}
	return f, nil
}

// header gives the place of the first comma and the length that is announced to follow from there. comma is 0 while
// bytes are missing; ok is false if data can not start a frame.
func header(data []byte, sign byte) (comma, announced int, ok bool) {
	for i := range min(len(data), 7) {
		c := data[i]
		switch {
		case i < 2:
			if c != sign {
				return 0, 0, false
			}
		case c >= '0' && c <= '9':
			announced = announced*10 + int(c-'0')
		case c == ',' && i > 2:
			return i, announced, true
		default:
			return 0, 0, false
		}
	}
	return 0, 0, len(data) < 7
}
