package gt06

import (
	"encoding/binary"

	"drover/protocols"
)

const (
	photoPart = 1024     // bytes asked for at once
	maxPhoto  = 16 << 20 // the largest photo fetched, bytes
)

// photo is what is left to ask for. The parts themselves are not kept: each is told as it comes.
type photo struct {
	id, size, next uint32
}

// photoInfo reads type 35, the offer of a photo: time, state, place, camera, source, format, size and number.
func (c *codec) photoInfo(d *decoder) {
	d.time()
	d.Skip("speed, latitude and longitude", 9)
	camera := d.U8("camera")
	d.Skip("source and format", 2)
	size, id := d.U32("size"), d.U32("picture id")
	if d.Err() != nil {
		return
	}
	c.photo = photo{id: id, size: min(size, maxPhoto)}
	d.add("photo_id", protocols.Int(int64(id)))
	d.add("photo_size_bytes", protocols.Int(int64(size)))
	d.add("camera", protocols.Int(int64(camera)))
}

// photoPart reads type 36 of 7979 frames: number of the photo, offset, length and bytes.
func (c *codec) photoPart(d *decoder) {
	id, offset := d.U32("picture id"), d.U32("offset")
	part := d.Bytes("data", int(d.U16("length")))
	if d.Err() != nil {
		return
	}
	d.add("photo_id", protocols.Int(int64(id)))
	d.add("photo_offset_bytes", protocols.Int(int64(offset)))
	d.add("photo_part", protocols.Bytes(part))
	if id == c.photo.id && offset == c.photo.next {
		c.photo.next += uint32(len(part))
	}
}

// photoRequest appends the request for the next part: number, offset and length. Nothing is asked when all is there.
func (c *codec) photoRequest(b []byte) []byte {
	p := c.photo
	if p.next >= p.size {
		return nil
	}
	var content [10]byte
	binary.BigEndian.PutUint32(content[:], p.id)
	binary.BigEndian.PutUint32(content[4:], p.next)
	binary.BigEndian.PutUint16(content[8:], uint16(min(p.size-p.next, photoPart)))
	c.serial++
	return appendFrame(b, kindStatus36, content[:], c.serial)
}
