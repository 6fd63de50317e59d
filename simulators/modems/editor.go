package modems

// lineLimit is the longest command line, and dataLimit the longest message body; what is longer is answered with an
// error.
const (
	lineLimit = 4096
	dataLimit = 4096
)

const (
	backspace = 0x08
	ctrlZ     = 0x1a
	escape    = 0x1b
	rubout    = 0x7f
)

// editor collects what a client types: a command line up to its CR, or a message body up to Ctrl-Z. NULs are nothing,
// ESC forgets the line, and backspace takes a character back.
type editor struct {
	typed []byte
	over  bool // more was typed than the limit
}

// command takes one byte in command mode. A whole line is given without its CR; over: it was too long.
func (e *editor) command(b byte) (line string, whole, over bool) {
	switch b {
	case '\r':
		line, over = string(e.typed), e.over
		e.reset()
		return line, true, over
	case '\n', 0:
	case escape:
		e.reset()
	case backspace, rubout:
		e.typed = e.typed[:max(0, len(e.typed)-1)]
	default:
		e.add(b, lineLimit)
	}
	return "", false, false
}

// bodyState is a message body's state after a byte.
type bodyState int

const (
	bodyGrows bodyState = iota
	bodyLine            // a line of a text ended: the next is asked for
	bodyWhole
	bodyTooLong
	bodyGivenUp // ESC
)

// body takes one byte after a prompt. In PDU mode line ends are nothing.
func (e *editor) body(b byte, text bool) (body []byte, state bodyState) {
	switch b {
	case ctrlZ:
		body, state = append([]byte(nil), e.typed...), bodyWhole
		if e.over {
			body, state = nil, bodyTooLong
		}
		e.reset()
		return body, state
	case escape:
		e.reset()
		return nil, bodyGivenUp
	case backspace, rubout:
		e.typed = e.typed[:max(0, len(e.typed)-1)]
	case 0:
	case '\r', '\n':
		if text && b == '\r' {
			e.add('\n', dataLimit)
			return nil, bodyLine
		}
	default:
		e.add(b, dataLimit)
	}
	return nil, bodyGrows
}

func (e *editor) add(b byte, limit int) {
	if len(e.typed) >= limit {
		e.over = true
		return
	}
	e.typed = append(e.typed, b)
}

func (e *editor) reset() { e.typed, e.over = e.typed[:0], false }
