package teltonika

import (
	"encoding/binary"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

const datagramReply = 7 // bytes: length, packet id, 1, packet id of the application, number of records

// Hear reads the answer to a login, the number of records taken, or a command.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	switch {
	case len(data) == 0:
		return 0, protocols.Heard{}, nil
	case !t.known:
		return t.hearLogin(data[0])
	case len(data) < 4:
		return 0, protocols.Heard{}, nil
	}
	word := binary.BigEndian.Uint32(data)
	switch {
	case word == 0:
		return t.hearCommand(data)
	case t.network == protocols.UDP:
		return t.hearDatagram(data)
	case word > 255:
		return 0, protocols.Heard{}, &wire.Error{Field: "number of data accepted", Offset: 0, Err: wire.ErrValue}
	}
	return 4, t.taken(byte(word)), nil
}

func (t *tracker) hearLogin(answer byte) (int, protocols.Heard, error) {
	switch answer {
	case 1:
		t.known = true
		return 1, protocols.Heard{Welcome: true}, nil
	case 0:
		return 1, protocols.Heard{Refused: true}, nil
	}
	return 0, protocols.Heard{}, &wire.Error{Field: "login answer", Offset: 0, Err: wire.ErrValue}
}

// taken: a number other than that of the records sent means that all of them are to be sent again.
func (t *tracker) taken(n byte) protocols.Heard {
	if n != t.pending {
		return protocols.Heard{}
	}
	t.pending = 0
	return protocols.Heard{Positions: int(n)}
}

func (t *tracker) hearDatagram(data []byte) (int, protocols.Heard, error) {
	if binary.BigEndian.Uint16(data) != datagramReply-2 {
		return 0, protocols.Heard{}, &wire.Error{Field: "length", Offset: 0, Err: wire.ErrValue}
	}
	if len(data) < datagramReply {
		return 0, protocols.Heard{}, nil
	}
	if binary.BigEndian.Uint16(data[2:]) != t.packet || data[5] != t.avl {
		return datagramReply, protocols.Heard{}, nil // late, to an earlier packet
	}
	return datagramReply, t.taken(data[6]), nil
}

// hearCommand reads a packet of codec 12 or 14 and answers as a tracker does.
func (t *tracker) hearCommand(data []byte) (int, protocols.Heard, error) {
	total, err := packetLength(data)
	if err != nil {
		return 0, protocols.Heard{}, err
	}
	if total == 0 || len(data) < total {
		return 0, protocols.Heard{}, nil
	}
	end := total - checksumLength
	if binary.BigEndian.Uint32(data[end:]) != uint32(wire.CRC16ARC(data[headerLength:end])) {
		return 0, protocols.Heard{}, &wire.Error{Field: "crc", Offset: end, Err: wire.ErrChecksum}
	}
	r := wire.NewReader(data[:end])
	r.Skip("header", headerLength)
	codec, quantity, what := r.U8("codec id"), r.U8("quantity 1"), r.U8("message type")
	body := r.Bytes("message", int(r.U32("message size")))
	switch {
	case r.Err() != nil:
		return 0, protocols.Heard{}, r.Err()
	case quantity != 1 || what != typeCommand || codec != codec12 && codec != codec14:
		return 0, protocols.Heard{}, &wire.Error{Field: "codec id", Offset: headerLength, Err: wire.ErrUnknown}
	case codec == codec12:
		command := string(body)
		return total, protocols.Heard{Command: command, Reply: t.answer(codec12, typeAnswer, nil, command)}, nil
	case len(body) < 8:
		return 0, protocols.Heard{}, &wire.Error{Field: "imei", Offset: r.Offset(), Err: wire.ErrShort}
	}
	imei, _ := wire.BCD(body[:8])
	if strings.TrimPrefix(imei, "0") != t.device {
		return total, protocols.Heard{Reply: t.answer(codec14, typeRefusal, body[:8], "")}, nil
	}
	command := string(body[8:])
	return total, protocols.Heard{Command: command, Reply: t.answer(codec14, typeAnswer, body[:8], command)}, nil
}

// answer words an answer to a command; imei comes before it in codec 14.
func (t *tracker) answer(codec, what byte, imei []byte, command string) []byte {
	var words string
	verb, rest, _ := strings.Cut(command, " ")
	switch verb {
	case "":
	case "setdigout":
		words = "DOUT:" + rest + " Timeout:INFINITY"
	case "setparam":
		words = "New value " + rest
	case "getrecord":
		words = "Record saved"
	case "cpureset":
		words = "CPU reset"
	default:
		words = "OK " + command
	}
	return appendMessage(nil, codec, what, append(imei[:len(imei):len(imei)], words...))
}
