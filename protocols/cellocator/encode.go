package cellocator

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"drover/protocols"
	"drover/protocols/wire"
)

var errUnknown = errors.New("cellocator: no unit has said its number yet")

// The codes of commands.
const (
	commandStatus = 0x00
	commandState  = 0x02
	commandOutput = 0x03
	stateReset    = 0x02
	immobiliser   = 0x05
	switchOn      = 0x10
)

// outputs are the numbers by which a unit knows its outputs, from output 1 on: blinkers, siren, immobiliser, external
// immobiliser, LED, general output.
var outputs = [...]byte{0x04, 0x00, immobiliser, 0x03, 0x08, 0x09}

// Encode writes a command of 25 bytes. A custom one is its code and its two bytes of data as six hexadecimal digits:
// 031500 switches the immobiliser on.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	code, data, more, err := codesOf(cmd)
	if err != nil {
		return nil, err
	}
	if c.name == "" {
		return nil, errUnknown
	}
	b := append(make([]byte, 0, commandLength), c.code[:]...)
	b = append(b, kindStatus)
	b = binary.LittleEndian.AppendUint32(b, c.id)
	b = append(b, c.counter, 0, 0, 0, 0, code, code, data, data, more, more, 0, 0, 0, 0)
	c.counter++
	return append(b, wire.Sum8(b[4:])), nil
}

// codesOf gives a command's code and data.
func codesOf(cmd protocols.Command) (code, data, more byte, err error) {
	switch cmd.Kind {
	case protocols.Custom:
		b, err := hex.DecodeString(cmd.Text)
		if err != nil || len(b) != 3 || hex.EncodeToString(b) != cmd.Text {
			return 0, 0, 0, fmt.Errorf("cellocator: %.20q is not six hexadecimal digits in lower case", cmd.Text)
		}
		return b[0], b[1], b[2], nil
	case protocols.Locate:
		return commandStatus, 0, 0, nil
	case protocols.Output:
		if cmd.Output < 1 || cmd.Output > len(outputs) {
			return 0, 0, 0, fmt.Errorf("cellocator: output %d: 1 to %d are allowed", cmd.Output, len(outputs))
		}
		return commandOutput, switched(outputs[cmd.Output-1], cmd.On), 0, nil
	case protocols.Immobilise, protocols.Release:
		return commandOutput, switched(immobiliser, cmd.Kind == protocols.Immobilise), 0, nil
	case protocols.Reboot:
		return commandState, stateReset, 0, nil
	}
	return 0, 0, 0, fmt.Errorf("cellocator: %v: %w", cmd.Kind, protocols.ErrNoCommand)
}

func switched(output byte, on bool) byte {
	if on {
		return output | switchOn
	}
	return output
}
