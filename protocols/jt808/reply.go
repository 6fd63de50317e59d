package jt808

import (
	"encoding/binary"
	"time"

	"drover/protocols/wire"
)

// The results of a general answer and of a registration.
const (
	resultOK      = 0
	resultFailure = 1
	resultUnknown = 4 // of a registration: there is no such terminal
)

// frame appends a message of ours.
func (c *codec) frame(h *header, b []byte, kind uint16, body []byte) []byte {
	c.serial++
	return h.envelope().appendFrame(b, kind, c.serial, body)
}

// reply gives what the terminal waits for, and what it is told instead if it is not welcome.
func (c *codec) reply(h *header, r *record, at time.Time) (reply, refusal []byte) {
	b := r.reply[:0]
	switch h.kind {
	case kindAnswer, kindParameters, kindQueried, kindControlled, kindRecorder, kindText1300:
		return nil, nil
	case kindLock, kindLockBlind:
		if h.attribute&confirmBit == 0 {
			return nil, nil
		}
		body := [3]byte{byte(h.kind >> 8), byte(h.kind), resultOK}
		return h.envelope().appendFrame(b, kindLockAnswer, 1, body[:]), nil
	case kindRegister:
		body := binary.BigEndian.AppendUint16(make([]byte, 0, 24), h.serial)
		body = append(body, resultOK)
		reply = c.frame(h, b, kindRegistered, append(body, c.device...))
		body[2] = resultUnknown
		return reply, h.envelope().appendFrame(r.refusal[:0], kindRegistered, c.serial, body)
	case kindTime:
		at = at.UTC()
		body := [8]byte{byte(at.Year() >> 8), byte(at.Year()), byte(at.Month()), byte(at.Day()),
			byte(at.Hour()), byte(at.Minute()), byte(at.Second()), resultOK}
		return c.frame(h, b, kindTimeVendor, body[:]), nil
	case kindTime2019:
		return c.frame(h, b, kindTimeAnswer, appendTime(nil, at.UTC())), nil
	case kindVersion:
		body := appendTime(make([]byte, 0, 11), at.UTC().Add(beijing))
		return c.frame(h, b, kindVersionTime, append(body, 0, 0, 0, 0, 0)), nil
	case kindMedia:
		if len(h.body) < 4 {
			return nil, nil
		}
		body := append(make([]byte, 0, 5), h.body[:4]...)
		return c.frame(h, b, kindMediaAnswer, append(body, 0)), nil
	}
	body := [5]byte{byte(h.serial >> 8), byte(h.serial), byte(h.kind >> 8), byte(h.kind), resultOK}
	reply = c.frame(h, b, kindGeneral, body[:])
	body[4] = resultFailure
	return reply, h.envelope().appendFrame(r.refusal[:0], kindGeneral, c.serial, body[:])
}

// appendTime appends year to second in BCD.
func appendTime(b []byte, t time.Time) []byte {
	for _, n := range [...]int{t.Year() % 100, int(t.Month()), t.Day(), t.Hour(), t.Minute(), t.Second()} {
		b = append(b, byte(n/10<<4|n%10))
	}
	return b
}

// clock is the moment that six bytes of BCD say, year to second; zero if there is no such moment.
func clock(b []byte, offset time.Duration) time.Time {
	n, ok := wire.BCDNumber(b[:6])
	if !ok {
		return time.Time{}
	}
	return moment(n/1e10, n/1e8%100, n/1e6%100, n/1e4%100, n/100%100, n%100, offset)
}

func moment(year, month, day, hour, minute, second int64, offset time.Duration) time.Time {
	if month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}
	}
	t := time.Date(2000+int(year), time.Month(month), int(day), int(hour), int(minute), int(second), 0, time.UTC)
	return t.Add(-offset)
}
