package gateway

import (
	"strings"
	"testing"

	"github.com/rs/zerolog"
)

func TestCounterlogSaysHowOften(t *testing.T) {
	var b safeBuffer
	c := newCounterlog(zerolog.New(&b))
	examples := 0
	for range 1000 {
		c.add("short", func() string { examples++; return "a frame was too short" })
	}
	c.add("checksum", func() string { return "a checksum was wrong" })
	if b.String() != "" {
		t.Errorf("written before its second is over: %s", b.String())
	}
	c.write()
	c.write()
	if got := b.String(); strings.Count(got, "\n") != 2 || examples != 1 ||
		!strings.Contains(got, `"kind":"short","times":1000,"message":"a frame was too short"`) ||
		!strings.Contains(got, `"times":1,"message":"a checksum was wrong"`) {
		t.Errorf("%d examples asked for, written:\n%s", examples, got)
	}
}
