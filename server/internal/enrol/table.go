package enrol

import (
	"context"
	"errors"
	"io"
	"strconv"

	"drover/server/internal/store"
)

// table says how rows of CSV become things, and where they go.
type table[T any] struct {
	columns func(*T) []column // the members of a thing that columns may name
	key     string            // the column that must be there
	alias   map[string]string // other names of columns
	check   func(*T) *Fault   // brings the members into their form
	name    func(*T) string   // what each thing has for itself; it stands on one row only
	most    int               // rows; 0 for any number
	write   func(context.Context, []T) (store.Imported, error)
}

// reading is a table under way.
type reading[T any] struct {
	table[T]
	result Result
	lines  map[string]int // of the names so far
	batch  []T            // to be written
	at     []int          // the lines of the batch
}

func (t table[T]) read(ctx context.Context, file io.Reader) (*Result, error) {
	var names []string
	for _, c := range t.columns(new(T)) {
		names = append(names, c.name)
	}
	rows, err := newRows(file, names, t.key, t.alias)
	if err != nil {
		return nil, err
	}
	run := &reading[T]{table: t, lines: map[string]int{}}
	for n := 0; ; n++ {
		next, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if n == t.most && n > 0 {
			return nil, &LengthError{t.most, next.line}
		}
		run.add(next)
		if len(run.batch) == batchRows {
			if err := run.flush(ctx); err != nil {
				return nil, err
			}
		}
	}
	return &run.result, run.flush(ctx)
}

// add takes a row into the batch, or notes why not.
func (r *reading[T]) add(next row) {
	var thing T
	if next.wrong == nil {
		for i, c := range r.columns(&thing) {
			*c.value = next.values[i]
		}
		if f := r.check(&thing); f != nil {
			next.wrong = &RowError{next.line, f.Member, f.Message}
		}
	}
	name := r.name(&thing)
	if before := r.lines[name]; next.wrong == nil && before != 0 {
		next.wrong = &RowError{next.line, r.key,
			"want each " + r.key + " once; it stands on line " + strconv.Itoa(before) + " too"}
	}
	if next.wrong != nil {
		r.result.fail(*next.wrong)
		return
	}
	r.lines[name] = next.line
	r.batch, r.at = append(r.batch, thing), append(r.at, next.line)
}

// flush writes the batch.
func (r *reading[T]) flush(ctx context.Context) error {
	if len(r.batch) == 0 {
		return nil
	}
	done, err := r.write(ctx, r.batch)
	if err != nil {
		return err
	}
	r.result.Added += done.Added
	r.result.Updated += done.Updated
	for _, failed := range done.Failed {
		r.result.fail(RowError{Line: r.at[failed.Row], Message: failed.Message})
	}
	r.batch, r.at = r.batch[:0], r.at[:0]
	return nil
}
