package its

import (
	"bytes"
	"errors"
	"math"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxBatch is how many sentences a tracker sends at once.
const maxBatch = 10

// tracker says NRM sentences, which are not acknowledged.
type tracker struct {
	out    []byte // the last report, reused
	device string
	number int // of the last sentence
}

func newTracker(device string) *tracker { return &tracker{device: device} }

// Hello is the login with the IMEI alone.
func (t *tracker) Hello() []byte { return append(append([]byte("$LGN,,"), t.device...), ",,,*\r\n"...) }

// Batch is how many sentences are sent at once.
func (t *tracker) Batch() int { return maxBatch }

// Acknowledged is false: sentences are not answered.
func (t *tracker) Acknowledged() bool { return false }

// Report writes a sentence for each position.
func (t *tracker) Report(positions []protocols.Position) []byte {
	b := t.out[:0]
	for i := range positions {
		b = t.report(b, &positions[i])
	}
	t.out = b
	return b
}

func (t *tracker) report(b []byte, p *protocols.Position) []byte {
	from := len(b)
	t.number++
	b = append(b, "$,NRM,DROVER,1.0,"...)
	b = appendStatus(b, p.Alarms)
	b = append(b, ",01,L,"...)
	b = append(b, t.device...)
	b = append(b, ",,"...)
	b = appendBit(b, p.Valid)
	b = p.Time.UTC().AppendFormat(b, ",02012006,150405,")
	b = appendAngle(b, p.Latitude, ",N,", ",S,")
	b = appendAngle(b, p.Longitude, ",E,", ",W,")
	b = appendFixed(b, p.Speed.Value, 1)
	b = appendFixed(b, math.Mod(p.Course.Value, 360), 2)
	b = strconv.AppendInt(b, int64(p.Satellites.Value), 10)
	b = append(b, ',')
	b = appendFixed(b, p.Altitude.Value, 1)
	b = append(b, "1.0,"...)
	b = appendFixed(b, p.HDOP.Value, 2)
	b = append(b, ',')
	b = append(appendBit(b, p.Ignition.Value), ",1,"...)
	b = appendFixed(b, p.ExternalVolts.Value, 2)
	b = appendFixed(b, p.BatteryVolts.Value, 2)
	b = append(appendBit(b, p.Alarms&protocols.AlarmSOS != 0), ",C,"...)
	b = strconv.AppendInt(b, int64(p.SignalPercent.Value)*31/100, 10)
	b = appendCell(b, p.Cell.Value)
	b = append(b, ",0000,00,"...)
	b = strconv.AppendInt(b, int64(t.number), 10)
	b = append(b, ',')
	b = appendFixed(b, p.Odometer.Value/1000, 1)
	return append(appendByte(b, wire.Xor(b[from:])), ",*\r\n"...)
}

func appendStatus(b []byte, a protocols.Alarms) []byte {
	for i := range statuses {
		if a&statuses[i].alarm != 0 {
			return append(b, statuses[i].kind[:]...)
		}
	}
	return append(b, "NR"...)
}

func appendBit(b []byte, on bool) []byte {
	if on {
		return append(b, '1')
	}
	return append(b, '0')
}

func appendAngle(b []byte, v float64, plus, minus string) []byte {
	b = strconv.AppendFloat(b, math.Abs(v), 'f', 6, 64)
	if v < 0 {
		return append(b, minus...)
	}
	return append(b, plus...)
}

// appendFixed appends a number with so many decimals, and a comma.
func appendFixed(b []byte, v float64, decimals int) []byte {
	return append(strconv.AppendFloat(b, v, 'f', decimals, 64), ',')
}

func appendCell(b []byte, c protocols.Cell) []byte {
	b = strconv.AppendInt(append(b, ','), int64(c.MCC), 10)
	b = strconv.AppendInt(append(b, ','), int64(c.MNC), 10)
	b = strconv.AppendUint(append(b, ','), uint64(c.LAC), 16)
	return strconv.AppendUint(append(b, ','), c.CID, 16)
}

func appendByte(b []byte, v byte) []byte {
	const hex = "0123456789ABCDEF"
	return append(b, hex[v>>4], hex[v&15])
}

var errServer = errors.New("its: neither an answer nor a command")

// Hear reads an answer to a login or a command's line.
func (t *tracker) Hear(data []byte) (int, protocols.Heard, error) {
	var heard protocols.Heard
	if bytes.HasPrefix(data, []byte("$LGN")) {
		i := bytes.IndexByte(data, '*')
		if i == len("$LGN02012006150405") && wire.Digits(data[4:i]) {
			heard.Welcome = true
			return i + 1, heard, nil
		}
	}
	end := bytes.Index(data, []byte("\r\n"))
	switch {
	case end < 0 && len(data) > maxWords:
		return 0, heard, errServer
	case end < 0:
		return 0, heard, nil
	}
	heard.Command = string(data[:end])
	heard.Reply = []byte("$RSP,OK*\r\n")
	return end + 2, heard, nil
}
