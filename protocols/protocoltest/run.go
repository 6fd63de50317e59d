package protocoltest

import (
	"flag"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"drover/protocols"
)

var update = flag.Bool("update", false, "write the golden .json files anew")

// Run holds p to every promise that its golden conversations can show.
func Run(t *testing.T, p *protocols.Protocol) {
	t.Helper()
	conversations := Conversations(t)
	for _, c := range conversations {
		t.Run(c.Name, func(t *testing.T) {
			golden(t, p, c)
			sniffed(t, p, c)
			if c.Network == protocols.TCP {
				sameCuts(t, p, c)
			}
			truncated(t, p, c)
			plausible(t, p, c)
		})
	}
	t.Run("round trip", func(t *testing.T) { roundTrip(t, p) })
	t.Run("strangers", func(t *testing.T) { strangers(t, p) })
	t.Run("commands", func(t *testing.T) { commands(t, p) })
	t.Run("texts", func(t *testing.T) { texts(t, p) })
	t.Run("injection", func(t *testing.T) { injection(t, p) })
	t.Run("guide", func(t *testing.T) { guided(t, p) })
}

// golden: the conversation means what its .json says.
func golden(t *testing.T, p *protocols.Protocol, c Conversation) {
	t.Helper()
	lines, err := c.decode(p)
	if err != nil {
		t.Fatalf("split: %v", err)
	}
	if len(lines) == 0 {
		t.Fatal("no frame was cut from this conversation")
	}
	same(t, "testdata/"+c.Name+".json", lines)
}

// same holds lines against a golden file, or writes it.
func same(t *testing.T, file string, lines []string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (run go test -update, and read what it wrote)", err)
	}
	want := strings.Split(strings.TrimSpace(string(text)), "\n")
	if len(want) != len(lines) {
		t.Errorf("%s: %d lines, want %d", file, len(lines), len(want))
	}
	for i := range min(len(want), len(lines)) {
		if lines[i] != want[i] {
			t.Errorf("%s line %d:\n got %s\nwant %s", file, i+1, lines[i], want[i])
		}
	}
}

// sniffed: the first bytes are known as the family's own.
func sniffed(t *testing.T, p *protocols.Protocol, c Conversation) {
	t.Helper()
	if p.Sniff == nil {
		t.Fatal("the protocol has no Sniff")
	}
	first := c.Arrived[0]
	if m := p.Sniff(first); m.Level == protocols.LevelNone && m.Need <= len(first) {
		t.Errorf("Sniff denies its own first message: %+v", m)
	}
	for i := range min(len(first), 64) {
		if m := p.Sniff(first[:i]); m.Level == protocols.LevelNone && m.Need <= i {
			t.Errorf("Sniff of the first %d bytes is a final no: %+v", i, m)
		}
	}
	if n := testing.AllocsPerRun(10, func() { p.Sniff(first) }); n > 0 {
		t.Errorf("Sniff allocates %v times", n)
	}
}

// sameCuts: however the stream is chopped, it means the same.
func sameCuts(t *testing.T, p *protocols.Protocol, c Conversation) {
	t.Helper()
	want, err := c.decode(p)
	if err != nil {
		t.Fatal(err)
	}
	stream := slices.Concat(c.Arrived...)
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 6 {
		chopped := Conversation{Name: c.Name}
		for rest := stream; len(rest) > 0; {
			n := 1
			if round > 0 {
				n = min(len(rest), 1+random.IntN(60*round))
			}
			chopped.Arrived = append(chopped.Arrived, rest[:n])
			rest = rest[n:]
		}
		got, err := chopped.decode(p)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("chopped (round %d) it means something else (err %v):\n got %q\nwant %q", round, err, got, want)
		}
	}
}

// truncated: every frame cut at every byte, and with every byte spoilt, neither panics nor is remembered.
func truncated(t *testing.T, p *protocols.Protocol, c Conversation) {
	t.Helper()
	codec := p.Codec(c.Network)
	eachFrame(codec, c, func(frame []byte) {
		whole := slices.Clone(frame)
		for i := range whole {
			fresh := p.Codec(c.Network)
			_, _ = fresh.Decode(whole[:i:i], Arrival)
			spoilt := slices.Clone(whole)
			spoilt[i] ^= 0xFF
			_, _ = fresh.Decode(spoilt, Arrival)
			if got := p.Codec(c.Network); len(whole) > 0 {
				_, _, _ = got.Split(whole[:i:i], true)
				_, _, _ = got.Split(spoilt, true)
			}
		}
		_, _ = codec.Decode(whole, Arrival)
	})
}

// plausible: what is decoded lies in the ranges that protocols.Position promises.
func plausible(t *testing.T, p *protocols.Protocol, c Conversation) {
	t.Helper()
	codec := p.Codec(c.Network)
	eachFrame(codec, c, func(frame []byte) {
		m, _ := codec.Decode(frame, Arrival)
		for i := range m.Positions {
			if err := Plausible(&m.Positions[i]); err != nil {
				t.Errorf("position %d: %v", i, err)
			}
		}
	})
}

func eachFrame(codec protocols.Codec, c Conversation, each func([]byte)) {
	var unread []byte
	for _, data := range c.Arrived {
		unread = append(unread, data...)
		used, err := protocols.Frames(codec, unread, c.Network == protocols.UDP, func(frame []byte) error {
			each(frame)
			return nil
		})
		if err != nil {
			return
		}
		unread = unread[used:]
		if c.Network == protocols.UDP {
			unread = nil
		}
	}
}
