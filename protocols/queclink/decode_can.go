package queclink

import "drover/protocols"

// canItems are the items of a CAN report in the order of their bits in the mask. What starts with a letter (distance H
// or I, consumption and level with their unit) is told by that letter.
var canItems = [22]field{
	{"vin", asText}, {"ignition_key", asNumber}, {"vehicle_odometer", asText}, {"fuel_used_l", asNumber},
	{"rpm", asNumber}, {"vehicle_speed_kmh", asNumber}, {"coolant_temperature_c", asNumber},
	{"fuel_consumption", asText}, {"fuel_level", asText}, {"range_hm", asNumber},
	{"accelerator_percent", asNumber}, {"engine_hours_h", asNumber}, {"driving_time_h", asNumber},
	{"idle_time_h", asNumber}, {"idle_fuel_l", asNumber}, {"axle_weight_kg", asNumber}, {"tachograph", asText},
	{"indicators", asText}, {"lights", asText}, {"doors", asText}, {"overspeed_time_h", asNumber},
	{"engine_overspeed_time_h", asNumber},
}

// canMore is the bit of the mask that says that a second mask and its items follow.
const canMore = 29

// readCAN reads a GTCAN report up to field end: its type, the state of the bus, a mask, and a field for each of the
// mask's bits.
func (m *message) readCAN(p *protocols.Position, end int) {
	i := m.own
	for i < end && len(m.at(i)) != 8 {
		i++
	}
	mask, ok := hexadecimal(m.at(i))
	if i >= end || i > m.own+4 || !ok {
		m.noteText(p, "report", m.own, end)
		return
	}
	i = m.readItems(p, i+1, end, mask)
	if mask>>canMore&1 == 1 || i < end {
		m.noteText(p, "can_extension", i, end)
	}
	if p.HDOP.OK && p.HDOP.Value == 0 {
		p.Valid = false // of these reports, 0 is a place that was known before
	}
}

// readItems reads the items that the mask names, from field i on, and gives the field behind them. What the device said
// of the ignition itself goes before the bus's key.
func (m *message) readItems(p *protocols.Position, i, end int, mask uint64) int {
	own := p.Ignition
	for bit, item := range canItems {
		if mask>>bit&1 == 0 || i >= end {
			continue
		}
		m.readItem(p, item, i)
		i++
	}
	if own.OK {
		p.Ignition = own
	}
	return i
}

// readItem reads an item of the CAN bus from field i.
func (m *message) readItem(p *protocols.Position, f field, i int) {
	b := m.at(i)
	if len(b) == 0 {
		return
	}
	switch f.name {
	case "ignition_key":
		p.Ignition = protocols.Some(b[0] != '0')
	case "vehicle_odometer":
		if b[0] == 'H' {
			noteNumber(p, "vehicle_odometer_km", b[1:])
			return
		}
	case "fuel_level":
		switch b[0] {
		case 'P':
			noteNumber(p, "fuel_percent", b[1:])
			return
		case 'L':
			noteNumber(p, "fuel_l", b[1:])
			return
		}
	case "range_hm":
		if v, scale, ok := decimal(b); ok && scale == 0 {
			p.Note("range_m", protocols.Int(v*100))
		}
		return
	}
	m.readField(p, f, i)
}

// obdItems are the items of an OBD report.
var obdItems = [16]field{
	{"vin", asText}, {"obd_connected", asBool}, {"obd_mv", asNumber}, {"supported_pids", asText}, {"rpm", asNumber},
	{"vehicle_speed_kmh", asNumber}, {"coolant_temperature_c", asNumber}, {"fuel_consumption_l_100km", asNumber},
	{"distance_since_cleared_km", asNumber}, {"distance_with_mil_km", asNumber}, {"mil", asBool},
	{"trouble_codes", asNumber}, {"trouble_code_list", asText}, {"throttle_percent", asNumber},
	{"engine_load_percent", asNumber}, {"fuel_percent", asNumber},
}

// readOBD reads a GTOBD report up to field end: its type, the mask and the items. Items that the mask leaves out are
// empty fields.
func (m *message) readOBD(p *protocols.Position, end int) {
	i := m.own + 2
	if end-i < len(obdItems) {
		m.noteText(p, "report", m.own, end)
		return
	}
	for n, item := range obdItems {
		m.readField(p, item, i+n)
	}
	m.noteText(p, "obd_extension", i+len(obdItems), end)
}
