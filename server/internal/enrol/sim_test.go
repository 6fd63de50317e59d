package enrol

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// readSIMs imports a file and gives what it wrote.
func readSIMs(t *testing.T, file string) (*Result, []store.NewSIM, error) {
	t.Helper()
	var wrote []store.NewSIM
	done, err := SIMImport{
		Seal: func(pin, iccid string) []byte { return []byte(pin + " of " + iccid) },
		Write: func(_ context.Context, list []store.NewSIM) (store.Imported, error) {
			wrote = append(wrote, list...)
			return store.Imported{Added: len(list)}, nil
		},
	}.Read(t.Context(), strings.NewReader(file))
	return done, wrote, err
}

func TestSIMImport(t *testing.T) {
	done, wrote, err := readSIMs(t, "ICCID;MSISDN;state;PIN;device;budget_bytes;budget_messages;IMSI\n"+ // 1
		"8933 0000 0000 0000 0176;'+33 6 12 34 56 78;Active;0000;352093081452251;1.5 GB;50;208011234567890\n"+ // 2
		"893300000000000018;;;;;;;\n"+ // 3: completed by its check digit
		"8.933E+18;;;;;;;\n"+ // 4
		"8933000000000000017;;;;;;;\n"+ // 5: again
		"89330000000000000200;0612345678;;;;;;\n"+ // 6
		"89330000000000000200;;lost;;;;;\n"+ // 7
		"89330000000000000200;;;12x4;;;;\n"+ // 8
		"89330000000000000200;;;;;much;;\n"+ // 9
		"89330000000000000200;;;;;;0;\n"+ // 10
		"89330000000000000200;;;;;;;IMSI\n"+ // 11
		";;;;;;;\n") // 12
	if err != nil {
		t.Fatal(err)
	}
	want := []store.NewSIM{
		{Identity: "352093081452251", SIM: fleet.SIM{ICCID: "89330000000000000176", MSISDN: "+33612345678",
			State: fleet.SIMActive, PIN: []byte("0000 of 89330000000000000176"), BudgetBytes: 1_500_000_000, BudgetMessages: 50,
			IMSI: "208011234567890"}},
		{SIM: fleet.SIM{ICCID: "8933000000000000186"}},
	}
	if !reflect.DeepEqual(wrote, want) {
		t.Errorf("wrote %+v, want %+v", wrote, want)
	}
	var at []string
	for _, e := range done.Errors {
		at = append(at, fmt.Sprint(e.Line, " ", e.Column))
		if strings.Contains(e.Message, "12x4") {
			t.Errorf("a PIN is told: %+v", e)
		}
	}
	if want := []string{"4 iccid", "5 iccid", "6 msisdn", "7 state", "8 pin", "9 budget_bytes", "10 budget_messages",
		"11 imsi", "12 iccid"}; !reflect.DeepEqual(at, want) {
		t.Errorf("errors at %q, want %q: %+v", at, want, done.Errors)
	}
	if !strings.Contains(done.Errors[0].Message, "spreadsheet") {
		t.Errorf("%+v", done.Errors[0])
	}
}

func TestSIMImportRefusesWhatIsNoTable(t *testing.T) {
	for file, says := range map[string]string{
		"": "iccid,imsi,msisdn", "imsi\n1\n": "line 1, iccid", "iccid,imei\n": `"imei"`, "iccid,identity\n": `"identity"`,
	} {
		if _, _, err := readSIMs(t, file); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want it to say %q", file, err, says)
		}
	}
}
