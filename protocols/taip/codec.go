package taip

import (
	"bytes"
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// codec is the server's side of one conversation.
type codec struct {
	id          string // of the last message
	immobiliser int    // the output that cuts the engine
	alarms      bool   // events 1 and 2 are alarms
	noise       int    // characters passed over since the last message
}

// Know takes the output of the immobiliser and what the events mean.
func (c *codec) Know(d protocols.Device) {
	c.alarms = d.Options[eventAlarms] != "none"
	c.immobiliser = 1
	if n, ok := number([]byte(d.Options[immobiliserOutput])); ok && n >= 1 && n <= maxOutput {
		c.immobiliser = int(n)
	}
}

// record is the room for one message and its answer, so that it costs one allocation beside its texts.
type record struct {
	positions  [1]protocols.Position
	attributes [12]protocols.Attribute
	reply      [56]byte
}

// decoder reads the columns of one message into a position.
type decoder struct {
	columns
	codec *codec
	pos   *protocols.Position
	event int // -1 if it says none
}

// Decode reads one message.
func (c *codec) Decode(frame []byte, at time.Time) (protocols.Message, error) {
	s, err := open(frame)
	if err != nil {
		return protocols.Message{}, err
	}
	m := protocols.Message{Device: c.name(s.id)}
	if len(s.body) < 3 || s.body[0] != 'R' {
		return m, &wire.Error{Field: "message qualifier", Offset: 1, Err: wire.ErrUnknown}
	}
	r := new(record)
	r.positions[0].Attributes = r.attributes[:0]
	d := decoder{columns: columns{data: s.body, at: 3, base: 1}, codec: c, pos: &r.positions[0], event: -1}
	if !d.read(s.body, at) {
		words := s.words()
		m.Result = &protocols.Result{Text: words, Nack: strings.Contains(words, "ERR")}
		return m, nil
	}
	m.Reply = s.reply(r.reply[:0])
	if d.event >= 0 {
		d.add("event", protocols.Int(int64(d.event)))
	}
	d.tags(s.parts)
	if !s.right {
		d.add("checksum_ok", protocols.Bool(false))
	}
	m.Positions = r.positions[:]
	return m, d.fault()
}

// read reads the columns of a report; false if the message is none.
func (d *decoder) read(body []byte, at time.Time) bool {
	switch string(body[1:3]) {
	case "EV", "PV":
		if bytes.IndexAny(d.data[d.at:], "+-") == secondOfDay {
			d.position(at)
		} else {
			d.eventReport()
		}
	case "LN":
		d.longNavigation(at)
	case "AL":
		d.altitude(at)
	case "GP", "CQ", "CV", "BR", "PI":
		d.dated(body[1:3])
	case "US":
		if len(body) < 5 || body[3] != '0' || body[4] != '0' {
			return false
		}
		d.at = 5
		d.dated(body[1:3])
	case "UV":
		return d.user()
	default:
		return false
	}
	return true
}

// secondOfDay is how many digits the second of a day has.
const secondOfDay = 5

// name is the ID as a string: that of the last message if it is the same.
func (c *codec) name(id []byte) string {
	if string(id) == c.id {
		return c.id
	}
	if len(id) == 0 || len(id) > maxID {
		return ""
	}
	c.id = string(id)
	return c.id
}

// maxID is the most characters of an ID.
const maxID = 40

func (d *decoder) add(name string, v protocols.Value) {
	d.pos.Attributes = append(d.pos.Attributes, protocols.Attr(name, v))
}

// alarm raises the alarm of an event, if the profile lets it. A later event of a message goes before the one in front.
func (d *decoder) alarm(event int, of protocols.Alarms) {
	d.event = event
	if d.codec.alarms {
		d.pos.Alarms = of
	}
}

// usualAlarm is the alarm of events 1 and 2.
func usualAlarm(event int) protocols.Alarms {
	switch event {
	case 1:
		return protocols.AlarmSOS
	case 2:
		return protocols.AlarmPowerCut
	}
	return 0
}
