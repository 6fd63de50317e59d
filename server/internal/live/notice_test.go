package live

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"drover/server/internal/fleet"
)

// golden are the notices of testdata, which the page's tests may read too.
func golden(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/notices.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// TestNotices: who sees the vehicle is told, of what has no vehicle who sees all, and nobody of another's.
func TestNotices(t *testing.T) {
	s := newStage(t, nil)
	views := map[string]*viewer{}
	for _, token := range []string{"one", "two", "north", "nowhere"} {
		v := s.view(token)
		v.until("hello", func() bool { return v.hellos == 1 })
		views[token] = v
	}
	s.live.Notice(fleet.Notice{Organization: 1, Device: 1, Kind: "command", ID: 12})
	s.live.Notice(fleet.Notice{Organization: 1, Kind: "sms", ID: 44})
	s.live.Notice(fleet.Notice{Organization: 1, Device: 3, Kind: "sms", ID: 44}) // a device of another organization: as of none
	lines := golden(t)
	for token, want := range map[string][]string{"one": lines[:2], "north": lines[:1]} {
		v := views[token]
		v.until("its own for "+token, func() bool { return slices.Equal(v.notices, want) })
	}
	s.live.Notice(fleet.Notice{})
	for token, want := range map[string][]string{
		"one": lines, "two": lines[2:], "north": {lines[0], lines[2]}, "nowhere": lines[2:],
	} {
		v := views[token]
		v.until("the last notice for "+token, func() bool { return slices.Contains(v.notices, lines[2]) })
		for _, got := range v.notices {
			if !slices.Contains(want, got) {
				t.Errorf("%s hears %s", token, got)
			}
		}
	}
}

// TestNoticesWaitOnce: a reader that is far behind hears one that stands for all.
func TestNoticesWaitOnce(t *testing.T) {
	q := newNotices()
	for range 3 {
		for id := range int64(maxNotices) {
			q.put(notice{Type: "notice", Kind: "command", ID: id})
		}
	}
	if n := len(q.waiting); n != maxNotices {
		t.Errorf("%d wait", n)
	}
	for id := range int64(10) {
		q.put(notice{Type: "notice", Kind: "sms", ID: id})
	}
	if got := q.take(); len(got) != 1 || got[0] != allChanged {
		t.Errorf("%v", got)
	}
	q.put(notice{Type: "notice", Kind: "sms", ID: 1})
	if got := q.take(); len(got) != 1 || got[0].ID != 1 {
		t.Errorf("%v", got)
	}
}

// TestSpeed is of the latest fix that is valid.
func TestSpeed(t *testing.T) {
	s := newStage(t, nil)
	if _, _, known := s.live.Speed(1, 1); known {
		t.Error("nothing was said")
	}
	s.live.Update([]fleet.Fix{at(0, 52, 13, 50)})
	if kmh, when, known := s.live.Speed(1, 1); kmh != 50 || !known || time.Since(when) < 0 {
		t.Errorf("%v, %v, %v", kmh, when, known)
	}
	lost := at(5, 52, 13, 0)
	lost.Valid = false
	s.live.Update([]fleet.Fix{lost})
	if _, _, known := s.live.Speed(1, 1); known {
		t.Error("the fix is not valid")
	}
}
