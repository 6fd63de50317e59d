package gateway

import (
	"bytes"
	"time"

	"drover/server/internal/fleet"
)

// misreadSize is the most bytes of a frame that are kept when nobody understood it.
const misreadSize = 4 << 10

// Misreads takes note of frames that no decoder understood; it must not block.
type Misreads interface {
	Misread(fleet.Misread)
}

// misread keeps what was not understood, for a newer version to try.
func (c *conversation) misread(data []byte, why error, at time.Time) {
	keeper := c.port.gate.config.Misreads
	if keeper == nil || len(data) == 0 {
		return
	}
	keeper.Misread(fleet.Misread{
		Time: at, Network: c.network, Address: c.remote, Port: c.port.number, Protocol: c.family.name,
		Identity: c.identity, Bytes: bytes.Clone(data[:min(len(data), misreadSize)]), Error: why.Error(),
	})
}
