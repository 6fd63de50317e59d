package trackers

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/all"
)

func protocolNamed(t *testing.T, name string) *protocols.Protocol {
	t.Helper()
	p := all.Named(name)
	if p == nil {
		t.Fatalf("there is no %s", name)
	}
	return p
}

func good() Config {
	return Config{Count: 1, First: 1, Server: "127.0.0.1", AckTimeout: time.Second, Backlog: 1}
}

func TestSettingsThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Config)
		want   string
	}{
		"no vehicles":      {func(c *Config) { c.Count = 0 }, "count is 0: it must be 1 or more"},
		"negative number":  {func(c *Config) { c.First = -1 }, "first is -1"},
		"number too large": {func(c *Config) { c.First, c.Count = maxNumber, 2 }, "no vehicle's number over 99999999"},
		"server with port": {func(c *Config) { c.Server = "localhost:5027" }, `server is "localhost:5027": it must be a host without a port`},
		"stranger":         {func(c *Config) { c.Protocols = []string{"morse"} }, `protocols: "morse" is not one of arnavi, atrack, `},
		"port of stranger": {func(c *Config) { c.Ports = "morse=1" }, `ports: "morse" is not one of arnavi, atrack, `},
		"no port":          {func(c *Config) { c.Ports = "h02" }, `ports: "h02" is not PROTOCOL=PORT`},
		"port too high":    {func(c *Config) { c.Ports = "h02=70000" }, "a port of 1 to 65535"},
		"half a second":    {func(c *Config) { c.Interval = time.Second / 2 }, "interval is 500ms: it must be 0, or 1s or more"},
		"batch":            {func(c *Config) { c.Batch = -1 }, "batch is -1"},
		"ramp":             {func(c *Config) { c.Ramp = -1 }, "ramp is -1ns"},
		"duration":         {func(c *Config) { c.Duration = -1 }, "duration is -1ns"},
		"records":          {func(c *Config) { c.Records = -1 }, "records is -1"},
		"start ago":        {func(c *Config) { c.StartAgo = -1 }, "start-ago is -1ns"},
		"outage every":     {func(c *Config) { c.OutageEvery = -1 }, "outage-every is -1ns"},
		"outage":           {func(c *Config) { c.Outage = -1 }, "outage is -1ns"},
		"cut":              {func(c *Config) { c.Cut = 1.5 }, "cut is 1.5: it must be 0 to 1"},
		"malformed":        {func(c *Config) { c.Malformed = math.NaN() }, "malformed is NaN: it must be 0 to 1"},
		"sleepers":         {func(c *Config) { c.Sleepers = 2 }, "sleepers is 2: it must be 0 to 1"},
		"chatter":          {func(c *Config) { c.Chatter = -1 }, "chatter is -1ns: it must be 0 or more"},
		"timeout":          {func(c *Config) { c.AckTimeout = 0 }, "ack-timeout is 0s: it must be more than 0"},
		"backlog":          {func(c *Config) { c.Backlog = 0 }, "backlog is 0: it must be 1 or more"},
		"open files":       {func(c *Config) { c.Count = 90_000_000 }, "90000000 vehicles need 90000064 open files"},
	} {
		t.Run(name, func(t *testing.T) {
			config := good()
			c.change(&config)
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			_, err := Run(ctx, config, func(Summary) {})
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "simulators: ") {
				t.Errorf("the error is %v, want one that says %q", err, c.want)
			}
		})
	}
	for _, server := range []string{"localhost", "::1", "10.0.0.1", "fleet.example.org"} {
		c := good()
		c.Server = server
		if _, err := c.lanes(); err != nil {
			t.Errorf("%s: %v", server, err)
		}
	}
}

func TestLanes(t *testing.T) {
	c := good()
	c.UDP, c.Ports, c.Server = true, "h02=7,teltonika=8", "::1"
	c.Protocols = []string{"gt06", "h02", "teltonika"}
	lanes, err := c.lanes()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range lanes {
		got = append(got, l.protocol.Name+" "+l.network.String()+" "+l.address)
	}
	if want := "gt06 tcp [::1]:5023, h02 udp [::1]:7, teltonika udp [::1]:8"; strings.Join(got, ", ") != want {
		t.Errorf("the lanes are %s, want %s", strings.Join(got, ", "), want)
	}
}

// TestSource: a server on this machine is called from several local addresses, as each has some 28,000 ports only.
func TestSource(t *testing.T) {
	p := all.Named("teltonika")
	for _, c := range []struct {
		host  string
		udp   bool
		index int
		want  string
	}{
		{"127.0.0.1", false, 9_999, ""},
		{"127.0.0.1", false, 10_000, "tcp 127.0.0.2:0"},
		{"127.0.0.1", true, 29_999, "udp 127.0.0.3:0"},
		{"localhost", false, 49_999, "tcp 127.0.0.5:0"},
		{"127.0.0.1", false, 2_550_000, "tcp 127.0.1.0:0"},
		{"192.0.2.1", false, 49_999, ""},
		{"fleet.example.org", false, 49_999, ""},
		{"::1", false, 49_999, ""},
	} {
		got := ""
		if a := newLane(p, c.host, "5027", c.udp).source(c.index); a != nil {
			got = a.Network() + " " + a.String()
		}
		if got != c.want {
			t.Errorf("vehicle %d calls %s from %q, want %q", c.index, c.host, got, c.want)
		}
	}
	s := newServer(t, "teltonika")
	config := s.config()
	lanes, err := config.lanes()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := lanes[0].dial(t.Context(), 45_000)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if from := s.accept().conn.RemoteAddr().String(); !strings.HasPrefix(from, "127.0.0.5:") {
		t.Errorf("the server is called from %s", from)
	}
}
