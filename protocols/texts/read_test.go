package texts

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/protocoltest"
)

var sent = time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)

func one(t *testing.T, d protocols.Device, text string) protocols.Position {
	t.Helper()
	m, err := Read(d, text, sent)
	if err != nil || len(m.Positions) != 1 {
		t.Fatalf("%q: %d positions, %v", text, len(m.Positions), err)
	}
	return m.Positions[0]
}

// TestPlaces: the spellings of a place that trackers have.
func TestPlaces(t *testing.T) {
	for text, want := range map[string][2]float64{
		"http://maps.google.com/maps?q=22.576713,113.916585":            {22.576713, 113.916585},
		"http://maps.google.com/maps?q=-22.576713,-113.916585&z=16 ok":  {-22.576713, -113.916585},
		"http://maps.google.com/maps?f=q&q=22.57,113.91&z=16":           {22.57, 113.91},
		"http://maps.google.com/maps?q=N22.57,E113.91":                  {22.57, 113.91},
		"http://maps.google.com/maps?q=S22.57,W113.91":                  {-22.57, -113.91},
		"http://maps.google.com/maps?q=N22576713,E113.916585":           {22.576713, 113.916585},
		"http://maps.google.cn/maps?q=N40.93956%2cW008.53900":           {40.93956, -8.539},
		"http://maps.google.com/maps? Q = 23.00153, 113.39459":          {23.00153, 113.39459},
		"https://www.google.com/maps/search/?api=1&query=22.57%2C113.9": {22.57, 113.9},
		"http://maps.google.com/?ll=22.57+113.91":                       {22.57, 113.91},
		"Longitude Latitude: 23.00173:113.39463":                        {23.00173, 113.39463},
		"lat:22.57 long:113.91":                                         {22.57, 113.91},
		"lat: 22,57 long: 113,91":                                       {22.57, 113.91},
		"Lon:E113.91 Lat:N22.57":                                        {22.57, 113.91},
		"Lat:+22.50500 Long:-114.01000":                                 {22.505, -114.01},
		"Latitude = 22 32 36.63N Longitude = 114 04 57.37E":             {22.54350833, 114.08260278},
		"Latitude: 22°32'36.63\"S Longitude: 114°04'57.37\"W":           {-22.54350833, -114.08260278},
		"lat:2232.6105N long:11404.9562E":                               {22.54350833, 114.08260333},
	} {
		p := one(t, protocols.Device{}, text)
		if !p.Valid || math.Abs(p.Latitude-want[0]) > 1e-7 || math.Abs(p.Longitude-want[1]) > 1e-7 {
			t.Errorf("%q is at %v %v (%v), want %v", text, p.Latitude, p.Longitude, p.Valid, want)
		}
	}
	for _, text := range []string{
		"http://maps.google.com/maps?q=0.000000,0.000000", "lat:91 long:0.5", "q=22.5", "lat:22.5", "http://goo.gl/a,b",
		"lat:NaN long:Inf", "q=" + strings.Repeat("9", 400) + "," + strings.Repeat("9", 400),
	} {
		if m, _ := Read(protocols.Device{}, text, sent); len(m.Positions) > 0 && m.Positions[0].Located {
			t.Errorf("%q is at %v %v", text, m.Positions[0].Latitude, m.Positions[0].Longitude)
		}
	}
}

// TestTimes: the tracker's own time is believed where it can be.
func TestTimes(t *testing.T) {
	const link = " http://maps.google.com/maps?q=22.57,113.91"
	east := protocols.Device{Offset: protocols.Some(8 * time.Hour)}
	for _, c := range []struct {
		words  string
		device protocols.Device
		want   string // the time; "now" if it is the network's
		kept   bool   // as device_time
		valid  bool
	}{
		{"", protocols.Device{}, "now", false, true},
		{"26-06-15 11:58:07", protocols.Device{}, "2026-06-15T11:58:07Z", false, true},
		{"15/06/26 11:58", protocols.Device{}, "2026-06-15T11:58:00Z", false, true},
		{"06/15/2026 11:58", protocols.Device{}, "2026-06-15T11:58:00Z", false, true},
		{"Date: 2026-06-15, Time: 19:58:07", east, "2026-06-15T11:58:07Z", false, true},
		{"2026-06-15,19:58", protocols.Device{}, "now", true, true},                      // UTC+8, as nobody said
		{"2026/06/14T11:58:00", protocols.Device{}, "2026-06-14T11:58:00Z", false, true}, // last known
		{"2009-01-01 00:00:00", protocols.Device{}, "now", true, false},                  // its clock never ran
		{"2026-13-45 11:58", protocols.Device{}, "now", false, true},
		{"2026-06-15 25:61", protocols.Device{}, "now", false, true},
	} {
		p := one(t, c.device, c.words+link)
		want := sent
		if c.want != "now" {
			want, _ = time.Parse(time.RFC3339, c.want)
		}
		kept := len(p.Attributes) == 1 && p.Attributes[0].Name == "device_time"
		if !p.Time.Equal(want) || kept != c.kept || p.Valid != c.valid {
			t.Errorf("%q is of %v (%v, %v), want %v", c.words, p.Time, kept, p.Valid, want)
		}
	}
}

