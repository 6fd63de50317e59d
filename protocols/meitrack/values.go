package meitrack

import (
	"math"

	"drover/protocols"
)

// setPlace takes degrees; both 0 are no place.
func setPlace(p *protocols.Position, latitude, longitude float64, ok bool) {
	if ok = ok && (latitude != 0 || longitude != 0); ok && math.Abs(latitude) <= 90 && math.Abs(longitude) <= 180 {
		p.Located, p.Latitude, p.Longitude = true, latitude, longitude
	}
}

func setSpeed(p *protocols.Position, v float64) {
	if v >= 0 && v < 2000 {
		p.Speed = protocols.Some(v)
	}
}

func setCourse(p *protocols.Position, v float64) {
	if v == 360 {
		v = 0
	}
	if v >= 0 && v < 360 {
		p.Course = protocols.Some(v)
	}
}

// setSignal takes CSQ, 0 to 31; 99 is unknown.
func setSignal(p *protocols.Position, v int64) {
	if v >= 0 && v <= 31 {
		p.SignalPercent = protocols.Some(int(math.Round(float64(v) * 100 / 31)))
	}
}

func setCell(p *protocols.Position, country, network, area, id uint64) {
	if country > 0 && country < 1000 && network < 1000 && area <= math.MaxUint32 && area|id != 0 {
		p.Cell = protocols.Some(protocols.Cell{MCC: uint16(country), MNC: uint16(network), LAC: uint32(area), CID: id})
	}
}

func setBattery(p *protocols.Position, v float64) {
	if v >= 0 && v < 100 {
		p.BatteryVolts = protocols.Some(v)
	}
}

func setExternal(p *protocols.Position, v float64) {
	if v >= 0 && v < 1000 {
		p.ExternalVolts = protocols.Some(v)
	}
}

func setPercent(p *protocols.Position, v int64) {
	if v >= 0 && v <= 100 {
		p.BatteryPercent = protocols.Some(float64(v))
	}
}

// The ports that trackers have are five at most; higher bits are named only when they are set.
const usualPorts = 5

// setInputs takes a bit for each input, the first lowest.
func (c *codec) setInputs(p *protocols.Position, bits byte) {
	setPorts(p, &inputNames, bits)
	if c.ignition > 0 {
		p.Ignition = protocols.Some(bits>>(c.ignition-1)&1 != 0)
	}
}

func setOutputs(p *protocols.Position, bits byte) { setPorts(p, &outputNames, bits) }

func setPorts(p *protocols.Position, names *[8]string, bits byte) {
	for i, name := range names {
		if on := bits>>i&1 != 0; on || i < usualPorts {
			p.Note(name, protocols.Bool(on))
		}
	}
}

var (
	inputNames = [8]string{
		"input_1", "input_2", "input_3", "input_4", "input_5", "input_6", "input_7", "input_8",
	}
	outputNames = [8]string{
		"output_1", "output_2", "output_3", "output_4", "output_5", "output_6", "output_7", "output_8",
	}
	temperatureNames = [9]string{
		"temperature_0_c", "temperature_1_c", "temperature_2_c", "temperature_3_c", "temperature_4_c",
		"temperature_5_c", "temperature_6_c", "temperature_7_c", "temperature_8_c",
	}
)

func temperatureName(sensor int) string {
	if sensor < len(temperatureNames) {
		return temperatureNames[sensor]
	}
	return numbered("temperature_", sensor) + "_c"
}

// adc is how analog values are scaled to volts.
type adc uint8

// The scales, by the trackers that have them.
const (
	adcAuto       adc = iota
	adcHundredths     // T311, T322X, T333, T355 and all later ones: hundredths of a volt
	adc10             // MVT340, MVT380: 10 bits of 6 V and, for the supply, of 48 V
	adc12             // MT90, T1, T3, MVT100, MVT600, MVT800, TC68: 12 bits of 6.6 V and 52.8 V
)

const (
	optionADC      = "adc_scale"
	optionIgnition = "ignition_input"
)

func options() []protocols.Option {
	return []protocols.Option{
		{
			Name: optionADC,
			About: "How the analog values of text reports are scaled: hundredths of a volt (T3xx and later), " +
				"10 bits (MVT340, MVT380) or 12 bits (MT90, T1, T3, MVT100, MVT600, MVT800, TC68). " +
				"Usually told by the model or by what a battery can have.",
			Values: []string{"auto", "hundredths", "10bit", "12bit"},
		},
		{
			Name:   optionIgnition,
			About:  "The input that the ignition is wired to.",
			Values: []string{"none", "1", "2", "3", "4", "5", "6", "7", "8"},
		},
	}
}

func adcOf(option, model string) adc {
	switch option {
	case "hundredths":
		return adcHundredths
	case "10bit":
		return adc10
	case "12bit":
		return adc12
	}
	switch model {
	case "T311", "T322X", "T333", "T355":
		return adcHundredths
	case "MVT340", "MVT380":
		return adc10
	case "MT90", "T1", "T3", "MVT100", "MVT600", "MVT800", "TC68", "TC68S":
		return adc12
	}
	return adcAuto
}

// scaleOf tells the scale by the battery, which has 2.5 to 5 V while it runs the tracker.
func (c *codec) scaleOf(battery int) adc {
	switch {
	case c.adc != adcAuto:
		return c.adc
	case battery >= 1500:
		return adc12
	case battery > 500:
		return adc10
	}
	return adcHundredths
}

// setAnalog takes AD1 to AD3, battery and supply as they come; what is negative was not said.
func (c *codec) setAnalog(p *protocols.Position, raw [5]int) {
	low, high := 0.01, 0.01
	switch c.scaleOf(raw[3]) {
	case adc10:
		low, high = 6.0/1024, 48.0/1024
	case adc12:
		low, high = 6.6/4096, 52.8/4096
	}
	for i, name := range [...]string{"adc_1_v", "adc_2_v", "adc_3_v"} {
		if raw[i] >= 0 {
			p.Note(name, protocols.Decimal(int64(math.Round(float64(raw[i])*low*1000)), 3))
		}
	}
	if raw[3] >= 0 {
		setBattery(p, math.Round(float64(raw[3])*low*1000)/1000)
	}
	if raw[4] >= 0 {
		setExternal(p, math.Round(float64(raw[4])*high*1000)/1000)
	}
}
