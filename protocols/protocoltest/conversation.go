package protocoltest

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"drover/protocols"
)

// Arrival is when every frame of a case arrives.
var Arrival = time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)

// Conversation is one .hex file.
type Conversation struct {
	Name    string // the file's, without .hex
	Network protocols.Network
	Arrived [][]byte // what arrived, line by line
}

// Conversations reads testdata/*.hex below the working folder.
func Conversations(tb testing.TB) []Conversation {
	tb.Helper()
	files, err := filepath.Glob("testdata/*.hex")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no testdata/*.hex (%v)", err)
	}
	var all []Conversation
	for _, file := range files {
		c, err := read(file)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

func read(file string) (Conversation, error) {
	c := Conversation{Name: strings.TrimSuffix(filepath.Base(file), ".hex")}
	text, err := os.ReadFile(file)
	if err != nil {
		return c, err
	}
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case line == "udp":
			c.Network = protocols.UDP
		default:
			b, err := Bytes(line)
			if err != nil {
				return c, fmt.Errorf("%s line %d: %w", file, i+1, err)
			}
			c.Arrived = append(c.Arrived, b)
		}
	}
	return c, nil
}

// Bytes reads a line: hex, with or without spaces, or a quoted Go string.
func Bytes(line string) ([]byte, error) {
	if strings.HasPrefix(line, `"`) {
		s, err := strconv.Unquote(line)
		return []byte(s), err
	}
	return hex.DecodeString(strings.ReplaceAll(line, " ", ""))
}

// decode runs a conversation and gives one JSON object per frame.
func (c Conversation) decode(p *protocols.Protocol) ([]string, error) {
	codec := p.Codec(c.Network)
	var lines []string
	each := func(frame []byte) error {
		lines = append(lines, describe(codec.Decode(frame, Arrival)))
		return nil
	}
	var unread []byte
	for _, data := range c.Arrived {
		unread = append(unread, data...)
		used, err := protocols.Frames(codec, unread, c.Network == protocols.UDP, each)
		if err != nil {
			return lines, err
		}
		unread = unread[used:]
		if c.Network == protocols.UDP {
			unread = nil
		}
	}
	return lines, nil
}

func describe(m protocols.Message, err error) string {
	b := m.AppendJSON([]byte("{"))
	if m.Refusal != nil {
		b = append(b, `,"refusal":"`...)
		b = append(hex.AppendEncode(b, m.Refusal), '"')
	}
	b = append(b, `,"error":`...)
	if err == nil {
		b = append(b, "null"...)
	} else {
		b = strconv.AppendQuote(b, err.Error())
	}
	return string(append(b, '}'))
}
