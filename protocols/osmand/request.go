package osmand

import (
	"bytes"

	"drover/protocols/wire"
)

const (
	maxHead = 1 << 14 // bytes of a request before its body
	maxBody = 1 << 18 // bytes of a body as it comes, chunks' heads included
)

// request is what stands where in a request. The body of one in chunks is not joined yet.
type request struct {
	query   []byte
	head    int  // bytes before the body
	length  int  // of the body, if it is not in chunks
	chunked bool // the body is in chunks
	close   bool // the client wants the connection to end
	json    bool // the body says that it is JSON
	form    bool // the body says that it is a form
}

var (
	headEnd = []byte("\r\n\r\n")
	lineEnd = []byte("\r\n")
)

// parse reads request line and headers; more says that they are not all there.
func parse(data []byte) (r request, more bool, err error) {
	end := bytes.Index(data[:min(len(data), maxHead)], headEnd)
	switch {
	case end < 0 && len(data) >= maxHead:
		return r, false, &wire.Error{Field: "headers", Offset: maxHead, Err: wire.ErrTooLong}
	case end < 0:
		return r, methodFits(data), methodError(data)
	}
	r.head = end + len(headEnd)
	line, rest, _ := bytes.Cut(data[:end], lineEnd)
	_, target, _ := bytes.Cut(line, space)
	last := bytes.LastIndexByte(target, ' ') // some clients do not escape spaces
	if last < 0 || !methodFits(data) || !bytes.HasPrefix(target[last+1:], []byte("HTTP/1.")) {
		return r, false, &wire.Error{Field: "request line", Offset: 0, Err: wire.ErrUnknown}
	}
	target, version := target[:last], target[last+1:]
	_, r.query, _ = bytes.Cut(target, []byte{'?'})
	r.query, _, _ = bytes.Cut(r.query, []byte{'#'})
	r.close = string(version) == "HTTP/1.0"
	for len(rest) > 0 {
		line, rest, _ = bytes.Cut(rest, lineEnd)
		name, value, _ := bytes.Cut(line, []byte{':'})
		if err := r.header(name, bytes.TrimSpace(value), len(data)-len(rest)); err != nil {
			return r, false, err
		}
	}
	return r, false, nil
}

var space = []byte{' '}

// methodFits is whether data starts with a method that a client of the family uses, as far as it has come.
func methodFits(data []byte) bool {
	for _, method := range [...]string{"GET ", "POST ", "PUT ", "HEAD "} {
		n := min(len(data), len(method))
		if string(data[:n]) == method[:n] {
			return true
		}
	}
	return false
}

func methodError(data []byte) error {
	if methodFits(data) {
		return nil
	}
	return &wire.Error{Field: "request line", Offset: 0, Err: wire.ErrUnknown}
}

// header takes what a header says of the body and the connection.
func (r *request) header(name, value []byte, at int) error {
	switch {
	case is(name, "content-length"):
		for _, c := range value {
			if c < '0' || c > '9' || r.length > maxBody {
				return &wire.Error{Field: "content-length", Offset: at, Err: wire.ErrValue}
			}
			r.length = r.length*10 + int(c-'0')
		}
		if r.length > maxBody {
			return &wire.Error{Field: "content-length", Offset: at, Err: wire.ErrTooLong}
		}
	case is(name, "transfer-encoding"):
		if !is(value, "chunked") {
			return &wire.Error{Field: "transfer-encoding", Offset: at, Err: wire.ErrUnknown}
		}
		r.chunked = true
	case is(name, "connection"):
		r.close = is(value, "close") || r.close && !is(value, "keep-alive")
	case is(name, "content-type"):
		kind, _, _ := bytes.Cut(value, []byte{';'})
		r.json = is(bytes.TrimSpace(kind), "application/json")
		r.form = is(bytes.TrimSpace(kind), "application/x-www-form-urlencoded")
	}
	return nil
}

// is compares with a word in lower case.
func is(b []byte, word string) bool {
	if len(b) != len(word) {
		return false
	}
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != word[i] {
			return false
		}
	}
	return true
}

// Split cuts whole requests. What follows the head is as long as Content-Length says, or ends with an empty chunk.
func (c *codec) Split(data []byte, _ bool) (advance int, frame []byte, err error) {
	start := 0
	for start < len(data) && (data[start] == '\r' || data[start] == '\n') {
		start++
	}
	if start > 0 || len(data) == 0 {
		return start, nil, nil
	}
	r, more, err := parse(data)
	if more || err != nil {
		return 0, nil, err
	}
	n := r.head + r.length
	if r.chunked {
		size, err := chunks(data[r.head:], nil)
		if err != nil || size == 0 {
			return 0, nil, err
		}
		n = r.head + size
	}
	if len(data) < n {
		return 0, nil, nil
	}
	return n, data[:n], nil
}

// chunks walks over a body in chunks and appends what they hold to into, if that is not nil. It gives the bytes of all,
// 0 if they have not all come.
func chunks(data []byte, into *[]byte) (int, error) {
	at := 0
	for {
		if at > maxBody {
			return 0, &wire.Error{Field: "chunk", Offset: at, Err: wire.ErrTooLong}
		}
		end := bytes.Index(data[at:], lineEnd)
		if end < 0 {
			if len(data)-at > 1024 {
				return 0, &wire.Error{Field: "chunk size", Offset: at, Err: wire.ErrTooLong}
			}
			return 0, nil
		}
		size, ok := chunkSize(data[at : at+end])
		if !ok {
			return 0, &wire.Error{Field: "chunk size", Offset: at, Err: wire.ErrValue}
		}
		at += end + len(lineEnd)
		if size == 0 {
			return trailer(data, at), nil
		}
		if len(data) < at+size+len(lineEnd) {
			return 0, nil
		}
		if into != nil {
			*into = append(*into, data[at:at+size]...)
		}
		at += size + len(lineEnd)
	}
}

// trailer is where the headers after the last chunk end, 0 if they have not all come.
func trailer(data []byte, at int) int {
	for {
		end := bytes.Index(data[at:], lineEnd)
		if end < 0 {
			return 0
		}
		at += end + len(lineEnd)
		if end == 0 {
			return at
		}
	}
}

// chunkSize reads hexadecimal digits up to a semicolon.
func chunkSize(line []byte) (int, bool) {
	line, _, _ = bytes.Cut(line, []byte{';'})
	line = bytes.TrimSpace(line)
	n := 0
	for _, c := range line {
		d, ok := nibble(c)
		if !ok || n > maxBody {
			return 0, false
		}
		n = n<<4 | int(d)
	}
	return n, len(line) > 0 && n <= maxBody
}

// nibble reads a hexadecimal digit.
func nibble(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}
