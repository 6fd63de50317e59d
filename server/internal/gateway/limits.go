package gateway

import (
	"cmp"
	"time"
)

// Limits bound what callers can take. A zero field takes its default.
type Limits struct {
	Connections  int           // TCP lines and UDP conversations, each in total; default 100,000
	PerAddress   int           // TCP lines of one IP address that have not said yet who they are; default 1,000
	LoginTimeout time.Duration // for the first known device on a TCP line; default 30 s
	IdleTimeout  time.Duration // without a byte on a TCP line; default 20 min: two of the longest common heartbeats
	Silence      time.Duration // after which a UDP conversation is forgotten; default 5 min
	Decide       time.Duration // for more bytes, where the first do not tell the family surely; default 3 s
	Trial        time.Duration // of a line whose device has called again; default 5 s, shorter than 3 s judges too early
	Grace        time.Duration // for appends in flight when the gateway stops; default 10 s
	Frame        int           // bytes of a frame, and so unread on a line; default 65,536
	Groups       int           // read but not yet journaled, at once; default 512
}

const (
	readSize      = 16 << 10         // bytes read at once
	strangerBytes = 8 << 10          // that a line may send before its device is known
	datagramSize  = 4 << 10          // the longest datagram taken; trackers stay below an Ethernet frame
	writeTimeout  = 10 * time.Second // for a reply
	conflictEvery = time.Minute      // conflict events of one device
	identitySize  = 64               // the longest identity taken
	adoptPerS     = 20               // strangers adopted a second
	adoptBurst    = 200              // strangers adopted at once
	adoptTimeout  = 10 * time.Second // for the adoption of one
)

func (l Limits) withDefaults() Limits {
	l.Connections = cmp.Or(l.Connections, 100_000)
	l.PerAddress = cmp.Or(l.PerAddress, 1_000)
	l.LoginTimeout = cmp.Or(l.LoginTimeout, 30*time.Second)
	l.IdleTimeout = cmp.Or(l.IdleTimeout, 20*time.Minute)
	l.Silence = cmp.Or(l.Silence, 5*time.Minute)
	l.Decide = cmp.Or(l.Decide, 3*time.Second)
	l.Trial = cmp.Or(l.Trial, 5*time.Second)
	l.Grace = cmp.Or(l.Grace, 10*time.Second)
	l.Frame = cmp.Or(l.Frame, 64<<10)
	l.Groups = cmp.Or(l.Groups, 512)
	return l
}
