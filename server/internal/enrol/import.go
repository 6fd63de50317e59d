package enrol

import (
	"context"
	"fmt"
	"io"

	"drover/server/internal/store"
)

const (
	batchRows  = 500 // that are written at once
	toldErrors = 100 // that are told one by one
)

// Import takes devices from CSV. A header row names the columns: identity (or imei), and any of name, plate, group,
// protocol, model, phone, in any order, separated by commas, semicolons or tabs.
type Import struct {
	Protocols []string // that a device may name
	Most      int      // rows; 0 for any number
	Write     func(context.Context, []store.NewDevice) (store.Imported, error)
}

// RowError says why a row was left out.
type RowError struct {
	Line    int    // in the file, from 1
	Column  string // "" for the row as a whole
	Message string
}

// Result is what became of a file's rows.
type Result struct {
	Added, Updated int
	Failed         int        // rows that were left out
	Errors         []RowError // why, for the first 100 of them
}

func (r *Result) fail(e RowError) {
	r.Failed++
	if len(r.Errors) < toldErrors {
		r.Errors = append(r.Errors, e)
	}
}

// LengthError says that a file has more rows than are taken. Those before Line are in already.
type LengthError struct{ Most, Line int }

// Error says how many are taken.
func (e *LengthError) Error() string {
	return fmt.Sprintf("the file has more than %d rows; those before line %d are imported already", e.Most, e.Line)
}

// Read takes the rows of a file in batches, so that it is never in memory as a whole. A row with an error is left out
// and the others are kept. After an error (a *FileError, a *LengthError, ErrBroken, or one of Write) rows before it may
// be in already.
func (i Import) Read(ctx context.Context, file io.Reader) (*Result, error) {
	return table[store.NewDevice]{
		columns: columns, key: "identity", alias: map[string]string{"imei": "identity"}, most: i.Most, write: i.Write,
		check: func(d *store.NewDevice) *Fault { return Check(d, i.Protocols) },
		name:  func(d *store.NewDevice) string { return d.Identity },
	}.read(ctx, file)
}
