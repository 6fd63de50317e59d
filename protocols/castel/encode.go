package castel

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"drover/protocols"
)

// maxData is the most bytes of a command's data.
const maxData = 512

// Encode writes a command to the last speaker in its version. A custom text is the type's four hexadecimal digits and,
// behind a colon, its data in hexadecimal: "2002:0100020121".
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	kind, body, err := c.words(cmd)
	if err != nil {
		return nil, err
	}
	if c.device == "" {
		return nil, fmt.Errorf("castel: the tracker has not said who it is")
	}
	head := byte('@')
	return appendFrame(nil, head, c.version, c.id, kind, body), nil
}

func (c *codec) words(cmd protocols.Command) (kind uint16, body []byte, err error) {
	cc := c.version != noVersion && !isSC(c.version)
	switch {
	case cmd.Kind == protocols.Custom:
		return custom(cmd.Text)
	case cmd.Kind == protocols.Locate && isSC(c.version):
		return scLocate, binary.LittleEndian.AppendUint16(nil, uint16(cmd.ID)), nil
	case cmd.Kind == protocols.Immobilise && cc:
		return ccEngine, []byte{1}, nil
	case cmd.Kind == protocols.Release && cc:
		return ccEngine, []byte{0}, nil
	}
	return 0, nil, fmt.Errorf("castel: %v for this tracker: %w", cmd.Kind, protocols.ErrNoCommand)
}

func custom(words string) (uint16, []byte, error) {
	const digits = 4
	if len(words) < digits || len(words) > digits+1+2*maxData {
		return 0, nil, fmt.Errorf("castel: a command of %d characters: it is four hexadecimal digits, a colon and data",
			len(words))
	}
	kind, err := hex.DecodeString(words[:digits])
	if err != nil {
		return 0, nil, fmt.Errorf("castel: a command starts with four hexadecimal digits: %w", err)
	}
	var body []byte
	if rest := words[digits:]; rest != "" {
		if rest[0] != ':' {
			return 0, nil, fmt.Errorf("castel: character %q at place %d: a colon is wanted", rest[0], digits+1)
		}
		if body, err = hex.DecodeString(rest[1:]); err != nil {
			return 0, nil, fmt.Errorf("castel: the data behind the colon is not hexadecimal: %w", err)
		}
	}
	return binary.BigEndian.Uint16(kind), body, nil
}
