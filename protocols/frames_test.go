package protocols

import (
	"errors"
	"slices"
	"testing"
	"time"
)

// splitter is a codec that only cuts.
type splitter func(data []byte, atEOF bool) (int, []byte, error)

func (s splitter) Split(data []byte, atEOF bool) (int, []byte, error) { return s(data, atEOF) }

func (splitter) Decode([]byte, time.Time) (Message, error) { return Message{}, nil }

func (splitter) Encode(Command) ([]byte, error) { return nil, nil }

// pairs cuts "ab" and leaves out dots.
func pairs(data []byte, atEOF bool) (int, []byte, error) {
	switch {
	case data[0] == '.':
		return 1, nil, nil
	case data[0] == '!':
		return 0, nil, errBang
	case len(data) >= 2:
		return 2, data[:2], nil
	case atEOF:
		return 1, data, nil
	}
	return 0, nil, nil
}

var errBang = errors.New("bang")

func TestFrames(t *testing.T) {
	for _, c := range []struct {
		name, data string
		atEOF      bool
		frames     []string
		used       int
		err        error
	}{
		{"nothing", "", true, nil, 0, nil},
		{"whole ones", "abcd", false, []string{"ab", "cd"}, 4, nil},
		{"filler between", "..ab.cd.", false, []string{"ab", "cd"}, 8, nil},
		{"the rest waits", "abc", false, []string{"ab"}, 2, nil},
		{"the rest at the end", "abc", true, []string{"ab", "c"}, 3, nil},
		{"a bad part", "ab!d", false, []string{"ab"}, 2, errBang},
		{"each fails", "abstop", false, []string{"ab", "st"}, 4, errStop},
	} {
		t.Run(c.name, func(t *testing.T) {
			var frames []string
			used, err := Frames(splitter(pairs), []byte(c.data), c.atEOF, func(frame []byte) error {
				frames = append(frames, string(frame))
				if string(frame) == "st" {
					return errStop
				}
				return nil
			})
			if !slices.Equal(frames, c.frames) || used != c.used || !errors.Is(err, c.err) {
				t.Errorf("got %q, %d bytes, %v; want %q, %d, %v", frames, used, err, c.frames, c.used, c.err)
			}
		})
	}
}

var errStop = errors.New("stop")

func TestFramesRefuseABadSplit(t *testing.T) {
	for name, split := range map[string]splitter{
		"more than there is":     func(data []byte, _ bool) (int, []byte, error) { return len(data) + 1, data, nil },
		"backwards":              func(data []byte, _ bool) (int, []byte, error) { return -1, nil, nil },
		"a frame of no progress": func(data []byte, _ bool) (int, []byte, error) { return 0, data, nil },
	} {
		used, err := Frames(split, []byte("abc"), false, func([]byte) error { return nil })
		if used != 0 || !errors.Is(err, ErrSplit) {
			t.Errorf("%s: %d bytes, %v", name, used, err)
		}
	}
}
