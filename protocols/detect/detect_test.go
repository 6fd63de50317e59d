package detect

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"drover/protocols"
)

// word is a family whose messages are a word, a name and a semicolon.
func word(name, begins string, level protocols.Level) *protocols.Protocol {
	return &protocols.Protocol{Name: name,
		Sniff: func(first []byte) protocols.Match {
			n := min(len(first), len(begins))
			if string(first[:n]) != begins[:n] {
				return protocols.Match{}
			}
			if len(first) < len(begins) {
				return protocols.Match{Level: protocols.LevelPrefix, Need: len(begins)}
			}
			if !bytes.ContainsRune(first, ';') {
				return protocols.Match{Level: protocols.LevelPrefix, Need: len(first) + 1}
			}
			return protocols.Match{Level: level}
		},
		Codec: func(protocols.Network) protocols.Codec { return codec(begins) },
	}
}

type codec string

func (codec) Split(data []byte, _ bool) (int, []byte, error) {
	i := bytes.IndexByte(data, ';')
	return i + 1, data[:i+1], nil
}

func (c codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	return protocols.Message{Device: strings.TrimSuffix(string(frame[len(c):]), ";")}, nil
}

func (codec) Encode(protocols.Command) ([]byte, error) { return nil, errors.New("unused here") }

func newDetector(t *testing.T, families ...*protocols.Protocol) *Detector {
	t.Helper()
	d, err := New(families)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDecide(t *testing.T) {
	d := newDetector(t, word("long", "#abc", protocols.LevelShape), word("proved", "#ab!", protocols.LevelProof),
		word("short", "#", protocols.LevelShape), word("faint", "~", protocols.LevelPrefix))
	for _, c := range []struct {
		name, first string
		network     protocols.Network
		protocol    string
		level       protocols.Level
		need        int
	}{
		{"nothing yet", "", protocols.TCP, "", protocols.LevelNone, 1},
		{"a stranger", "GET / HTTP/1.1", protocols.TCP, "", protocols.LevelNone, 0},
		{"wait for the word", "#a", protocols.TCP, "", protocols.LevelNone, 3},
		{"the shape fits, a longer word may", "#;", protocols.TCP, "short", protocols.LevelShape, 0},
		{"proof is final", "#ab!7;", protocols.TCP, "proved", protocols.LevelProof, 0},
		{"a prefix is not enough", "~7;", protocols.TCP, "", protocols.LevelNone, 0},
		{"a datagram does not wait", "#a", protocols.UDP, "", protocols.LevelNone, 0},
	} {
		v := d.Decide(c.network, []byte(c.first))
		name := ""
		if v.Protocol != nil {
			name = v.Protocol.Name
		}
		if name != c.protocol || v.Level != c.level || v.Need != c.need {
			t.Errorf("%s: %q %d need %d, want %q %d need %d", c.name, name, v.Level, v.Need, c.protocol, c.level, c.need)
		}
	}
}

func TestSettle(t *testing.T) {
	one, two := word("one", "#", protocols.LevelShape), word("two", "#", protocols.LevelShape)
	d := newDetector(t, one, two)
	known := func(protocol, identity string) func(string, *protocols.Protocol) bool {
		return func(i string, p *protocols.Protocol) bool { return i == identity && p.Name == protocol }
	}
	for _, c := range []struct{ name, first, protocol, identity, want string }{
		{"known under the second", "#7;", "two", "7", "two"},
		{"known under the first", "#7;", "one", "7", "one"},
		{"unknown: the first that finds a name", "#7;", "one", "8", "one"},
	} {
		v := d.Decide(protocols.TCP, []byte(c.first))
		if !v.Tied() {
			t.Fatalf("%s: no tie", c.name)
		}
		got := d.Settle(v, protocols.TCP, []byte(c.first), time.Time{}, known(c.protocol, c.identity))
		if got.Name != c.want {
			t.Errorf("%s: %s, want %s", c.name, got.Name, c.want)
		}
	}
}

func TestTooManyFamilies(t *testing.T) {
	if _, err := New(make([]*protocols.Protocol, most+1)); err == nil {
		t.Error("65 families fit 64 places")
	}
}
