package detect

import (
	"fmt"
	"math/bits"

	"drover/protocols"
)

// most is how many families fit a set.
const most = 64

// Detector tells a list of families apart.
type Detector struct {
	families []*protocols.Protocol
	begin    [256]set // by first byte: who may begin so
}

// set is families by their place in the list.
type set uint64

// Verdict is what the bytes so far say.
type Verdict struct {
	Protocol *protocols.Protocol // the surest; nil where nobody is sure
	Level    protocols.Level     // how sure: LevelShape or LevelProof
	Need     int                 // so many bytes in all may change it; 0 where it is final

	equals set // who are as sure, Protocol among them
}

// New makes a Detector of at most 64 families; those that have no Sniff are left out.
func New(families []*protocols.Protocol) (*Detector, error) {
	if len(families) > most {
		return nil, fmt.Errorf("%d families: at most %d can be told apart", len(families), most)
	}
	d := &Detector{families: families}
	for i, p := range families {
		if p.Sniff == nil {
			continue
		}
		for c := range 256 {
			m := p.Sniff([]byte{byte(c)})
			if m.Level == protocols.LevelNone && m.Need <= 1 {
				continue
			}
			d.begin[c] |= 1 << i
		}
	}
	return d, nil
}

// Decide says whose first bytes these are. On UDP first is the whole datagram, and the verdict final.
func (d *Detector) Decide(n protocols.Network, first []byte) Verdict {
	if len(first) == 0 {
		return Verdict{Need: 1}
	}
	v := Verdict{Level: protocols.LevelPrefix}
	for rest := d.begin[first[0]]; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(uint64(rest))
		m := d.families[i].Sniff(first)
		switch {
		case m.Level > v.Level:
			v.Level, v.Protocol, v.equals = m.Level, d.families[i], 1<<i
		case m.Level == v.Level && v.Protocol != nil:
			v.equals |= 1 << i
		}
		if m.Need > len(first) && (v.Need == 0 || m.Need < v.Need) {
			v.Need = m.Need
		}
	}
	if v.Protocol == nil {
		v.Level = protocols.LevelNone
	}
	if v.Level == protocols.LevelProof || n == protocols.UDP {
		v.Need = 0
	}
	return v
}

// Tied says whether several families are as sure.
func (v *Verdict) Tied() bool { return v.equals&(v.equals-1) != 0 }
