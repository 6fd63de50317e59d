package api

import (
	"context"
	"maps"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

const (
	maxStreams     = 4                // at once; each holds a connection to the database
	streamPatience = 5 * time.Second  // to get one of them
	streamLife     = 15 * time.Minute // of one
	flushAt        = 32 << 10         // bytes that are gathered before they are sent
	readerPatience = 30 * time.Second // for the reader to take them
)

// streamOutput is an answer that is written while it is made.
type streamOutput struct{ Body func(huma.Context) }

// stream is a body under way. What is appended to buffer is sent when there is enough of it.
type stream struct {
	w      http.ResponseWriter
	buffer []byte
	begun  bool // something was sent, so that the status cannot change
	header http.Header
}

// sent sends the buffer if it is large.
func (s *stream) sent() error {
	if len(s.buffer) < flushAt {
		return nil
	}
	return s.flush()
}

func (s *stream) flush() error {
	if !s.begun {
		maps.Copy(s.w.Header(), s.header)
		s.begun = true
	}
	if err := http.NewResponseController(s.w).SetWriteDeadline(time.Now().Add(readerPatience)); err != nil {
		return err
	}
	_, err := s.w.Write(s.buffer)
	s.buffer = s.buffer[:0]
	return err
}

// streamed makes an answer of what run appends. An error before anything was sent is a problem; one after it breaks the
// connection, so that nobody takes a part for the whole.
func (a *api) streamed(header http.Header, run func(context.Context, *stream) error) *streamOutput {
	return &streamOutput{func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		if r.Method == http.MethodHead {
			maps.Copy(w.Header(), header)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), streamLife)
		defer cancel()
		if !a.takeStream(ctx) {
			a.writeError(w, r, huma.ErrorWithHeaders(
				huma.Error503ServiceUnavailable("other histories are being read; try again in a moment"),
				http.Header{"Retry-After": {"5"}}))
			return
		}
		defer func() { <-a.streams }()
		s := &stream{w: w, header: header, buffer: make([]byte, 0, flushAt+flushAt/2)}
		err := run(ctx, s)
		if err == nil {
			err = s.flush()
		}
		switch {
		case err == nil:
		case s.begun:
			a.Log.Debug().Err(err).Str("path", r.URL.Path).Msg("a stream broke off")
			panic(http.ErrAbortHandler) // net/http's way to break a connection whose answer is incomplete
		default:
			a.writeError(w, r, err)
		}
	}}
}

func (a *api) takeStream(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, streamPatience)
	defer cancel()
	select {
	case a.streams <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// streamedResponse documents an answer of these media types.
func streamedResponse(schemas map[string]*huma.Schema) map[string]*huma.Response {
	content := map[string]*huma.MediaType{}
	for mediaType, schema := range schemas {
		content[mediaType] = &huma.MediaType{Schema: schema}
	}
	return map[string]*huma.Response{"200": {Description: "OK", Content: content}}
}
