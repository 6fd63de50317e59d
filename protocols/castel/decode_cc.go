package castel

import (
	"bytes"

	"drover/protocols"
)

// readCC reads a frame of a CC tracker.
func (d *decoder) readCC(kind uint16) {
	switch kind {
	case ccLogin:
		d.answer(ccLoginReply)
		d.ccFix(d.pos)
		d.give()
		d.versions()
	case ccReport:
		d.answer(ccReply)
		d.history()
		d.ccBatch(int(d.U8("count")))
	default:
		if kind >= 0x8000 || kind == ccEngine {
			d.result(kind, 0)
			return
		}
		d.unknown(kind)
	}
}

// ccSize is the length of a location and what a CC tracker adds to it.
const ccSize = fixSize + 16

func (d *decoder) ccBatch(count int) {
	count = min(count, d.Len()/ccSize)
	if count == 1 {
		d.give()
		d.ccFix(d.pos)
		return
	}
	shared := d.pos.Attributes
	d.message.Positions = make([]protocols.Position, count)
	for i := range d.message.Positions {
		p := &d.message.Positions[i]
		p.Attributes = append(make([]protocols.Attribute, 0, 8), shared...)
		d.ccFix(p)
	}
}

// ccFix reads a location, status, battery, odometer, fence, flags and cell.
func (d *decoder) ccFix(p *protocols.Position) {
	d.fix(p)
	p.Note("status", protocols.Int(int64(d.U32LE("status"))))
	if v := d.U8("battery"); v != 0xFF {
		p.Note("battery_level", protocols.Int(int64(v)))
	}
	p.Odometer = protocols.Some(float64(d.U32LE("odometer")))
	fence, flags, extra := d.U8("geo-fence id"), d.U8("geo-fence flags"), d.U8("additional flags")
	if fence != 0 || flags != 0 {
		p.Note("geofence", protocols.Int(int64(fence)))
		p.Note("geofence_flags", protocols.Int(int64(flags)))
	}
	if extra != 0 {
		p.Note("flags", protocols.Int(int64(extra)))
	}
	if lac, cid := d.U16LE("LAC"), d.U16LE("CI"); lac != 0 || cid != 0 {
		p.Note("lac", protocols.Int(int64(lac)))
		p.Note("cid", protocols.Int(int64(cid)))
	}
}

// mpipStep is what an MPIP has behind each location of a batch.
const mpipStep = 31

// readMPIP reads a frame of an MPIP tracker.
func (d *decoder) readMPIP(kind uint16) {
	switch kind {
	case mpipLogin:
		d.answer(mpipLogin)
		d.fixes(1)
	case mpipReport:
		d.answer(mpipReply, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)
		d.pos.Note("index", protocols.Int(int64(d.U32LE("index"))))
		d.Skip("time and kind", 5)
		d.fixes(1)
	case mpipGPS, mpipGPS2, mpipGPS6:
		d.fixes(1)
	case mpipBatch:
		d.mpipBatch()
	default:
		d.unknown(kind)
	}
}

// mpipBatch reads up to eight locations; places of the batch that were not used are zeros.
func (d *decoder) mpipBatch() {
	const most = 8
	d.message.Positions = make([]protocols.Position, 0, most)
	for len(d.message.Positions) < most && d.Len() >= fixSize {
		var p protocols.Position
		start := d.Offset()
		d.fix(&p)
		tail := d.Bytes("statistics", min(mpipStep, d.Len()))
		if d.Offset() > start && !p.Located && p.Time.IsZero() {
			continue
		}
		if len(bytes.Trim(tail, "\x00")) > 0 {
			p.Note("data", protocols.Bytes(tail))
		}
		d.message.Positions = append(d.message.Positions, p)
	}
}