func TestVerdicts(t *testing.T) {
	for text, want := range map[string]protocols.Result{
		"OK":                            {},
		"password ok":                   {},
		"SET OK":                        {},
		"设置成功":                          {},
		"ERROR: 101!":                   {Nack: true},
		"Fail. No permission":           {Nack: true},
		"指令格式错误":                        {Nack: true},
		"SET RELAY DELAY, GPS UNFIXED#": {Deferred: true},
		"ERROR GPS GPRMC FRAME DATA":    {},
	} {
		m, err := Read(protocols.Device{}, text, sent)
		if err != nil || m.Result.Nack != want.Nack || m.Result.Deferred != want.Deferred || m.Result.Text != text {
			t.Errorf("%q means %+v, %v", text, m.Result, err)
		}
	}
	for _, text := range []string{"", "token", "see you", "RELAY,1#"} {
		if m, err := Read(protocols.Device{}, text, sent); !errors.Is(err, ErrUnknown) || m.Result == nil || m.Result.Nack {
			t.Errorf("%q means %+v, %v", text, m.Result, err)
		}
	}
}

func TestNoFixNoValidPlace(t *testing.T) {
	for _, words := range []string{"GPS:V", "Fix: V", "GPS: Unfixed", "GPS:OFF", "Last position!", "LBS"} {
		if p := one(t, protocols.Device{}, words+" lat:22.5 long:113.9"); p.Valid || !p.Located {
			t.Errorf("%q: located %v, valid %v", words, p.Located, p.Valid)
		}
	}
}

func TestSpeeds(t *testing.T) {
	for text, want := range map[string]float64{
		"speed: 0.05 Km/h": 0.05, "Speed:38.00KM/H": 38, "Speed = 2.6854Km/h": 2.6854, "SPD=12": 12, "speed:10kph": 10,
		"speed:10mph": 16.09344, "Speed: 10 knots": 18.52,
	} {
		if p := one(t, protocols.Device{}, text); math.Abs(p.Speed.Value-want) > 1e-9 || !p.Speed.OK {
			t.Errorf("%q is %v km/h", text, p.Speed)
		}
	}
}

// TestLabels: a label may have two words, and a version keeps its zeros.
func TestLabels(t *testing.T) {
	p := one(t, protocols.Device{}, "Data Link: 1(33) OP: 00101 LAC: 4711 Cell ID: 815 Network Type: 1 SIM2 Hw:X1 BL:1.10 SPC:0(0)")
	var said []string
	for _, a := range p.Attributes {
		said = append(said, a.Name+"="+a.Value.String())
	}
	const want = "data_link=1(33) op=00101 lac=4711 cell_id=815 network_type=1 SIM2 hw=X1 bl=1.10 spc=0(0)"
	if got := strings.Join(said, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestBounded: however long an SMS, little of it is kept; passwords are not.
func TestBounded(t *testing.T) {
	p := one(t, protocols.Device{}, strings.Repeat("aa:1 ", 10_000))
	if len(p.Attributes) != maxAttributes {
		t.Errorf("%d attributes", len(p.Attributes))
	}
	p = one(t, protocols.Device{}, "APN: internet PSW: secret Password:secret x:"+strings.Repeat("y", 500))
	if len(p.Attributes) != 1 || p.Attributes[0].Name != "apn" {
		t.Errorf("the attributes are %v", p.Attributes)
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{
		"Cut Power <Date Time:11-06-17 14:53:06> http://maps.google.com/maps?q=N22576713,E113.916585",
		"Longitude Latitude: 23.00173:113.39463, Course: 0, speed: 0.05 Km/h, Date: 2018-05-04, Time: 21:56:19",
		"V:4.22V,12V;CSQ:22;PWR:1;ACC:0;GPS:3,0,0;GS:0,1", "I/O ID:3 Value:0", "指令格式错误：1",
		"Latitude = 22 32 36.63N Longitude = 114 04 57.37E, Speed = 2.6854Km/h, 2008-12-24,01:50",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, _ := Read(protocols.Device{}, text, sent)
		if m.Result == nil || m.Result.Text != text || len(m.Positions) > 1 {
			t.Errorf("%q: %+v", text, m)
		}
		for i := range m.Positions {
			if err := protocoltest.Plausible(&m.Positions[i]); err != nil {
				t.Error(err)
			}
		}
	})
}
