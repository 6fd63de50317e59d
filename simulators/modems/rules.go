package modems

import (
	"bufio"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// What a rule may name besides the beginning of a command such as AT+CMGS.
const (
	triggerCommand = "command" // any command line
	triggerAny     = "any"     // in FaultInfo: every one of these
	eventSubmit    = "submit"  // a message is about to be sent
	eventDeliver   = "deliver" // a message arrives
	eventReport    = "report"  // a delivery report is on its way to the modem
	eventNow       = "now"     // at once, as the rule is given
)

// Rule says when a fault happens. As a line: when AT+CMGS [nth 2] [probability 0.5] do cms 500.
type Rule struct {
	When        string  `json:"when"`                  // beginning of a command, or command, submit, deliver, report, now
	Nth         int     `json:"nth,omitempty"`         // only the so-manieth time, from 1; 0: each time
	Probability float64 `json:"probability,omitempty"` // 0 < p ≤ 1; 0 is 1
	Do          Fault   `json:"do"`
	With        string  `json:"with,omitempty"` // a duration, number or line, as FaultInfo says
}

// armed is a rule that a modem has; the modem's lock guards it.
type armed struct {
	Rule
	fault    entryOfFault
	argument argument
	seen     int
}

// ParseRules reads a fault script: a rule a line; what is empty or begins with # is nothing. Its errors name the line.
func ParseRules(script string) ([]Rule, error) {
	var rules []Rule
	lines := bufio.NewScanner(strings.NewReader(script))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		r, err := parseRule(line)
		if err == nil {
			_, err = r.arm()
		}
		if err != nil {
			return nil, fmt.Errorf("modems: faults, line %d: %w", n, err)
		}
		rules = append(rules, r)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("modems: faults: %w", err)
	}
	return rules, nil
}

func parseRule(line string) (r Rule, err error) {
	words := strings.Fields(line)
	if len(words) < 4 || words[0] != "when" {
		return r, fmt.Errorf("%q is not: when COMMAND|EVENT [nth N] [probability P] do FAULT [WITH]", line)
	}
	r.When = words[1]
	for words = words[2:]; len(words) >= 2; words = words[2:] {
		switch words[0] {
		case "nth":
			if r.Nth, err = strconv.Atoi(words[1]); err != nil || r.Nth < 1 {
				return r, fmt.Errorf("nth is %q: it must be a number from 1", words[1])
			}
		case "probability":
			if r.Probability, err = strconv.ParseFloat(words[1], 64); err != nil {
				return r, fmt.Errorf("probability is %q: it must be a number over 0 and up to 1", words[1])
			}
		case "do":
			r.Do, r.With = Fault(words[1]), strings.Join(words[2:], " ")
			return r, nil
		default:
			return r, fmt.Errorf("%q is not one of nth, probability, do", words[0])
		}
	}
	return r, fmt.Errorf("%q does nothing: it needs \"do\" and a fault", line)
}

// arm checks a rule.
func (r Rule) arm() (*armed, error) {
	fault, ok := faultNamed(r.Do)
	if !ok {
		return nil, fmt.Errorf("fault %q is not one of %s", r.Do, faultNames())
	}
	if r.Probability < 0 || r.Probability > 1 || r.Nth < 0 {
		return nil, fmt.Errorf("nth %d and probability %v must be 0 or more, and probability at most 1", r.Nth, r.Probability)
	}
	event := r.When == eventSubmit || r.When == eventDeliver || r.When == eventReport || r.When == eventNow
	switch {
	case r.When == "":
		return nil, errors.New("when is empty: it must be a command's beginning, or command, submit, deliver, report, now")
	case fault.Trigger == triggerCommand && event, fault.Trigger == eventDeliver && r.When != eventDeliver,
		fault.Trigger == eventReport && r.When != eventReport:
		return nil, fmt.Errorf("%s cannot happen when %q: its rules name a %s", r.Do, r.When, fault.Trigger)
	}
	if r.With == "" {
		r.With = fault.Default
	}
	a, err := readArgument(fault.FaultInfo, r.With)
	return &armed{Rule: r, fault: fault, argument: a}, err
}

func readArgument(f FaultInfo, with string) (a argument, err error) {
	switch f.With {
	case "duration":
		if a.duration, err = time.ParseDuration(with); err != nil || a.duration < 0 {
			err = fmt.Errorf("%s %q: it takes a duration such as 500ms", f.Name, with)
		}
	case "number":
		var ok bool
		if a.number, ok = number(with); !ok || a.number > 100_000 {
			err = fmt.Errorf("%s %q: it takes a number of 0 to 100000", f.Name, with)
		}
	case "line":
		a.line = with
	default:
		if with != "" {
			err = fmt.Errorf("%s %q: nothing follows this fault", f.Name, with)
		}
	}
	return a, err
}

func faultNames() string {
	var names []string
	for _, f := range Faults() {
		names = append(names, string(f.Name))
	}
	return strings.Join(names, ", ")
}
