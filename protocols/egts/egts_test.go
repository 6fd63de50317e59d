package egts

import (
	"testing"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

// say makes a packet with a record for each object, of one position a second.
func say(objects ...uint32) []byte {
	var c codec
	b := c.appendPacket(nil, packetData)
	for _, object := range objects {
		from := len(b)
		b = c.appendRecord(b, serviceTeledata)
		b[from+4] = 1
		b = append(b[:from+5], byte(object), byte(object>>8), byte(object>>16), byte(object>>24), serviceTeledata,
			serviceTeledata)
		start := len(b)
		b = appendPosition(b, &protocols.Position{
			Time: protocoltest.Arrival, Located: true, Valid: true, Latitude: float64(object % 90),
		})
		b[from], b[from+1] = byte(len(b)-start), byte((len(b)-start)>>8)
	}
	return closePacket(b, 0)
}

// Each object of a platform gets its own positions in their order.
func TestManyObjects(t *testing.T) {
	c := &codec{ignition: ignitionNone}
	m, err := c.Decode(say(10, 20, 10, 30, 20), protocoltest.Arrival)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{m.Device: len(m.Positions)}
	for _, also := range m.Also {
		if also.Reply != nil || got[also.Device] != 0 {
			t.Errorf("%+v", also)
		}
		got[also.Device] = len(also.Positions)
		for _, p := range also.Positions {
			if want := map[string]float64{"20": 20, "30": 30}[also.Device]; p.Latitude < want-0.1 || p.Latitude > want+0.1 {
				t.Errorf("%s has %v", also.Device, p.Latitude)
			}
		}
	}
	if m.Device != "10" || got["10"] != 2 || got["20"] != 2 || got["30"] != 1 || len(m.Also) != 2 {
		t.Errorf("%v", got)
	}
}

// What a terminal says of its own number is its own; what it says of another's is the other's.
func TestOwnNumber(t *testing.T) {
	tracker, c := newTracker("352093081452251"), &codec{ignition: ignitionNone}
	if m, err := c.Decode(tracker.Hello(), protocoltest.Arrival); err != nil || m.Device != "352093081452251" {
		t.Fatalf("%+v, %v", m, err)
	}
	m, err := c.Decode(say(tracker.number(), 7), protocoltest.Arrival)
	if err != nil || m.Device != "" || len(m.Positions) != 1 || len(m.Also) != 1 || m.Also[0].Device != "7" {
		t.Errorf("%+v, %v", m, err)
	}
}

// The response repeats the packet's number as it came: low byte first.
func TestResponseNumber(t *testing.T) {
	c := &codec{ignition: ignitionNone}
	packet := say(5)
	packet[7], packet[8] = 0x34, 0x12
	packet = append(packet[:shortHeader-1:shortHeader-1], packet[shortHeader-1:]...)
	packet = closePacket(packet[:len(packet)-2], 0)
	m, err := c.Decode(packet, protocoltest.Arrival)
	if err != nil || m.Reply[shortHeader] != 0x34 || m.Reply[shortHeader+1] != 0x12 {
		t.Errorf("%x, %v", m.Reply, err)
	}
}

// The ignition is what the profile says it is.
func TestIgnition(t *testing.T) {
	report := newTracker("352093081452251").Report([]protocols.Position{{
		Time: protocoltest.Arrival, Ignition: protocols.Some(false)}})
	for option, want := range map[string]protocols.Opt[bool]{
		"none": {}, "cause": protocols.Some(false), "1": protocols.Some(false),
	} {
		c := &codec{ignition: ignitionNone}
		c.Know(protocols.Device{Options: map[string]string{optionIgnition: option}})
		m, err := c.Decode(report, protocoltest.Arrival)
		if err != nil || len(m.Positions) != 1 || m.Positions[0].Ignition != want {
			t.Errorf("%s: %+v, %v", option, m.Positions, err)
		}
	}
}

// A command is heard and its confirmation is a result of the same id.
func TestCommand(t *testing.T) {
	tracker, c := newTracker("352093081452251"), &codec{ignition: ignitionNone}
	_, _ = c.Decode(tracker.Hello(), protocoltest.Arrival)
	data, err := c.Encode(protocols.Command{Text: "GETSTATE", ID: 99})
	if err != nil {
		t.Fatal(err)
	}
	_, heard, err := tracker.Hear(data)
	if err != nil || heard.Command != "GETSTATE" {
		t.Fatalf("%+v, %v", heard, err)
	}
	var results []protocols.Result
	_, err = protocols.Frames(c, heard.Reply, false, func(frame []byte) error {
		m, err := c.Decode(frame, protocoltest.Arrival)
		if m.Result != nil {
			results = append(results, *m.Result)
		}
		return err
	})
	if err != nil || len(results) != 1 || results[0].ID != 99 || results[0].Text != "OK" {
		t.Errorf("%+v, %v", results, err)
	}
}

// A terminal that logs in and reports in one packet speaks of itself, whatever its records name.
func TestLoginWithReport(t *testing.T) {
	login, report := newTracker("352093081452251").Hello(), say(7)
	body := append([]byte{}, login[shortHeader:len(login)-2]...)
	var c codec
	b := c.appendPacket(nil, packetData)
	b = closePacket(append(append(b, body...), report[shortHeader:len(report)-2]...), 0)
	m, err := (&codec{ignition: ignitionNone}).Decode(b, protocoltest.Arrival)
	if err != nil || m.Device != "352093081452251" || len(m.Positions) != 1 || m.Also != nil {
		t.Errorf("%+v, %v", m, err)
	}
}
