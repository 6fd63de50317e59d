package its

import (
	"fmt"

	"drover/protocols"
)

// maxWords is the most characters of a command.
const maxWords = 400

// Encode writes a command as a line. What a tracker understands is its maker's affair; the words for the engine are
// those of the RLP sentences' makers.
func (c *codec) Encode(cmd protocols.Command) ([]byte, error) {
	var words string
	switch cmd.Kind {
	case protocols.Custom:
		words = cmd.Text
	case protocols.Immobilise, protocols.Release:
		words = output(cmd.Kind == protocols.Immobilise)
	case protocols.Output:
		if cmd.Output != 1 {
			return nil, fmt.Errorf("its: output %d: only output 1 has words: %w", cmd.Output, protocols.ErrNoCommand)
		}
		words = output(cmd.On)
	default:
		return nil, fmt.Errorf("its: %v: %w", cmd.Kind, protocols.ErrNoCommand)
	}
	if len(words) == 0 || len(words) > maxWords {
		return nil, fmt.Errorf("its: a command of %d characters: 1 to %d are allowed", len(words), maxWords)
	}
	for i, r := range words {
		if r < ' ' || r > '~' {
			return nil, fmt.Errorf("its: character %q at place %d: only printable ASCII is allowed", r, i+1)
		}
	}
	return append([]byte(words), "\r\n"...), nil
}

// output switches the first output, to which the relay of the engine is wired.
func output(on bool) string {
	if on {
		return "@SET#RLP,OP1,"
	}
	return "@CLR#RLP,OP1,"
}
