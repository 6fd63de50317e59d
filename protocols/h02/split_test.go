package h02

import (
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
	"drover/protocols/wire"
)

// record makes a binary record of a SinoTrack with that battery and tail.
func record(t *testing.T, battery, tail string) []byte {
	t.Helper()
	const head, place = "24 7028123401 081530 150626 47423456 ", " 019125678e 023127 fffffbff "
	b, err := protocoltest.Bytes(head + battery + place + tail)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const (
	shortTail    = "ff0014"
	extendedTail = "ff00 14 06 00000000 00d8 1e 13a7 4fc1 0a"
	voltageTail  = "ff00 14 06 00000000 00d8 1e 13a7 4fc1 007d 0a"
	sentenceV1   = "*HQ,7028123401,V1,081530,A,4742.3456,N,01912.5678,E,023.45,127,150626,FFFFFFFF#"
)

// lengths are the lengths of the frames that a new codec cuts, and how many bytes it used.
func lengths(t *testing.T, data []byte, atEOF bool) ([]int, int) {
	t.Helper()
	var got []int
	used, err := protocols.Frames(&codec{}, data, atEOF, func(frame []byte) error {
		got = append(got, len(frame))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got, used
}

func TestLengthsOfRecords(t *testing.T) {
	old, short := record(t, "00", shortTail), record(t, "06", shortTail)
	extended, voltage := record(t, "06", extendedTail), record(t, "06", voltageTail)
	zero := record(t, "06", strings.TrimSuffix(extendedTail, "0a")+"00")
	high := record(t, "06", "ff0020")
	sentence := []byte(sentenceV1)
	for _, c := range []struct {
		name  string
		data  []byte
		atEOF bool
		want  []int
	}{
		{"no battery: at once", old, false, []int{32}},
		{"a number that is no signal: at once", high, false, []int{32}},
		{"a number that could be a signal: wait", short, false, nil},
		{"the same in a datagram", short, true, []int{32}},
		{"followed by a sentence", slices.Concat(short, sentence), false, []int{32, len(sentence)}},
		{"learned: the second is not kept waiting", slices.Concat(short, short), false, []int{32, 32}},
		{"extended: at once", extended, false, []int{45}},
		{"extended, cut short", extended[:44], false, nil},
		{"extended, number 0: wait", zero, false, nil},
		{"extended, number 0, in a datagram", zero, true, []int{45}},
		{"extended, number 0, followed", slices.Concat(zero, sentence), false, []int{45, len(sentence)}},
		{"voltage: at once", voltage, false, []int{47}},
		{"voltage, cut short", voltage[:46], false, nil},
		{"mixed", slices.Concat(extended, voltage, sentence, extended), false, []int{45, 47, len(sentence), 45}},
	} {
		if got, _ := lengths(t, c.data, c.atEOF); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

// However a stream of random messages is chopped, the frames are the same and every message is one of them.
func TestRandomStreamsCutTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		var stream []byte
		n := 1 + random.IntN(8)
		for range n {
			stream = append(stream, randomMessage(t, random)...)
		}
		stream = append(stream, sentenceV1...)
		whole := cut(t, stream, func() int { return len(stream) })
		if len(whole) != n+1 {
			t.Fatalf("%d frames, want %d: %q", len(whole), n+1, stream)
		}
		for _, most := range []int{1, 3, 50} {
			if got := cut(t, stream, func() int { return 1 + random.IntN(most) }); !slices.Equal(got, whole) {
				t.Fatalf("in reads of up to %d: %q, want %q", most, got, whole)
			}
		}
	}
}

func randomMessage(t *testing.T, random *rand.Rand) []byte {
	t.Helper()
	digit := func() string { return hex.EncodeToString([]byte{byte(random.IntN(256))}) }
	battery := [...]string{"00", "06", "f4"}[random.IntN(3)]
	switch random.IntN(4) {
	case 0:
		return []byte(sentenceV1)
	case 1:
		return record(t, battery, "ff00"+digit())
	case 2:
		return record(t, "06", extendedTail[:len(extendedTail)-2]+digit())
	default:
		return record(t, "06", voltageTail[:len(voltageTail)-5]+"7d"+digit())
	}
}

func cut(t *testing.T, stream []byte, size func() int) []string {
	t.Helper()
	c := &codec{}
	var got []string
	var unread []byte
	for len(stream) > 0 {
		n := min(size(), len(stream))
		unread = append(unread, stream[:n]...)
		stream = stream[n:]
		used, err := protocols.Frames(c, unread, false, func(frame []byte) error {
			got = append(got, string(frame))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		unread = unread[used:]
	}
	return got
}

func TestNoiseIsSkipped(t *testing.T) {
	noise := []byte("\r\n\x00$\xff*H\n*1\r\n$4\r\nPING\r\nX\xff\xff")
	got, used := lengths(t, slices.Concat(noise, []byte(sentenceV1)), false)
	if want := len(noise) + len(sentenceV1); len(got) != 1 || used != want {
		t.Errorf("%v frames, %d of %d bytes used", got, used, want)
	}
}

func TestEndlessSentenceIsAnError(t *testing.T) {
	_, _, err := (&codec{}).Split([]byte("*HQ,1,V1,"+strings.Repeat("0", maxSentence)), false)
	var field *wire.Error
	if !errors.As(err, &field) || field.Field != "sentence" || !errors.Is(err, wire.ErrTooLong) {
		t.Errorf("got %v", err)
	}
}
