package wire

import "math"

// MaxColumns is the most columns that a message is cut into; the last one keeps what follows.
const MaxColumns = 160

// maxColumnBytes is how much of a message Columns looks at.
const maxColumnBytes = math.MaxUint16 - 1

// Columns is a text message cut at a separator. It borrows the message and belongs to one goroutine.
type Columns struct {
	data  []byte
	start [MaxColumns]uint16
	n     int
}

// Cut borrows data and finds its columns.
func (c *Columns) Cut(data []byte, separator byte) {
	if len(data) > maxColumnBytes {
		data = data[:maxColumnBytes]
	}
	c.data, c.start[0], c.n = data, 0, 1
	for i := 0; i < len(data) && c.n < MaxColumns; i++ {
		if data[i] == separator {
			c.start[c.n] = uint16(i + 1)
			c.n++
		}
	}
}

// Len is how many columns there are, at least 1 after a Cut.
func (c *Columns) Len() int { return c.n }

// At is column i; nil if there is none.
func (c *Columns) At(i int) Field { return c.Span(i, i+1) }

// Span is the columns from i up to but not including j, with the separators between them.
func (c *Columns) Span(i, j int) Field {
	if i < 0 || i >= min(j, c.n) {
		return nil
	}
	end := len(c.data)
	if j < c.n {
		end = int(c.start[j]) - 1
	}
	return c.data[c.start[i]:end:end]
}

// Offset is the byte at which column i starts, the message's end if there is none.
func (c *Columns) Offset(i int) int {
	if i < 0 || i >= c.n {
		return len(c.data)
	}
	return int(c.start[i])
}

// Fail is an error about column i.
func (c *Columns) Fail(field string, i int, err error) error {
	return &Error{Field: field, Offset: c.Offset(i), Err: err}
}
