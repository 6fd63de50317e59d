package ruptela

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"drover/protocols"
)

// Encode writes a command: 108, the words of an SMS over the line, behind the password or, if there is none, a space.
func (c *codec) Encode(command protocols.Command) ([]byte, error) {
	words, err := commandWords(command, c.immobiliser)
	if err != nil {
		return nil, err
	}
	if err := checkWords(c.password, ""); err != nil {
		return nil, fmt.Errorf("password: %w", err)
	}
	return appendPacket(nil, kindTextRequest+fromServer, []byte(c.password+" "+words)...), nil
}

// commandWords are a command's words in the vendor's list of SMS commands. Setio has a value for each of two outputs, 2
// for the one that stays as it is; in setconnection *old* stays as it is, and so does what is not there at the end.
func commandWords(command protocols.Command, immobiliser int) (string, error) {
	switch command.Kind {
	case protocols.Custom:
		if command.Text == "" {
			return "", errNoWords
		}
		return command.Text, checkWords(command.Text, "")
	case protocols.Locate:
		return "coords", nil
	case protocols.Output:
		return setOutput(command.Output, command.On)
	case protocols.Immobilise:
		return setOutput(immobiliser, true)
	case protocols.Release:
		return setOutput(immobiliser, false)
	case protocols.Reboot:
		return "reset", nil
	case protocols.SetServer:
		if command.Port < 1 || command.Port > 65535 {
			return "", fmt.Errorf("ruptela: port %d is not in 1..65535", command.Port)
		}
		words := "setconnection *old*,*old*,*old*,TCP," + command.Host + "," + strconv.Itoa(command.Port)
		return words, checkParameters(command.Host)
	case protocols.SetAPN:
		words := "setconnection " + command.APN + "," + command.User + "," + command.Secret
		return words, checkParameters(command.APN, command.User, command.Secret)
	}
	return "", fmt.Errorf("ruptela: %v: %w", command.Kind, protocols.ErrNoCommand)
}

func setOutput(output int, on bool) (string, error) {
	level := "0"
	if on {
		level = "1"
	}
	switch output {
	case 1:
		return "setio " + level + ",2", nil
	case 2:
		return "setio 2," + level, nil
	}
	return "", fmt.Errorf("ruptela: output %d is not in 1..2", output)
}

// maxWords is the most bytes of a command: an SMS.
const maxWords = 160

// errNoWords says that a command is empty.
var errNoWords = errors.New("ruptela: the command has no text")

// checkParameters refuses what could be two parameters; the first one must be there.
func checkParameters(parameters ...string) error {
	if parameters[0] == "" {
		return errNoWords
	}
	for _, p := range parameters {
		if err := checkWords(p, ",*"); err != nil {
			return err
		}
	}
	return nil
}

// checkWords refuses what is no printable ASCII, and the characters that mean something in those words.
func checkWords(words, special string) error {
	if len(words) > maxWords {
		return fmt.Errorf("ruptela: the command has %d bytes, more than %d", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || strings.ContainsRune(special, r) {
			return fmt.Errorf("ruptela: character %q at byte %d can not be sent", r, i)
		}
	}
	return nil
}
