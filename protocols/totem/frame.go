package totem

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	maxDevice = 16 // the most digits of an identity
	minLength = 30 // the least bytes of a report
)

// frame is $$, a length of all in two hexadecimal or four decimal digits, with the latter the frame's type, IMEI, a
// bar, what it says, and the checksum.
type frame struct {
	data    []byte // without CR and LF
	decimal bool   // the length is decimal
	kind    []byte // the type, nil if it has none
	device  []byte
	start   int // where the body starts
	end     int // where the checksum starts
	body    []byte
	spoilt  bool // its checksum is wrong
}

// open reads the envelope.
func open(data []byte) (frame, error) {
	f := frame{data: bytes.TrimRight(data, "\r\n")}
	head, _, ok := header(f.data)
	if !ok || head == 0 {
		return f, &wire.Error{Field: "header", Err: wire.ErrShort}
	}
	f.decimal = head == 6
	f.end = len(f.data) - 4
	if f.decimal {
		f.end = len(f.data) - 2
		head += 2
	}
	bar := head + bytes.IndexByte(f.data[min(head, len(f.data)):], '|')
	if bar < head || bar-head > maxDevice || !wire.Digits(f.data[head:bar]) {
		return f, &wire.Error{Field: "IMEI", Offset: head, Err: wire.ErrValue}
	}
	f.device = f.data[head:bar]
	f.start = bar + 1
	if f.end < f.start+4 {
		return f, &wire.Error{Field: "checksum", Offset: f.start, Err: wire.ErrShort}
	}
	f.body = f.data[f.start:f.end]
	if f.decimal {
		f.kind = f.data[6:8]
	}
	f.spoilt = !summed(f.data, f.decimal)
	return f, nil
}

// summed is whether data ends with its right checksum.
func summed(data []byte, decimal bool) bool {
	n := len(data)
	if decimal {
		sum, ok := wire.Field(data[max(n-2, 0):]).Hex()
		return ok && n > 2 && byte(sum) == wire.Xor(data[:n-2])
	}
	sum, ok := wire.Field(data[max(n-4, 0):]).Hex()
	return ok && n > 4 && uint16(sum) == wire.CRC16Modbus(data[:n-4])
}

// header gives how many bytes $$ and the length have, and the length. head is 0 while bytes are missing; ok is false
// if data can not start a frame.
func header(data []byte) (head, length int, ok bool) {
	if len(data) > 0 && data[0] != '$' || len(data) > 1 && data[1] != '$' {
		return 0, 0, false
	}
	if len(data) < 3 {
		return 0, 0, true
	}
	head, base := 4, 16
	if data[2] == '0' {
		head, base = 6, 10
	}
	for i, c := range data[2:min(head, len(data))] {
		digit, isHex := wire.Field{c}.Hex()
		if !isHex || int(digit) >= base || i == 0 && c >= 'a' {
			return 0, 0, false
		}
		length = length*base + int(digit)
	}
	if len(data) < head {
		return 0, 0, true
	}
	return head, length, length >= minLength
}
