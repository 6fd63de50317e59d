package modem

import (
	"bytes"
	"errors"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

var (
	errWriteStalled = errors.New("the modem takes no bytes")
	errWithheld     = errors.New("the message was withheld: its prompt came too late")
)

const ctrlZ = 0x1a

// port is what stands between package at and the device. It bounds what at does not bound (a write that the device
// never takes), tidies what at trips over (\r\r\n, NULs), shows all that is read to a tap, and knows whether a
// message's bytes were written. Read is for one goroutine, the rest for any.
type port struct {
	rwc     io.ReadWriteCloser
	lock    *os.File // may be nil
	tap     *tap
	timeout time.Duration
	writes  chan []byte
	written chan error
	done    chan struct{}
	once    sync.Once
	stalled atomic.Bool // closed because the device took no bytes

	writing sync.Mutex // one Write at a time: an escape may come between

	mu       sync.Mutex
	gate     bool // messages may pass
	message  bool // one has
	lastRead time.Time
}

func newPort(rwc io.ReadWriteCloser, lock *os.File, t *tap, timeout time.Duration) *port {
	p := &port{rwc: rwc, lock: lock, tap: t, timeout: timeout, lastRead: time.Now(),
		writes: make(chan []byte), written: make(chan error, 1), done: make(chan struct{})}
	go p.writer()
	return p
}

// Read gives what the device says, each \r as \n and without NULs. It never returns nothing without an error, which at
// would count as one.
func (p *port) Read(b []byte) (int, error) {
	for {
		n, err := p.rwc.Read(b)
		tidy := bytes.ReplaceAll(b[:n], []byte{0}, nil)
		for i, c := range tidy {
			if c == '\r' {
				tidy[i] = '\n'
			}
		}
		n = copy(b, tidy)
		p.mu.Lock()
		p.lastRead = time.Now()
		p.mu.Unlock()
		p.tap.feed(b[:n])
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// Write writes b within the timeout, or closes the port.
func (p *port) Write(b []byte) (int, error) {
	if len(b) > 0 && b[len(b)-1] == ctrlZ && !p.pass() {
		return 0, errWithheld
	}
	p.writing.Lock()
	defer p.writing.Unlock()
	timer := time.NewTimer(p.timeout)
	defer timer.Stop()
	select {
	case p.writes <- bytes.Clone(b): // the writer always comes back for more, or the port is closed
	case <-p.done:
		return 0, io.ErrClosedPipe
	}
	select {
	case err := <-p.written:
		if err != nil {
			return 0, err
		}
		return len(b), nil
	case <-p.done:
		return 0, io.ErrClosedPipe
	case <-timer.C:
		p.stalled.Store(true)
		p.Close()
		return 0, errWriteStalled
	}
}

// writer writes, in a goroutine of its own because some devices cannot be interrupted: it may outlive the port until
// the kernel lets go of it. It never writes after Close, when the device's descriptor may be another file's.
func (p *port) writer() {
	for {
		select {
		case <-p.done:
			return
		case b := <-p.writes:
			p.written <- p.writeAll(b)
		}
	}
}

func (p *port) writeAll(b []byte) error {
	for len(b) > 0 {
		n, err := p.rwc.Write(b)
		if err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// Close closes the device and its lock. It does not wait for the device.
func (p *port) Close() {
	p.once.Do(func() {
		close(p.done)
		go func() {
			p.rwc.Close()
			if p.lock != nil {
				p.lock.Close()
			}
		}()
	})
}

// open lets one message pass.
func (p *port) open() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gate, p.message = true, false
}

// shut lets no message pass any more, and reports whether one has: then it may have been sent.
func (p *port) shut() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gate = false
	return p.message
}

func (p *port) pass() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.gate {
		p.message = true
	}
	return p.gate
}

// quietFor is how long the device has said nothing.
func (p *port) quietFor() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Since(p.lastRead)
}
