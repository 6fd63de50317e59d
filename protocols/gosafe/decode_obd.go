package gosafe

import (
	"drover/protocols"
	"drover/protocols/wire"
)

// obd reads the engine's answers, each behind its length, in hexadecimal: 04 41 0C 1E CD. Those of mode 1 that have a
// plain meaning are given; the rest stays in the text.
func (d *decoder) obd(f wire.Field) {
	var room [32]byte
	for len(f) >= 2 {
		n, ok := f[:2].Hex()
		if !ok || n == 0 || len(f) < int(2+2*n) || int(n) > len(room) {
			return
		}
		answer := room[:n]
		for i := range answer {
			b, isHex := f[2+2*i : 4+2*i].Hex()
			if !isHex {
				return
			}
			answer[i] = byte(b)
		}
		d.answer(answer)
		f = f[2+2*n:]
	}
}

// answer reads one answer of mode 1.
func (d *decoder) answer(b []byte) {
	if len(b) < 3 || b[0] != 0x41 {
		return
	}
	v := int64(b[2])
	switch b[1] {
	case 0x04:
		d.pos.Note("engine_load_percent", protocols.Decimal(v*1000/255, 1))
	case 0x05:
		d.pos.Note("coolant_temperature_c", protocols.Int(v-40))
	case 0x0C:
		if len(b) >= 4 {
			d.pos.Note("rpm", protocols.Decimal((v<<8|int64(b[3]))*25, 2))
		}
	case 0x0D:
		d.pos.Note("obd_speed_kmh", protocols.Int(v))
	case 0x0F:
		d.pos.Note("intake_temperature_c", protocols.Int(v-40))
	case 0x11:
		d.pos.Note("throttle_percent", protocols.Decimal(v*1000/255, 1))
	case 0x2F:
		d.pos.Note("fuel_level_percent", protocols.Decimal(v*1000/255, 1))
	}
}
