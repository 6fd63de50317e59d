package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"drover/protocols"
	"drover/protocols/all"
)

// maxLine is the longest line that decode reads, in bytes.
const maxLine = 4 << 20

// decodeCommand shows what captured bytes mean.
type decodeCommand struct {
	Protocol string `help:"The protocol's name, or auto." default:"auto"`
	Network  string `help:"tcp or udp." enum:"tcp,udp" default:"tcp"`
	File     string `arg:"" optional:"" help:"Lines of hex or quoted Go strings; standard input if not given." type:"path"`
}

// Run reads the file and prints one JSON object a line.
func (c *decodeCommand) Run(s streams) error {
	d := decoder{network: protocols.TCP, now: time.Now}
	if c.Network == "udp" {
		d.network = protocols.UDP
	}
	if c.Protocol != "auto" {
		if d.fixed = all.Named(c.Protocol); d.fixed == nil {
			return fmt.Errorf("protocol %q is not one of auto, %s", c.Protocol, strings.Join(protocolNames(), ", "))
		}
	}
	in := s.in
	if c.File != "" && c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("decode: %w", err)
		}
		defer f.Close()
		in = f
	}
	return d.run(in, s.out)
}

// decoder holds one conversation at a time.
type decoder struct {
	network protocols.Network
	fixed   *protocols.Protocol // nil: told from the first bytes of each conversation
	now     func() time.Time

	protocol *protocols.Protocol // of the conversation; nil before it is known
	codec    protocols.Codec     // nil before the conversation begins
	device   string              // who speaks in it
	unread   []byte              // of a frame that has not arrived whole
	early    int                 // positions of that frame which were told already
}

// run prints each line's meaning before it reads the next.
func (d *decoder) run(in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine+len("\r\n"))
	var b []byte
	n := 1
	for ; lines.Scan(); n++ {
		text := bytes.TrimSpace(lines.Bytes())
		if len(text) == 0 {
			d.end()
			continue
		}
		b = append(b[:0], `{"line":`...)
		b = strconv.AppendInt(b, int64(n), 10)
		b = d.line(b, string(text))
		if _, err := out.Write(append(b, '\n')); err != nil {
			return fmt.Errorf("decode: %w", err)
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("decode: line %d is longer than %d bytes", n, maxLine)
	case err != nil:
		return fmt.Errorf("decode: line %d: %w", n, err)
	}
	return nil
}

// end forgets the conversation.
func (d *decoder) end() { d.protocol, d.codec, d.device, d.unread, d.early = nil, nil, "", nil, 0 }

// line appends the members of one line's object, after "line".
func (d *decoder) line(b []byte, text string) []byte {
	var m protocols.Message
	protocol := d.protocol
	data, err := parseLine(text)
	if err == nil {
		err = d.begin(data)
	}
	if err == nil {
		protocol = d.protocol
		err = d.arrive(data, &m)
	}
	b = append(b, `,"protocol":`...)
	if protocol == nil {
		b = append(b, "null"...)
	} else {
		b = strconv.AppendQuote(b, protocol.Name)
	}
	b = m.AppendJSON(append(b, ','))
	b = append(b, `,"error":`...)
	if err == nil {
		return append(b, "null}"...)
	}
	quoted, _ := json.Marshal(err.Error()) // a string always marshals
	return append(append(b, quoted...), '}')
}

// begin makes the conversation's codec where there is none. What an earlier line left unfinished is dropped when this
// line begins a message of its own.
func (d *decoder) begin(data []byte) error {
	if d.codec != nil {
		if len(d.unread) > 0 && d.protocol.Sniff(data).Level >= protocols.LevelShape {
			d.unread, d.early = nil, 0
		}
		return nil
	}
	if d.protocol = d.fixed; d.protocol == nil {
		d.protocol = guess(data)
	}
	if d.protocol == nil {
		return errors.New("protocol at byte 0: no protocol begins like this")
	}
	d.codec = d.protocol.Codec(d.network)
	return nil
}

