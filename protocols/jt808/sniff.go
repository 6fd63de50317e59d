package jt808

import "drover/protocols"

// sniff knows a first message by its checksum together with a message id and a length that fit (proof), or by either
// alone (shape).
func sniff(first []byte) protocols.Match {
	if len(first) == 0 {
		return protocols.Match{Need: 2}
	}
	delimiter := first[0]
	if delimiter != mark && delimiter != otherMark {
		return protocols.Match{}
	}
	from := 0
	for from+1 < len(first) && first[from+1] == delimiter { // the end of what came before
		from++
	}
	g := glance{delimiter: delimiter}
	closed := g.over(first[from+1:])
	if !closed {
		return g.open(len(first))
	}
	return g.whole()
}

// glance is a frame seen without keeping it.
type glance struct {
	delimiter byte
	head      [24]byte // its first bytes, escapes resolved
	size      int      // bytes so far, escapes resolved
	xor       byte
}

// over looks at the bytes behind the first delimiter, and tells whether the second is there.
func (g *glance) over(rest []byte) bool {
	for i := 0; i < len(rest); i++ {
		b := rest[i]
		if b == g.delimiter {
			return true
		}
		if i+1 < len(rest) {
			if plain, ok := escaped(b, rest[i+1], g.delimiter); ok {
				b = plain
				i++
			}
		}
		if g.size < len(g.head) {
			g.head[g.size] = b
		}
		g.size++
		g.xor ^= b
	}
	return false
}

func (g *glance) kind() uint16 { return uint16(g.head[0])<<8 | uint16(g.head[1]) }

func (g *glance) attribute() uint16 { return uint16(g.head[2])<<8 | uint16(g.head[3]) }

// expected is the length that the header announces, the checksum included.
func (g *glance) expected() int {
	n := 2 + 2 + 6 + 2 + 1
	switch {
	case isLock(g.kind()):
		n--
	case g.attribute()&versionedBit != 0:
		n += 5
	case g.delimiter == otherMark:
		n++
	}
	return n + int(g.attribute()&lengthBits)
}

// fits is whether the frame is as long as its header announces, with the numbers of a part or without.
func (g *glance) fits() bool {
	parted := g.attribute()&partedBit != 0 && !isLock(g.kind())
	return g.size == g.expected() || parted && g.size == g.expected()+4
}

// open judges a frame that has not ended yet.
func (g *glance) open(have int) protocols.Match {
	if g.size < 4 {
		return protocols.Match{Level: protocols.LevelPrefix, Need: have + 4 - g.size}
	}
	missing := g.expected() - g.size + 1
	if missing > 0 {
		return protocols.Match{Level: protocols.LevelPrefix, Need: have + missing}
	}
	if g.size > 2*g.expected() || have > maxFrame { // a false length is forgiven, but not without an end
		return protocols.Match{}
	}
	return protocols.Match{Level: protocols.LevelPrefix, Need: have + 1}
}

// whole judges a frame that has ended.
func (g *glance) whole() protocols.Match {
	known, fits, right := knownKind(g.kind()), g.fits(), g.xor == 0
	switch {
	case g.size < 12:
	case known && fits && right:
		return protocols.Match{Level: protocols.LevelProof}
	case known && (fits || right), fits && right:
		return protocols.Match{Level: protocols.LevelShape}
	}
	return protocols.Match{}
}
