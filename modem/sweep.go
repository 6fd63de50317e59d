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
	if err != nil && !broken(err) { // some fall silent over +CMGL
		list, err = s.readEach(answer)
	}
	if err != nil {
		return err
	}
	var failed error // a message that cannot be deleted must not keep others on the SIM
	for _, f := range sorted(list) {
		err := s.take(ctx, f)
		if broken(err) || errors.Is(err, errNotKept) {
			return err
		}
		failed = cmp.Or(failed, err)
	}
	return failed
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
	if f.pdu == "" && f.length > 0 {
		return nil // its line was lost: the next sweep reads it
	}
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
