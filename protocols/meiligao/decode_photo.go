package meiligao

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// readPhoto answers for the picture with the index that starts the data, and gives its blocks as they come: what is
// acknowledged is not kept here.
func (c *codec) readPhoto(kind uint16, body []byte, r *record, m *protocols.Message) error {
	if len(body) == 0 {
		return &wire.Error{Field: "image index", Offset: offBody, Err: wire.ErrShort}
	}
	switch kind {
	case cmdPhotoStart:
		m.Reply = appendFrame(r.reply[:0], "@@", c.id, cmdPhotoAccepted, body[:1])
		return nil
	case cmdPhotoEnd:
		m.Reply = appendFrame(r.reply[:0], "@@", c.id, cmdRetransmit, []byte{body[0], 0, 0})
		return nil
	}
	p := r.open(m)
	p.Note("photo", protocols.Int(int64(body[0])))
	if kind == cmdPhotoPlace {
		if len(body) < 2 {
			return &wire.Error{Field: "image upload type", Offset: offBody + 1, Err: wire.ErrShort}
		}
		return readSentence(p, body[2:], offBody+2)
	}
	const head = 5
	if len(body) < head {
		return &wire.Error{Field: "packet index", Offset: offBody + len(body), Err: wire.ErrShort}
	}
	p.Note("photo_size_bytes", protocols.Int(int64(binary.BigEndian.Uint16(body[1:]))))
	p.Note("photo_parts", protocols.Int(int64(body[3])))
	p.Note("photo_part", protocols.Int(int64(body[4])))
	p.Note("photo_data", protocols.Bytes(body[head:]))
	return nil
}
