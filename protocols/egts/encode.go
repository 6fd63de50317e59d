package egts

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"drover/protocols"
)

const (
	maxWords       = 200
	commandConfirm = 1 // kinds of commands
	commandOrder   = 5
)

// Codes of commands and parameters.
const (
	codeRaw     = 0x0000 // words as they are
	codeRestart = 0x0008
	codeAPN     = 0x0203
	codeServer  = 0x0204
)

// What is done with a parameter.
const (
	actPlain = 0
	actSet   = 2
)

// Encode writes a command in a packet of the service of commands.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	act, code, words := byte(actPlain), uint16(codeRaw), ""
	var err error
	switch cmd.Kind {
	case protocols.Custom:
		words, err = cmd.Text, check("command", cmd.Text, "")
	case protocols.Reboot:
		code = codeRestart
	case protocols.SetServer:
		act, code = actSet, codeServer
		words = cmd.Host + ":" + strconv.Itoa(cmd.Port)
		err = check("host", cmd.Host, " :")
		if cmd.Port < 1 || cmd.Port > 65535 {
			err = errors.Join(err, fmt.Errorf("port %d: the terminal takes 1 to 65535", cmd.Port))
		}
	case protocols.SetAPN:
		act, code, words = actSet, codeAPN, cmd.APN
		err = check("access point", cmd.APN, " ")
		if cmd.User != "" || cmd.Secret != "" {
			err = errors.Join(err, errors.New("the standard has no words for the access point's user and password"))
		}
	default:
		err = fmt.Errorf("%v: %w", cmd.Kind, protocols.ErrNoCommand)
	}
	if err != nil {
		return nil, err
	}
	return c.appendCommand(cmd.ID, act, code, words), nil
}

func (c *codec) appendCommand(id uint32, act byte, code uint16, words string) []byte {
	content := []byte{commandOrder << 4}
	content = binary.LittleEndian.AppendUint32(content, id)
	content = append(content, 0, 0, 0, 0, 0) // source, no flags
	content = append(content, 0, 0, act)     // address
	content = binary.LittleEndian.AppendUint16(content, code)
	content = append(content, words...)
	b := c.appendPacket(nil, packetData)
	from := len(b)
	b = c.appendRecord(b, serviceCommands)
	if c.terminal != 0 { // the record names its object
		b[from+4] = 1
		at := from + 5
		b = append(b[:at], byte(c.terminal), byte(c.terminal>>8), byte(c.terminal>>16), byte(c.terminal>>24),
			serviceCommands, serviceCommands)
	}
	start := len(b)
	b = appendPart(b, partCommand, content...)
	binary.LittleEndian.PutUint16(b[from:], uint16(len(b)-start))
	return closePacket(b, 0)
}

// check takes 1 to 200 printable ASCII characters, none of them special.
func check(what, words, special string) error {
	if len(words) == 0 || len(words) > maxWords {
		return fmt.Errorf("%s of %d characters: 1 to %d are allowed", what, len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' || strings.ContainsRune(special, r) {
			return fmt.Errorf("character %q at place %d of the %s is not allowed", r, i+1, what)
		}
	}
	return nil
}
