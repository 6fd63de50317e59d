package jt808

import (
	"bytes"

	"drover/protocols"
	"drover/protocols/wire"
)

// Hear reads one frame of the server's.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if len(data) == 0 {
		return 0, heard, nil
	}
	if data[0] != mark {
		return 0, heard, &wire.Error{Field: "delimiter", Offset: 0, Err: wire.ErrUnknown}
	}
	end := bytes.IndexByte(data[1:], mark) + 1
	if end == 0 {
		return 0, heard, nil
	}
	used := end + 1
	h, _, err := open(data[:used], nil)
	if err != nil {
		return 0, heard, err
	}
	if h.spoilt {
		return 0, heard, &wire.Error{Field: "checksum", Offset: end - 1, Err: wire.ErrChecksum}
	}
	switch h.kind {
	case kindRegistered:
		t.registered(&h, &heard)
	case kindGeneral:
		t.answered(&h, &heard)
	case kindTimeAnswer, kindTimeVendor, kindMediaAnswer, kindResend:
	default:
		err = t.obey(&h, &heard)
	}
	return used, heard, err
}

// registered takes the code, with which the terminal signs in.
func (t *tracker) registered(h *header, heard *protocols.Heard) {
	if len(h.body) < 4 || h.body[2] != resultOK {
		heard.Refused = true
		return
	}
	heard.Welcome = true
	code := h.body[3:]
	body := append([]byte{byte(len(code))}, code...)
	body = append(body, "000000000000000"...)
	heard.Reply = t.say(nil, kindAuth, append(body, "SIM 1.0             "...))
}

// answered takes the answer to a report, or to the sign-in.
func (t *tracker) answered(h *header, heard *protocols.Heard) {
	if len(h.body) < 5 {
		return
	}
	serial, result := u16(h.body), h.body[4]
	switch {
	case result != resultOK:
		heard.Refused = true
	case t.waiting > 0 && serial == t.reported:
		heard.Positions, t.waiting = int(t.waiting), 0
	}
}

// obey carries a command out and answers it.
func (t *tracker) obey(h *header, heard *protocols.Heard) error {
	b := h.body
	switch h.kind {
	case kindLocate:
		heard.Command = "locate"
		heard.Reply = t.say(nil, kindQueried, append([]byte{byte(h.serial >> 8), byte(h.serial)}, t.last...))
		if len(t.last) > 0 {
			return nil
		}
	case kindSet, kindControl, kindSendText, kindDownlink, kindOil:
		heard.Command = wordsIn(h.kind, b)
	default:
		return &wire.Error{Field: "message id", Offset: 1, Err: wire.ErrUnknown}
	}
	if h.kind == kindControl && len(b) == 1 {
		switch b[0] {
		case 0xF0, 0x64:
			t.cut = true
		case 0xF1, 0x65:
			t.cut = false
		}
	}
	answer := [5]byte{byte(h.serial >> 8), byte(h.serial), byte(h.kind >> 8), byte(h.kind), resultOK}
	heard.Reply = t.say(nil, kindAnswer, answer[:])
	if h.kind == kindSendText {
		heard.Reply = t.say(heard.Reply, kindText, append([]byte{0}, "OK"...))
	}
	return nil
}

// wordsIn puts a command's bytes into words.
func wordsIn(kind uint16, b []byte) string {
	switch {
	case kind == kindSendText && len(b) > 2:
		return string(b[2:])
	case kind == kindSet:
		return "set " + string(b)
	case len(b) == 1 && (b[0] < ' ' || b[0] > '~'):
		return "control " + decimalText(uint32(kind)) + " " + decimalText(uint32(b[0]))
	case len(b) > 0 && printable(b[1:]):
		return string(b)
	}
	return "control " + decimalText(uint32(kind))
}
