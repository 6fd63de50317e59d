package config

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestModem(t *testing.T) {
	var m Modem
	text := "north=serial:/dev/serial/by-id/*?imei=356938035643809&baud=115200;pin=1234;pin-again;number=+33612345678;prefix=+33;" +
		"prefix=+32;minute=10;hour=100;day=500;month=3000;recipients=300;balance=*100#"
	if err := m.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	want := Modem{Name: "north", URL: "serial:/dev/serial/by-id/*?imei=356938035643809&baud=115200", PIN: "1234", PINAgain: true,
		Number: "+33612345678", Prefixes: []string{"+33", "+32"}, Balance: "*100#", Minute: 10, Hour: 100, Day: 500, Month: 3000, Recipients: 300}
	if !reflect.DeepEqual(m, want) {
		t.Errorf("got %+v", m)
	}
	for bad, says := range map[string]string{
		"north":                             "NAME=URL",
		"=tcp://a:1":                        "NAME=URL",
		"no rth=tcp://a:1":                  "name",
		"north=http://a":                    "serial:, tcp:// or unix:",
		"north=tcp://a:1;pin=12":            "4 to 8 digits",
		"north=tcp://a:1;pin=abcd":          "4 to 8 digits",
		"north=tcp://a:1;number=0612345678": "+ and digits",
		"north=tcp://a:1;prefix=+":          "+ and digits",
		"north=tcp://a:1;minute=0":          "1 to 1000000",
		"north=tcp://a:1;minute=x":          "1 to 1000000",
		"north=tcp://a:1;balance=hello":     "USSD code",
		"north=tcp://a:1;baud=9600":         "is not one of pin, pin-again",
	} {
		if err := new(Modem).UnmarshalText([]byte(bad)); err == nil || !strings.Contains(err.Error(), says) ||
			!strings.Contains(err.Error(), "modem") {
			t.Errorf("%q: got %v, want %q", bad, err, says)
		}
	}
}

func TestPINInAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pin")
	m := Modem{Name: "north", PIN: "file:" + file}
	if _, err := m.ReadPIN(); err == nil {
		t.Error("a file that is not there")
	}
	if err := os.WriteFile(file, []byte("4711\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if pin, err := m.ReadPIN(); err != nil || pin != "4711" {
		t.Errorf("got %q, %v", pin, err)
	}
	s := Server{Modems: []Modem{{Name: "north", URL: "unix:/a", PIN: "4711"}, {Name: "north", URL: "unix:/b"}}, BalanceAlarm: -1}
	if bad := s.checkModems(); len(bad) != 2 {
		t.Errorf("got %v", bad)
	}
	var printed bytes.Buffer
	if err := s.Print(&printed); err != nil || strings.Contains(printed.String(), "4711") || !strings.Contains(printed.String(), "xxxx") {
		t.Errorf("%v: %s", err, printed.String())
	}
	if s.Modems[0].PIN != "4711" {
		t.Error("printing changed the settings")
	}
}
