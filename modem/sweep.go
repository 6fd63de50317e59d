package modem

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Stored messages have a status (TS 27.005 §3.1): those below statusUnsent were received.
const statusUnsent = 2

// found is a message in a memory.
type found struct {
	index  int
	pdu    string // in hexadecimal
	length int    // of the TPDU, below 0 unknown
}

// chooseMemories finds out where messages may lie, and has them received on the SIM, where they go with it, if it can.
// Another program may have left the modem with other memories, so all that can be read are swept.
func (s *session) chooseMemories() error {
	answer, err := s.one("+CPMS=?", "+CPMS:")
	if broken(err) {
		return err
	}
	var offer [3][]string
	for i, g := range groups(answer) {
		if i < len(offer) {
			offer[i] = strings.Split(strings.ReplaceAll(g, `"`, ""), ",")
		}
	}
	s.memories = nil
	for _, m := range []string{"SM", "ME", "SR"} {
		if slices.Contains(offer[0], m) && (m != "SR" || !strings.HasSuffix(s.routing, ",0,0")) {
			s.memories = append(s.memories, m)
		}
	}
	if len(s.memories) == 0 {
		s.memories = []string{"SM"}
	}
	for i := range s.main {
		s.main[i] = "SM"
		if len(offer[i]) > 0 && !slices.Contains(offer[i], "SM") {
			s.main[i] = offer[i][0]
		}
	}
	return nil
}

// sweep takes every message out of every memory: each is kept first and deleted then. Its own memories are set again
// after that. A Keeper that fails ends the sweep; what is left comes with the next one.
func (s *session) sweep(ctx context.Context) error {
	s.complaint = ""
	for _, memory := range s.memories {
		err := s.sweepMemory(ctx, memory)
		if broken(err) || ctx.Err() != nil {
			return cmp.Or(err, ctx.Err())
		}
		if err != nil {
			s.complain(err)
		}
	}
	answer, err := s.one(fmt.Sprintf(`+CPMS="%s","%s","%s"`, s.main[0], s.main[1], s.main[2]), "+CPMS:")
	if err != nil {
		s.complain(err)
		return onlyBroken(err)
	}
	var n [6]int
	for i, f := range strings.Split(answer, ",") {
		if i < len(n) {
			n[i], _ = strconv.Atoi(strings.TrimSpace(f))
		}
	}
	s.line.update(func(st *State) { st.StorageUsed, st.StorageSize = n[4], n[5] })
	if n[5] > 0 && n[4] >= n[5] && s.complaint == "" {
		s.complaint = "its memory is full: it receives nothing"
	}
	return nil
}

// complain notes what does not work; the next good sweep takes it back.
func (s *session) complain(err error) {
	s.complaint = err.Error()
	s.line.log.Warn().Err(err).Msg("stored messages")
	s.line.update(func(st *State) { st.LastError = err.Error() })
}

func (s *session) sweepMemory(ctx context.Context, memory string) error {
	answer, err := s.one(fmt.Sprintf(`+CPMS="%s"`, memory), "+CPMS:")
	if err != nil {
		if code, ok := code(err); ok && memory == "SR" {
			s.line.log.Debug().Int("code", code).Msg("no memory of reports")
			return nil
		}
		return err
	}
	list, err := s.list()
	if err != nil && !broken(err) && !errors.Is(err, errTimeout) {
		list, err = s.readEach(answer)
	}
	if err != nil {
		return err
	}
	for _, f := range sorted(list) {
		if err := s.take(ctx, f); err != nil {
			return err
		}
	}
	return nil
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

// bodies are the headers that begin with prefix, with their PDUs. What the modem says unasked comes between a header and
// its PDU too, and may bring a PDU of its own.
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

// sorted puts messages in the order in which they were sent, parts in theirs. Places in a memory say nothing.
func sorted(list []found) []found {
	type keyed struct {
		found
		at   time.Time
		part int
	}
	keys := make([]keyed, len(list))
	for i, f := range list {
		keys[i] = keyed{found: f}
		if raw, err := unwrap(f.pdu, f.length); err == nil {
			if m := decode(raw).message; m != nil {
				keys[i].at, keys[i].part = m.Sent, m.Part.Number
			}
		}
	}
	slices.SortStableFunc(keys, func(a, b keyed) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.part, b.part))
	})
	for i, k := range keys {
		list[i] = k.found
	}
	return list
}

// take keeps one stored message and deletes it then. One whose bytes do not add up is read once more; what still cannot
// be decoded is kept as it is, because left on the SIM it would take the place of others.
func (s *session) take(ctx context.Context, f found) error {
	raw, err := unwrap(f.pdu, f.length)
	if err != nil {
		again, failed := s.read(f.index)
		if broken(failed) {
			return failed
		}
		if again != nil {
			f = *again
			raw, err = unwrap(f.pdu, f.length)
		}
	}
	got := stored{message: &Incoming{Raw: raw}}
	if err != nil {
		got.message.Raw, got.message.Err = undamaged(f.pdu), err.Error()
	} else {
		got = decode(raw)
	}
	if err := s.keep(ctx, got); err != nil {
		return err
	}
	return s.tell(fmt.Sprintf("+CMGD=%d", f.index))
}

// undamaged is a PDU's bytes, or its letters if they are no hexadecimal.
func undamaged(pdu string) []byte {
	if b, err := hex.DecodeString(strings.TrimSpace(pdu)); err == nil {
		return b
	}
	return []byte(pdu)
}
