package modems

// message states of AT+CMGL, with their names in text mode (3GPP TS 27.005, clause 3.1).
const (
	recUnread = iota
	recRead
	stoUnsent
	stoSent
	allStates
)

func stateNames() [5]string {
	return [5]string{"REC UNREAD", "REC READ", "STO UNSENT", "STO SENT", "ALL"}
}

// stored is a message in a memory: its TPDU, with the number of the message centre before it.
type stored struct {
	state int
	pdu   []byte
	tpdu  int // octets of pdu after the centre's number
}

// storage is a memory with a fixed number of slots, counted from 1.
type storage struct {
	name  string
	slots []*stored
}

func newStorage(name string, capacity int) *storage {
	return &storage{name: name, slots: make([]*stored, capacity)}
}

// put takes the first free slot; it is false if there is none.
func (s *storage) put(m stored) (index int, ok bool) {
	for i, taken := range s.slots {
		if taken == nil {
			s.slots[i] = &m
			return i + 1, true
		}
	}
	return 0, false
}

// get is nil for an empty slot; ok is false for one that there is not.
func (s *storage) get(index int) (m *stored, ok bool) {
	if index < 1 || index > len(s.slots) {
		return nil, false
	}
	return s.slots[index-1], true
}

func (s *storage) used() int {
	n := 0
	for _, m := range s.slots {
		if m != nil {
			n++
		}
	}
	return n
}

// remove empties the slots that a flag of AT+CMGD means: 0 the one, 1 those read, 2 and sent, 3 and unsent, 4 all.
func (s *storage) remove(index, flag int) {
	if flag == 0 {
		s.slots[index-1] = nil
		return
	}
	for i, m := range s.slots {
		if m == nil {
			continue
		}
		if flag == 4 || m.state == recRead || flag >= 2 && m.state == stoSent || flag >= 3 && m.state == stoUnsent {
			s.slots[i] = nil
		}
	}
}
