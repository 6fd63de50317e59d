package trackers

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/all"
)

// steady is a journey at a speed, or one that stands.
type steady struct{ speed, way float64 }

func (d *steady) Advance(seconds float64) { d.way += d.speed * seconds }

func (d *steady) record(at time.Time) record {
	return record{time: uint32(at.Unix()), speed: uint8(d.speed), odometer: uint32(d.way), latitude: 29_313_960,
		longitude: 1_411_320, satellites: 9, ignition: true}
}

var dawn = time.Date(2026, 6, 15, 6, 0, 0, 0, time.UTC)

// standalone is a vehicle of a protocol without a server; its records are 5 s apart.
func standalone(p *protocols.Protocol, d driver) *vehicle {
	config := &Config{Interval: 5 * time.Second, Backlog: 1000, First: 7}
	v := &vehicle{fleet: &fleet{config: config}, lane: newLane(p, "127.0.0.1", "1", false), drive: d, next: dawn}
	_ = v.live(dawn)
	return v
}

// order tells the vehicle a command by SMS, in the words of its family.
func order(t *testing.T, v *vehicle, c protocols.Command) []Reply {
	t.Helper()
	d := v.device()
	if v.lane.protocol.Name == "queclink" {
		d.Model = "GV310LAU" // no password without it
	}
	words, err := v.lane.protocol.Text(d, c)
	if err != nil {
		t.Fatal(err)
	}
	return v.text("+33123456789", words)
}

func last(v *vehicle) record { return v.pending[len(v.pending)-1] }

// TestObeys: a vehicle of each family that takes commands by SMS halts, stands, drives on and reports as it is told.
func TestObeys(t *testing.T) {
	for _, p := range all.Protocols() {
		texts := p.Texts()
		if !slices.Contains(texts, protocols.Immobilise) {
			continue
		}
		t.Run(p.Name, func(t *testing.T) {
			v := standalone(p, &steady{speed: 18})
			order(t, v, protocols.Command{Kind: protocols.Immobilise})
			_ = v.live(dawn.Add(5 * time.Second))
			stood := last(v)
			if stood.speed != 0 || stood.ignition || stood.odometer == 0 {
				t.Errorf("told to stand, it says %+v", stood)
			}
			_ = v.live(dawn.Add(60 * time.Second))
			if r := last(v); r.speed != 0 || r.odometer != stood.odometer {
				t.Errorf("a minute later %+v", r)
			}
			order(t, v, protocols.Command{Kind: protocols.Release})
			_ = v.live(dawn.Add(70 * time.Second))
			if r := last(v); r.speed != 18 || !r.ignition || r.odometer <= stood.odometer {
				t.Errorf("released, it says %+v", r)
			}
			if slices.Contains(texts, protocols.Interval) {
				before := len(v.pending)
				order(t, v, protocols.Command{Kind: protocols.Interval, Every: time.Minute})
				if _ = v.live(dawn.Add(10 * time.Minute)); len(v.pending)-before > 11 {
					t.Errorf("%d records in 9 minutes, one a minute was told", len(v.pending)-before)
				}
			}
			if slices.Contains(texts, protocols.Reboot) {
				order(t, v, protocols.Command{Kind: protocols.Reboot})
				if err := v.live(dawn.Add(11 * time.Minute)); !errors.Is(err, errReboot) {
					t.Errorf("told to start anew: %v", err)
				}
			}
		})
	}
}

// TestCutPutOff: at speed the cut is taken, and done, with a second SMS, once the vehicle is slow.
func TestCutPutOff(t *testing.T) {
	for _, name := range []string{"gps103", "tk103", "topflytech"} {
		t.Run(name, func(t *testing.T) {
			d := &steady{speed: 90}
			v := standalone(protocolNamed(t, name), d)
			var sent []string
			v.send = func(to, text string) { sent = append(sent, to+" "+text) }
			said := order(t, v, protocols.Command{Kind: protocols.Immobilise})
			if len(said) != 1 || !v.lane.putOff([]string{said[0].Text}) || said[0].After < soonest {
				t.Fatalf("it answers %v", said)
			}
			_ = v.live(dawn.Add(30 * time.Second))
			if r := last(v); r.speed != 90 || len(sent) != 0 {
				t.Errorf("in a hurry it says %+v %q", r, sent)
			}
			d.speed = 15
			_ = v.live(dawn.Add(35 * time.Second)) // here it notes that it is slow
			_ = v.live(dawn.Add(40 * time.Second))
			if r := last(v); r.speed != 0 || len(sent) != 1 || v.lane.putOff([]string{sent[0]}) {
				t.Errorf("slow, it says %+v %q", r, sent)
			}
		})
	}
}

