package gosafe

import (
	"bytes"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// room is how many attributes a record has room for before it costs an allocation of its own.
const room = 20

// record is the room for what a message with one record commonly means.
type record struct {
	positions  [1]protocols.Position
	attributes [room]protocols.Attribute
	reply      [len(acknowledgement)]byte
}

// Decode reads one message.
func (c *codec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	switch {
	case len(frame) > 1 && frame[0] == fence:
		return c.decodeBinary(frame)
	case bytes.HasPrefix(frame, []byte(opening)):
		return c.decodeText(frame)
	}
	return protocols.Message{}, &wire.Error{Field: "head", Err: wire.ErrUnknown}
}

// The places of a text's parts.
const (
	versionAt = len(opening)
	imeiAt    = versionAt + 3
	maxIMEI   = 20
)

// decodeText reads *GS, two digits of version, the IMEI, and records with $ between them. What has no records is a
// heartbeat.
func (c *codec) decodeText(frame []byte) (m protocols.Message, err error) {
	body := bytes.TrimSuffix(frame, []byte{'#'})
	if len(body) < imeiAt || body[imeiAt-1] != ',' {
		return m, &wire.Error{Field: "version", Offset: versionAt, Err: wire.ErrValue}
	}
	end := len(body)
	if i := bytes.IndexByte(body[imeiAt:], ','); i >= 0 {
		end = imeiAt + i
	}
	if imei := body[imeiAt:end]; !wire.Digits(imei) || len(imei) > maxIMEI {
		return m, &wire.Error{Field: "IMEI", Offset: imeiAt, Err: wire.ErrValue}
	} else if string(imei) != c.device {
		c.device = string(imei)
	}
	copy(c.version[:], body[versionAt:])
	r := new(record)
	m.Device, m.Reply = c.device, append(r.reply[:0], acknowledgement...)
	if end+1 < len(body) {
		err = r.read(&m, body, end+1)
	}
	return m, err
}

// read reads the records from at on. One without a time and elements is the answer to a command.
func (r *record) read(m *protocols.Message, body []byte, at int) (err error) {
	n := bytes.Count(body[at:], []byte{'$'}) + 1
	positions, attributes := r.positions[:], r.attributes[:]
	if n > 1 {
		positions, attributes = make([]protocols.Position, n), make([]protocols.Attribute, n*room)
	}
	d := decoder{frame: body}
	used := 0
	for records := wire.NewFields(body[at:], '$'); records.More(); {
		d.at = at + records.Offset()
		text := records.Next()
		if !reports(text) {
			m.Result = &protocols.Result{Text: string(text)}
			continue
		}
		d.pos = &positions[used]
		d.pos.Attributes = attributes[used*room : used*room : (used+1)*room]
		used++
		if failed := d.record(text); failed != nil && err == nil {
			err = failed
		}
	}
	m.Positions = positions[:used:used]
	return err
}

// timeDigits is hhmmssddmmyy.
const timeDigits = 12

// reports is whether a record starts with its time or an element.
func reports(text []byte) bool {
	first, _, _ := bytes.Cut(text, []byte{','})
	return len(first) == timeDigits && wire.Digits(first) || bytes.IndexByte(first, ':') >= 0
}

// decoder reads one record of text.
type decoder struct {
	pos   *protocols.Position
	frame []byte // the whole message
	text  string // the same as a string, made when the first text of it is kept
	at    int    // where the record starts in it
	err   error
}

// words gives part of the message, a field of it, as a string that is shared by all of the message's texts.
func (d *decoder) words(field wire.Field) protocols.Value {
	if len(field) == 0 {
		return protocols.Text("")
	}
	if d.text == "" {
		d.text = string(d.frame)
	}
	from := cap(d.frame) - cap(field) // a field ends in the array in which the message ends
	if from < 0 || from+len(field) > len(d.text) || d.text[from:from+len(field)] != string(field) {
		return protocols.Text(string(field))
	}
	return protocols.Text(d.text[from : from+len(field)])
}

// record reads a time, an event and elements.
func (d *decoder) record(text []byte) error {
	d.err = nil
	f := wire.NewFields(text, ',')
	for f.More() {
		at := d.at + f.Offset()
		field := f.Next()
		name, values, isElement := bytes.Cut(field, []byte{':'})
		switch {
		case len(field) == 0:
		case isElement:
			d.element(name, values, at+len(name)+1)
		case len(field) == timeDigits && wire.Digits([]byte(field)) && d.pos.Time.IsZero():
			d.pos.Time = moment(field[6:], field[:6])
		default:
			if v, ok := field.Hex(); ok {
				d.pos.Note("event", protocols.Int(int64(v)))
			} else {
				d.pos.Note("data", protocols.Text(string(field)))
			}
		}
	}
	return d.err
}

func (d *decoder) fail(field string, at int, err error) {
	if d.err == nil {
		d.err = &wire.Error{Field: field, Offset: at, Err: err}
	}
}

// moment joins ddmmyy and hhmmss; zero if there is no such moment.
func moment(date, clock wire.Field) time.Time {
	day, ok1 := date.Int64()
	at, ok2 := clock.Int64()
	d, m, y := int(day/10000), int(day/100%100), int(day%100)
	hour, minute, second := int(at/10000), int(at/100%100), int(at%100)
	if !ok1 || !ok2 || len(date) != 6 || len(clock) != 6 || d < 1 || d > 31 || m < 1 || m > 12 || at < 0 ||
		hour > 23 || minute > 59 || second > 59 {
		return time.Time{}
	}
	return time.Date(2000+y, time.Month(m), d, hour, minute, second, 0, time.UTC)
}

// element reads one element's values.
func (d *decoder) element(name, values []byte, at int) {
	f := wire.NewFields(values, ';')
	switch string(name) {
	case "GPS":
		d.gps(&f, at)
	case "GSM":
		d.gsm(&f)
	case "CLL":
		d.oldCell(&f)
	case "SYS":
		for _, part := range [...]string{"model", "firmware", "hardware"} {
			if v := f.Next(); len(v) > 0 {
				d.pos.Note(part, d.words(v))
			}
		}
	case "COT":
		d.counters(&f)
	case "MGR":
		setOdometer(d.pos, f.Next())
	case "ADC":
		d.adc(&f, bytes.Count(values, []byte{';'})+1)
	case "DTT":
		d.digital(&f)
	case "IWD":
		d.oneWire(&f)
	case "OBD":
		d.pos.Note("obd", d.words(values))
		d.obd(values)
	case "ETD":
		d.pos.Note("event_data", d.words(values))
	case "TAG":
		d.pos.Note("tag", d.words(values))
	case "FUL":
		d.pos.Note("fuel", d.words(values))
	case "STT":
		d.pos.Note("status", d.words(values))
	case "GFS":
		d.pos.Note("geofence", d.words(values))
	default:
		d.pos.Note("io_"+plainName(name), protocols.Text(string(values)))
	}
}

// plainName writes a name that is not known here in lower case; what is no letter or digit becomes _.
func plainName(name []byte) string {
	out := bytes.ToLower(name)
	for i, c := range out {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			out[i] = '_'
		}
	}
	return string(out)
}
