package modem

import (
	"fmt"
	"strconv"
	"strings"
)

// Stored messages have a status (TS 27.005 §3.1): those below statusUnsent were received.
const statusUnsent = 2

// found is a message in a memory.
type found struct {
	index  int
	pdu    string // in hexadecimal
	length int    // of the TPDU, below 0 unknown
}

// list reads a memory at once.
func (s *session) list() ([]found, error) {
	lines, err := s.ask("+CMGL=4")
	if err != nil {
		return nil, err
	}
	var out []found
	for _, b := range bodies(lines, "+CMGL:") { // index,status,[alpha],length
		index, err := strconv.Atoi(strings.TrimSpace(b.header[0]))
		if err == nil && len(b.header) >= 3 && received(b.header[1]) {
			out = append(out, found{index: index, pdu: b.pdu, length: lengthOf(b.header)})
		}
	}
	return out, nil
}

// body is a header taken apart, and the PDU that belongs to it.
type body struct {
	header []string
	pdu    string
}

// bodies are the headers that begin with prefix, with their PDUs. What the modem says unasked comes between a header
// and its PDU too, and may bring a PDU of its own.
func bodies(lines []string, prefix string) []body {
	var out []body
	waiting, skip := false, false
	for _, l := range lines {
		rest, header := strings.CutPrefix(l, prefix)
		switch {
		case header:
			out = append(out, body{header: strings.Split(rest, ",")})
			waiting = true
		case strings.HasPrefix(l, "+CMT:"), strings.HasPrefix(l, "+CDS:"):
			skip = true
		case unasked(l):
		case skip:
			skip = false
		case waiting:
			out[len(out)-1].pdu = l
			waiting = false
		}
	}
	return out
}

// received reports whether a stored message came from the network, in contrast to one of our own.
func received(status string) bool {
	n, err := strconv.Atoi(strings.TrimSpace(status))
	return err == nil && n < statusUnsent
}

// lengthOf is the last field of a header, -1 if it is no number.
func lengthOf(fields []string) int {
	n, err := strconv.Atoi(strings.TrimSpace(fields[len(fields)-1]))
	if err != nil {
		return -1
	}
	return n
}

// readEach reads a memory place by place, for modems that cannot list it. answer is that of +CPMS: used,size.
func (s *session) readEach(answer string) ([]found, error) {
	f := strings.Split(answer, ",")
	used, err := strconv.Atoi(strings.TrimSpace(f[0]))
	if err != nil || len(f) < 2 {
		return nil, fmt.Errorf("+CPMS: %q: %w", answer, errNoAnswer)
	}
	size, _ := strconv.Atoi(strings.TrimSpace(f[1]))
	var out []found
	for i := 0; i <= min(size, 500) && len(out) < used; i++ { // some count from 0, some from 1
		m, err := s.read(i)
		if broken(err) {
			return nil, err
		}
		if m != nil {
			out = append(out, *m)
		}
	}
	return out, nil
}

// read reads one place; nil for an empty one and for messages of our own.
func (s *session) read(index int) (*found, error) {
	lines, err := s.ask(fmt.Sprintf("+CMGR=%d", index))
	if err != nil {
		return nil, err
	}
	for _, b := range bodies(lines, "+CMGR:") { // status,[alpha],length
		if b.pdu != "" && received(b.header[0]) {
			return &found{index: index, pdu: b.pdu, length: lengthOf(b.header)}, nil
		}
	}
	return nil, nil
}
