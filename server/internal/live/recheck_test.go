package live

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"drover/server/internal/fleet"
)

func TestSignedOutReaderIsHungUpOn(t *testing.T) {
	s := newStage(t, func(c *Config) { c.Recheck = 10 * time.Millisecond })
	one, two := s.view("one"), s.view("two")
	one.until("a snapshot", func() bool { return len(one.frames) > 0 })
	s.refusal.Store(&ErrRefused)
	if code := one.closed(); code != websocket.ClosePolicyViolation {
		t.Errorf("closed with %d", code)
	}
	frames := len(two.frames)
	two.until("frames after that", func() bool { return len(two.frames) > frames+5 })
}

func TestReaderStaysWhileNobodyCanBeAsked(t *testing.T) {
	s := newStage(t, func(c *Config) { c.Recheck = 10 * time.Millisecond })
	v := s.view("one")
	away := errors.New("the database is away")
	s.refusal.Store(&away)
	frames := len(v.frames)
	v.until("frames over many questions", func() bool { return len(v.frames) > frames+30 })
	_, answer, err := websocket.DefaultDialer.Dial(s.url(), http.Header{"Token": {"one"}})
	if err == nil || answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
		t.Errorf("a new reader: %v, %v", answer, err)
	}
}

// TestQuestionEndsWithItsReader asks somebody who never answers.
func TestQuestionEndsWithItsReader(t *testing.T) {
	s := newStage(t, func(c *Config) { c.Recheck = 20 * time.Millisecond })
	asked, ended := make(chan struct{}, 100), make(chan struct{}, 100)
	first := true
	s.server.Config.Handler = s.live.Handler(func(r *http.Request) (fleet.Scope, error) {
		if first {
			first = false
			return fleet.Scope{Organization: 1}, nil
		}
		asked <- struct{}{}
		<-r.Context().Done()
		ended <- struct{}{}
		return fleet.Scope{}, context.Cause(r.Context())
	})
	v := s.view("one")
	for range 3 {
		<-asked
		<-ended
	}
	v.until("frames meanwhile", func() bool { return len(v.frames) > 3 })
	v.conn.Close()
	until(t, "the reader is gone", func() bool { return s.metric("readers") == 0 })
}
