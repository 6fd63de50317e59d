package jt808

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// results are the words for a general answer's result.
var results = [...]string{"ok", "failure", "message error", "not supported", "busy"}

// idOf is the number of the command that went out with a serial number; 0 if none did.
func (c *codec) idOf(serial uint16) uint32 {
	for _, a := range c.asked {
		if a.serial == serial && a.id != 0 {
			return a.id
		}
	}
	return 0
}

// answer reads the answers that begin with the serial number of what is answered.
func (c *codec) answer(h *header, m *protocols.Message) {
	d := &c.d
	if len(h.body) < 2 {
		d.fail("serial number of the answer", h.start, wire.ErrShort)
		return
	}
	r := &protocols.Result{ID: c.idOf(u16(h.body))}
	rest := h.body[2:]
	switch h.kind {
	case kindAnswer:
		if len(rest) < 3 {
			d.fail("result", h.start+2, wire.ErrShort)
			return
		}
		r.Nack = rest[2] != 0
		r.Text = "result " + decimalText(uint32(rest[2]))
		if int(rest[2]) < len(results) {
			r.Text = results[rest[2]]
		}
	case kindQueried, kindControlled:
		r.Text = "ok"
		d.location(rest, h.start+2)
	default:
		r.Data = append([]byte{}, rest...)
	}
	m.Result = r
}

// words reads the answers in words: 6006 behind the coding, 1300 in UTF-16 behind a serial number, 0701 behind a
// length.
func (c *codec) words(h *header, m *protocols.Message) {
	d, b := &c.d, h.body
	r := &protocols.Result{}
	switch h.kind {
	case kindText:
		if len(b) < 1 {
			d.fail("coding", h.start, wire.ErrShort)
			return
		}
		if v := text(b[1:]); v.Kind() == protocols.KindText {
			r.Text = v.Raw()
		} else {
			r.Data = []byte(v.Raw())
		}
	case kindText1300:
		if len(b) < 2 {
			d.fail("serial number of the answer", h.start, wire.ErrShort)
			return
		}
		r.ID, r.Text = c.idOf(u16(b)), wide(b[2:])
	default:
		if len(b) < 4 || int64(u32(b)) != int64(len(b)-4) || !printable(trim(b[4:])) {
			d.add("waybill", protocols.Bytes(b))
			return
		}
		r.Text = string(trim(b[4:]))
	}
	m.Result = r
}
