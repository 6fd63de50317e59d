package texts

import (
	"cmp"
	"strings"
	"time"

	"drover/protocols"
)

// Ear is how the trackers of a family hear SMS. It is read-only.
type Ear struct {
	Password string   // of a new tracker; "" if none is wanted then
	Exact    bool     // upper and lower case differ
	Wrong    string   // answer to a wrong password; "" is silence
	Deferred string   // answer to a cut at more than 20 km/h, which is done later; "": it is done at once
	Phrases  []Phrase // tried in this order
	Queries  []Query  // custom commands that the family is known to answer in its own way
}

// Query is a custom command, the words of which are a pattern as a Phrase's, and its answer.
type Query struct{ Words, Reply string }

// DeferAbove is the speed in km/h above which trackers that defer a cut do so (Coban's and TopflyTech's manuals).
const DeferAbove = 20

// Phrase is a command in a family's words, and its answer.
//
// Words is a pattern: what stands in braces is a field, all else must be there as it is. {login} and {password} must be
// those of the device. Of the command are {words} (Custom.Text), {seconds}, {tens} (of seconds), {every} (030s, 5m or
// 1h), {host}, {port}, {apn}, {user}, {secret} and {on} (1, 0, Y or N); {any} may be anything. A field ends where what
// follows it begins; only login, password, user, secret and any may be empty.
//
// Reply is what the tracker answers, "" if nothing. It may have the same fields, with what was said in them, {text} for
// all of the SMS, and those of Fill.
type Phrase struct {
	Kind   protocols.CommandKind
	Output int  // of a command of kind Output
	On     bool // the same, where the words have no {on}
	Words  string
	Reply  string
}

// Hear finds what an SMS commands. It has the shape of protocols.Protocol.HearText.
func (e *Ear) Hear(d protocols.Device, text string, now protocols.Position) (protocols.Command, []string, bool) {
	for i := range e.Phrases {
		p := &e.Phrases[i]
		fields, ok := e.match(p.Words, text)
		if !ok {
			continue
		}
		if !e.trusts(d, fields) {
			return protocols.Command{}, answers(e.Wrong), false
		}
		c, ok := p.command(fields, text)
		if !ok {
			continue
		}
		if c.Kind == protocols.Immobilise && e.Deferred != "" && now.Speed.Value > DeferAbove {
			return c, []string{e.Deferred}, true
		}
		if c.Kind == protocols.Custom {
			return e.query(d, c, Fill(p.Reply, d, now, fields), now)
		}
		return c, answers(Fill(p.Reply, d, now, fields)), true
	}
	return protocols.Command{}, nil, false
}

// Reversed is what a command does to an engine whose relay is wired the other way.
func Reversed(k protocols.CommandKind) protocols.CommandKind {
	switch k {
	case protocols.Immobilise:
		return protocols.Release
	case protocols.Release:
		return protocols.Immobilise
	}
	return k
}

// Switched is what a command does to the engine if it switches the output with the engine's relay, 1 and up: on cuts
// it. Any other stays as it is.
func Switched(c protocols.Command, relay int) protocols.Command {
	if c.Kind != protocols.Output || c.Output != relay {
		return c
	}
	if c.On {
		return protocols.Command{Kind: protocols.Immobilise}
	}
	return protocols.Command{Kind: protocols.Release}
}

// query answers a custom command: in the family's own way, or with what it says to any other.
func (e *Ear) query(d protocols.Device, c protocols.Command, other string, now protocols.Position,
) (protocols.Command, []string, bool) {
	for _, q := range e.Queries {
		fields, ok := e.match(q.Words, c.Text)
		if !ok {
			continue
		}
		if !e.trusts(d, fields) {
			return protocols.Command{}, answers(e.Wrong), false
		}
		return c, answers(Fill(q.Reply, d, now, fields)), true
	}
	return c, answers(other), true
}

func answers(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// trusts: login and password, where the phrase has them, are the device's.
func (e *Ear) trusts(d protocols.Device, fields Fields) bool {
	for _, f := range fields {
		if f.Name == "password" && f.Value != cmp.Or(d.Password, e.Password) || f.Name == "login" && f.Value != d.Login {
			return false
		}
	}
	return true
}

// Fields are what an SMS said in the fields of a phrase.
type Fields []Field

// Field is one of them.
type Field struct{ Name, Value string }

// match cuts an SMS as a pattern says.
func (e *Ear) match(pattern, text string) (Fields, bool) {
	fields := Fields{{"text", text}}
	rest := text
	for pattern != "" {
		if pattern[0] != '{' {
			literal, after := untilBrace(pattern)
			if len(rest) < len(literal) || !e.same(rest[:len(literal)], literal) {
				return nil, false
			}
			rest, pattern = rest[len(literal):], after
			continue
		}
		name, after, _ := strings.Cut(pattern[1:], "}")
		literal, _ := untilBrace(after)
		end := len(rest)
		if literal != "" {
			end = e.index(rest, literal)
		}
		if end < 0 || end == 0 && !mayBeEmpty(name) {
			return nil, false
		}
		fields = append(fields, Field{name, rest[:end]})
		rest, pattern = rest[end:], after
	}
	return fields, rest == ""
}

func untilBrace(pattern string) (literal, after string) {
	if i := strings.IndexByte(pattern, '{'); i >= 0 {
		return pattern[:i], pattern[i:]
	}
	return pattern, ""
}

func mayBeEmpty(field string) bool {
	switch field {
	case "login", "password", "user", "secret", "any":
		return true
	}
	return false
}

func (e *Ear) same(a, b string) bool { return a == b || !e.Exact && asciiLower(a) == asciiLower(b) }

func (e *Ear) index(s, part string) int {
	if e.Exact {
		return strings.Index(s, part)
	}
	return strings.Index(asciiLower(s), asciiLower(part))
}

// command makes the command of a phrase; false if a field cannot be read.
func (p *Phrase) command(fields Fields, text string) (protocols.Command, bool) {
	c := protocols.Command{Kind: p.Kind, Output: p.Output, On: p.On}
	if c.Kind == protocols.Custom {
		c.Text = text
	}
	for _, f := range fields {
		ok := true
		switch f.Name {
		case "words":
			c.Text = f.Value
		case "seconds":
			c.Every, ok = times(f.Value, time.Second)
		case "tens":
			c.Every, ok = times(f.Value, 10*time.Second)
		case "every":
			c.Every, ok = every(f.Value)
		case "host":
			c.Host = f.Value
		case "port":
			c.Port = number(f.Value)
			ok = allDigits(f.Value) && c.Port >= 1 && c.Port <= 65535
		case "apn":
			c.APN = f.Value
		case "user":
			c.User = f.Value
		case "secret":
			c.Secret = f.Value
		case "on":
			c.On, ok = isOn(f.Value)
		}
		if !ok {
			return c, false
		}
	}
	return c, true
}

func isOn(s string) (on, ok bool) {
	on = s == "1" || s == "Y"
	return on, on || s == "0" || s == "N"
}

// times is a whole number of units, at most some 50 days.
func times(digits string, unit time.Duration) (time.Duration, bool) {
	n := number(digits)
	return time.Duration(n) * unit, allDigits(digits) && len(digits) <= 7 && n > 0
}

// every reads 030s, 5m or 1h.
func every(s string) (time.Duration, bool) {
	if s == "" {
		return 0, false
	}
	digits := s[:len(s)-1]
	switch s[len(s)-1] | 0x20 {
	case 's':
		return times(digits, time.Second)
	case 'm':
		return times(digits, time.Minute)
	case 'h':
		return times(digits, time.Hour)
	}
	return 0, false
}
