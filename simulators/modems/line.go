package modems

import (
	"io"
	"sync"
	"time"
)

const (
	// outputLimit is what waits for a client that does not read, in bytes. What comes then is lost, as on a wire without
	// flow control.
	outputLimit = 256 << 10
	// heldURCs is how many lines unasked for are kept while a client types a message; later ones are lost.
	heldURCs = 1000
)

// line is one client's connection to a modem.
type line struct {
	modem *Modem
	conn  io.ReadWriteCloser

	// of the goroutine that reads
	editor editor
	last   string // for A/
	boots  int    // of the modem, when this was typed
	open   *call  // waits for its body

	mu     sync.Mutex
	out    []byte
	asked  bool     // a prompt is out: URCs are held
	held   []string // URCs
	closed bool
	wake   chan struct{}
}

func newLine(m *Modem, conn io.ReadWriteCloser) *line {
	return &line{modem: m, conn: conn, wake: make(chan struct{}, 1)}
}

// run reads until the connection ends. A modem that hangs reads nothing.
func (l *line) run() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		l.pump()
	}()
	defer func() {
		l.close()
		<-done
	}()
	buf := make([]byte, 1024)
	for l.modem.awake() {
		n, err := l.conn.Read(buf)
		if err != nil || !l.modem.awake() {
			return
		}
		l.modem.pace(n)
		if !l.powered() {
			continue // it boots: what is typed is lost
		}
		for _, b := range buf[:n] {
			if !l.modem.awake() { // one of these bytes may have ended a command that made it hang
				return
			}
			l.take(b)
		}
	}
}

// powered forgets what was typed before a boot, and is false during one.
func (l *line) powered() bool {
	boots, booting := l.modem.power()
	if boots != l.boots {
		l.boots, l.open = boots, nil
		l.editor.reset()
		l.releaseURCs()
	}
	return !booting
}

// take does with one byte what is to be done at this point of the dialogue.
func (l *line) take(b byte) {
	l.echo(b)
	if l.open == nil {
		words, whole, over := l.editor.command(b)
		switch {
		case over:
			l.finish(&call{Modem: l.modem, line: l, verdict: &verdict{}}, errPlain)
		case whole:
			l.execute(words)
		}
		l.hold(l.open != nil)
		return
	}
	body, state := l.editor.body(b, l.modem.textMode())
	switch state {
	case bodyGrows:
	case bodyLine:
		l.send([]byte("\r\n> "))
	default:
		l.bodyDone(body, state)
	}
}

// echo gives back what was typed, but for ESC, Ctrl-Z and NUL.
func (l *line) echo(b byte) {
	if b == escape || b == ctrlZ || b == 0 || !l.modem.echoes() {
		return
	}
	l.send([]byte{b})
}

// send queues bytes for the client.
func (l *line) send(p []byte) {
	l.mu.Lock()
	if !l.closed && len(l.out)+len(p) <= outputLimit {
		l.out = append(l.out, p...)
	}
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// urc says a line that nobody asked for, now or when the message that is typed is done.
func (l *line) urc(text string) {
	l.mu.Lock()
	asked := l.asked
	if asked && len(l.held) < heldURCs {
		l.held = append(l.held, text)
	}
	l.mu.Unlock()
	if !asked {
		l.send([]byte("\r\n" + text + "\r\n"))
	}
}

func (l *line) hold(on bool) {
	l.mu.Lock()
	l.asked = on
	l.mu.Unlock()
}

func (l *line) releaseURCs() {
	l.mu.Lock()
	held := l.held
	l.held, l.asked = nil, false
	l.mu.Unlock()
	for _, text := range held {
		l.urc(text)
	}
}

// pump writes what is queued, until the line is closed.
func (l *line) pump() {
	for range l.wake {
		for {
			l.mu.Lock()
			out, closed := l.out, l.closed
			l.out = nil
			l.mu.Unlock()
			if closed {
				return
			}
			if len(out) == 0 {
				break
			}
			if !l.write(out) {
				return
			}
		}
	}
}

// write is slow where the modem is, and false when the connection is gone.
func (l *line) write(p []byte) bool {
	for len(p) > 0 {
		n := len(p)
		if d := l.modem.byteTime(); d > 0 {
			n = min(n, 16)
			l.modem.sleep(time.Duration(n) * d)
		}
		if _, err := l.conn.Write(p[:n]); err != nil {
			return false
		}
		p = p[n:]
	}
	return true
}

// close ends the connection; it may be called by anybody and often.
func (l *line) close() {
	l.mu.Lock()
	first := !l.closed
	l.closed = true
	l.mu.Unlock()
	l.conn.Close()
	if first {
		select {
		case l.wake <- struct{}{}:
		default:
		}
	}
}
