package jt600

import (
	"encoding/binary"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// The places of a padlock's fields.
const (
	offMileage    = offRest
	offSatellites = offMileage + 4
	offVehicle    = offSatellites + 1
	offStatus     = offVehicle + 4
	offBattery    = offStatus + 2
	offCell       = offBattery + 1
	offFence      = offCell + 5
	lockBytes     = offFence

	offWake     = offFence + 1 // the reason of waking, in four bits
	offIMEI     = offWake + 3  // 0F for what is not said
	offHighCell = offIMEI + 8  // the cell id's upper half, then country, network and number
	wideLock    = offHighCell + 6
)

// The bits of a padlock's status.
const (
	bitCells   = 1 << 0 // the place is of cells
	bitConfirm = 1 << 5 // it wants an answer
	bitString  = 1 << 6 // the string is inserted
	bitLocked  = 1 << 7
	bitCap     = 1 << 13 // the back cap is closed
)

// lockAlarms are the alarms among the bits of a padlock's status.
var lockAlarms = [...]struct {
	bit   int
	alarm protocols.Alarms
	name  string // of the attribute where several share an alarm
}{
	{1, protocols.AlarmGeofenceEnter, ""},
	{2, protocols.AlarmGeofenceExit, ""},
	{3, protocols.AlarmTampering, "string_cut"},
	{4, protocols.AlarmVibration, ""},
	{8, protocols.AlarmUnlocked, ""},
	{9, protocols.AlarmTampering, "wrong_password"},
	{10, protocols.AlarmTampering, "unauthorised_card"},
	{11, protocols.AlarmLowBattery, ""},
	{12, protocols.AlarmTampering, "back_cover_open"},
	{14, protocols.AlarmGeneral, "motor_fault"},
}

// numberedVersion is the first version whose records are answered by their number.
const numberedVersion = 0x19

// long reads a padlock's record, and answers it if it wants that.
func long(version, kind byte, b []byte, m *protocols.Message) error {
	r := new(record)
	p := r.open(m)
	if len(b) < lockBytes {
		err := base(b, longHead, p)
		p.Note("extra", protocols.Bytes(b[offRest:]))
		return err
	}
	err := base(b, longHead, p)
	p.Odometer = protocols.Some(float64(binary.BigEndian.Uint32(b[offMileage:])) * 1000)
	p.Satellites = protocols.Some(int(b[offSatellites]))
	if id := binary.BigEndian.Uint32(b[offVehicle:]); id != 0 {
		p.Note("vehicle_id", protocols.Int(int64(id)))
	}
	status := int(binary.BigEndian.Uint16(b[offStatus:]))
	lock(p, status)
	percent(p, b[offBattery])
	lockCell(p, b)
	if len(b) > offFence+1 && b[offFence] != 0 {
		p.Note("fence", protocols.Int(int64(b[offFence])))
	}
	p.Note("version", protocols.Int(int64(version)))
	if kind&15 > 2 {
		p.Note("stored", protocols.Bool(true))
	}
	number := b[len(b)-1]
	p.Note("index", protocols.Int(int64(number)))
	if len(b) > offWake+1 {
		p.Note("wake_source", protocols.Int(int64(b[offWake]&15)))
	}
	if len(b) > wideLock {
		p.Note("extra", protocols.Bytes(b[wideLock-1:len(b)-1]))
	}
	if status&bitConfirm != 0 {
		m.Reply = confirm(r.reply[:0], version, number)
	}
	return err
}

// lockCell reads the cell, whose country and upper half of the id only the wide record says.
func lockCell(p *protocols.Position, b []byte) {
	if len(b) < wideLock {
		cell(p, b[offCell:])
		return
	}
	cid := uint64(binary.BigEndian.Uint16(b[offCell:]))
	if high := binary.BigEndian.Uint16(b[offHighCell:]); high != 0x0F0F {
		cid |= uint64(high) << 16
	}
	mcc := binary.BigEndian.Uint16(b[offHighCell+2:])
	if mcc == 0 || mcc > 999 {
		cell(p, b[offCell:])
		return
	}
	lac := uint32(binary.BigEndian.Uint16(b[offCell+2:]))
	p.Cell = protocols.Some(protocols.Cell{MCC: mcc, MNC: uint16(b[offHighCell+4]), LAC: lac, CID: cid})
	csq(p, int(b[offCell+4]))
	if imei, ok := wire.BCD(b[offIMEI:offHighCell]); ok && imei[1] != '0' {
		p.Note("imei", protocols.Text(imei[1:]))
	}
}

func confirm(b []byte, version, number byte) []byte {
	if version < numberedVersion {
		return append(b, "(P35)"...)
	}
	b = append(b, "(P69,0,"...)
	return append(strconv.AppendUint(b, uint64(number), 10), endText)
}

// lock reads a padlock's status.
func lock(p *protocols.Position, status int) {
	p.Note("locked", protocols.Bool(status&bitLocked != 0))
	p.Note("string_inserted", protocols.Bool(status&bitString != 0))
	p.Note("back_cap_closed", protocols.Bool(status&bitCap != 0))
	if status&bitCells != 0 {
		p.Note("located_by_cells", protocols.Bool(true))
	}
	for i := range lockAlarms {
		a := &lockAlarms[i]
		if status>>a.bit&1 == 0 {
			continue
		}
		p.Alarms |= a.alarm
		if a.name != "" {
			p.Note(a.name, protocols.Bool(true))
		}
	}
}
