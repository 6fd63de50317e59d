package ruptela

import (
	"encoding/binary"

	"drover/protocols/wire"
)

// The commands of the tracker. The server's are 100 higher.
const (
	kindRecords        = 1
	kindConfiguration  = 2
	kindVersion        = 3
	kindFirmware       = 4
	kindConnection     = 5
	kindOdometer       = 6
	kindText           = 7
	kindTextRequest    = 8 // only the server says this one, as 108
	kindTroubleCodes   = 9
	kindTransparent    = 14
	kindIdentification = 15
	kindHeartbeat      = 16
	kindSetIO          = 17
	kindDriverCard     = 36
	kindFiles          = 37
	kindExtended       = 68

	fromServer      = 100
	kindAcknowledge = 100 // of records
)

// The server's answers.
const (
	nack = 0
	ack  = 1
)

const (
	lengthSize = 2
	headSize   = lengthSize + 8 + 1 // up to the command
	crcSize    = 2
	minLength  = 8 + 1 // what the length counts: IMEI and command at least

	// maxLength is the most that the length may say. The papers end at 1,024 bytes a packet; later firmwares are said
	// to send more.
	maxLength = 4096
)

// The IMEI as a number: 15 digits, of which the first ones may be 0.
const (
	minIMEI = 1e13
	maxIMEI = 1e15
)

// packet is what a packet says before its payload is read.
type packet struct {
	imei    uint64
	kind    byte
	payload []byte
	spoilt  bool // its checksum is wrong
	cut     bool // it ends before its checksum, or earlier
}

// open reads the envelope. What is there may be less than the length says, but not more.
func open(frame []byte) (packet, error) {
	if len(frame) < headSize {
		return packet{}, &wire.Error{Field: "packet", Offset: len(frame), Err: wire.ErrShort}
	}
	missing := int(binary.BigEndian.Uint16(frame)) + lengthSize + crcSize - len(frame)
	if missing < 0 {
		return packet{}, &wire.Error{Field: "packet length", Offset: 0, Err: wire.ErrValue}
	}
	p := packet{imei: binary.BigEndian.Uint64(frame[lengthSize:]), kind: frame[headSize-1]}
	if p.imei >= maxIMEI || p.imei == 0 {
		return packet{}, &wire.Error{Field: "imei", Offset: lengthSize, Err: wire.ErrValue}
	}
	end := max(headSize, len(frame)-max(0, crcSize-missing))
	p.payload = frame[headSize:end]
	p.cut = missing > 0
	p.spoilt = !p.cut && !proved(frame)
	return p, nil
}

// proved is whether the checksum of a whole packet is right.
func proved(frame []byte) bool {
	end := len(frame) - crcSize
	return wire.CRC16Kermit(frame[lengthSize:end]) == binary.BigEndian.Uint16(frame[end:])
}

// appendPacket appends a packet of the server's.
func appendPacket(b []byte, kind byte, payload ...byte) []byte {
	start := len(b)
	b = binary.BigEndian.AppendUint16(b, uint16(1+len(payload)))
	b = append(b, kind)
	b = append(b, payload...)
	return binary.BigEndian.AppendUint16(b, wire.CRC16Kermit(b[start+lengthSize:]))
}

// The fixed answers. Each is read by all conversations and written by none.
var (
	acknowledgement = answer(kindAcknowledge, ack)
	refusal         = answer(kindAcknowledge, nack)
	codesTaken      = answer(kindTroubleCodes+fromServer, ack)
	cardTaken       = answer(kindDriverCard+fromServer, ack)
	dataTaken       = answer(kindTransparent+fromServer, ack)
)

// answer is a packet with one byte of payload; who appends to it gets a copy.
func answer(kind, payload byte) []byte {
	b := appendPacket(nil, kind, payload)
	return b[:len(b):len(b)]
}
