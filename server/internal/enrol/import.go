package enrol

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

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

// importing is an import under way.
type importing struct {
	Import
	result Result
	lines  map[string]int // of the identities so far
	batch  []row          // to be written
}

// Read takes the rows of a file in batches, so that it is never in memory as a whole. A row with an error is left out
// and the others are kept. After an error (a *FileError, a *LengthError, ErrBroken, or one of Write) rows before it may
// be in already.
func (i Import) Read(ctx context.Context, file io.Reader) (*Result, error) {
	rows, err := newRows(file)
	if err != nil {
		return nil, err
	}
	run := &importing{Import: i, lines: map[string]int{}}
	for n := 0; ; n++ {
		next, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if n == i.Most && n > 0 {
			return nil, &LengthError{i.Most, next.line}
		}
		run.add(next)
		if len(run.batch) == batchRows {
			if err := run.write(ctx); err != nil {
				return nil, err
			}
		}
	}
	return &run.result, run.write(ctx)
}

// add takes a row into the batch, or notes why not.
func (i *importing) add(next row) {
	if next.wrong == nil {
		if f := Check(&next.device, i.Protocols); f != nil {
			next.wrong = &RowError{next.line, f.Member, f.Message}
		}
	}
	if before := i.lines[next.device.Identity]; next.wrong == nil && before != 0 {
		next.wrong = &RowError{next.line, "identity",
			"want each identity once; it stands on line " + strconv.Itoa(before) + " too"}
	}
	if next.wrong != nil {
		i.result.fail(*next.wrong)
		return
	}
	i.lines[next.device.Identity] = next.line
	i.batch = append(i.batch, next)
}

// write writes the batch.
func (i *importing) write(ctx context.Context) error {
	if len(i.batch) == 0 {
		return nil
	}
	devices := make([]store.NewDevice, len(i.batch))
	for at := range i.batch {
		devices[at] = i.batch[at].device
	}
	done, err := i.Write(ctx, devices)
	if err != nil {
		return err
	}
	i.result.Added += done.Added
	i.result.Updated += done.Updated
	for _, failed := range done.Failed {
		i.result.fail(RowError{Line: i.batch[failed.Row].line, Message: failed.Message})
	}
	i.batch = i.batch[:0]
	return nil
}
