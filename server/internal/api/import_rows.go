package api

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/store"
)

// deviceRows reads devices from CSV, one at a time.
type deviceRows struct {
	csv     *csv.Reader
	columns []string // of the header row, in its order
}

// deviceColumn gives the place of a column's value; nil for a name that is none.
func deviceColumn(d *store.NewDevice, name string) *string {
	switch name {
	case "identity":
		return &d.Identity
	case "name":
		return &d.Name
	case "plate":
		return &d.Plate
	case "group":
		return &d.Group
	case "protocol":
		return &d.Protocol
	case "model":
		return &d.Model
	case "phone":
		return &d.Phone
	}
	return nil
}

// newDeviceRows reads the header row. The separator is the one of comma, semicolon and tab that the first line has
// most of.
func newDeviceRows(file io.Reader) (*deviceRows, error) {
	buffered := bufio.NewReaderSize(file, 64<<10)
	if start, _ := buffered.Peek(3); bytes.Equal(start, []byte("\ufeff")) {
		_, _ = buffered.Discard(3) // just peeked at
	}
	start, _ := buffered.Peek(4096)
	first, _, _ := strings.Cut(string(start), "\n")
	rows := &deviceRows{csv: csv.NewReader(buffered)}
	rows.csv.ReuseRecord = true
	for _, separator := range []rune{';', '\t'} {
		if strings.Count(first, string(separator)) > strings.Count(first, string(rows.csv.Comma)) {
			rows.csv.Comma = separator
		}
	}
	header, err := rows.csv.Read()
	if err == io.EOF {
		return nil, importProblem(1, "header", "want a header row such as identity,name,plate,protocol,model,phone")
	}
	if err != nil {
		return nil, unreadable(err)
	}
	return rows, rows.setColumns(header)
}

func (r *deviceRows) setColumns(header []string) error {
	seen := map[string]bool{}
	for _, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if deviceColumn(&store.NewDevice{}, name) == nil || seen[name] {
			return importProblem(1, strconv.QuoteToASCII(name),
				"want each column once, of identity, name, plate, group, protocol, model, phone")
		}
		seen[name] = true
		r.columns = append(r.columns, name)
	}
	if !seen["identity"] {
		return importProblem(1, "identity", "want this column")
	}
	return nil
}

// deviceRow is a row of an import.
type deviceRow struct {
	device store.NewDevice
	line   int
	wrong  *rowError // nil if nothing is
}

// next gives the next row, or an error that ends the file: io.EOF at its end.
func (r *deviceRows) next(check func(*store.NewDevice) *fault) (row deviceRow, err error) {
	record, err := r.csv.Read()
	if err == io.EOF {
		return row, io.EOF
	}
	if err != nil && !errors.Is(err, csv.ErrFieldCount) {
		return row, unreadable(err)
	}
	row.line, _ = r.csv.FieldPos(0)
	if err != nil {
		row.wrong = &rowError{Line: row.line, Message: "want " + itoa(len(r.columns)) +
			" columns as in the header row, there are " + itoa(len(record))}
		return row, nil
	}
	for i, name := range r.columns {
		*deviceColumn(&row.device, name) = strings.Clone(record[i])
	}
	if f := check(&row.device); f != nil {
		row.wrong = &rowError{row.line, f.member, f.message}
	}
	return row, nil
}

// unreadable says where a file stops being CSV.
func unreadable(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return huma.Error413RequestEntityTooLarge("the file is larger than " + itoa(int(large.Limit)) + " bytes")
	}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return importProblem(parse.Line, "character "+itoa(parse.Column), parse.Err.Error())
	}
	return huma.Error400BadRequest("the file broke off: " + err.Error())
}

// importProblem is an error that ends an import. Rows before it, if there are any, may be imported already.
func importProblem(line int, column, message string) error {
	return huma.Error422UnprocessableEntity("the file cannot be read from line "+itoa(line)+" on", &huma.ErrorDetail{
		Location: "line " + itoa(line) + ", " + column, Message: message,
	})
}

func itoa(n int) string { return strconv.Itoa(n) }
