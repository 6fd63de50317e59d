package misread

import (
	"errors"

	"drover/protocols"
	"drover/protocols/detect"
	"drover/server/internal/fleet"
)

// Why a piece is still not understood.
var (
	ErrNobody = errors.New("no protocol begins like this")
	ErrCut    = errors.New("it ends within a message")
)

// Reader tries pieces with today's decoders. It is safe for concurrent use.
type Reader struct {
	families []*protocols.Protocol
	detector *detect.Detector
}

// NewReader reads the languages of these families, at most 64.
func NewReader(families []*protocols.Protocol) (*Reader, error) {
	d, err := detect.New(families)
	return &Reader{families, d}, err
}

// Meaning is what a piece says.
type Meaning struct {
	Protocol string
	Messages []protocols.Message
}

// Understand reads a piece; device gives what is known of an identity, ok false for a stranger's. An error says why a
// part of it is not understood; what was read before is given too.
func (r *Reader) Understand(m *fleet.Misread, device func(identity string) (fleet.Device, bool)) (Meaning, error) {
	p := r.language(m)
	if p == nil {
		return Meaning{}, ErrNobody
	}
	meaning := Meaning{Protocol: p.Name}
	codec := p.Codec(m.Network)
	if d, ok := device(m.Identity); ok {
		if k, knows := codec.(protocols.Knower); knows {
			k.Know(d.Profile())
		}
	}
	used, err := protocols.Frames(codec, m.Bytes, m.Network == protocols.UDP, func(frame []byte) error {
		message, err := codec.Decode(frame, m.Time)
		if message.Device == "" {
			message.Device = m.Identity
		}
		meaning.Messages = append(meaning.Messages, message)
		return err
	})
	if err == nil && used < len(m.Bytes) {
		err = r.whole(&meaning, codec, m, used)
	}
	return meaning, err
}

// whole reads what only the end of the bytes delimits: a frame is kept without what told where it ends.
func (r *Reader) whole(meaning *Meaning, codec protocols.Codec, m *fleet.Misread, used int) error {
	message, err := codec.Decode(m.Bytes[used:], m.Time)
	if err != nil {
		return errors.Join(ErrCut, err)
	}
	if message.Device == "" {
		message.Device = m.Identity
	}
	meaning.Messages = append(meaning.Messages, message)
	return nil
}

// language gives the family of the port, or the one that the first bytes tell.
func (r *Reader) language(m *fleet.Misread) *protocols.Protocol {
	for _, p := range r.families {
		if p.Name == m.Protocol {
			return p
		}
	}
	return r.detector.Decide(m.Network, m.Bytes).Protocol
}

// Records gives what is to be kept of a meaning: the positions and answers of known devices.
func (m *Meaning) Records(
	piece *fleet.Misread, device func(identity string) (fleet.Device, bool),
) (records []fleet.Record) {
	for i := range m.Messages {
		for _, message := range append([]protocols.Message{m.Messages[i]}, m.Messages[i].Also...) {
			d, ok := device(message.Device)
			if !ok || d.Disabled || len(message.Positions) == 0 && message.Result == nil {
				continue
			}
			records = append(records, fleet.Record{Device: d.ID, Protocol: m.Protocol, Received: piece.Time,
				Positions: message.Positions, Result: message.Result})
		}
	}
	return records
}
