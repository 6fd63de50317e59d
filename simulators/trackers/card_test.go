package trackers

import "testing"

// TestCardIsSaidFirst: where a family has words for it, the first report on a line names the SIM, and no other does;
// a vehicle from which it was taken names a stranger's.
func TestCardIsSaidFirst(t *testing.T) {
	for _, family := range []string{"teltonika", "jt808", "xexun2"} {
		for swaps, want := range map[float64]string{0: ICCID(1), 1: iccid(strangerCards, 1)} {
			t.Run(family, func(t *testing.T) {
				s := newServer(t, family)
				c := s.config()
				c.Records, c.Batch, c.Swaps = 3, 1, swaps
				r := start(t, c)
				call := s.accept()
				var said []string
				for m := call.next(); m != nil; m = call.next() {
					for _, p := range located(m.Positions) {
						said = append(said, p.ICCID)
					}
					call.say(m.Reply)
				}
				r.wait()
				if len(said) != 3 || said[0] != want || said[1] != "" || said[2] != "" {
					t.Errorf("the reports name the SIMs %q, want %s in the first alone", said, want)
				}
			})
		}
	}
}
