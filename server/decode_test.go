package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"drover/protocols"
	"drover/protocols/all"
	"drover/protocols/wire"
)

// Frames of the vendors' papers.
const (
	login   = "000f333532303933303831343532323531" // Teltonika, IMEI 352093081452251
	avl     = "000000000000003608010000016b40d8ea30010000000000000000000000000000000105021503010101425e0f01f10000601a014e0000000000000000010000c7cf"
	gt06In  = "78780d01012345678901234500018cdd0d0a"
	h02Text = `"*HQ,4109179024,V1,102345,A,2234.1234,N,11403.1234,E,000.10,100,120724,FFFFFBFF#"`
)

// answer is what decode prints for a line.
type answer struct {
	Line      int              `json:"line"`
	Protocol  *string          `json:"protocol"`
	Device    *string          `json:"device"`
	Positions []map[string]any `json:"positions"`
	Reply     string           `json:"reply"`
	Result    *struct{ Text string }
	Error     *string `json:"error"`
}

// said is a member that may be null: "null" then.
func said(s *string) string {
	if s == nil {
		return "null"
	}
	return *s
}

// decode runs the command over lines.
func decode(t *testing.T, args []string, lines ...string) []answer {
	t.Helper()
	var out, complaints bytes.Buffer
	in := strings.NewReader(strings.Join(lines, "\n") + "\n")
	if err := run(t.Context(), append([]string{"decode"}, args...), streams{in, &out, &complaints}); err != nil {
		t.Fatalf("%v (%s)", err, complaints.String())
	}
	var answers []answer
	for _, line := range strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n") {
		var a answer
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		answers = append(answers, a)
	}
	return answers
}

// brief is an answer as "line protocol device positions error".
func brief(answers []answer) []string {
	var out []string
	for _, a := range answers {
		out = append(out, strings.Join([]string{
			string(rune('0' + a.Line)), said(a.Protocol), said(a.Device), string(rune('0' + len(a.Positions))), said(a.Error),
		}, " "))
	}
	return out
}

