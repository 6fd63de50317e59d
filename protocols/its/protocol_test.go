package its

import (
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

func TestProtocol(t *testing.T)    { protocoltest.Run(t, Protocol()) }
func FuzzCodec(f *testing.F)       { protocoltest.Fuzz(f, Protocol()) }
func BenchmarkDecode(b *testing.B) { protocoltest.Bench(b, Protocol()) }

func TestSniffLevels(t *testing.T) {
	report := string(newTracker("352093081452251").Report([]protocols.Position{{Located: true, Latitude: 1, Longitude: 2}}))
	for first, want := range map[string]protocols.Level{
		report:                              protocols.LevelProof,
		report[:len(report)-12]:             protocols.LevelShape,
		report[:20]:                         protocols.LevelPrefix,
		"$LGN,,352093081452251,,,*":         protocols.LevelShape,
		"$HBT*":                             protocols.LevelShape,
		"$TEL1,Maker,1.0,NR,1,L,3520930814": protocols.LevelPrefix,
		"$GPRMC,081530,A,4742.3456,N,00822.1234,E,":        protocols.LevelNone,
		"$$A123,352093081452251,AAA,":                      protocols.LevelNone,
		"$1,352093081452251,D001,":                         protocols.LevelNone,
		"$,X Z,":                                           protocols.LevelNone,
		"$\x12\x34\x56":                                    protocols.LevelNone,
		"$SLU123456,06,622,170329035057,16,0.0,0.0*47\r\n": protocols.LevelNone,
	} {
		if m := sniff([]byte(first)); m.Level != want {
			t.Errorf("%q: %+v, want level %d", first, m, want)
		}
	}
}

// A maker that sends Indian time is read with the profile's offset.
func TestOffset(t *testing.T) {
	c := &codec{}
	c.Know(protocols.Device{Offset: protocols.Some(5*time.Hour + 30*time.Minute)})
	m, err := c.Decode([]byte("$EPB,EMR,352093081452251,NM,15062026173000,A,28.359959,N,076.927553,E,261.41,0.1,0.0,G,,*"),
		protocoltest.Arrival)
	if err != nil || len(m.Positions) != 1 || !m.Positions[0].Time.Equal(protocoltest.Arrival) {
		t.Errorf("%+v, %v", m, err)
	}
}
