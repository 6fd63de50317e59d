package wialon

import (
	"bytes"
	"compress/zlib"
	"io"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxUnpacked is the most bytes that compressed lines may become.
const maxUnpacked = 1 << 18

// unpack reads the lines that a zlib stream holds as if they had come one after another.
func (c *codec) unpack(frame []byte) (protocols.Message, error) {
	var m protocols.Message
	if len(frame) < packedHead {
		return m, &wire.Error{Field: "compressed length", Offset: 1, Err: wire.ErrShort}
	}
	z, err := zlib.NewReader(bytes.NewReader(frame[packedHead:]))
	if err != nil {
		return m, &wire.Error{Field: "compressed data", Offset: packedHead, Err: wire.ErrValue}
	}
	data, err := io.ReadAll(io.LimitReader(z, maxUnpacked+1))
	if err != nil || len(data) > maxUnpacked {
		return m, &wire.Error{Field: "compressed data", Offset: packedHead, Err: wire.ErrValue}
	}
	var first error
	for rest := data; len(rest) > 0; {
		used, line, err := c.Split(rest, true)
		if err != nil || used == 0 {
			break
		}
		rest = rest[used:]
		if line == nil || line[0] == packed {
			continue
		}
		part, err := c.line(line)
		if first == nil {
			first = err
		}
		merge(&m, &part)
	}
	return m, first
}

// merge adds what another line said.
func merge(m, part *protocols.Message) {
	if part.Device != "" {
		m.Device = part.Device
	}
	m.Positions = append(m.Positions, part.Positions...)
	m.Reply = append(m.Reply, part.Reply...)
	if m.Refusal == nil {
		m.Refusal = part.Refusal
	}
	if part.Result != nil {
		m.Result = part.Result
	}
}
