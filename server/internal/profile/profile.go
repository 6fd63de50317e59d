// Package profile tells whether a device's profile fits what the device says: it reads frames as the profile would have
// them read, judges how believable that is, and looks for a profile that fits better.
//
// It is pure and safe for concurrent use: it knows neither lines nor SQL.
package profile

import (
	"errors"
	"math"
	"time"

	"drover/protocols"
)

// Frame is one frame of a device, and when it arrived.
type Frame struct {
	Network protocols.Network
	Bytes   []byte
	At      time.Time
}

// Heard is what a frame means under a profile.
type Heard struct {
	Message protocols.Message
	Err     error
}

// Fit is how well a profile fits some frames.
type Fit struct {
	Heard     []Heard
	Positions int           // that have a place
	Failed    int           // frames that were not understood
	Odd       int           // positions that can hardly be: at 0, 0, in the future, or faster than anything on wheels
	Behind    time.Duration // how long the positions' times lay before their arrival, in the middle; 0 without any
}

const (
	fastest   = 400.0           // km/h
	onTime    = 5 * time.Minute // a live fix is younger, whatever the network
	quarter   = 15 * time.Minute
	largest   = 14 * time.Hour // of the world's clocks
	cutFrames = "it ends within a message"
)

// Try reads frames, in the order of their arrival, as one conversation of the device.
func Try(p *protocols.Protocol, device protocols.Device, frames []Frame) Fit {
	var fit Fit
	var behind []time.Duration
	codec := newCodec(p, device, frames)
	for i := range frames {
		m, err := read(codec, &frames[i])
		fit.Heard = append(fit.Heard, Heard{m, err})
		if err != nil {
			fit.Failed++
		}
		for j := range m.Positions {
			position := &m.Positions[j]
			if !position.Located {
				continue
			}
			fit.Positions++
			if odd(position, frames[i].At) {
				fit.Odd++
			}
			if !position.Time.IsZero() {
				behind = append(behind, frames[i].At.Sub(position.Time))
			}
		}
	}
	fit.Behind = middle(behind)
	return fit
}

func newCodec(p *protocols.Protocol, device protocols.Device, frames []Frame) protocols.Codec {
	network := protocols.TCP
	if len(frames) > 0 {
		network = frames[0].Network
	}
	codec := p.Codec(network)
	if k, ok := codec.(protocols.Knower); ok {
		k.Know(device)
	}
	return codec
}

// read takes a frame as the gateway's tap shows it: whole, but perhaps without what told where it ends.
func read(codec protocols.Codec, f *Frame) (all protocols.Message, err error) {
	used, err := protocols.Frames(codec, f.Bytes, true, func(frame []byte) error {
		m, err := codec.Decode(frame, f.At)
		add(&all, &m)
		return err
	})
	if err == nil && used == len(f.Bytes) {
		return all, nil
	}
	if m, bare := codec.Decode(f.Bytes, f.At); bare == nil {
		return m, nil
	}
	if err == nil {
		err = errors.New(cutFrames)
	}
	return all, err
}

func add(all, m *protocols.Message) {
	if all.Device == "" {
		all.Device = m.Device
	}
	all.Positions = append(all.Positions, m.Positions...)
	if m.Result != nil {
		all.Result = m.Result
	}
}

func odd(p *protocols.Position, at time.Time) bool {
	return math.Abs(p.Latitude) < 1e-6 && math.Abs(p.Longitude) < 1e-6 || p.Speed.Value > fastest ||
		p.Time.After(at.Add(onTime))
}

// better says whether a fits better than b.
func better(a, b *Fit) bool {
	if a.Failed != b.Failed {
		return a.Failed < b.Failed
	}
	if a.Odd != b.Odd {
		return a.Odd < b.Odd
	}
	return a.Positions > b.Positions
}
