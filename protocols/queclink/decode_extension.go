package queclink

import "drover/protocols"

// readExtension reads what follows the device's status: engine values of the OBD trackers, and for GTERI what its mask
// names. Only what is plain is read; all of it is kept as text as well.
func (m *message) readExtension(p *protocols.Position, i int) {
	if i >= m.end {
		return
	}
	if m.kind.code == "FRI" && hasVIN(m.version) {
		noteNumber(p, "rpm", m.at(i))
		noteNumber(p, "fuel_consumption_l_100km", m.at(i+1))
		noteNumber(p, "fuel_percent", m.at(i+2))
		return
	}
	m.noteText(p, "extension", i, m.end)
	if m.kind.code != "ERI" {
		return
	}
	m.readWires(p, i)
	m.readTags(p, i, m.end)
	for j := i; j < min(i+6, m.end); j++ {
		if mask, ok := hexadecimal(m.at(j)); ok && len(m.at(j)) == 8 && mask>>30 == 3 {
			m.readItems(p, j+1, m.end, mask)
			break
		}
	}
}

// readWires reads the sensors on a 1-Wire bus: number, ROM (16 digits, 28 first for a thermometer), type 1 and the
// temperature in sixteenths of a degree.
func (m *message) readWires(p *protocols.Position, i int) {
	for n := 0; i+2 < m.end && n < len(wireNames); i++ {
		rom := m.at(i)
		if len(rom) != 16 || string(rom[:2]) != "28" || string(m.at(i+1)) != "1" {
			continue
		}
		if v, ok := hexadecimal(m.at(i + 2)); ok && len(m.at(i+2)) == 4 {
			p.Note(wireNames[n], protocols.Decimal(int64(int16(v))*625, 4))
			n++
		}
	}
}

var wireNames = [...]string{"temperature_1_c", "temperature_2_c", "temperature_3_c", "temperature_4_c"}

// tag is the names of the values of a Bluetooth sensor.
type tag struct{ id, temperature, humidity, battery string }

var tags = [...]tag{
	{"tag_1_id", "tag_1_temperature_c", "tag_1_humidity_percent", "tag_1_battery_v"},
	{"tag_2_id", "tag_2_temperature_c", "tag_2_humidity_percent", "tag_2_battery_v"},
	{"tag_3_id", "tag_3_temperature_c", "tag_3_humidity_percent", "tag_3_battery_v"},
	{"tag_4_id", "tag_4_temperature_c", "tag_4_humidity_percent", "tag_4_battery_v"},
}

// The bits of the mask of a Bluetooth accessory.
const (
	tagName        = 1 << 0
	tagMAC         = 1 << 1
	tagState       = 1 << 2
	tagVoltage     = 1 << 3
	tagTemperature = 1 << 4
	tagHumidity    = 1 << 5
)

// readTags reads the Bluetooth accessories among the fields from i up to end: a mask of four digits, and what its bits
// name: name, address of 12 digits, state, battery in mV, temperature, humidity.
func (m *message) readTags(p *protocols.Position, i, end int) {
	for n := 0; i+1 < end && n < len(tags); i++ {
		v, ok := hexadecimal(m.at(i))
		if !ok || len(m.at(i)) != 4 || v&tagMAC == 0 {
			continue
		}
		mac := i + 1
		if v&tagName != 0 {
			mac++
		}
		if _, ok := hexadecimal(m.at(mac)); !ok || len(m.at(mac)) != 12 || mac >= end {
			continue
		}
		m.noteText(p, tags[n].id, mac, mac+1)
		m.readTag(p, &tags[n], mac+1, v)
		i = mac
		n++
	}
}

// readTag reads what follows an accessory's address, from field j on.
func (m *message) readTag(p *protocols.Position, names *tag, j int, mask uint64) {
	if mask&tagState != 0 {
		j++
	}
	if mask&tagVoltage != 0 {
		if v, scale, ok := decimal(m.at(j)); ok && scale == 0 {
			p.Note(names.battery, protocols.Decimal(v, 3))
		}
		j++
	}
	if mask&tagTemperature != 0 {
		noteNumber(p, names.temperature, m.at(j))
		j++
	}
	if mask&tagHumidity != 0 {
		noteNumber(p, names.humidity, m.at(j))
	}
}
