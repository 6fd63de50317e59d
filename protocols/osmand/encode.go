package osmand

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"drover/protocols"
)

// Encode keeps a command for the body of the answer to the client's next request, and so gives no bytes: a client hears
// nothing but answers. What it does with the words is its own matter, so there are only custom ones.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	if command.Kind != protocols.Custom {
		return nil, fmt.Errorf("osmand: %v: %w", command.Kind, protocols.ErrNoCommand)
	}
	if err := checkWords(command.Text); err != nil {
		return nil, err
	}
	if c.words != "" {
		return nil, errWaiting
	}
	c.words = command.Text
	return []byte{}, nil
}

// errWaiting says that the client has not asked since the last command.
var errWaiting = errors.New("osmand: a command waits for the client's next request already")

// answer gives an answer without a body the words that wait.
func (c *codec) answer(plain []byte) []byte {
	if c.words == "" {
		return plain
	}
	const empty = "Content-Length: 0\r\n"
	body := "Content-Type: text/plain\r\nContent-Length: " + strconv.Itoa(len(c.words)) + "\r\n"
	b := append(bytes.Replace(plain, []byte(empty), []byte(body), 1), c.words...)
	c.words = ""
	return b
}

// maxWords is the most bytes of a command.
const maxWords = 1024

// errNoWords says that a command is empty.
var errNoWords = errors.New("osmand: the command has no text")

// checkWords refuses what is no printable ASCII.
func checkWords(words string) error {
	switch {
	case words == "":
		return errNoWords
	case len(words) > maxWords:
		return fmt.Errorf("osmand: the command has %d bytes, more than %d", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' {
			return fmt.Errorf("osmand: character %q at byte %d can not be sent", r, i)
		}
	}
	return nil
}
