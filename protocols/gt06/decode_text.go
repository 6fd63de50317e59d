package gt06

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"drover/protocols"
	"drover/protocols/wire"
)

// answer reads type 15: length, server flag, words, language. Some firmwares leave the length zero.
func (d *decoder) answer(m *protocols.Message) {
	length := int(d.U8("length of command"))
	flag := d.U32("server flag")
	if d.Err() != nil {
		return
	}
	var words []byte
	if n := length - 4; n > 0 && n <= d.Len() {
		words = d.Bytes("command content", n)
	} else {
		words = d.Rest()
		if n := len(words); n >= 2 && words[n-2] == 0 {
			words = words[:n-2]
		}
	}
	d.result(m, printable(words), flag)
}

// answer21 reads type 21: server flag, encoding (1 is ASCII, 2 is UTF-16), words.
func (d *decoder) answer21(m *protocols.Message) {
	flag := d.U32("server flag")
	encoding := d.U8("content code")
	if d.Err() != nil {
		return
	}
	b := d.Rest()
	if encoding != 2 {
		d.result(m, printable(b), flag)
		return
	}
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, be16(b))
	}
	d.result(m, strings.TrimRight(string(utf16.Decode(units)), "\x00"), flag)
}

// result takes the words of an answer. An ICCID or a place among them is told as a position too.
func (d *decoder) result(m *protocols.Message, words string, flag uint32) {
	m.Result = &protocols.Result{Text: words, ID: flag}
	if _, after, ok := strings.Cut(words, "ICCID:"); ok {
		n := 0
		for n < len(after) && after[n] >= '0' && after[n] <= '9' {
			n++
		}
		d.pos.ICCID = after[:n]
		d.said = n > 0
	}
	d.whereabouts(words)
}

// whereabouts reads an answer like "Current position!Lat:N54.1,Lon:E25.2,Course:1.0,Speed:0.0,DateTime:2017-05-26
// 10:27:47", which has km/h.
func (d *decoder) whereabouts(words string) {
	latitude, ok1 := coordinate(valueOf(words, "Lat:"), 90, 'S')
	longitude, ok2 := coordinate(valueOf(words, "Lon:"), 180, 'W')
	if !ok1 || !ok2 || latitude == 0 && longitude == 0 {
		return
	}
	if !strings.HasPrefix(words, "Current") { // the last known place
		return
	}
	p := d.pos
	p.Located, p.Valid, p.Latitude, p.Longitude = true, true, latitude, longitude
	if v, err := strconv.ParseFloat(valueOf(words, "Course:"), 64); err == nil && v >= 0 && v < 360 {
		p.Course = protocols.Some(v)
	}
	if v, err := strconv.ParseFloat(valueOf(words, "Speed:"), 64); err == nil && v >= 0 && v <= 2000 {
		p.Speed = protocols.Some(v)
	}
	if t, err := time.Parse(time.DateTime, valueOf(words, "DateTime:")); err == nil {
		p.Time = t.Add(-d.offset)
	}
	d.said = true
}

// valueOf gives what follows key up to the next comma.
func valueOf(words, key string) string {
	_, after, _ := strings.Cut(words, key)
	value, _, _ := strings.Cut(after, ",")
	return strings.TrimSpace(value)
}

// coordinate reads a hemisphere's letter and degrees.
func coordinate(s string, limit float64, negative byte) (float64, bool) {
	if len(s) < 2 {
		return 0, false
	}
	v, err := strconv.ParseFloat(s[1:], 64)
	if err != nil || !(v >= 0 && v <= limit) {
		return 0, false
	}
	if s[0] == negative {
		v = -v
	}
	return v, true
}

// printable gives the text up to the first zero byte, without white space and control characters at either end.
func printable(b []byte) string {
	for i, c := range b {
		if c == 0 {
			b = b[:i]
			break
		}
	}
	return strings.TrimFunc(string(b), func(r rune) bool { return r <= ' ' || r == 0x7F })
}

// isText is whether b is ASCII that can be shown.
func isText(b []byte) bool {
	for _, c := range b {
		if (c < ' ' || c > '~') && c != '\r' && c != '\n' && c != '\t' {
			return false
		}
	}
	return len(b) > 0
}

// info94 reads the 7878 form of type 94: hundredths of a volt, or the ICCID of SEEWORLD's trackers.
func (d *decoder) info94() {
	switch d.Len() {
	case 2:
		d.pos.ExternalVolts = protocols.Some(float64(d.U16("external voltage")) / 100)
		d.said = true
	case 10, 12:
		d.pos.ICCID = d.bcd("ICCID", 10)
		d.extra()
	default:
		d.unknown()
	}
}

// identities reads subtype 0A of type 94: IMEI, IMSI and ICCID.
func (d *decoder) identities(m *protocols.Message) {
	imei := d.bcd("IMEI", 8)
	d.pos.IMSI = d.bcd("IMSI", 8)
	d.pos.ICCID = d.bcd("ICCID", 10)
	if d.Err() == nil && wire.Digits(imei) && trimZero(imei) != "" {
		m.Device = imei
	}
	d.extra()
}
