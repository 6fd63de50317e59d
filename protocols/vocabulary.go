package protocols

import (
	"errors"
	"time"
)

// Commands gives the kinds of commands that the family has words for over an open line.
func (p *Protocol) Commands() []CommandKind {
	codec := p.Codec(TCP)
	return spoken(func(c Command) error {
		_, err := codec.Encode(c)
		return err
	})
}

// Texts gives the kinds of commands that the family has words for as an SMS.
func (p *Protocol) Texts() []CommandKind {
	if p.Text == nil {
		return nil
	}
	d := Device{Identity: "000000000000000", Login: "admin", Password: "000000"}
	return spoken(func(c Command) error {
		_, err := p.Text(d, c)
		return err
	})
}

// spoken tries a plain command of each kind.
func spoken(encode func(Command) error) []CommandKind {
	var kinds []CommandKind
	for _, k := range CommandKinds() {
		c := Command{
			Kind: k, Text: "STATUS", Every: time.Minute, Output: 1, On: true, Host: "track.example.com", Port: 5000,
			APN: "internet",
		}
		if !errors.Is(encode(c), ErrNoCommand) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}
