package osmand

import (
	"bytes"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// The units of a query's speed, in km/h.
const (
	knots           = 1.852
	metresPerSecond = 3.6
)

// codec is the server's side of one connection.
type codec struct {
	unit   float64       // of a query's speed, in km/h
	offset time.Duration // of times without a zone
	device string        // of the last request
	words  string        // a command for the answer to the next request; "" for none
}

// Know takes the unit of speed and the offset of times without a zone.
func (c *codec) Know(d protocols.Device) {
	c.offset = d.Offset.Value
	switch d.Options[speedUnit] {
	case "kmh":
		c.unit = 1
	case "mps":
		c.unit = metresPerSecond
	default:
		c.unit = knots
	}
}

// The answers to requests. They are read by all conversations and written by none.
var (
	fine       = []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
	fineClose  = []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	badRequest = []byte("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
)

// Decode reads one request.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	m := protocols.Message{Reply: badRequest}
	r, more, err := parse(frame)
	if err == nil && more {
		err = &wire.Error{Field: "headers", Offset: len(frame), Err: wire.ErrShort}
	}
	if err != nil {
		return m, err
	}
	body, err := r.body(frame)
	if err != nil {
		return m, err
	}
	var lost bool // nothing could be made of the request
	if (r.json || len(r.query) == 0 && !r.form) && isJSON(body) {
		err = c.readJSON(body, r.head, &m)
		lost = err != nil && m.Positions == nil
	} else {
		err = c.readForms(&r, body, &m)
	}
	if m.Device == "" || lost {
		if err == nil {
			err = &wire.Error{Field: "id", Offset: 0, Err: wire.ErrShort}
		}
		m.Positions = nil
		return m, err
	}
	m.Reply, m.Refusal = c.answer(fine), badRequest
	if r.close {
		m.Reply = c.answer(fineClose)
	}
	return m, err
}

// body is the body of a whole request, joined if it came in chunks.
func (r *request) body(frame []byte) ([]byte, error) {
	body := frame[r.head:]
	if !r.chunked {
		if len(body) < r.length {
			return nil, &wire.Error{Field: "body", Offset: len(frame), Err: wire.ErrShort}
		}
		return body[:r.length], nil
	}
	joined := make([]byte, 0, len(body))
	size, err := chunks(body, &joined)
	if err == nil && size == 0 {
		err = &wire.Error{Field: "body", Offset: len(frame), Err: wire.ErrShort}
	}
	return joined, err
}

func isJSON(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n")
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}

// name is the device's name as a string: that of the last request if it is the same.
func (c *codec) name(b []byte) string {
	if string(b) != c.device && len(b) <= maxID {
		c.device = string(b)
	}
	if len(b) > maxID {
		return ""
	}
	return c.device
}

// maxID is the most bytes of a device's name.
const maxID = 128
