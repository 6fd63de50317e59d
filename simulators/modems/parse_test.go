package modems

import (
	"reflect"
	"strings"
	"testing"
)

func TestParseLine(t *testing.T) {
	for words, want := range map[string][]request{
		"":                         nil,
		"E0V1":                     {{"E", execute, "0"}, {"V", execute, "1"}},
		"&F0 &c1":                  {{"&F", execute, "0"}, {"&C", execute, "1"}},
		"S3?S0=2":                  {{"S3", read, ""}, {"S0", set, "2"}},
		"D*99#;":                   {{"D", execute, "*99#;"}},
		"+cmee=1;+CREG=2":          {{"+CMEE", set, "1"}, {"+CREG", set, "2"}},
		`+CPBW=1,"a;b",129;+CSQ`:   {{"+CPBW", set, `1,"a;b",129`}, {"+CSQ", execute, ""}},
		"+CSCS=?;+CSCS?":           {{"+CSCS", test, ""}, {"+CSCS", read, ""}},
		"$TSSPCSW=?":               {{"$TSSPCSW", test, ""}},
		`+CUSD=1,"*100#?",15;^X=1`: {{"+CUSD", set, `1,"*100#?",15`}, {"^X", set, "1"}},
	} {
		if got, ok := parseLine(words); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v %v, want %+v", words, got, ok, want)
		}
	}
	for _, words := range []string{"?", "1", "E0?", "&", "\x01"} {
		if got, ok := parseLine(words); ok {
			t.Errorf("%q is read as %+v", words, got)
		}
	}
}

func TestOffered(t *testing.T) {
	const offer = `(0-2),(1,7),("SM","ME")`
	for values, want := range map[string]bool{
		"0": true, "2": true, "3": false, "": true, ",7": true, "0,2": false, "1,1,ME": true, "1,1,XX": false, "1,1,SM,1": false,
	} {
		if got := offered(offer, fields(values)); got != want {
			t.Errorf("%q: %v", values, got)
		}
	}
}

// FuzzTyping: whatever is typed, the editor keeps a bounded line and the parser neither panics nor makes more of it.
func FuzzTyping(f *testing.F) {
	for _, seed := range []string{"AT\r", "AT+CMGS=5\r0011\x1a", "\x1b\b\x7f\x00AT", `AT+CSCS="UCS2";+CSQ` + "\r", "ATS3?&F;;=?\r"} {
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, typed []byte, text bool) {
		var line, body editor
		for _, b := range typed {
			if words, whole, _ := line.command(b); whole {
				requests, _ := parseLine(words)
				if len(requests) > len(words) {
					t.Fatalf("%q is %d commands", words, len(requests))
				}
				for _, r := range requests {
					fields(r.args)
					offered(r.args, fields(words))
				}
			}
			if got, _ := body.body(b, text); len(got) > dataLimit {
				t.Fatalf("a body of %d bytes", len(got))
			}
			if len(line.typed) > lineLimit || len(body.typed) > dataLimit {
				t.Fatal("more is kept than the limits")
			}
		}
	})
}

// TestLongLine: what is too long is answered with an error, and the next line is read.
func TestLongLine(t *testing.T) {
	c := dial(t, startBank(t, Config{}), 0)
	c.expect("AT"+strings.Repeat("x", lineLimit), "\r\nERROR\r\n")
	c.expect("AT", ok)
	c.ask("AT+CMGS=10")
	c.expect(strings.Repeat("0", dataLimit+1)+"\x1a", "\r\n+CMS ERROR: 304\r\n")
	c.expect("AT", ok)
}

// TestLineRules: answers as numbers, none at all, and what ESC and backspace do.
func TestLineRules(t *testing.T) {
	c := dial(t, startBank(t, Config{}), 0)
	c.write("ATV0\rAT+CSQ\rAT+NO\r")
	c.until("0\r+CSQ: 21,99\r\n0\r4\r")
	c.write("ATV1Q1\rATQ0\r")
	c.until(ok)
	c.write("AT+CSQ\x1bATE1\r")
	c.until(ok)
	c.write("AT+CGMX\bI\r")
	c.until("AT+CGMX\bI\r\r\nDrover\r\n\r\nOK\r\n")
	if got := c.ask("ATZ"); got != "ATZ\r"+ok {
		t.Errorf("%q", got)
	}
}
