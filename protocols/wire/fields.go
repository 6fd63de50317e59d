package wire

import "bytes"

// CutFields cuts data at each separator into fields, as many as there is room for; the last one then keeps what
// follows, separators included. It gives the fields that were filled.
func CutFields(fields []Field, data []byte, separator byte) []Field {
	n := 0
	for n < len(fields)-1 {
		end := bytes.IndexByte(data, separator)
		if end < 0 {
			break
		}
		fields[n] = data[:end:end]
		data = data[end+1:]
		n++
	}
	if len(fields) > 0 {
		fields[n] = data
		n++
	}
	return fields[:n]
}

// Fields cuts a text message at its separators, in place. The zero Fields has none.
type Fields struct {
	data []byte
	sep  byte
	next int // where the next field starts; past the end when none is left
}

// NewFields cuts data, which it borrows, at each sep. An empty message has one empty field.
func NewFields(data []byte, sep byte) Fields { return Fields{data: data, sep: sep} }

// More is whether there is another field.
func (f *Fields) More() bool { return f.next <= len(f.data) && f.sep != 0 }

// Offset is where the next field starts.
func (f *Fields) Offset() int { return f.next }

// Next gives the next field; nil when none is left.
func (f *Fields) Next() Field {
	if !f.More() {
		return nil
	}
	from := f.next
	for f.next < len(f.data) && f.data[f.next] != f.sep {
		f.next++
	}
	field := f.data[from:f.next]
	f.next++
	return field
}

// Rest gives all that is left, separators included; nil when nothing is.
func (f *Fields) Rest() Field {
	if !f.More() {
		return nil
	}
	from := f.next
	f.next = len(f.data) + 1
	return f.data[from:]
}
