package jt808

import (
	"bytes"
	"encoding/hex"

	"drover/protocols"
	"drover/protocols/wire"
)

// The names of a lock's attributes.
var (
	lockIDs       = numbered("lock_", "_id", 16)
	lockBatteries = numbered("lock_", "_battery_v", 16)
	lockLevels    = numbered("lock_", "_battery_percent", 16)
	lockSealed    = numbered("lock_", "_sealed", 16)
	lockStates    = numbered("lock_", "_state", 16)
	lockSignals   = numbered("lock_", "_signal", 16)
	lockCards     = numbered("lock_", "_card", 16)
	lockLocked    = numbered("lock_", "_locked", 16)
)

// unlocking reads who asked a lock to open, with what, and what became of it.
func (d *decoder) unlocking(v []byte) bool {
	n := len(v)
	d.number("lock_command", v[:1])
	switch {
	case n == 5 || n == 6:
		d.number("lock_card", v[1:5])
	case n >= 7:
		d.add("lock_password", text(v[1:7]))
	}
	if n%2 == 0 {
		d.number("unlock_result", v[n-1:])
	}
	return true
}

// lockText reads the state of a lock as text: *M00, its length, and a field of which digits 3 to 5 are the battery in
// 0.01 V.
func (d *decoder) lockText(v []byte) bool {
	const at, end = 10, 13
	if len(v) >= end && bytes.HasPrefix(v, []byte("*M00")) && wire.Digits(v[at:end]) {
		d.volts(int64(v[at]-'0')*100+int64(v[at+1]-'0')*10+int64(v[at+2]-'0'), 100)
	}
	d.add("lock_status", text(v))
	return true
}

// lockEvent reads an event, and for those of a card at a lock, the lock and the card.
func (d *decoder) lockEvent(v []byte) bool {
	if len(v) < 2 {
		return false
	}
	d.number("event", v[:2])
	switch {
	case len(v) == 2:
	case len(v) >= 16 && u16(v) >= 0x61 && u16(v) <= 0x66:
		d.add("event_lock_id", protocols.Text(hex.EncodeToString(v[2:8])))
		d.add("driver_id", text(v[8:16]))
	default:
		d.add("event_data", protocols.Bytes(v[2:]))
	}
	return true
}

// subLocks reads locks of 11 bytes: id, battery in mV, sealed, state, signal.
func (d *decoder) subLocks(v []byte) bool {
	if len(v)%11 != 0 || len(v)/11 > len(lockIDs) {
		return false
	}
	for i := 0; len(v) > 0; i, v = i+1, v[11:] {
		d.add(lockIDs[i], protocols.Text(hex.EncodeToString(v[:6])))
		d.add(lockBatteries[i], protocols.Decimal(int64(u16(v[6:])), 3))
		d.add(lockSealed[i], protocols.Bool(v[8] == '1'))
		d.number(lockStates[i], v[9:10])
		d.number(lockSignals[i], v[10:11])
	}
	return true
}

// lockList reads the battery in 0.01 V; or locks of 13 bytes: id, card, level, state with bit 5 when it is open.
func (d *decoder) lockList(v []byte) bool {
	if len(v) == 2 {
		return d.batteryVolts(v)
	}
	list, ok := counted(v, 13)
	if !ok || int(v[0]) > len(lockIDs) {
		return false
	}
	for i := 0; len(list) > 0; i, list = i+1, list[13:] {
		d.add(lockIDs[i], protocols.Text(hex.EncodeToString(list[:5])))
		d.add(lockCards[i], protocols.Text(hex.EncodeToString(list[5:10])))
		d.number(lockLevels[i], list[10:11])
		d.add(lockLocked[i], protocols.Bool(u16(list[11:])&(1<<5) == 0))
	}
	return true
}

// stringLock reads how often the string was cut, and what the lock feels.
func (d *decoder) stringLock(v []byte) bool {
	if len(v) < 3 {
		return false
	}
	d.number("string_cuts", v[:2])
	d.add("string", protocols.Bool(v[2]&1 != 0))
	d.add("motion", protocols.Bool(v[2]&4 != 0))
	d.add("cover", protocols.Bool(v[2]&8 != 0))
	return true
}
