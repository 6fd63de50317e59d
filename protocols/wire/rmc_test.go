package wire

import (
	"testing"
	"time"
)

func TestReadRMC(t *testing.T) {
	at := time.Date(2026, 6, 15, 11, 58, 0, 0, time.UTC)
	for text, want := range map[string]RMC{
		"$GPRMC,115800.000,A,4730.0000,N,01930.0000,E,10.0,127.5,150626,,,A*5C": {
			Time: at, Located: true, Valid: true, Latitude: 47.5, Longitude: 19.5, Speed: 18.52, Course: 127.5,
		},
		"$GPRMC,115800,V,4730.0000,S,01930.0000,W,,360,150626*00": {
			Time: at, Located: true, Latitude: -47.5, Longitude: -19.5, Speed: -1,
		},
		"$GPRMC,115800,V,,,,,,,150626,,":                                   {Time: at, Speed: -1, Course: -1},
		"$GPRMC,000000.00,V,0000.0000,N,00000.0000,E,000.0,000.0,000000,,": {},
		"$GPRMC,115800,A,9100.0000,N,01930.0000,E,-1,361,15":               {Speed: -1, Course: -1},
		"": {Speed: -1, Course: -1},
	} {
		if got := ReadRMC([]byte(text)); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}
