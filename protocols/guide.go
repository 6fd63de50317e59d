package protocols

import (
	"fmt"
	"slices"
	"strings"
)

// Option is one thing that a device's profile can say because the wire does not show it: a field list, the sense of a
// relay, what to do with a bad checksum.
type Option struct {
	Name   string             // snake_case, unique in its protocol
	About  string             // a sentence for people
	Values []string           // what it may be, the usual one first; nil: any text that Check takes, usually ""
	Check  func(string) error // says why a text can not be; nil where Values tell
}

// Usual is the value of an option that a profile does not name.
func (o *Option) Usual() string {
	if len(o.Values) == 0 {
		return ""
	}
	return o.Values[0]
}

// Takes says why the option can not be v; nil if it can.
func (o *Option) Takes(v string) error {
	switch {
	case o.Values != nil && !slices.Contains(o.Values, v):
		return fmt.Errorf("%s %q: it must be one of %s", o.Name, v, strings.Join(o.Values, ", "))
	case o.Check != nil && v != "":
		if err := o.Check(v); err != nil {
			return fmt.Errorf("%s %q: %w", o.Name, v, err)
		}
	}
	return nil
}

// Guide says for people what a family is and how well it is known. The page and docs/protocols.md are made of it.
type Guide struct {
	Title     string     // as its makers call it: "Concox GT06"
	Makers    string     // who makes such trackers, and their models
	Papers    []string   // titles of the vendor's papers
	Identity  string     // how it says who it is, in a few words: "in the login", "in each message"
	Clock     string     // of its times: "UTC", "local, UTC+8 unless the profile says otherwise"
	Reads     []Reading  // each kind of message
	Replies   string     // what is answered, and when
	Notes     []string   // what else is to be known: limits, dialects, what was left out
	Known     string     // how well: what the layouts were borne out by, and which are from general knowledge
	Templates []Template // commands in its own words
	Disagrees []Disagree // captured messages of which another decoder says otherwise
}

// Reading is a kind of message and what is understood of it.
type Reading struct {
	Message, Meaning string
}

// Disagree is captured messages that another decoder reads in another way.
type Disagree struct {
	Messages []string // their ids
	They     string   // what it says
	Bytes    string   // what the bytes say, and why
}
