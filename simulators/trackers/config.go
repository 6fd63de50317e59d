package trackers

import (
	"cmp"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"drover/protocols/all"
)

// Config says which vehicles drive, and how. The tags are kong's.
type Config struct {
	Count     int           `short:"n" help:"Vehicles." default:"200"`
	First     int           `help:"Number of the first vehicle; its identity follows from it." default:"1"`
	World     string        `help:"Where they drive: island (streets of the demo island, parked at night) or europe (all over it, without streets)." enum:"island,europe," default:"island"`
	Protocols []string      `help:"Protocols, shared out among the vehicles; all if empty."`
	Server    string        `help:"Host of the server." default:"127.0.0.1"`
	Ports     string        `help:"PROTOCOL=PORT[,…] where a port is not the usual one; any=PORT for all that are not named."`
	UDP       bool          `name:"udp" help:"Speak over UDP where the protocol can."`
	Interval  time.Duration `help:"Between reports, 1s or more; 0: as fast as they are acknowledged." default:"5s"`
	Batch     int           `help:"Most records in a report; 0: as many as the protocol takes." default:"0"`
	Ramp      time.Duration `help:"Time over which the vehicles dial in." default:"2s"`
	Duration  time.Duration `help:"Stop after so long; 0: never." default:"0"`
	Records   int           `help:"Stop each vehicle after so many acknowledged records; 0: never." default:"0"`
	StartAgo  time.Duration `help:"With --interval 0: age of the first record; they are 1s apart." default:"6h"`

	OutageEvery time.Duration `help:"Mean time between a vehicle's losses of coverage; 0: none." default:"0"`
	Outage      time.Duration `help:"Mean length of such a loss; its records are sent afterwards." default:"30s"`
	Cut         float64       `help:"Share of reports (0..1) of which a part is sent before the line breaks." default:"0"`
	Malformed   float64       `help:"Share of reports (0..1) beside which a stranger sends spoilt bytes." default:"0"`
	Sleepers    float64       `help:"Share of the vehicles (0..1) that keep no line, and record nothing, until an SMS wakes them for a minute." default:"0"`
	Swaps       float64       `help:"Share of the vehicles (0..1) whose tracker has a stranger's SIM; families that say their SIM's ICCID say that." default:"0"`
	Chatter     time.Duration `help:"Mean time after which another vehicle says by SMS, unasked, where it is; 0: none." default:"0"`
	AckTimeout  time.Duration `help:"After so long without an answer a line is given up; over UDP after 5s." default:"30s"`
	Backlog     int           `help:"Most records that a vehicle keeps, of 32 bytes; the oldest go first." default:"1000"`

	Ledger io.Writer `kong:"-"` // gets a line for each acknowledged record; nil: none

	// Phones, unless it is nil, is called for each vehicle before it starts: msisdn is its number (see Phone), and answer
	// gives what it answers to an SMS, which it obeys. It may be called by any goroutine until Run returns, and long
	// after: then the vehicle answers and does nothing. What Phones returns, unless nil, is called by the vehicle for an
	// SMS that it sends unasked (a cut that was put off is done), and must not wait.
	Phones func(msisdn string, answer func(from, text string) []Reply) (send func(to, text string)) `kong:"-"`

	Desk string `kong:"-"` // the number to which chatter goes
}

// rule is what a setting must keep to.
type rule struct {
	kept    bool
	setting string
	value   any
	allowed string
}

func firstBroken(rules []rule) error {
	for _, r := range rules {
		if !r.kept {
			return fmt.Errorf("simulators: %s is %v: it must be %s", r.setting, r.value, r.allowed)
		}
	}
	return nil
}

// check finds the first setting that a run cannot work with.
func (c *Config) check() error {
	share := func(v float64) bool { return v >= 0 && v <= 1 }
	return firstBroken([]rule{
		{c.Interval == 0 || c.Interval >= time.Second, "interval", c.Interval, "0, or 1s or more: trackers count seconds"},
		{c.Batch >= 0, "batch", c.Batch, "0 or more"},
		{c.Ramp >= 0, "ramp", c.Ramp, "0 or more"},
		{c.Duration >= 0, "duration", c.Duration, "0 or more"},
		{c.Records >= 0, "records", c.Records, "0 or more"},
		{c.StartAgo >= 0, "start-ago", c.StartAgo, "0 or more"},
		{c.OutageEvery >= 0, "outage-every", c.OutageEvery, "0 or more"},
		{c.Outage >= 0, "outage", c.Outage, "0 or more"},
		{share(c.Cut), "cut", c.Cut, "0 to 1"},
		{share(c.Malformed), "malformed", c.Malformed, "0 to 1"},
		{share(c.Sleepers), "sleepers", c.Sleepers, "0 to 1"},
		{share(c.Swaps), "swaps", c.Swaps, "0 to 1"},
		{c.Chatter >= 0, "chatter", c.Chatter, "0 or more"},
		{c.AckTimeout > 0, "ack-timeout", c.AckTimeout, "more than 0"},
		{c.Backlog >= 1, "backlog", c.Backlog, "1 or more"},
	})
}

// lanes gives the vehicles' protocols and addresses, in turn.
func (c *Config) lanes() ([]*lane, error) {
	err := firstBroken([]rule{
		{c.Count >= 1, "count", c.Count, "1 or more"},
		{c.First >= 0 && c.First <= maxNumber-c.Count+1, "first", c.First,
			fmt.Sprintf("0 or more, and no vehicle's number over %d", maxNumber)},
		{isHost(c.Server), "server", strconv.Quote(c.Server), "a host without a port (ports are set with --ports)"},
	})
	if err != nil {
		return nil, err
	}
	ports, err := parsePorts(c.Ports)
	if err != nil {
		return nil, err
	}
	names := c.Protocols
	if len(names) == 0 {
		names = protocolNames()
	}
	var lanes []*lane
	for _, name := range names {
		p := all.Named(name)
		if p == nil {
			return nil, unknownProtocol("protocols", name)
		}
		port := ports[name]
		if port == "" {
			port = cmp.Or(ports[anyProtocol], strconv.Itoa(p.Port))
		}
		lanes = append(lanes, newLane(p, c.Server, port, c.UDP))
	}
	return lanes, nil
}

func isHost(s string) bool { return s == "" || net.ParseIP(s) != nil || !strings.Contains(s, ":") }

// anyProtocol names the server's one port for all protocols.
const anyProtocol = "any"

// parsePorts reads PROTOCOL=PORT[,…].
func parsePorts(s string) (map[string]string, error) {
	ports := map[string]string{}
	for _, pair := range strings.Split(s, ",") {
		if pair == "" {
			continue
		}
		name, port, ok := strings.Cut(pair, "=")
		if n, err := strconv.Atoi(port); !ok || err != nil || n < 1 || n > 65535 {
			return nil, fmt.Errorf("simulators: ports: %q is not PROTOCOL=PORT with a port of 1 to 65535", pair)
		}
		if name != anyProtocol && all.Named(name) == nil {
			return nil, unknownProtocol("ports", name)
		}
		ports[name] = port
	}
	return ports, nil
}

func protocolNames() []string {
	var names []string
	for _, p := range all.Protocols() {
		names = append(names, p.Name)
	}
	return names
}

func unknownProtocol(setting, name string) error {
	return fmt.Errorf("simulators: %s: %q is not one of %s", setting, name, strings.Join(protocolNames(), ", "))
}
