package trackers

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"time"

	"drover/protocols"
)

const (
	maxUnread   = 4 << 10         // bytes that a server may say without sense
	segment     = 256             // bytes of room for a read from a stream: answers are short
	datagram    = 1500            // bytes of room for a datagram, which comes whole or not at all
	udpPatience = 5 * time.Second // for an answer that the network may have lost
)

var (
	errQuiet   = errors.New("the server says nothing")
	errWoken   = errors.New("there is something to do")
	errRefused = errors.New("login: refused")
)

// line is a tracker's conversation with the server. It belongs to its vehicle's goroutine.
type line struct {
	conn     net.Conn
	release  func() bool // ends the watch that closes conn with the context
	tracker  protocols.Tracker
	patience time.Duration // for an answer
	room     int           // bytes to read at once
	unread   []byte
	obeyed   func(words string) // called for each command
	told     *told              // what ends listening
	saidCard bool               // the tracker has said which SIM it has
	listens  bool               // nothing is waited for but what may come
}

// newLine is a line over a connection that was just dialled. It is closed when ctx ends.
func newLine(
	ctx context.Context, conn net.Conn, l *lane, identity string, patience time.Duration, told *told,
	obeyed func(words string),
) *line {
	n := &line{
		conn: conn, tracker: l.protocol.Speak(l.network, identity), patience: patience, room: segment, obeyed: obeyed,
		told:    told,
		release: context.AfterFunc(ctx, func() { _ = conn.Close() }),
	}
	if l.network == protocols.UDP {
		n.room, n.patience = datagram, min(patience, udpPatience)
	}
	return n
}

func (l *line) close() {
	l.release()
	_ = l.conn.Close() // nothing is lost that was acknowledged
}

// login says who calls, and waits for the welcome.
func (l *line) login(ctx context.Context) error {
	hello := l.tracker.Hello()
	if hello == nil {
		return nil
	}
	if err := l.write(hello); err != nil {
		return err
	}
	for deadline := time.Now().Add(l.patience); ; {
		heard, err := l.hear(ctx, deadline)
		switch {
		case err != nil:
			return fmt.Errorf("login: %w", err)
		case heard.Refused:
			return errRefused
		case heard.Welcome:
			return nil
		}
	}
}

// listen hears what the server says until a time, or until there is something to do.
func (l *line) listen(ctx context.Context, until time.Time) error {
	l.listens = true
	defer func() { l.listens = false }()
	for time.Until(until) > 0 {
		switch _, err := l.hear(ctx, until); {
		case errors.Is(err, errWoken):
			return nil
		case err != nil && !errors.Is(err, errQuiet):
			return err
		}
	}
	return nil
}

// hear reads until one thing that the server said is understood, and answers it if an answer is owed.
func (l *line) hear(ctx context.Context, deadline time.Time) (protocols.Heard, error) {
	for {
		if len(l.unread) > 0 {
			used, heard, err := l.tracker.Hear(l.unread)
			if err != nil {
				return heard, fmt.Errorf("hearing %x: %w", l.unread, err)
			}
			if used > 0 {
				l.unread = l.unread[:copy(l.unread, l.unread[used:])]
				return heard, l.obey(&heard)
			}
		}
		if len(l.unread) > maxUnread {
			return protocols.Heard{}, fmt.Errorf("hearing: %d bytes without sense", len(l.unread))
		}
		if err := l.read(ctx, deadline); err != nil && (l.listens || !errors.Is(err, errWoken)) {
			return protocols.Heard{}, err
		}
	}
}

func (l *line) obey(heard *protocols.Heard) error {
	if heard.Command != "" {
		l.obeyed(heard.Command)
	}
	if heard.Reply == nil {
		return nil
	}
	return l.write(heard.Reply)
}

func (l *line) read(ctx context.Context, deadline time.Time) error {
	if err := l.conn.SetReadDeadline(deadline); err != nil {
		return fmt.Errorf("read: %w", err)
	}
	if l.listens && l.told.waiting() { // after the deadline was set: told.wake sets it again
		return errWoken
	}
	l.unread = slices.Grow(l.unread, l.room)
	n, err := l.conn.Read(l.unread[len(l.unread) : len(l.unread)+l.room])
	l.unread = l.unread[:len(l.unread)+n]
	var timeout net.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &timeout) && timeout.Timeout() && time.Until(deadline) > 0:
		return errWoken
	case errors.As(err, &timeout) && timeout.Timeout():
		return errQuiet
	case err != nil:
		return fmt.Errorf("read: %w", err)
	}
	return nil
}

func (l *line) write(data []byte) error {
	_ = l.conn.SetWriteDeadline(time.Now().Add(l.patience)) // a closed line fails in Write
	if _, err := l.conn.Write(data); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}
