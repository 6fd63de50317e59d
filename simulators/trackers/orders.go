package trackers

import (
	"time"

	"drover/protocols"
)

// intervals are the times between reports that a command over the line is known by.
var intervals = [...]time.Duration{
	5 * time.Second, 10 * time.Second, 15 * time.Second, 20 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute,
	5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour,
}

// plain are the commands that a vehicle knows in the words that they have over the line. Of two with the same words the
// first counts.
func plain() []protocols.Command {
	commands := []protocols.Command{
		{Kind: protocols.Locate}, {Kind: protocols.Immobilise}, {Kind: protocols.Release}, {Kind: protocols.Reboot},
	}
	for _, every := range intervals {
		commands = append(commands, protocols.Command{Kind: protocols.Interval, Every: every})
	}
	return commands
}

// ordersOf finds out what a tracker hears when a server of its family gives it each of the plain commands: the words
// over the line are each family's own, and often bytes.
func ordersOf(p *protocols.Protocol, network protocols.Network) map[string]protocols.Command {
	orders := map[string]protocols.Command{}
	for _, c := range plain() {
		codec, tracker := acquainted(p, network)
		data, err := codec.Encode(c)
		if err != nil {
			continue
		}
		if len(data) == 0 { // it goes out with the next reply
			data = report(codec, tracker, network)
		}
		if _, heard, err := tracker.Hear(data); err == nil && heard.Command != "" {
			if _, taken := orders[heard.Command]; !taken {
				orders[heard.Command] = c
			}
		}
	}
	return orders
}

// acquainted are both ends of a line on which the tracker has logged in and reported.
func acquainted(p *protocols.Protocol, network protocols.Network) (protocols.Codec, protocols.Tracker) {
	codec, tracker := p.Codec(network), p.Speak(network, Identity(0))
	exchange(codec, tracker, network, tracker.Hello())
	report(codec, tracker, network)
	return codec, tracker
}

// report lets the tracker report once, and gives the last reply, which it has heard unless it commands something.
func report(codec protocols.Codec, tracker protocols.Tracker, network protocols.Network) []byte {
	sample := record{time: sampleTime, satellites: 9}
	return exchange(codec, tracker, network, tracker.Report([]protocols.Position{sample.position()}))
}

func exchange(codec protocols.Codec, tracker protocols.Tracker, network protocols.Network, said []byte) (last []byte) {
	data := append([]byte(nil), said...)
	_, _ = protocols.Frames(codec, data, network == protocols.UDP, func(frame []byte) error {
		m, err := codec.Decode(frame, time.Unix(sampleTime, 0).UTC())
		if len(m.Reply) > 0 {
			last = m.Reply
			_, _, _ = tracker.Hear(m.Reply)
		}
		return err
	}) // the protocol's own tests hold it to that
	return last
}

// putOff is whether answers say that a command will be obeyed later.
func (l *lane) putOff(answers []string) bool {
	for _, text := range answers {
		m, _ := l.protocol.ReadText(protocols.Device{}, text, time.Unix(sampleTime, 0).UTC())
		if m.Result != nil && m.Result.Deferred {
			return true
		}
	}
	return false
}

// putsOff is whether the family's trackers cut the engine of a vehicle in a hurry only later.
func (l *lane) putsOff() bool {
	if l.protocol.HearText == nil {
		return false
	}
	d := protocols.Device{Identity: Identity(0)}
	words, err := l.protocol.Text(d, protocols.Command{Kind: protocols.Immobilise})
	if err != nil {
		return false
	}
	_, answers, _ := l.protocol.HearText(d, words, protocols.Position{Speed: protocols.Some(2.0 * hurried)})
	return l.putOff(answers)
}
