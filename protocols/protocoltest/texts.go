package protocoltest

import (
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"drover/protocols"
)

// textsFile has answers of real trackers and of simulated ones.
const textsFile = "testdata/texts.txt"

// simulated begins the second part of textsFile, which is made.
const simulated = "# what a simulated tracker answers"

// texts: SMS of trackers mean what testdata/texts.txt says, and each command by SMS comes back from the tracker's side.
func texts(t *testing.T, p *protocols.Protocol) {
	switch {
	case p.Text == nil && p.ReadText == nil && p.HearText == nil:
		return
	case p.Text == nil || p.ReadText == nil || p.HearText == nil:
		t.Fatal("of Text, ReadText and HearText a protocol has all or none")
	}
	lines := append(captured(t, p), simulated)
	for _, c := range asked {
		if words, err := p.Text(profile, c); err == nil {
			lines = append(lines, heardText(t, p, c, words)...)
		}
	}
	same(t, textsFile, lines)
	everyOption(t, p)
	wrongPassword(t, p)
	spoiltTexts(t, p, lines)
}

// captured reads the answers of the file's first part anew.
func captured(t *testing.T, p *protocols.Protocol) (lines []string) {
	file, err := os.ReadFile(textsFile)
	if err != nil && !*update {
		t.Fatalf("%v (write the answers that are known, each quoted on a line below a comment with its source)", err)
	}
	sent := Arrival
	for line := range strings.Lines(string(file)) {
		line = strings.TrimSuffix(line, "\n")
		stamp, isStamp := strings.CutPrefix(line, "at ")
		switch {
		case line == simulated:
			return lines
		case isStamp:
			if sent, err = time.Parse(time.RFC3339, stamp); err != nil {
				t.Fatalf("%s: %v", textsFile, err)
			}
		case strings.HasPrefix(line, "  means "):
			continue
		case strings.HasPrefix(line, `"`):
			text, err := strconv.Unquote(line)
			if err != nil {
				t.Fatalf("%s: %q: %v", textsFile, line, err)
			}
			lines = append(lines, line, "  means "+meaning(t, p, text, sent))
			continue
		}
		lines = append(lines, line)
	}
	return lines
}

// meaning reads an SMS: what it says is kept as it came, and is in range.
func meaning(t *testing.T, p *protocols.Protocol, text string, at time.Time) string {
	t.Helper()
	m, err := p.ReadText(profile, text, at)
	if m.Result == nil || m.Result.Text != text {
		t.Errorf("the words of %q became %+v", text, m.Result)
	}
	for i := range m.Positions {
		if err := Plausible(&m.Positions[i]); err != nil || m.Positions[i].Time.IsZero() {
			t.Errorf("%q: position of %v: %v", text, m.Positions[i].Time, err)
		}
	}
	return describe(m, err)
}

// standing is where a simulated tracker is when it hears an SMS, and how it fares.
func standing() protocols.Position {
	p := journey(1, everySecond{})[0]
	p.Time, p.Speed = Arrival.Add(-time.Second), protocols.Some(0.0)
	p.SignalPercent, p.BatteryPercent = protocols.Some(80), protocols.Some(90.0)
	return p
}

// everySecond is a Tracker in no more than its steps.
type everySecond struct{ protocols.Tracker }

// heardText: the tracker's side understands the words of a command, and its answers mean something.
func heardText(t *testing.T, p *protocols.Protocol, c protocols.Command, words string) []string {
	now := standing()
	heard, replies, ok := p.HearText(profile, words, now)
	again, err := p.Text(profile, heard)
	if !ok || err != nil || again != words {
		t.Errorf("%v by SMS is %q, of which the tracker makes %v %+v: %q (%v)", c.Kind, words, ok, heard, again, err)
	}
	if (c.Kind == protocols.Custom) != (heard.Kind == protocols.Custom) {
		t.Errorf("%v by SMS is %q, which the tracker takes for %v", c.Kind, words, heard.Kind)
	}
	name := strings.TrimSpace(c.Kind.String() + " " + every(c) + output(c))
	lines := []string{name + ": " + encoded(words, nil)}
	for _, reply := range replies {
		lines = append(lines, "  "+strconv.Quote(reply), "  means "+meaning(t, p, reply, Arrival))
		m, err := p.ReadText(profile, reply, Arrival)
		if err != nil || m.Result.Nack || m.Result.Deferred {
			t.Errorf("the answer %q to %v means %+v, %v", reply, c.Kind, m.Result, err)
		}
		placed(t, c, reply, m.Positions, &now)
	}
	if len(replies) == 0 {
		lines = append(lines, "  is silent")
	}
	return lines
}

// placed: if the answer to Locate has a place, it is where the tracker is; some send it over the line instead.
func placed(t *testing.T, c protocols.Command, reply string, said []protocols.Position, now *protocols.Position) {
	t.Helper()
	located := slices.ContainsFunc(said, func(p protocols.Position) bool {
		return p.Valid && math.Abs(p.Latitude-now.Latitude) < 1e-4 && math.Abs(p.Longitude-now.Longitude) < 1e-4 &&
			p.Time.Sub(now.Time).Abs() <= time.Minute
	})
	if c.Kind == protocols.Locate && len(said) > 0 && !located {
		t.Errorf("the answer %q has not the place %v %v at %v: %+v", reply, now.Latitude, now.Longitude, now.Time, said)
	}
}

// everyOption: whatever a profile says, such as the sense of a relay, both sides mean the same.
func everyOption(t *testing.T, p *protocols.Protocol) {
	for _, o := range p.Options {
		for _, value := range o.Values {
			d := profile
			d.Options = map[string]string{o.Name: value}
			for _, c := range asked {
				words, err := p.Text(d, c)
				if err != nil {
					continue
				}
				heard, _, ok := p.HearText(d, words, standing())
				again, _ := p.Text(d, heard)
				if same := heard.Kind == c.Kind || c.Kind == protocols.Output; !ok || !same || again != words {
					t.Errorf("with %s %s %v is %q, which the tracker takes for %v %q", o.Name, value, c.Kind, words, heard.Kind, again)
				}
			}
		}
	}
}

// wrongPassword: a command behind another password is not obeyed.
func wrongPassword(t *testing.T, p *protocols.Protocol) {
	other := profile
	other.Password = "999999"
	for _, c := range asked {
		words, err := p.Text(other, c)
		if err != nil || !strings.Contains(words, other.Password) {
			continue
		}
		if heard, _, ok := p.HearText(profile, words, standing()); ok && heard.Kind != protocols.Custom {
			t.Errorf("%q is obeyed as %v by a tracker with the password %s", words, heard.Kind, profile.Password)
		}
	}
}

// spoiltTexts: no SMS does harm, whatever is cut off or spoilt in it.
func spoiltTexts(t *testing.T, p *protocols.Protocol, lines []string) {
	for _, line := range lines {
		text, err := strconv.Unquote(strings.TrimSpace(line))
		if err != nil {
			continue
		}
		for i := range len(text) {
			spoilt := []byte(text)
			spoilt[i] ^= 0x55
			for _, bad := range []string{text[:i], text[i:], string(spoilt)} {
				meaning(t, p, bad, Arrival)
				_, _, _ = p.HearText(profile, bad, standing())
			}
		}
	}
}
