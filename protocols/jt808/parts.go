package jt808

import (
	"encoding/binary"
	"slices"
)

const (
	maxParts = 512
	maxWhole = 256 << 10 // bytes of a message in parts
)

// parts is a message of which parts are missing.
type parts struct {
	kind, total uint16
	serial      uint16 // of the part that came first,
	index       uint16 // which is this one
	first       uint16 // the serial number of part 1
	have        int
	size        int
	content     [][]byte // by number - 1
}

// same is whether a part belongs to what waits. The serial numbers of parts count up, or are all the same.
func (p *parts) same(h *header) bool {
	return p.content != nil && p.kind == h.kind && p.total == h.total &&
		(h.serial == p.serial || h.serial-p.serial == h.index-p.index)
}

// join keeps a part, and makes h the whole message once that is there. A part of another message drops what waits.
func (p *parts) join(h *header) bool {
	if h.index == 0 || h.index > h.total || h.total > maxParts {
		*p = parts{}
		return false
	}
	if !p.same(h) {
		*p = parts{
			kind: h.kind, total: h.total, serial: h.serial, index: h.index, first: h.serial - (h.index - 1),
			content: make([][]byte, h.total),
		}
	}
	if h.serial == p.serial && h.index != p.index {
		p.first = h.serial
	}
	if slot := &p.content[h.index-1]; *slot == nil {
		if p.size+len(h.body) > maxWhole {
			*p = parts{}
			return false
		}
		*slot = append(make([]byte, 0, max(1, len(h.body))), h.body...) // not nil, even if it is empty
		p.have++
		p.size += len(h.body)
	}
	if p.have < len(p.content) {
		return false
	}
	h.body = slices.Concat(p.content...)
	h.serial = p.first
	*p = parts{}
	return true
}

// missing asks for the parts that did not come before the last one did: serial number of the first, count, numbers.
func (c *codec) missing(h *header) []byte {
	p := &c.parts
	if p.content == nil || h.index != h.total {
		return nil
	}
	body := binary.BigEndian.AppendUint16(nil, p.first)
	body = append(body, 0)
	for i, part := range p.content {
		if part == nil && body[2] < 255 {
			body = binary.BigEndian.AppendUint16(body, uint16(i+1))
			body[2]++
		}
	}
	return c.frame(h, nil, kindResend, body)
}