func TestDecode(t *testing.T) {
	spaced := func(s string) string {
		var out []string
		for i := 0; i < len(s); i += 2 {
			out = append(out, strings.ToUpper(s[i:i+2]))
		}
		return strings.Join(out, " ")
	}
	for name, c := range map[string]struct {
		args, lines, want []string
	}{
		"no login is demanded": {nil, []string{avl}, []string{"1 teltonika null 1 null"}},
		"several frames of a line": {nil, []string{login + avl + avl}, []string{
			"1 teltonika 352093081452251 2 null"}},
		"hex with spaces": {nil, []string{spaced(login) + "\t" + spaced(avl) + "\r"}, []string{
			"1 teltonika 352093081452251 1 null"}},
		"quoted string":     {nil, []string{h02Text}, []string{"1 h02 4109179024 1 null"}},
		"quoted bytes":      {nil, []string{`"\x78\x78\r\x01\x01\x23\x45\x67\x89\x01\x23\x45\x00\x01\x8c\xdd\r\n"`}, []string{"1 gt06 123456789012345 0 null"}},
		"raw quoted string": {nil, []string{"`" + strings.Trim(h02Text, `"`) + "`"}, []string{"1 h02 4109179024 1 null"}},
		"a conversation remembers who speaks, a blank line ends it": {nil, []string{login, avl, "", avl, " \t ", gt06In}, []string{
			"1 teltonika 352093081452251 0 null", "2 teltonika 352093081452251 1 null", "4 teltonika null 1 null",
			"6 gt06 123456789012345 0 null"}},
		"a frame in two lines": {nil, []string{login + avl[:58], avl[58:]}, []string{
			"1 teltonika 352093081452251 0 frame 2: cut after 29 bytes: angle at byte 29: frame too short",
			"2 teltonika 352093081452251 1 null"}},
		"a cut frame does not stop the rest": {nil, []string{avl[:60], "", avl, login[:10], login + avl}, []string{
			"1 teltonika null 0 cut after 30 bytes: angle at byte 29: frame too short", "3 teltonika null 1 null",
			"4 teltonika null 0 cut after 5 bytes: imei at byte 2: frame too short", "5 teltonika 352093081452251 1 null"}},
		"a bad frame does not stop those beside it": {nil, []string{avl + strings.Replace(avl, "3608", "36ee", 1) + avl}, []string{
			"1 teltonika null 2 frame 2: codec id at byte 8: unknown kind"}},
		"what cannot be cut ends the conversation": {nil, []string{login + "00010203ff", avl}, []string{
			"1 teltonika 352093081452251 0 frame 2: preamble at byte 0: unknown kind", "2 teltonika null 1 null"}},
		"unknown protocol": {nil, []string{"deadbeef", avl}, []string{
			"1 null null 0 protocol at byte 0: no protocol begins like this", "2 teltonika null 1 null"}},
		"odd hex": {nil, []string{"787", "78zz", avl}, []string{
			"1 null null 0 hex at byte 1: encoding/hex: odd length hex string",
			"2 null null 0 hex at byte 1: encoding/hex: invalid byte: U+007A 'z'", "3 teltonika null 1 null"}},
		"bad hex within a conversation": {nil, []string{login, "xx", avl}, []string{
			"1 teltonika 352093081452251 0 null", "2 teltonika null 0 hex at byte 0: encoding/hex: invalid byte: U+0078 'x'",
			"3 teltonika 352093081452251 1 null"}},
		"bad quotes": {nil, []string{`"\q"`, `"`}, []string{
			"1 null null 0 quoted string at byte 0: invalid syntax", "2 null null 0 quoted string at byte 0: invalid syntax"}},
		"the protocol is given": {[]string{"--protocol", "h02"}, []string{h02Text, "", gt06In}, []string{
			"1 h02 4109179024 1 null", "3 h02 null 0 null"}},
		"datagrams": {[]string{"--network", "udp"}, []string{datagram(t, 2), datagram(t, 1)[:80], datagram(t, 3)}, []string{
			"1 teltonika 352093081452251 2 null",
			"2 teltonika 352093081452251 0 latitude at byte 38: frame too short", "3 teltonika 352093081452251 3 null"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := brief(decode(t, c.args, c.lines...)); !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// datagram is a Teltonika's, with n records.
func datagram(t *testing.T, n int) string {
	t.Helper()
	p := protocols.Position{Time: time.Date(2026, 1, 1, 10, 0, 0, 0, time.UTC), Located: true, Valid: true, Latitude: 54, Longitude: 25}
	tracker := all.Named("teltonika").Speak(protocols.UDP, "352093081452251")
	return hex.EncodeToString(tracker.Report(slices.Repeat([]protocols.Position{p}, n)))
}

// TestDecodeShape pins the object of a line: what a tracker did not say is left out, or null where the member always
// is.
func TestDecodeShape(t *testing.T) {
	at := time.Date(2026, 11, 21, 3, 4, 5, 678e6, time.UTC)
	full := protocols.Position{
		Time: at, Located: true, Valid: true, Latitude: -33.86881, Longitude: 151.2, Altitude: protocols.Some(-3.5),
		Speed: protocols.Some(0.0), Course: protocols.Some(359.5), Satellites: protocols.Some(0), HDOP: protocols.Some(0.8),
		Odometer: protocols.Some(123456.0), Ignition: protocols.Some(false), ExternalVolts: protocols.Some(13.912),
		BatteryVolts: protocols.Some(4.05), BatteryPercent: protocols.Some(99.0), SignalPercent: protocols.Some(60),
		Cell:  protocols.Some(protocols.Cell{MCC: 246, MNC: 2, LAC: 23, CID: 1 << 33}),
		ICCID: "8937002", IMSI: "24602", Alarms: protocols.AlarmSOS | protocols.AlarmTow,
		Attributes: []protocols.Attribute{protocols.Attr("fuel_l", protocols.Decimal(415, 1)),
			protocols.Attr("driver", protocols.Text("\"Jo\"\x01")), protocols.Attr("io9", protocols.Bytes([]byte{1, 255})),
			protocols.Attr("io9", protocols.Bool(true))},
	}
	canned := map[string]protocols.Message{
		"full":    {Device: "1", Positions: []protocols.Position{full}, Reply: []byte{1, 0xab}, Refusal: []byte{2}},
		"empty":   {Positions: []protocols.Position{{}}},
		"answer":  {Result: &protocols.Result{Text: "OK", ID: 7, Nack: true, Data: []byte{9}}},
		"invalid": {Positions: []protocols.Position{{Time: at, Located: true}}},
		"nothing": {},
	}
	const whole = `{"time":"2026-11-21T03:04:05.678Z","valid":true,"latitude":-33.86881,"longitude":151.2,"altitude_m":-3.5,` +
		`"speed_kmh":0,"course_deg":359.5,"satellites":0,"hdop":0.8,"odometer_m":123456,"ignition":false,"external_v":13.912,` +
		`"battery_v":4.05,"battery_percent":99,"signal_percent":60,"cell":{"mcc":246,"mnc":2,"lac":23,"cid":8589934592},` +
		`"iccid":"8937002","imsi":"24602","alarms":["sos","tow"],"attributes":{"fuel_l":41.5,"driver":"\"Jo\"\u0001",` +
		`"io9":"01ff","io9_2":true}}`
	for line, want := range map[string]string{
		`"full;"`: `{"line":1,"protocol":"canned","device":"1","positions":[` + whole + `],"reply":"01ab","result":null,"error":null}`,
		`"empty;"`: `{"line":1,"protocol":"canned","device":null,"positions":[{"time":null,"valid":false,"latitude":null,` +
			`"longitude":null,"attributes":{}}],"reply":"","result":null,"error":null}`,
		`"answer;"`: `{"line":1,"protocol":"canned","device":null,"positions":[],"reply":"",` +
			`"result":{"text":"OK","data":"09","id":7,"nack":true},"error":null}`,
		`"invalid;"`: `{"line":1,"protocol":"canned","device":null,"positions":[{"time":"2026-11-21T03:04:05.678Z","valid":false,` +
			`"latitude":0,"longitude":0,"attributes":{}}],"reply":"","result":null,"error":null}`,
		`"nothing;full;answer;\x00<;"`: `{"line":1,"protocol":"canned","device":"1","positions":[` + whole + `],"reply":"01ab",` +
			`"result":{"text":"OK","data":"09","id":7,"nack":true},"error":"frame 4: \u0000\u003c at byte 0: unknown kind"}`,
		`1`: `{"line":1,"protocol":null,"device":null,"positions":[],"reply":"","result":null,` +
			`"error":"hex at byte 0: encoding/hex: odd length hex string"}`,
	} {
		d := decoder{now: time.Now, fixed: &protocols.Protocol{Name: "canned",
			Codec: func(protocols.Network) protocols.Codec { return cannedCodec{canned} }}}
		var out bytes.Buffer
		if err := d.run(strings.NewReader(line), &out); err != nil {
			t.Fatal(err)
		}
		if out.String() != want+"\n" {
			t.Errorf("%s gives\n%swant\n%s", line, out.String(), want)
		}
		if !json.Valid(out.Bytes()) {
			t.Errorf("%s gives no JSON", line)
		}
	}
}

// cannedCodec looks messages up by the words before a semicolon.
type cannedCodec struct{ messages map[string]protocols.Message }

func (cannedCodec) Split(data []byte, _ bool) (int, []byte, error) {
	end := bytes.IndexByte(data, ';')
	return end + 1, data[:max(0, end)], nil
}

func (c cannedCodec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	m, known := c.messages[string(frame)]
	if !known {
		return m, &wire.Error{Field: string(frame), Err: wire.ErrUnknown}
	}
	return m, nil
}

func (cannedCodec) Encode(protocols.Command) ([]byte, error) { return nil, protocols.ErrNoCommand }

// TestDecodeAnswersLineByLine: the answer to a line is there before the next line is.
func TestDecodeAnswersLineByLine(t *testing.T) {
	in, lines := io.Pipe()
	out, answers := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- run(t.Context(), []string{"decode", "--protocol", "teltonika"}, streams{in, answers, io.Discard})
		answers.Close()
	}()
	reader := bufio.NewReader(out)
	for n := range 3 {
		if _, err := io.WriteString(lines, avl+"\n"); err != nil {
			t.Fatal(err)
		}
		text, err := reader.ReadString('\n')
		if err != nil || !strings.HasPrefix(text, `{"line":`+string(rune('1'+n))+`,`) {
			t.Fatalf("line %d gets %q, %v", n+1, text, err)
		}
	}
	lines.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestDecodeFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "captured")
	if err := os.WriteFile(file, []byte(login+"\n"+avl), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{file}, {"--protocol", "teltonika", file}} {
		got := brief(decode(t, args, "not read"))
		want := []string{"1 teltonika 352093081452251 0 null", "2 teltonika 352093081452251 1 null"}
		if !slices.Equal(got, want) {
			t.Errorf("%q gives %q", args, got)
		}
	}
	if got := brief(decode(t, []string{"-"}, avl)); len(got) != 1 || got[0] != "1 teltonika null 1 null" {
		t.Errorf("standard input gives %q", got)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		in   string
		want string
	}{
		"protocol":  {[]string{"--protocol", "morse"}, "", `protocol "morse" is not one of auto, arnavi, `},
		"network":   {[]string{"--network", "x25"}, "", `--network must be one of "tcp","udp"`},
		"no file":   {[]string{"/nowhere/captured"}, "", "open /nowhere/captured"},
		"long line": {nil, avl + "\n\n" + strings.Repeat("0", maxLine+2), "line 3 is longer than 4194304 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := run(t.Context(), append([]string{"decode"}, c.args...), streams{strings.NewReader(c.in), &out, io.Discard})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want %q", err, c.want)
			}
		})
	}
}

