package misread

import (
	"errors"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/all"
	"drover/server/internal/fleet"
)

const imei = "352093081452251"

func piece(protocol, identity string, bytes []byte) *fleet.Misread {
	return &fleet.Misread{Time: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), Protocol: protocol, Identity: identity,
		Address: netip.MustParseAddrPort("203.0.113.9:4711"), Bytes: bytes}
}

// report is what a family's tracker says of one position.
func report(family string) []byte {
	return all.Named(family).Speak(protocols.TCP, imei).Report([]protocols.Position{{
		Time: time.Date(2026, 11, 21, 8, 59, 0, 0, time.UTC), Located: true, Valid: true, Latitude: 52, Longitude: 13,
		Speed: protocols.Some(1.0), Course: protocols.Some(1.0), Satellites: protocols.Some(9)}})
}

func known(identity string) (fleet.Device, bool) {
	return fleet.Device{ID: 7, Identity: imei}, identity == imei
}

func TestUnderstand(t *testing.T) {
	r, err := NewReader(all.Protocols())
	if err != nil {
		t.Fatal(err)
	}
	h02 := report("h02")
	for _, c := range []struct {
		name      string
		piece     *fleet.Misread
		protocol  string
		positions int
		err       bool
	}{
		{"a frame of its port's family, named by the line", piece("gt06", imei, report("gt06")), "gt06", 1, false},
		{"a frame whose language is told now", piece("any", "", h02), "h02", 1, false},
		{"a frame without what told where it ends", piece("h02", imei, h02[:len(h02)-1]), "h02", 1, false},
		{"of a stranger", piece("gt06", "other", report("gt06")), "gt06", 0, false},
		{"nobody's", piece("any", "", []byte("GET / HTTP/1.1")), "", 0, true},
		{"cut", piece("gt06", imei, report("gt06")[:9]), "gt06", 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := r.Understand(c.piece, known)
			positions := 0
			for _, record := range m.Records(c.piece, known) {
				if record.Device != 7 || record.Protocol != c.protocol || record.Received != c.piece.Time {
					t.Errorf("record %+v", record)
				}
				positions += len(record.Positions)
			}
			if (err != nil) != c.err || positions != c.positions || m.Protocol != c.protocol {
				t.Errorf("%d positions of %q, %v; want %d of %q, error %v", positions, m.Protocol, err, c.positions, c.protocol, c.err)
			}
		})
	}
	if _, err := r.Understand(piece("any", "", []byte("GET /")), known); !errors.Is(err, ErrNobody) {
		t.Errorf("%v", err)
	}
}

// TestBookIsBounded: one who floods it hides nobody else.
func TestBookIsBounded(t *testing.T) {
	b := NewBook()
	flood := piece("any", "", []byte{1})
	for range 1000 {
		b.Misread(*flood)
	}
	other := piece("any", "", []byte{2})
	other.Address = netip.MustParseAddrPort("203.0.113.10:1")
	b.Misread(*other)
	pieces, dropped := b.Take()
	if len(pieces) != MaxPerAddress+1 || dropped != 1000-MaxPerAddress {
		t.Errorf("%d kept, %d dropped", len(pieces), dropped)
	}
	for i := range 2 * MaxInAll {
		other.Address = netip.MustParseAddrPort(fmt.Sprintf("10.0.%d.%d:1", i/200, i%200))
		b.Misread(*other)
	}
	if pieces, dropped := b.Take(); len(pieces) != MaxInAll || dropped != MaxInAll {
		t.Errorf("%d kept, %d dropped", len(pieces), dropped)
	}
}
