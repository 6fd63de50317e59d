package store

import (
	"sync"
	"testing"
)

// Two parts of the server ask for the position of a new journal at once; both must get 0.
func TestPositionOfANewJournalAskedTwice(t *testing.T) {
	s := open(t)
	for partition := range 50 {
		var both sync.WaitGroup
		for range 4 {
			both.Go(func() {
				if at, err := s.Position(t.Context(), partition, "new"); at != 0 || err != nil {
					t.Errorf("partition %d: %d, %v", partition, at, err)
				}
			})
		}
		both.Wait()
	}
}