// arrive cuts what arrived into frames and adds what they mean to m.
func (d *decoder) arrive(data []byte, m *protocols.Message) error {
	var failed failures
	at, frames := d.now().UTC(), 0
	d.unread = append(d.unread, data...)
	each := func(frame []byte) error {
		one, err := d.codec.Decode(frame, at)
		frames++
		failed.add(frames, err)
		one.Positions = one.Positions[min(d.early, len(one.Positions)):]
		d.early = 0
		merge(m, &one)
		return nil
	}
	used, err := protocols.Frames(d.codec, d.unread, d.network == protocols.UDP, each)
	d.unread = d.unread[used:]
	if err == nil && len(d.unread) > 0 {
		cut, whole, why := d.preview(at)
		if whole {
			used, err = protocols.Frames(d.codec, d.unread, true, each)
			d.unread = d.unread[used:]
		} else {
			merge(m, &protocols.Message{Device: cut.Device, Positions: cut.Positions[min(d.early, len(cut.Positions)):]})
			d.early = len(cut.Positions)
			failed.add(frames+1, fmt.Errorf("cut after %d bytes%s", len(d.unread), why))
		}
	}
	if m.Device == "" {
		m.Device = d.device
	}
	d.device = m.Device
	if err != nil { // what follows on such a line cannot be cut
		failed.add(frames+1, err)
		d.end()
	}
	if d.network == protocols.UDP {
		d.unread, d.early = nil, 0
	}
	return failed.err()
}

// preview says what the unread bytes would mean if nothing came after them: whether they are a whole frame that only
// the end of the line delimits, or what is whole in a frame that was cut, and which field is the first that is not. A
// codec of its own looks at them, since the rest may come with the next line.
func (d *decoder) preview(at time.Time) (cut protocols.Message, whole bool, why string) {
	codec := d.protocol.Codec(d.network)
	frames := 0
	used, err := protocols.Frames(codec, d.unread, true, func(frame []byte) error {
		one, err := codec.Decode(frame, at)
		frames++
		merge(&cut, &one)
		return err
	})
	if err != nil {
		return cut, false, ": " + err.Error()
	}
	return cut, frames > 0 && used == len(d.unread), ""
}

// failures are the errors of one line.
type failures []string

// add notes the error, if there is one, of the line's n-th frame. The first frame goes without its number.
func (f *failures) add(n int, err error) {
	switch {
	case err == nil:
	case n == 1:
		*f = append(*f, err.Error())
	default:
		*f = append(*f, fmt.Sprintf("frame %d: %v", n, err))
	}
}

func (f failures) err() error {
	if len(f) == 0 {
		return nil
	}
	return errors.New(strings.Join(f, "; "))
}

// guess gives the protocol whose Sniff is surest, nil if none fits.
func guess(first []byte) *protocols.Protocol {
	var best *protocols.Protocol
	var level protocols.Level
	for _, p := range all.Protocols() {
		if m := p.Sniff(first); m.Level > level {
			best, level = p, m.Level
		}
	}
	return best
}

// merge adds a frame's message to those before it. The positions of other devices say whose they are.
func merge(m, one *protocols.Message) {
	if m.Device == "" {
		m.Device = one.Device
	}
	m.Positions = append(m.Positions, one.Positions...)
	for i := range one.Also {
		for _, p := range one.Also[i].Positions {
			p.Attributes = append(slices.Clone(p.Attributes), protocols.Attr("device", protocols.Text(one.Also[i].Device)))
			m.Positions = append(m.Positions, p)
		}
	}
	m.Reply = append(m.Reply, one.Reply...)
	if one.Result != nil {
		m.Result = one.Result
	}
}

// parseLine reads hex, with or without spaces, or a quoted Go string.
func parseLine(text string) ([]byte, error) {
	if text[0] == '"' || text[0] == '`' {
		s, err := strconv.Unquote(text)
		if err != nil {
			return nil, fmt.Errorf("quoted string at byte 0: %w", err)
		}
		return []byte(s), nil
	}
	data, err := hex.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return nil, fmt.Errorf("hex at byte %d: %w", len(data), err)
	}
	return data, nil
}
