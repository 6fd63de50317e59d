package gt06

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"drover/protocols"
)

const (
	maxWords = 243    // characters that fit a 7878 command beside its envelope
	chinese  = 0x0001 // the language word of commands
	english  = 0x0002
)

// Encode writes a command as type 80: length, server flag, words, language. The flag is the command's id, which the
// answer repeats.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	words, err := wordsOf(cmd, c.inverted)
	if err != nil {
		return nil, err
	}
	c.serial++
	language := uint16(english)
	if c.chinese {
		language = chinese
	}
	return appendCommand(nil, kindCommand, cmd.ID, words, language, c.serial), nil
}

// appendCommand appends a command (80) or an answer to one (15).
func appendCommand(b []byte, kind byte, flag uint32, words string, language, serial uint16) []byte {
	from := len(b)
	length := 5 + 1 + 4 + len(words) + 2
	b = append(b, 0x78, 0x78, byte(length), kind, byte(4+len(words)))
	b = binary.BigEndian.AppendUint32(b, flag)
	b = append(b, words...)
	b = binary.BigEndian.AppendUint16(b, language)
	return seal(b, from, serial)
}

// wordsOf gives the vendor's words for a command, checked: 1 to 243 printable ASCII characters.
// inverted says that the relay cuts the engine when it is 0.
func wordsOf(cmd protocols.Command, inverted bool) (string, error) {
	var words string
	switch cmd.Kind {
	case protocols.Custom:
		words = cmd.Text
	case protocols.Locate:
		words = "WHERE#"
	case protocols.Interval:
		seconds := int(cmd.Every / time.Second)
		if seconds < 5 || seconds > 18000 {
			return "", fmt.Errorf("interval %v: the tracker takes 5 s to 5 h", cmd.Every)
		}
		s := strconv.Itoa(seconds)
		words = "TIMER," + s + "," + s + "#"
	case protocols.Output:
		if cmd.Output != 1 {
			return "", fmt.Errorf("output %d: the tracker has only output 1: %w", cmd.Output, protocols.ErrNoCommand)
		}
		words = relay(cmd.On)
	case protocols.Immobilise, protocols.Release:
		words = relay((cmd.Kind == protocols.Immobilise) != inverted)
	case protocols.Reboot:
		words = "RESET#"
	case protocols.SetServer:
		return serverWords(cmd)
	case protocols.SetAPN:
		return apnWords(cmd)
	default:
		return "", fmt.Errorf("%v: %w", cmd.Kind, protocols.ErrNoCommand)
	}
	return words, check(words)
}

// serverWords are SERVER,1,name,port,0# for a name and SERVER,0,address,port,0# for an address.
func serverWords(cmd protocols.Command) (string, error) {
	if cmd.Port < 1 || cmd.Port > 65535 {
		return "", fmt.Errorf("port %d: 1 to 65535 are allowed", cmd.Port)
	}
	kind := "1"
	if strings.Trim(cmd.Host, "0123456789.") == "" {
		kind = "0"
	}
	words := "SERVER," + kind + "," + cmd.Host + "," + strconv.Itoa(cmd.Port) + ",0#"
	return words, errors.Join(parameter("server", cmd.Host), check(words))
}

// apnWords are APN,name# or APN,name,user,password#.
func apnWords(cmd protocols.Command) (string, error) {
	words := "APN," + cmd.APN
	err := parameter("access point", cmd.APN)
	if cmd.User != "" || cmd.Secret != "" {
		words += "," + cmd.User + "," + cmd.Secret
	}
	words += "#"
	return words, errors.Join(err, parameter("user", cmd.User), parameter("password", cmd.Secret), check(words))
}

// parameter refuses what would end a parameter or the command.
func parameter(field, value string) error {
	if i := strings.IndexAny(value, ",#"); i >= 0 {
		return fmt.Errorf("character %q at place %d of the %s: a comma or # ends it", value[i], i+1, field)
	}
	return nil
}

// relay switches the relay.
func relay(on bool) string {
	if on {
		return "RELAY,1#"
	}
	return "RELAY,0#"
}

func check(words string) error {
	if len(words) == 0 || len(words) > maxWords {
		return fmt.Errorf("command of %d characters: 1 to %d are allowed", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' {
			return fmt.Errorf("character %q at place %d of the command: only printable ASCII is allowed", r, i+1)
		}
	}
	return nil
}
