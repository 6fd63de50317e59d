package ruptela

import (
	"bytes"
	"math"

	"drover/protocols"
	"drover/protocols/wire"
)

// joinedTable has the texts that are spread over elements of eight bytes with consecutive ids.
var joinedTable = [...]struct {
	first, parts int
	name         string
}{
	{104, 3, "vin"},
	{126, 2, "driver_id"},
	{128, 2, "driver_2_id"},
	{155, 2, "tachograph_driver_id"},
	{157, 2, "tachograph_driver_2_id"},
	{760, 2, "tag_id"},
}

// maxParts is the most parts of a joined text.
const maxParts = 3

// joined are the parts of texts that a record had so far.
type joined struct {
	part [len(joinedTable)][maxParts]uint64
	had  [len(joinedTable)]uint8 // a bit for each part
	any  bool
}

// part keeps a part of a text; false if the id is none.
func (d *records) part(id int, v uint64) bool {
	for i := range joinedTable {
		if at := id - joinedTable[i].first; at >= 0 && at < joinedTable[i].parts {
			d.joined.part[i][at] = v
			d.joined.had[i] |= 1 << at
			d.joined.any = true
			return true
		}
	}
	return false
}

// join adds the texts of which there are parts. Nothing but zeros is no text.
func (d *records) join() {
	if !d.joined.any {
		return
	}
	for i := range joinedTable {
		t, had := &joinedTable[i], d.joined.had[i]
		var room [8 * maxParts]byte
		text, whole := room[:0], had == 1<<t.parts-1
		for at := range t.parts {
			v := d.joined.part[i][at]
			if !whole && had&(1<<at) != 0 {
				d.add(ioName(t.first+at), protocols.Int(int64(v&math.MaxInt64)))
			}
			for shift := 56; shift >= 0; shift -= 8 {
				text = append(text, byte(v>>shift))
			}
		}
		if trimmed := bytes.Trim(text, "\x00 "); whole && len(trimmed) > 0 {
			d.add(t.name, words(trimmed))
		}
	}
	d.joined = joined{}
}

// words is a text, or the bytes if they are none.
func words(b []byte) protocols.Value {
	if wire.Printable(b) {
		return protocols.Text(string(b))
	}
	return protocols.Bytes(b)
}
