package egts

import (
	"strconv"

	"drover/protocols"
)

// owner is whom a position is of: an object, or the one that the conversation is with.
type owner struct {
	object uint32
	named  bool
}

// device is the owner's name in messages, "" for the conversation's own.
func (o owner) device() string {
	if !o.named {
		return ""
	}
	return strconv.FormatUint(uint64(o.object), 10)
}

// share gives each object its positions: the first is the message's, the others go along.
func (d *decoder) share() {
	if len(d.positions) == 0 {
		return
	}
	if first := d.owners[0]; first.named {
		d.m.Device = first.device()
	}
	one := true
	for _, o := range d.owners[1:] {
		one = one && o == d.owners[0]
	}
	if one {
		d.m.Positions = d.positions
		return
	}
	var others []owner // of the messages that go along, in their order
	for i, o := range d.owners {
		to := d.m
		if o != d.owners[0] {
			k := 0
			for k < len(others) && others[k] != o {
				k++
			}
			if k == len(others) {
				others = append(others, o)
				d.m.Also = append(d.m.Also, protocols.Message{Device: o.device()})
			}
			to = &d.m.Also[k]
		}
		to.Positions = append(to.Positions, d.positions[i])
	}
}
