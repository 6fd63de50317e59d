package wialon

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is the most messages of a black box.
const maxBatch = 20

// tracker speaks version 2.0.
type tracker struct {
	prefix string // before the first # over UDP
	device string
	out    []byte // the last report, reused
}

// speak is a tracker that sends whole messages, several of them as a black box.
func speak(n protocols.Network, device string) protocols.Tracker {
	t := &tracker{device: device}
	if n == protocols.UDP {
		t.prefix = "2.0;" + device
	}
	return t
}

// Hello is the login, which there is none of over UDP.
func (t *tracker) Hello() []byte {
	if t.prefix != "" {
		return nil
	}
	return t.line(nil, "L", "2.0;"+t.device+";NA;")
}

// Batch is how many messages a black box carries.
func (t *tracker) Batch() int { return maxBatch }

// Acknowledged is true: every line is answered.
func (t *tracker) Acknowledged() bool { return true }

// line appends a line whose body ends with the separator before the checksum.
func (t *tracker) line(b []byte, kind, body string) []byte {
	b, at := t.open(b, kind)
	return shut(append(b, body...), at)
}

// open appends prefix and type, and gives where the body starts.
func (t *tracker) open(b []byte, kind string) ([]byte, int) {
	b = append(b, t.prefix...)
	b = append(append(append(b, '#'), kind...), '#')
	return b, len(b)
}

// shut appends the checksum of the body and the line's end.
func shut(b []byte, at int) []byte {
	sum := wire.CRC16ARC(b[at:])
	const digits = "0123456789ABCDEF"
	b = append(b, digits[sum>>12], digits[sum>>8&15], digits[sum>>4&15], digits[sum&15])
	return append(b, '\r', '\n')
}

// Report writes D for one position, B for several and P for none.
func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.out[:0]
	switch len(positions) {
	case 0:
		b, _ = t.open(b, "P")
		b = append(b, '\r', '\n')
	case 1:
		var at int
		b, at = t.open(b, "D")
		b = shut(append(appendMessage(b, &positions[0]), ';'), at)
	default:
		var at int
		b, at = t.open(b, "B")
		for i := range positions {
			b = append(appendMessage(b, &positions[i]), '|')
		}
		b = shut(b, at)
	}
	t.out = b
	return b
}

// appendMessage appends the 16 fields of a message.
func appendMessage(b []byte, p *protocols.Position) []byte {
	if p.Time.IsZero() {
		b = append(b, "NA;NA;"...)
	} else {
		b = p.Time.UTC().AppendFormat(b, "020106;150405;")
	}
	if p.Located {
		b = appendAngle(b, p.Latitude, 2, 'N', 'S')
		b = appendAngle(b, p.Longitude, 3, 'E', 'W')
	} else {
		b = append(b, "NA;NA;NA;NA;"...)
	}
	b = appendOpt(b, p.Speed)
	b = appendOpt(b, p.Course)
	b = appendOpt(b, p.Altitude)
	sats := protocols.Opt[float64]{Value: float64(p.Satellites.Value), OK: p.Satellites.OK}
	b = appendOpt(b, sats)
	b = appendOpt(b, p.HDOP)
	b = append(b, "NA;NA;;NA;"...)
	return appendParameters(b, p)
}

// appendAngle writes degrees and minutes with five decimals, and which half of the globe.
func appendAngle(b []byte, v float64, width int, plus, minus byte) []byte {
	const minute = 100000
	units := int64(math.Round(math.Abs(v) * 60 * minute))
	degrees, minutes := units/(60*minute), units%(60*minute)
	for limit := int64(math.Pow10(width - 1)); limit > 1 && degrees < limit; limit /= 10 {
		b = append(b, '0')
	}
	b = strconv.AppendInt(b, degrees, 10)
	if minutes < 10*minute {
		b = append(b, '0')
	}
	b = strconv.AppendFloat(b, float64(minutes)/minute, 'f', 5, 64)
	half := plus
	if v < 0 {
		half = minus
	}
	return append(b, ';', half, ';')
}

func appendOpt(b []byte, o protocols.Opt[float64]) []byte {
	if !o.OK {
		return append(b, "NA;"...)
	}
	b = strconv.AppendFloat(b, math.Round(o.Value*1000)/1000, 'f', -1, 64)
	return append(b, ';')
}

// appendParameters appends what has no field.
func appendParameters(b []byte, p *protocols.Position) []byte {
	start := len(b)
	if v, ok := p.Ignition.Get(); ok {
		n := 0.0
		if v {
			n = 1
		}
		b = appendParameter(b, "ignition:1:", n)
	}
	if v, ok := p.ExternalVolts.Get(); ok {
		b = appendParameter(b, "pwr_ext:2:", v)
	}
	if v, ok := p.BatteryVolts.Get(); ok {
		b = appendParameter(b, "pwr_int:2:", v)
	}
	if v, ok := p.Cell.Get(); ok {
		b = appendParameter(b, "mcc:1:", float64(v.MCC))
		b = appendParameter(b, "mnc:1:", float64(v.MNC))
		b = appendParameter(b, "lac:1:", float64(v.LAC))
		b = appendParameter(b, "cell_id:1:", float64(v.CID))
	}
	if p.Alarms&protocols.AlarmSOS != 0 {
		b = appendParameter(b, "SOS:1:", 1)
	}
	if len(b) == start {
		return append(b, "NA"...)
	}
	return b[:len(b)-1]
}

func appendParameter(b []byte, name string, v float64) []byte {
	b = append(b, name...)
	b = strconv.AppendFloat(b, math.Round(v*1000)/1000, 'f', -1, 64)
	return append(b, ',')
}

// Hear reads one line of the server's: an answer, or a command, which it answers in words.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	end := bytes.IndexByte(data, '\n') + 1
	if end == 0 {
		if len(data) >= maxLine {
			return 0, heard, &wire.Error{Field: "line", Offset: maxLine, Err: wire.ErrTooLong}
		}
		return 0, heard, nil
	}
	words := strings.TrimRight(string(data[:end]), "\r\n")
	kind, answer, _ := strings.Cut(strings.TrimPrefix(words, "#"), "#")
	n, err := strconv.Atoi(answer)
	switch {
	case !strings.HasPrefix(words, "#A"):
		heard.Command = words
		heard.Reply = t.line(nil, "M", "done: "+strings.ReplaceAll(words, ";", ",")+";")
	case kind == "AL":
		heard.Welcome, heard.Refused = answer == "1", answer != "1"
	case kind == "AD" || kind == "ASD":
		if answer == "1" {
			heard.Positions = 1
		}
	case kind == "AB":
		if err == nil && n >= 0 && n <= maxBatch {
			heard.Positions = n
		}
	case kind == "AP", kind == "AM":
	default:
		return 0, heard, &wire.Error{Field: "packet type", Offset: 1, Err: wire.ErrUnknown}
	}
	return end, heard, nil
}
