package castel

import (
	"encoding/binary"
	"math"
	"strconv"

	"drover/protocols"
	"drover/protocols/wire"
)

// pidLengths are the bytes of each PID's value: a digit for each, 0 where it is not known.
const pidLengths = "" +
	"4422111111212111" + // 00 to 0F
	"2111222222221112" + // 10 to 1F
	"4222444444441111" + // 20 to 2F
	"1221444444442222" + // 30 to 3F
	"4421211111111224" + // 40 to 4F
	"2112222222100000" + // 50 to 5F
	"0000000400000000" //    60 to 6F

// pidLength is the bytes of a PID's value; 0 if that is not known.
func pidLength(pid byte) int {
	switch {
	case int(pid) < len(pidLengths):
		return int(pidLengths[pid] - '0')
	case pid == 0x9D:
		return 2
	case pid == 0xA6:
		return 4
	}
	return 0
}

// readings reads the types that carry the engine's readings behind the statistics.
func (d *decoder) readings(kind uint16) {
	d.stat()
	if d.Err() != nil {
		return
	}
	d.give()
	switch kind {
	case scPIDs:
		d.U16LE("sample rate")
		d.pids(true)
	case scSnapshot:
		d.U8("flag")
		d.pids(false)
	case scSupported:
		d.U8("flag")
		count := int(d.U8("PID count"))
		d.pos.Note("supported_pids", protocols.Bytes(d.Bytes("PIDs", min(2*count, d.Len()))))
	case scFaults:
		d.U8("flag")
		d.faults()
	case scTruckFault:
		d.pos.Note("dtcs_data", protocols.Bytes(d.Rest()))
	case scCell:
		d.pos.Note("lac", protocols.Int(int64(d.U16LE("LAC"))))
		d.pos.Note("cid", protocols.Int(int64(d.U16LE("CI"))))
	case scGSensor:
		d.gSensor()
	}
}

// pids reads a list of PIDs and their values; where they are sampled, groups of them, of which the last, the newest,
// is taken.
func (d *decoder) pids(sampled bool) {
	count := int(d.U8("PID count"))
	list := d.Bytes("PIDs", 2*count)
	if sampled {
		groups, size := int(d.U8("group count")), int(d.U8("group size"))
		if groups > 1 && d.Len() == groups*size {
			d.Skip("older groups", (groups-1)*size)
		}
	}
	if d.Err() != nil {
		return
	}
	for i := range count {
		pid := list[2*i]
		n := pidLength(pid)
		if n == 0 || n > d.Len() {
			if rest := d.Rest(); len(rest) > 0 {
				d.pos.Note(pidName(pid), protocols.Bytes(rest))
			}
			return
		}
		d.pid(pid, d.Bytes("PID value", n))
	}
}

func pidName(pid byte) string {
	if int(pid) < len(pidNames) && pidNames[pid] != "" {
		return pidNames[pid]
	}
	return pidNumbers[6*int(pid) : 6*int(pid)+6]
}

// pid notes a value, which is in the reading's own unit. Temperatures of one byte go from -40 to 215.
func (d *decoder) pid(pid byte, b []byte) {
	var v int64
	for i := len(b) - 1; i >= 0; i-- {
		v = v<<8 | int64(b[i])
	}
	switch pid {
	case 0x05, 0x0F, 0x46, 0x5C:
		if v > 215 {
			v -= 256
		}
	case 0x42:
		d.pos.ExternalVolts = protocols.Some(float64(v) / 1000)
		return
	}
	d.pos.Note(pidName(pid), protocols.Int(v))
}

// faults reads the codes of faults, two bytes each.
func (d *decoder) faults() {
	count := int(d.U8("DTC count"))
	codes := make([]byte, 0, 6*min(count, 64))
	for i := 0; i < count && i < 64 && d.Len() >= 2; i++ {
		v := d.U16LE("DTC")
		if i > 0 {
			codes = append(codes, ' ')
		}
		codes = append(codes, "PCBU"[v>>14], '0'+byte(v>>12&3))
		for shift := 8; shift >= 0; shift -= 4 {
			codes = append(codes, "0123456789ABCDEF"[v>>shift&15])
		}
	}
	if len(codes) > 0 {
		d.pos.Note("dtcs", protocols.Text(string(codes)))
	}
}

// gSensor reads accelerations in 1/64 of a unit and gives the strongest and how many there were.
func (d *decoder) gSensor() {
	d.U16LE("sample rate")
	count := int(d.U8("G-sensor count"))
	samples := wire.NewReader(d.Bytes("G-sensor data", min(6*count, d.Len()/6*6)))
	var x, y, z float64
	n := 0
	for ; samples.Len() >= 6; n++ {
		b := samples.Bytes("sample", 6)
		sx, sy, sz := axis(b), axis(b[2:]), axis(b[4:])
		if n == 0 || math.Hypot(math.Hypot(sx, sy), sz) > math.Hypot(math.Hypot(x, y), z) {
			x, y, z = sx, sy, sz
		}
	}
	if n == 0 {
		return
	}
	words := strconv.AppendFloat([]byte{'['}, x, 'f', -1, 64)
	words = strconv.AppendFloat(append(words, ','), y, 'f', -1, 64)
	words = append(strconv.AppendFloat(append(words, ','), z, 'f', -1, 64), ']')
	d.pos.Note("g_sensor", protocols.Text(string(words)))
	d.pos.Note("g_sensor_samples", protocols.Int(int64(n)))
}

func axis(b []byte) float64 { return float64(int16(binary.LittleEndian.Uint16(b))) / 64 }
