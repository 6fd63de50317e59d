package trackers

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

func TestWriteDevices(t *testing.T) {
	c := good()
	c.Count, c.First, c.Protocols = 4, 998, []string{"teltonika", "h02"}
	var out bytes.Buffer
	if err := WriteDevices(&out, c); err != nil {
		t.Fatal(err)
	}
	const want = `identity,name,plate,group,protocol,phone
359990000009984,Courier 998,NI YX 542,,teltonika,+8829900000998
359990000009992,Truck 999,NI DR 271,,h02,+8829900000999
359990000010008,Bus 1000,NI JK 000,,teltonika,+8829900001000
359990000010016,Van 1001,NI PD 729,,h02,+8829900001001
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	if c.Count = 0; WriteDevices(&out, c) == nil {
		t.Error("no vehicles are no error")
	}
}

// TestIdentity: an IMEI's digits, every second from the right doubled, add up to a multiple of ten (ISO/IEC 7812-1).
func TestIdentity(t *testing.T) {
	if got := Identity(42); got != "359990000000421" {
		t.Errorf("vehicle 42 is %s", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.IntRange(0, maxNumber).Draw(t, "number")
		for _, id := range []string{Identity(number), imei(strangerPrefix, number)} {
			sum := 0
			for i := range id {
				d := int(id[len(id)-1-i] - '0')
				if d *= 1 + i%2; d > 9 {
					d -= 9
				}
				sum += d
			}
			if len(id) != 15 || sum%10 != 0 {
				t.Errorf("%s is no IMEI", id)
			}
		}
	})
}
