package detect

import (
	"math/bits"
	"time"

	"drover/protocols"
)

// Settle breaks a tie: of the families that are as sure, the first under which the message's identity is known, or else
// the first whose decoder finds an identity, or else the first. first arrived at the given time.
func (d *Detector) Settle(
	v Verdict, n protocols.Network, first []byte, at time.Time, known func(identity string, p *protocols.Protocol) bool,
) *protocols.Protocol {
	if !v.Tied() {
		return v.Protocol
	}
	var named *protocols.Protocol
	for rest := v.equals; rest != 0; rest &= rest - 1 {
		p := d.families[bits.TrailingZeros64(uint64(rest))]
		identity := Introduced(p, n, first, at)
		switch {
		case identity != "" && known(identity, p):
			return p
		case identity != "" && named == nil:
			named = p
		}
	}
	if named != nil {
		return named
	}
	return v.Protocol
}

// Introduced gives the first identity that the bytes name in a family's language, "" if they name none.
func Introduced(p *protocols.Protocol, n protocols.Network, first []byte, at time.Time) (identity string) {
	codec := p.Codec(n)
	_, _ = protocols.Frames(codec, first, n == protocols.UDP, func(frame []byte) error {
		m, err := codec.Decode(frame, at)
		if identity == "" {
			identity = m.Device
		}
		return err
	}) // whatever went wrong, the name is what was wanted
	return identity
}