// TestReleaseBeforeTheCut: what was put off is not done any more.
func TestReleaseBeforeTheCut(t *testing.T) {
	d := &steady{speed: 90}
	v := standalone(protocolNamed(t, "gps103"), d)
	order(t, v, protocols.Command{Kind: protocols.Immobilise})
	order(t, v, protocols.Command{Kind: protocols.Release})
	d.speed = 10
	if _ = v.live(dawn.Add(time.Minute)); last(v).speed != 10 {
		t.Errorf("it says %+v", last(v))
	}
}

// TestWrongPassword: nothing is done.
func TestWrongPassword(t *testing.T) {
	v := standalone(protocolNamed(t, "gps103"), &steady{speed: 10})
	if said := v.text("+33123456789", "stop999999"); len(said) != 1 || said[0].Text != "password fail" {
		t.Errorf("it answers %v", said)
	}
	if _ = v.live(dawn.Add(time.Minute)); last(v).speed != 10 || v.fleet.commands.Load() != 0 {
		t.Errorf("it says %+v", last(v))
	}
}

// TestLineOrders: what a command over the line means is known in every family that has one.
func TestLineOrders(t *testing.T) {
	for _, p := range all.Protocols() {
		orders := newLane(p, "127.0.0.1", "1", false).orders
		known := map[protocols.CommandKind]bool{}
		for _, c := range orders {
			known[c.Kind] = true
		}
		for _, kind := range p.Commands() {
			codec, _ := acquainted(p, protocols.TCP)
			if _, err := codec.Encode(protocols.Command{Kind: kind, Every: time.Minute}); err != nil {
				continue // not by every model
			}
			obeyed := slices.ContainsFunc(plain(), func(c protocols.Command) bool { return c.Kind == kind })
			if obeyed && !known[kind] {
				t.Errorf("%s: %v over the line is not known among %v", p.Name, kind, orders)
			}
		}
	}
}

func TestBrakes(t *testing.T) {
	d := &steady{speed: 60}
	b := brakes{}
	b.hold(60)
	b.hold(0) // once more changes nothing
	for second, want := range []uint8{48, 36, 24, 12, 0, 0} {
		b.advance(d, 1)
		if r := b.record(d, dawn); r.speed != want || r.ignition {
			t.Errorf("after %d s it goes %d km/h", second+1, r.speed)
		}
	}
	if d.way != 60*2.5 {
		t.Errorf("it went %v, not half of 5 s at 60", d.way)
	}
	b.release()
	b.advance(d, 1)
	if r := b.record(d, dawn); r.speed != 60 || d.way != 60*3.5 {
		t.Errorf("released it goes %d km/h", r.speed)
	}
}

func TestPhone(t *testing.T) {
	if got := Phone(42); got != "+8829900000042" {
		t.Error(got)
	}
}

// exchangeOfPhones keeps what vehicles of a run answer with.
type exchangeOfPhones struct {
	sync.Mutex
	answer map[string]func(from, text string) []Reply
}

func (e *exchangeOfPhones) register(msisdn string, answer func(from, text string) []Reply) func(to, text string) {
	e.Lock()
	defer e.Unlock()
	if e.answer == nil {
		e.answer = map[string]func(from, text string) []Reply{}
	}
	e.answer[msisdn] = answer
	return nil
}

// text sends an SMS to the first vehicle once it is there.
func (e *exchangeOfPhones) text(t *testing.T, text string) []Reply {
	t.Helper()
	for deadline := time.Now().Add(limit); ; time.Sleep(time.Millisecond) {
		e.Lock()
		answer := e.answer[Phone(1)]
		e.Unlock()
		if answer != nil {
			return answer("+33123456789", text)
		}
		if time.Now().After(deadline) {
			t.Fatal("the vehicle has no telephone")
		}
	}
}

