package teltonika

import (
	"encoding/binary"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBlock is the most bytes of a photo that a tracker sends at once.
const maxBlock = 2048

// Kinds of camera messages, the first byte of theirs.
const (
	photoReady = 1 // a photo's number and length, from the tracker
	photoBlock = 2 // a part of a photo, from the tracker; or the wish for it, to the tracker
)

// photo is the one that is being fetched; it is kept by nobody here: each block is given as it comes.
type photo struct {
	id, length uint32
}

// camera reads a message of the camera and asks for the next block of the photo. The blocks are attributes.
func (c *codec) camera(m *protocols.Message, body []byte) {
	r := wire.NewReader(body)
	var attributes []protocols.Attribute
	switch r.U8("camera message") {
	case photoReady:
		c.photo = photo{id: r.U32("photo id"), length: r.U32("photo length")}
		if r.Err() != nil || c.photo.length == 0 {
			return
		}
		attributes = []protocols.Attribute{
			protocols.Attr("photo_id", protocols.Int(int64(c.photo.id))),
			protocols.Attr("photo_length_bytes", protocols.Int(int64(c.photo.length))),
		}
		m.Reply = c.photo.next(0)
	case photoBlock:
		id, offset := r.U32("photo id"), r.U32("offset")
		block := r.Bytes("block", int(r.U16("block length")))
		if r.Err() != nil {
			return
		}
		attributes = []protocols.Attribute{
			protocols.Attr("photo_id", protocols.Int(int64(id))),
			protocols.Attr("photo_offset_bytes", protocols.Int(int64(offset))),
			protocols.Attr("photo_block", protocols.Bytes(block)),
		}
		if id == c.photo.id && len(block) > 0 {
			m.Reply = c.photo.next(uint64(offset) + uint64(len(block)))
		}
	default:
		return
	}
	m.Positions = append(m.Positions, protocols.Position{Attributes: attributes})
}

// next asks for the block at offset; nil if the photo ends there.
func (p photo) next(offset uint64) []byte {
	if offset >= uint64(p.length) {
		return nil
	}
	body := []byte{photoBlock}
	body = binary.BigEndian.AppendUint32(body, p.id)
	body = binary.BigEndian.AppendUint32(body, uint32(offset))
	body = binary.BigEndian.AppendUint16(body, uint16(min(uint64(p.length)-offset, maxBlock)))
	return appendMessage(nil, codec12, typeCamera, body)
}
