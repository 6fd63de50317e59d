package fifotrack

import (
	"bytes"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// Decode reads one frame.
func (c *codec) Decode(data []byte, at time.Time) (protocols.Message, error) {
	f, err := open(data, '$')
	if err != nil {
		return protocols.Message{}, err
	}
	m := protocols.Message{Device: c.speaker(f.device)}
	switch {
	case string(f.kind) == "A03":
		err = c.short(&f, &m, at)
	case string(f.kind) == "D05":
		err = c.photoTaken(&f, &m)
	case string(f.kind) == "D06":
		err = c.photoPart(&f, &m)
	case len(f.kind) == 3 && f.kind[0] == 'A':
		err = report(&f, &m)
	default:
		m.Result = result(f.data[f.start:f.end])
	}
	if f.spoilt {
		for i := range m.Positions {
			m.Positions[i].Note("checksum_ok", protocols.Bool(false))
		}
	}
	return m, err
}

// result is the answer to a command; its last words may say that it was refused.
func result(words []byte) *protocols.Result {
	refused := bytes.HasSuffix(words, []byte(",UNSUPPORT")) || bytes.HasSuffix(words, []byte(",FAILED"))
	return &protocols.Result{Text: string(words), Nack: refused}
}

// eventAlarms are the alarms that the code of a report stands for.
var eventAlarms = [...]protocols.Alarms{
	2:  protocols.AlarmSOS,
	14: protocols.AlarmLowPower,
	15: protocols.AlarmPowerCut,
	16: protocols.AlarmPowerRestored,
	17: protocols.AlarmLowBattery,
	18: protocols.AlarmOverspeed,
	20: protocols.AlarmGPSAntennaCut,
	21: protocols.AlarmVibration,
	23: protocols.AlarmHardAcceleration,
	24: protocols.AlarmHardBraking,
	27: protocols.AlarmFatigue,
	30: protocols.AlarmJamming,
	31: protocols.AlarmFall,
	32: protocols.AlarmJamming,
	33: protocols.AlarmGeofenceExit,
	34: protocols.AlarmGeofenceEnter,
	35: protocols.AlarmIdle,
	40: protocols.AlarmTemperature,
	41: protocols.AlarmTemperature,
	53: protocols.AlarmGeneral, // switched on
	54: protocols.AlarmGeneral, // switched off
}

// setEvent takes the code of a report; none is a report of its time.
func setEvent(p *protocols.Position, w wire.Field) {
	v, ok := w.Int64()
	if !ok || v < 0 {
		return
	}
	p.Note("event", protocols.Int(v))
	if v < int64(len(eventAlarms)) {
		p.Alarms = eventAlarms[v]
	}
}

func setPlace(p *protocols.Position, latitude, longitude wire.Field, valid bool) {
	lat, ok1 := latitude.Float()
	lon, ok2 := longitude.Float()
	if ok1 && ok2 && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 && (lat != 0 || lon != 0) {
		p.Located, p.Latitude, p.Longitude, p.Valid = true, lat, lon, valid
	}
}

func setSpeed(p *protocols.Position, w wire.Field) {
	if v, ok := w.Float(); ok && v >= 0 && v < 2000 {
		p.Speed = protocols.Some(v)
	}
}

// setCell reads country, network, area and cell, the latter two hexadecimal.
func setCell(p *protocols.Position, w wire.Field) {
	var room [5]wire.Field
	parts := wire.CutFields(room[:], w, '|')
	if len(parts) < 4 {
		return
	}
	country, ok1 := parts[0].Int64()
	network, ok2 := parts[1].Int64()
	area, ok3 := parts[2].Hex()
	id, ok4 := parts[3].Hex()
	if ok1 && ok2 && ok3 && ok4 && country > 0 && country < 1000 && network >= 0 && network < 1000 &&
		area <= 0xFFFFFFFF && area|id != 0 {
		p.Cell = protocols.Some(protocols.Cell{MCC: uint16(country), MNC: uint16(network), LAC: uint32(area), CID: id})
	}
}
