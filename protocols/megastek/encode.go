package megastek

import (
	"bytes"
	"errors"
	"fmt"

	"drover/protocols"
	"drover/protocols/wire"
)

// maxWords is the most bytes of a command.
const maxWords = 256

var (
	errNobody  = errors.New("megastek: no device has spoken yet")
	errNoWords = errors.New("megastek: the command is empty")
)

// closes ends commands and their answers.
const closes = ";!"

// Encode frames a command for the device that spoke last: $GPRS, IMEI, the words, and an exclamation mark.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	if command.Kind != protocols.Custom {
		return nil, fmt.Errorf("megastek: %v: %w", command.Kind, protocols.ErrNoCommand)
	}
	if err := check(command.Text); err != nil {
		return nil, err
	}
	if c.device == "" {
		return nil, errNobody
	}
	return []byte(opensAnswer + c.device + ";" + command.Text + closes), nil
}

// check refuses what could end the frame or start one, or is no printable ASCII.
func check(words string) error {
	switch {
	case words == "":
		return errNoWords
	case len(words) > maxWords:
		return fmt.Errorf("megastek: the command has %d bytes, more than %d", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || r == '!' || r == '$' {
			return fmt.Errorf("megastek: character %q at byte %d can not be sent", r, i)
		}
	}
	return nil
}

// cutAnswer gives identity and words of a command or an answer.
func cutAnswer(body []byte) (device, words []byte, ok bool) {
	body, ok1 := bytes.CutPrefix(body, []byte(opensAnswer))
	body, ok2 := bytes.CutSuffix(body, []byte(closes))
	device, words, ok3 := bytes.Cut(body, []byte{';'})
	return device, words, ok1 && ok2 && ok3 && len(device) <= maxDevice && wire.Digits(device)
}

// decodeAnswer reads what a tracker says to a command.
func (c *codec) decodeAnswer(m *protocols.Message, f *frame) error {
	device, words, ok := cutAnswer(f.body)
	if !ok {
		return f.fail("answer", wire.ErrValue)
	}
	m.Device = c.speaker(device)
	m.Result = &protocols.Result{Text: string(words)}
	return nil
}