// TestDecodeLongestLine: 4 MiB are read, and what they hold is not kept.
func TestDecodeLongestLine(t *testing.T) {
	frames := maxLine / len(avl)
	pad := strings.Repeat(" ", maxLine-frames*len(avl))
	answers := decode(t, []string{"--protocol", "teltonika"}, strings.Repeat(avl, frames)+pad, avl)
	if len(answers) != 2 || len(answers[0].Positions) != frames || answers[0].Error != nil || len(answers[1].Positions) != 1 {
		t.Errorf("%d answers, the first with %d positions of %d", len(answers), len(answers[0].Positions), frames)
	}
}

// TestDecodeOutputLost: a reader who goes away ends the command.
func TestDecodeOutputLost(t *testing.T) {
	out, answers := io.Pipe()
	out.Close()
	err := run(t.Context(), []string{"decode"}, streams{strings.NewReader(avl + "\n"), answers, io.Discard})
	if err == nil || !strings.Contains(err.Error(), "closed pipe") {
		t.Errorf("the error is %v", err)
	}
}

func BenchmarkDecode(b *testing.B) {
	const lines = 10_000
	input := strings.Repeat(login+avl+"\n\n", lines)
	b.ReportAllocs()
	for b.Loop() {
		if err := run(b.Context(), []string{"decode"}, streams{strings.NewReader(input), io.Discard, io.Discard}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*lines), "ns/line")
}
