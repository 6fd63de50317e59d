package gt06

import (
	"bytes"
	"encoding/binary"

	"drover/protocols/wire"
)

const (
	maxFrame = 8192 // the longest frame taken, bytes: a photo's or a file's part with its envelope
	maxFalse = 512  // how far a frame with a false length is followed, bytes
	maxTries = 4    // so many 0D0A are looked at in it
	maxNoise = 4096 // what may lie between two frames, bytes, before the conversation is given up
)

var terminator = []byte{0x0D, 0x0A}

// frame is what a cut frame says before its content is read.
type frame struct {
	data   []byte
	kind   byte
	long   bool   // 7979
	start  int    // where the body starts
	end    int    // where the body ends
	serial uint16 // 0 if it carries none
	bare   bool   // it has neither serial number nor checksum
	spoilt bool   // its checksum is wrong
}

// open reads the envelope. A false length is forgiven where the end can be told.
func open(data []byte) (frame, error) {
	head, announced, ok := header(data)
	if !ok || len(data) < head+1 {
		return frame{}, &wire.Error{Field: "start", Offset: 0, Err: wire.ErrShort}
	}
	f := frame{data: data, kind: data[head], long: head == 4, start: head + 1, end: len(data) - 2}
	if !bytes.HasSuffix(data, terminator) {
		return f, &wire.Error{Field: "stop", Offset: len(data), Err: wire.ErrShort}
	}
	if f.kind == kindWiFi17 || f.kind == kindWiFi69 {
		if n, _ := wifiLength(data); n == len(data) {
			f.bare = true
			return f, nil
		}
	}
	if proved(data) {
		f.tail()
		return f, nil
	}
	switch {
	case !f.long && len(data) == head+announced+3 && announced > 8: // the length counts the body alone
		f.bare = true
	case f.kind == kindLogin && len(data) < head+announced+2 && len(data) >= f.start+8+2: // cut short after the IMEI
		f.bare = true
	case len(data) < f.start+6:
		return f, &wire.Error{Field: "serial number", Offset: f.start, Err: wire.ErrShort}
	default:
		f.tail()
		f.spoilt = true
	}
	return f, nil
}

// tail takes serial number and checksum off the body.
func (f *frame) tail() {
	f.end = len(f.data) - 6
	f.serial = binary.BigEndian.Uint16(f.data[f.end:])
}

// header gives where the type is and the length that the frame announces.
func header(data []byte) (head, announced int, ok bool) {
	switch {
	case len(data) >= 3 && data[0] == 0x78 && data[1] == 0x78:
		return 3, int(data[2]), true
	case len(data) >= 4 && data[0] == 0x79 && data[1] == 0x79:
		return 4, int(binary.BigEndian.Uint16(data[2:])), true
	}
	return 0, 0, false
}

// proved is whether data is one frame with its checksum right.
func proved(data []byte) bool {
	n := len(data)
	return n >= 10 && wire.CRC16X25(data[2:n-4]) == binary.BigEndian.Uint16(data[n-4:])
}

// wifiLength gives the length of a Wi-Fi frame, whose length byte counts the access points and which has no
// checksum: time in BCD, access points of 7 bytes, number of cells, country, network, cells of 5 bytes. more says
// that bytes are missing to tell; n is 0 if data is no such frame.
func wifiLength(data []byte) (n int, more bool) {
	if len(data) >= 10 {
		if _, ok := wire.BCDNumber(data[4:10]); !ok || data[5] > 0x12 || data[6] > 0x31 || data[7] > 0x23 {
			return 0, false
		}
	}
	count := 10 + 7*int(data[2])
	if len(data) <= count {
		return 0, true
	}
	n = count + 1 + 3 + 5*int(data[count]) + 2
	if len(data) < n {
		return 0, true
	}
	if !bytes.Equal(data[n-2:n], terminator) {
		return 0, false
	}
	return n, false
}