// hourly is a run of a Teltonika vehicle with a telephone that reports each hour.
func hourly(t *testing.T) (*server, *exchangeOfPhones, Config) {
	s, phones := newServer(t, "teltonika"), &exchangeOfPhones{}
	c := s.config()
	c.Interval, c.Phones = time.Hour, phones.register
	return s, phones, c
}

// TestTextEndsTheWait: an SMS makes the vehicle report, change its interval and start anew, though it would have slept
// for an hour.
func TestTextEndsTheWait(t *testing.T) {
	s, phones, c := hourly(t)
	r := start(t, c)
	call := s.accept().welcome()
	first := call.report(1)
	call.say(first.Reply)
	for !time.Now().After(first.Positions[0].Time.Add(time.Second)) { // trackers count seconds
		time.Sleep(time.Millisecond)
	}
	phones.text(t, "  getrecord")
	call.say(call.report(1).Reply)
	phones.text(t, "  cpureset")
	call.ended()
	call = s.accept().welcome()
	phones.text(t, "  setparam 10000:1;10005:1")
	for range 2 {
		call.say(call.report(1).Reply)
	}
	r.stop()
	if r.wait(); r.summary.Errors != 0 || r.summary.Commands != 3 {
		t.Error(r.summary)
	}
}

// TestLineCommandIsDone: what comes over the line is done as well.
func TestLineCommandIsDone(t *testing.T) {
	s := newServer(t, "teltonika")
	c := s.config()
	c.Interval = time.Second
	r := start(t, c)
	call := s.accept().welcome()
	call.say(call.report(1).Reply)
	command, err := call.codec.Encode(protocols.Command{Kind: protocols.Immobilise})
	if err != nil {
		t.Fatal(err)
	}
	call.say(command)
	for deadline := time.Now().Add(limit); ; {
		m := call.next()
		if m == nil || time.Now().After(deadline) {
			t.Fatal("the vehicle does not halt")
		}
		if len(m.Positions) > 0 {
			call.say(m.Reply)
		}
		if len(m.Positions) == 1 && m.Positions[0].Speed.Value == 0 && !m.Positions[0].Ignition.Value {
			break
		}
	}
	r.stop()
	r.wait()
}

// TestSleepers: they call nobody until an SMS wakes them, and go to sleep again.
func TestSleepers(t *testing.T) {
	s, phones, c := hourly(t)
	c.Sleepers = 1
	r := start(t, c)
	if said := phones.text(t, "  getinfo"); len(said) != 1 {
		t.Errorf("asleep, it answers %v", said)
	}
	call := s.accept().welcome()
	m := call.report(1)
	if age := time.Since(m.Positions[0].Time); age > limit {
		t.Errorf("it reports a record that is %v old", age)
	}
	call.say(m.Reply)
	r.stop()
	if r.wait(); r.summary.Errors != 0 {
		t.Error(r.summary)
	}
	share := 0
	for number := range 1000 {
		if among(number, 0.3) {
			share++
		}
	}
	if share < 280 || share > 320 || among(1, 0) {
		t.Errorf("%d of 1000 sleep, 300 were wanted", share)
	}
}

// TestSleepsAgain: the line of a sleeper ends when its minute is over.
func TestSleepsAgain(t *testing.T) {
	v := &vehicle{sleeper: true}
	if !v.sleepy() {
		t.Error("it is awake before any SMS")
	}
	v.told.awake = time.Now().Add(wakeful)
	if v.sleepy() {
		t.Error("it sleeps behind an SMS")
	}
	v.told.awake = time.Now().Add(-time.Second)
	if !v.sleepy() {
		t.Error("it is awake after its minute")
	}
}

// TestManyTexts: SMS come from everywhere while the vehicles drive.
func TestManyTexts(t *testing.T) {
	s, phones, c := hourly(t)
	c.Interval, c.Records, c.StartAgo = 0, 300, time.Hour
	r := start(t, c)
	call := s.accept().welcome()
	var senders sync.WaitGroup
	for _, text := range []string{"  getrecord", "  setdigout 1", "  setdigout 0", "  setparam 10000:5;", "  ggps", "x"} {
		senders.Go(func() {
			for range 200 {
				phones.text(t, text)
			}
		})
	}
	for m := call.next(); m != nil; m = call.next() {
		call.say(m.Reply)
	}
	senders.Wait()
	if r.wait(); r.summary.Errors != 0 || r.summary.Acknowledged != 300 {
		t.Error(r.summary)
	}
}
