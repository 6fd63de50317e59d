package teltonika

import (
	"regexp"
	"slices"
	"testing"

	"drover/protocols"
)

var lists = map[string]string{
	"common": commonList, "vehicle": vehicleList, "professional": professionalList, "other": otherList,
}

// Every line of the lists can be read, and its name is one that may be stored.
func TestElementLists(t *testing.T) {
	named := regexp.MustCompile(`^[a-z][a-z0-9_]*[a-z0-9]$`)
	for list, lines := range lists {
		elements, err := readElements(lines)
		if err != nil {
			t.Errorf("%s: %v", list, err)
		}
		if len(elements) < 40 {
			t.Errorf("%s: only %d elements", list, len(elements))
		}
		seen := map[[2]int]bool{}
		for _, e := range elements {
			if !named.MatchString(e.name) {
				t.Errorf("%s: element %d is called %q", list, e.id, e.name)
			}
			if key := [2]int{int(e.id), int(e.length)}; seen[key] {
				t.Errorf("%s: element %d of %d bytes twice", list, e.id, e.length)
			} else {
				seen[key] = true
			}
		}
	}
}

// A fault in a list names its column and byte, and costs its line alone.
func TestElementListFaults(t *testing.T) {
	for line, want := range map[string]string{
		"x\t1\tu\t1\tname":               "id at byte 0: value out of range",
		"70000\t1\tu\t1\tname":           "id at byte 0: value out of range",
		"1\t3\tu\t1\tname":               "bytes at byte 0: value out of range",
		"1\t1\tq\t1\tname":               "type at byte 0: value out of range",
		"1\t1\tu\t0\tname":               "factor at byte 0: value out of range",
		"1\t1\tu\t1\t":                   "name at byte 0: value out of range",
		"1\t1\tu\t1\tname\tfoo":          "means at byte 0: value out of range",
		"1\t1\tu\t1\tname\talarm=foo":    "means at byte 0: value out of range",
		"1\t1\tu\t1\tname\t\t1,x":        "absent at byte 0: value out of range",
		"1\t1":                           "columns at byte 0: value out of range",
		"# good\n1\t1\tu\t1\ta\n2\t9\tu": "columns at byte 17: value out of range",
	} {
		if _, err := readElements(line); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", line, err, want)
		}
	}
	good, _ := readElements("1\t9\tu\t1\tbad\n2\t1\tu\t0.01\tgood\n")
	if len(good) != 1 || good[0].name != "good" || good[0].scale != 2 {
		t.Errorf("got %+v", good)
	}
}

// The number and the length together say what an element is; the list decides where they do not.
func TestFind(t *testing.T) {
	for _, c := range []struct {
		professional bool
		id           uint16
		length       int8
		want         string
	}{
		{false, 239, 1, "ignition"}, {false, 66, 2, "external_v"}, {false, 66, 4, "external_v"},
		{false, 4, 4, "pulse_counter_1"}, {false, 4, 1, "input_4"},
		{false, 11, 8, "iccid"}, {false, 11, 2, "analog_3_v"},
		{false, 72, 4, "temperature_1_c"}, {false, 72, 2, "temperature_1_c"},
		{false, 113, 1, "battery_percent"}, {false, 113, 4, "service_distance_km"},
		{false, 81, 1, "can_speed_kmh"}, {true, 81, 1, "cruise_control"},
		{false, 195, 1, "geofence_29"}, {false, 195, 8, "driver_1_card"},
		{false, 256, variable, "vin"}, {true, 256, variable, "vin"}, {false, 256, 1, ""},
		{false, 217, 4, ""}, {false, 65535, 1, ""}, {false, 0, 1, ""},
	} {
		got := ""
		if e := dictionaryOf(c.professional).find(c.id, c.length); e != nil {
			got = e.name
		}
		if got != c.want {
			t.Errorf("element %d of %d bytes (professional %v) is %q, want %q", c.id, c.length, c.professional, got, c.want)
		}
	}
	for id, want := range map[uint16]string{0: "io0", 217: "io217", 4095: "io4095", 4096: "io4096", 65535: "io65535"} {
		if got := ioName(id); got != want {
			t.Errorf("element %d is called %s, want %s", id, got, want)
		}
	}
}

func TestProfessionalModels(t *testing.T) {
	for model, want := range map[string]bool{
		"FMB640": true, "fmc650": true, "FM6300": true, "FM5300": true, "FMM640 ": true, "FMX640": true,
		"FMB130": false, "FMC003": false, "FMB965": false, "TAT141": false, "": false, "FM": false, "FM36M1": false,
	} {
		if professional(model) != want {
			t.Errorf("%q: got %v", model, !want)
		}
	}
}

// What the model says changes what an element means.
func TestKnow(t *testing.T) {
	frame := testPacket(codec8, testRecord(1, 81, 1, 1))
	for model, want := range map[string]string{"FMB120": "can_speed_kmh", "FMB640": "cruise_control"} {
		c := Protocol().Codec(protocols.TCP)
		c.(protocols.Knower).Know(protocols.Device{Model: model})
		m, err := c.Decode(frame, arrival)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(m.Positions[0].Attributes, func(a protocols.Attribute) bool { return a.Name == want }) {
			t.Errorf("%s: no %s among %v", model, want, m.Positions[0].Attributes)
		}
	}
}

func TestJoinICCID(t *testing.T) {
	for _, c := range []struct {
		high, low int64
		want      string
	}{
		{898830300000, 66932895, "89883030000066932895"},
		{893701001000, 23459, "8937010010000023459"},  // 19 digits with a right check digit
		{893701001000, 23450, "89370100100000023450"}, // no check digit fits: 20 digits
	} {
		if got := joinICCID(c.high, c.low); got != c.want {
			t.Errorf("%d and %d: got %s, want %s", c.high, c.low, got, c.want)
		}
	}
}

func TestSplitOperator(t *testing.T) {
	for v, want := range map[int64][2]uint16{24602: {246, 2}, 310410: {310, 410}, 20820: {208, 20}, 0: {}, 99999: {}} {
		mcc, mnc, ok := splitOperator(v)
		if [2]uint16{mcc, mnc} != want || ok != (mcc != 0) {
			t.Errorf("%d: got %d %d %v, want %v", v, mcc, mnc, ok, want)
		}
	}
}
