package gateway

import (
	"bytes"
	"errors"
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
//	did TEXT      a command's result: "thanks"
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
		return protocols.Message{Result: &protocols.Result{Text: words[1]}, Reply: []byte("thanks\n")}, nil
	case len(words) == 1 && words[0] == "beat":
		return protocols.Message{Reply: []byte("beat\n")}, nil
	}
	return protocols.Message{}, &wire.Error{Field: "verb", Err: wire.ErrUnknown}
}

func (c *talkCodec) Encode(protocols.Command) ([]byte, error) { return nil, errors.New("unused here") }
