package modem

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// device is an io.ReadWriteCloser whose parts may block.
type device struct {
	in    io.Reader
	block chan struct{} // Write and Close wait for it
}

func (d *device) Read(b []byte) (int, error)  { return d.in.Read(b) }
func (d *device) Write(b []byte) (int, error) { <-d.block; return len(b), nil }
func (d *device) Close() error                { <-d.block; return nil }

// Traps 3 and 19: a device that takes no bytes, and whose Close hangs, blocks nobody.
func TestTrapWriteStall(t *testing.T) {
	d := &device{block: make(chan struct{})}
	defer close(d.block)
	p := newPort(d, nil, newTap(), 10*time.Millisecond)
	if _, err := p.Write([]byte("AT\r\n")); !errors.Is(err, errWriteStalled) {
		t.Errorf("%v", err)
	}
	if _, err := p.Write([]byte("AT\r\n")); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("after that: %v", err)
	}
	p.Close()
}

// trickle gives one NUL at a time, and then its text.
type trickle struct {
	nuls int
	text io.Reader
}

func (r *trickle) Read(b []byte) (int, error) {
	if r.nuls == 0 {
		return r.text.Read(b)
	}
	r.nuls--
	b[0] = 0
	return 1, nil
}

// A device that is gone says so to each write.
func TestWriteToNothing(t *testing.T) {
	ours, theirs := net.Pipe()
	theirs.Close()
	p := newPort(ours, nil, newTap(), time.Minute)
	defer p.Close()
	for range 3 {
		if _, err := p.Write([]byte("AT\r\n")); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%v", err)
		}
	}
}

// Trap 18: a hundred reads of nothing close an AT. What is left out never shows as one; \r\r\n is one end of a line.
func TestTrapEmptyReads(t *testing.T) {
	d := &device{in: &trickle{200, strings.NewReader("OK\r\r\n")}, block: make(chan struct{})}
	close(d.block)
	p := newPort(d, nil, newTap(), time.Second)
	defer p.Close()
	b := make([]byte, 16)
	n, err := p.Read(b)
	if err != nil || string(b[:n]) != "OK\n\n\n" {
		t.Errorf("%q, %v", b[:n], err)
	}
	if _, err := p.Read(b); !errors.Is(err, io.EOF) {
		t.Errorf("%v", err)
	}
	if p.tap.finalsSeen() != 1 {
		t.Errorf("%d finals", p.tap.finalsSeen())
	}
}

// Trap 24: once a message is withheld its bytes never pass, so that Failed is certain.
func TestTrapGate(t *testing.T) {
	d := &device{block: make(chan struct{})}
	close(d.block)
	p := newPort(d, nil, newTap(), time.Second)
	defer p.Close()
	p.open()
	if p.shut() {
		t.Error("nothing was written")
	}
	if _, err := p.Write([]byte("00\x1a")); !errors.Is(err, errWithheld) {
		t.Errorf("%v", err)
	}
	p.open()
	if _, err := p.Write([]byte("00\x1a")); err != nil || !p.shut() {
		t.Errorf("%v", err)
	}
}

// Trap 20: a device opens twice, so it is locked, whatever it is called.
func TestTrapTwoOpenOneDevice(t *testing.T) {
	dir := t.TempDir()
	device, name := filepath.Join(dir, "ttyUSB0"), filepath.Join(dir, "by-id")
	if err := errors.Join(os.WriteFile(device, nil, 0o600), os.Symlink(device, name)); err != nil {
		t.Fatal(err)
	}
	first, err := lock(dir, "serial:"+device+"?baud=9600")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock(dir, "serial:"+name); !errors.Is(err, errTaken) {
		t.Errorf("%v", err)
	}
	first.Close()
	second, err := lock(dir, "serial:"+name)
	if err != nil {
		t.Fatal(err)
	}
	second.Close()
	if _, err := lock(dir, "serial:"+device+"1"); !errors.Is(err, errAbsent) {
		t.Errorf("%v", err)
	}
	if f, err := lock(dir, "tcp://127.0.0.1:1"); f != nil || err != nil {
		t.Errorf("%v, %v", f, err)
	}
}

func events(t *tap) []event {
	var out []event
	for {
		select {
		case e := <-t.events:
			out = append(out, e)
		default:
			return out
		}
	}
}

// Traps 1, 4 and 22: the tap reads what is said unasked in order, with its lines, and knows answers from that.
func TestTap(t *testing.T) {
	p := newTap()
	said := "RING\n\n+CMTI: \"SM\",3\n+CDS: 25\n\n06AB\n+CUSD: 0,\"two\n\n> lines\nERROR\"\n+CUSD: 4\nRDY\n" +
		"^SMMEMFULL: \"SM\"\n+CPIN: NOT READY\n+CMT: ,24\n04AB\n"
	for _, c := range []byte(said) {
		p.feed([]byte{c})
	}
	want := []event{
		{eventHint, `+CMTI: "SM",3`, ""}, {eventPDU, "+CDS: 25", "06AB"},
		{eventUSSD, `+CUSD: 0,"two`, "+CUSD: 0,\"two\n> lines\nERROR\""}, {eventUSSD, "+CUSD: 4", "+CUSD: 4"},
		{eventReboot, "RDY", ""}, {eventHint, `^SMMEMFULL: "SM"`, ""}, {eventSIM, "+CPIN: NOT READY", ""},
		{eventPDU, "+CMT: ,24", "04AB"},
	}
	if got := events(p); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	p.expect("+CPIN:")
	p.feed([]byte("+CPIN: READY\nOK\n"))
	if got := events(p); len(got) != 0 || p.finalsSeen() != 1 {
		t.Errorf("an answer is taken for an event: %+v, %d finals", got, p.finalsSeen())
	}
}

func TestTapIsBounded(t *testing.T) {
	p := newTap()
	p.feed(bytes.Repeat([]byte("x"), 1<<20))
	if len(p.line) > tapLine {
		t.Errorf("%d octets of one line", len(p.line))
	}
	p.feed([]byte("\n+CUSD: 0,\"never closed\n"))
	p.feed(bytes.Repeat([]byte("line\n"), 10000))
	p.feed(bytes.Repeat([]byte("+CMTI: \"SM\",1\n"), 10*tapEvents))
	if !p.overflowed() || p.overflowed() {
		t.Error("the loss is not told, or told twice")
	}
	if got := events(p); len(got) != tapEvents || len(got[0].body) > 2*tapLine {
		t.Errorf("%d events", len(got))
	}
}

func TestPlaces(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"ttyUSB1", "ttyUSB0", "a b%"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p, err := parseURL("serial:" + dir + "/ttyUSB*?baud=9600&imei=356938035643809")
	if err != nil || p.imei != "356938035643809" {
		t.Fatalf("%+v, %v", p, err)
	}
	got, err := p.candidates()
	if want := []string{"serial:" + dir + "/ttyUSB0?baud=9600", "serial:" + dir + "/ttyUSB1?baud=9600"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	p, _ = parseURL("serial:" + dir + "/a*")
	if got, _ = p.candidates(); len(got) != 1 {
		t.Fatalf("%q", got)
	}
	if p, err = parseURL(got[0]); err != nil || p.at != dir+"/a b%" {
		t.Errorf("%+v, %v", p, err)
	}
	p, _ = parseURL("serial:" + dir + "/none*")
	if _, err := p.candidates(); !errors.Is(err, errAbsent) {
		t.Errorf("%v", err)
	}
}
