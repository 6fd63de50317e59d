package fleet

import (
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
