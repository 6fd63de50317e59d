package gateway

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/wire"
)

// talkative is a family made for these tests. A frame is a line of words:
//
//	hello ID      a login: "welcome", or "go away"
//	at LAT [ID]   a position, of another device if it says so: "kept LAT"
//	did TEXT [ID] a command's result: "thanks"
//	all ID…       one position of each device: "kept all"
//	model         a position whose latitude is the profile's clock offset in hours: "kept model"
//	beat          a heartbeat: "beat"
//	bad           a frame that does not decode
//	end           one that can not even be cut
var talkative = &protocols.Protocol{
	Name:  "talkative",
	UDP:   true,
	Sniff: func(first []byte) protocols.Match { return sniffWord(first, "hello ") },
	Codec: func(protocols.Network) protocols.Codec { return &talkCodec{hello: "hello"} },
}

// shouting differs in its login.
var shouting = &protocols.Protocol{
	Name:  "shouting",
	Sniff: func(first []byte) protocols.Match { return sniffWord(first, "HELLO ") },
	Codec: func(protocols.Network) protocols.Codec { return &talkCodec{hello: "HELLO"} },
}

// hesitant begins like talkative, and is never surer than its shape; a longer message would say more.
var hesitant = &protocols.Protocol{
	Name: "hesitant",
	Sniff: func(first []byte) protocols.Match {
		if m := sniffWord(first, "well "); m.Level != protocols.LevelProof {
			return m
		}
		return protocols.Match{Level: protocols.LevelShape, Need: len(first) + 1}
	},
	Codec: func(protocols.Network) protocols.Codec { return &talkCodec{hello: "well"} },
}

func sniffWord(first []byte, word string) protocols.Match {
	switch {
	case len(first) < len(word) && strings.HasPrefix(word, string(first)):
		return protocols.Match{Level: protocols.LevelPrefix, Need: len(word)}
	case bytes.HasPrefix(first, []byte(word)):
		return protocols.Match{Level: protocols.LevelProof}
	}
	return protocols.Match{}
}

type talkCodec struct {
	hello string
	known protocols.Device
}

func (c *talkCodec) Know(d protocols.Device) { c.known = d }

func (c *talkCodec) Split(data []byte, atEOF bool) (int, []byte, error) {
	if bytes.HasPrefix(data, []byte("end")) {
		return 0, nil, &wire.Error{Field: "start", Err: wire.ErrUnknown}
	}
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF {
		return len(data), data, nil
	}
	return 0, nil, nil
}

func (c *talkCodec) Decode(frame []byte, _ time.Time) (protocols.Message, error) {
	words := strings.Fields(string(frame))
	refusal := []byte("go away\n")
	switch {
	case len(words) == 2 && words[0] == c.hello:
		return protocols.Message{Device: words[1], Reply: []byte("welcome\n"), Refusal: refusal}, nil
	case len(words) >= 2 && words[0] == "at":
		var p protocols.Position
		if _, err := fmt.Sscan(words[1], &p.Latitude); err != nil {
			return protocols.Message{}, &wire.Error{Field: "latitude", Offset: 3, Err: wire.ErrValue}
		}
		p.Located = true
		m := protocols.Message{Positions: []protocols.Position{p},
			Reply: []byte("kept " + words[1] + "\n"), Refusal: refusal}
		if len(words) > 2 {
			m.Device = words[2]
		}
		return m, nil
	case len(words) >= 2 && words[0] == "did":
		r := &protocols.Result{Text: words[1]}
		if len(words) > 2 {
			fmt.Sscan(words[2], &r.ID)
		}
		return protocols.Message{Result: r, Reply: []byte("thanks\n")}, nil
	case len(words) >= 2 && words[0] == "all":
		m := protocols.Message{Reply: []byte("kept all\n"), Refusal: refusal}
		for i, word := range words[1:] {
			one := protocols.Message{Device: word, Positions: make([]protocols.Position, 1)}
			if i == 0 {
				m.Device, m.Positions = one.Device, one.Positions
				continue
			}
			m.Also = append(m.Also, one)
		}
		return m, nil
	case len(words) == 2 && words[0] == "model":
		p := protocols.Position{Latitude: c.known.Offset.Value.Hours(), Located: true}
		return protocols.Message{Device: words[1], Positions: []protocols.Position{p}, Reply: []byte("kept model\n")}, nil
	case len(words) == 1 && words[0] == "beat":
		return protocols.Message{Reply: []byte("beat\n")}, nil
	}
	return protocols.Message{}, &wire.Error{Field: "verb", Err: wire.ErrUnknown}
}

func (c *talkCodec) Encode(command protocols.Command) ([]byte, error) {
	if command.Kind != protocols.Custom {
		return nil, protocols.ErrNoCommand
	}
	return []byte("do " + command.Text + "\n"), nil
}
