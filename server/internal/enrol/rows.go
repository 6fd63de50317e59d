package enrol

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// ErrBroken says that a file could not be read to its end.
var ErrBroken = errors.New("the file broke off")

// FileError says where a file stops being a table.
type FileError struct {
	Line    int    // from 1
	Place   string // in the line: a column's name, or a character's number
	Message string
}

// Error names the line and the place in it.
func (e *FileError) Error() string {
	return fmt.Sprintf("the file cannot be read from line %d, %s on: %s", e.Line, e.Place, e.Message)
}

// row is one of a file.
type row struct {
	values []string // by the names of columns that there may be; "" for those that the file has not
	line   int
	wrong  *RowError // nil if nothing is
}

// rows reads CSV, one row at a time.
type rows struct {
	csv     *csv.Reader
	names   []string // of the columns that there may be
	columns []int    // the place in names of each of the header row's
}

// newRows reads the header row, which names the key and any others of names, or their aliases. The separator is the one
// of comma, semicolon and tab that the first line has most of.
func newRows(file io.Reader, names []string, key string, alias map[string]string) (*rows, error) {
	buffered := bufio.NewReaderSize(file, 64<<10)
	if start, _ := buffered.Peek(3); bytes.Equal(start, []byte("\ufeff")) {
		_, _ = buffered.Discard(3) // just peeked at
	}
	start, _ := buffered.Peek(4096)
	first, _, _ := strings.Cut(string(start), "\n")
	r := &rows{csv: csv.NewReader(buffered), names: names}
	r.csv.ReuseRecord = true
	for _, separator := range []rune{';', '\t'} {
		if strings.Count(first, string(separator)) > strings.Count(first, string(r.csv.Comma)) {
			r.csv.Comma = separator
		}
	}
	header, err := r.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, &FileError{1, "header", "want a header row such as " + strings.Join(names, ",")}
	}
	if err != nil {
		return nil, unreadable(err)
	}
	return r, r.setColumns(header, key, alias)
}

func (r *rows) setColumns(header []string, key string, alias map[string]string) error {
	for _, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		at := slices.Index(r.names, name)
		if other := alias[name]; other != "" {
			at = slices.Index(r.names, other)
		}
		if at < 0 || slices.Contains(r.columns, at) {
			return &FileError{1, strconv.QuoteToASCII(name), "want each column once, of " + strings.Join(r.names, ", ")}
		}
		r.columns = append(r.columns, at)
	}
	if !slices.Contains(r.columns, slices.Index(r.names, key)) {
		return &FileError{1, key, "want this column"}
	}
	return nil
}

// next gives the next row, or an error that ends the file: io.EOF at its end.
func (r *rows) next() (next row, err error) {
	record, err := r.csv.Read()
	short := errors.Is(err, csv.ErrFieldCount)
	switch {
	case errors.Is(err, io.EOF):
		return next, io.EOF
	case err != nil && !short:
		return next, unreadable(err)
	}
	next.line, _ = r.csv.FieldPos(0)
	if short {
		next.wrong = &RowError{Line: next.line, Message: fmt.Sprintf(
			"want %d columns as in the header row, there are %d", len(r.columns), len(record))}
		return next, nil
	}
	next.values = make([]string, len(r.names))
	for i, at := range r.columns {
		next.values[at] = strings.Clone(record[i])
	}
	return next, nil
}

func unreadable(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return &FileError{parse.Line, "character " + strconv.Itoa(parse.Column), parse.Err.Error()}
	}
	return fmt.Errorf("%w: %w", ErrBroken, err)
}
