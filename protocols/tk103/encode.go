package tk103

import (
	"errors"
	"fmt"
	"time"

	"drover/protocols"
)

// maxWords is the most bytes of a custom command.
const maxWords = 160

// maxInterval is the longest that four hexadecimal digits of seconds hold.
const maxInterval = 0xFFFF * time.Second

// errNobody says that no tracker has named itself on the conversation.
var errNobody = errors.New("tk103: the tracker has not said its id yet")

// Encode writes (id words), or [begin]sms2,words,[end] where the profile says so.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	if c.sms2 {
		words, err := smsWords(command)
		if err != nil {
			return nil, err
		}
		return append(append([]byte("[begin]sms2,"), words...), ",[end]"...), nil
	}
	words, err := commandWords(command)
	switch {
	case err != nil:
		return nil, err
	case c.id == "":
		return nil, errNobody
	}
	b := make([]byte, 0, 16+len(words)+2)
	b = append(append(append(b, '('), c.id...), words...)
	return append(b, ')'), nil
}

func commandWords(command protocols.Command) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		return command.Text, checkWords("command", command.Text)
	case protocols.Locate:
		return "AP00", nil
	case protocols.Interval:
		every := command.Every
		if every < time.Second || every > maxInterval || every%time.Second != 0 {
			return "", fmt.Errorf("tk103: interval %v is not 1..65535 whole seconds", every)
		}
		return fmt.Sprintf("AR00%04X0000", int(every/time.Second)), nil
	case protocols.Immobilise:
		return "AV010", nil
	case protocols.Release:
		return "AV011", nil
	case protocols.Output:
		switch {
		case command.Output == 1 && command.On:
			return "AV001", nil
		case command.Output == 1:
			return "AV000", nil
		}
	case protocols.Reboot:
		return "AT00", nil
	}
	return "", fmt.Errorf("tk103: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// smsWords are the words of those trackers that take SMS commands over the line.
func smsWords(command protocols.Command) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		return command.Text, checkWords("command", command.Text)
	case protocols.Locate:
		return "*getposl*", nil
	}
	return "", fmt.Errorf("tk103: %v: %w", command.Kind, protocols.ErrNoCommand)
}

// checkWords refuses what could end the frame or is no printable ASCII.
func checkWords(field, words string) error {
	if words == "" || len(words) > maxWords {
		return fmt.Errorf("tk103: the %s has %d bytes, not 1..%d", field, len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || r == '(' || r == ')' || r == '$' || r == '[' || r == ']' {
			return fmt.Errorf("tk103: character %q at byte %d of the %s can not be sent", r, i, field)
		}
	}
	return nil
}
