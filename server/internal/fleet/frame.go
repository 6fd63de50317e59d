package fleet

import (
	"net/netip"
	"time"

	"drover/protocols"
)

// Frame is what went over a tracker's line, as one who watches the line sees it.
type Frame struct {
	Time    time.Time // UTC, to the millisecond
	Out     bool      // the server said it
	Network protocols.Network
	Bytes   []byte // of one frame in; out, all that was sent at once
	Message []byte // what a frame in was understood to say: the JSON of protocols.Message; nil if nothing
	Error   string // why it was not understood, "" if it was
}

// Misread is bytes of a tracker that no decoder understood.
type Misread struct {
	Time     time.Time // UTC, to the millisecond
	Network  protocols.Network
	Address  netip.AddrPort // who sent them
	Port     int            // on which they came
	Protocol string         // whose decoder failed; "any" where nobody's language was recognised
	Identity string         // who was speaking, "" if nobody had said
	Bytes    []byte
	Error    string // why they were not understood
}
