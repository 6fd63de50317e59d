package meitrack

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	maxFrame  = 8192 // the longest frame taken, bytes; photos come in parts of about 1 KB
	maxDevice = 20   // the most digits of an identity
)

// frame is $$, a flag, the length from the first comma on, IMEI, command, what it says, *, checksum, CR, LF.
type frame struct {
	data    []byte
	flag    byte
	device  []byte
	command []byte
	start   int  // where the command starts
	body    int  // where what follows the command and its comma starts
	end     int  // of the body
	spoilt  bool // its checksum is wrong
}

// open reads the envelope and the command.
func open(data []byte) (frame, error) {
	f, err := envelope(data)
	if err != nil {
		return f, err
	}
	f.body = f.start + 3
	if f.body > f.end {
		return f, &wire.Error{Field: "command", Offset: f.start, Err: wire.ErrShort}
	}
	f.command = data[f.start:f.body]
	if f.body < f.end {
		if data[f.body] != ',' {
			return f, &wire.Error{Field: "command", Offset: f.start, Err: wire.ErrUnknown}
		}
		f.body++
	}
	return f, nil
}

// envelope reads all but the command.
func envelope(data []byte) (frame, error) {
	f := frame{data: data}
	if len(data) > maxFrame {
		return f, &wire.Error{Field: "frame", Offset: maxFrame, Err: wire.ErrTooLong}
	}
	comma, _, ok := header(data)
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
	f.close()
	if f.start > f.end {
		return f, &wire.Error{Field: "command", Offset: f.start, Err: wire.ErrShort}
	}
	return f, nil
}

// close finds the end of the body and holds the checksum against it.
func (f *frame) close() {
	f.end = len(f.data)
	if bytes.HasSuffix(f.data, terminator) {
		f.end -= 2
	}
	sum, ok := summed(f.data[:f.end])
	if !ok {
		f.spoilt = true
		return
	}
	f.end -= 3
	f.spoilt = sum != wire.Sum8(f.data[:f.end+1])
}

// summed gives the checksum that data ends with.
func summed(data []byte) (byte, bool) {
	n := len(data)
	if n < 3 || data[n-3] != '*' {
		return 0, false
	}
	v, ok := wire.Field(data[n-2:]).Hex()
	return byte(v), ok
}

var terminator = []byte("\r\n")

// header gives the place of the first comma and the length that is announced to follow from there. comma is 0 while
// bytes are missing; ok is false if data can not start a frame.
func header(data []byte) (comma, announced int, ok bool) {
	for i := range min(len(data), 9) {
		c := data[i]
		switch {
		case i < 2:
			if c != '$' {
				return 0, 0, false
			}
		case i == 2:
			if c < ' ' || c > '~' || c >= '0' && c <= '9' || c == '$' {
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
