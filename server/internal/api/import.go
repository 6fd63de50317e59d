package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"drover/server/internal/store"
)

const (
	importBatch     = 500     // rows that are written at once
	importRows      = 100_000 // in one file
	importRowErrors = 100     // that are told one by one
	importLife      = 10 * time.Minute
)

type rowError struct {
	Line    int    `json:"line" doc:"In the file, from 1."`
	Column  string `json:"column,omitempty" doc:"The name of the column."`
	Message string `json:"message"`
}

type imported struct {
	Added   int        `json:"added"`
	Updated int        `json:"updated"`
	Failed  int        `json:"failed" doc:"Rows that were left out."`
	Errors  []rowError `json:"errors" nullable:"false" doc:"Why, for the first 100 of them."`
}

func (i *imported) fail(e rowError) {
	i.Failed++
	if len(i.Errors) < importRowErrors {
		i.Errors = append(i.Errors, e)
	}
}

func (a *api) addImport() {
	register(a, huma.Operation{
		OperationID: "import-devices", Method: http.MethodPost, Path: "/api/devices/import", Tags: []string{"devices"},
		Summary: "Add or update devices from CSV",
		Description: "A header row names the columns: identity, and any of name, plate, group, protocol, model, phone, in " +
			"any order, separated by commas, semicolons or tabs. A row with an error is left out and the others are kept. " +
			"A known identity is updated; what is empty in the file stays as it was.",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"text/csv": {Schema: &huma.Schema{Type: huma.TypeString}},
		}},
		SkipValidateBody: true, BodyReadTimeout: importLife, Middlewares: huma.Middlewares{prolong},
	}, func(ctx context.Context, _ *struct{}) (*body[imported], error) {
		result, err := a.importDevices(ctx, request(ctx).Body)
		if err != nil {
			return nil, err
		}
		return answer(*result), nil
	})
}

// prolong gives an import more time than the server gives others.
func prolong(hc huma.Context, next func(huma.Context)) {
	_, w := humago.Unwrap(hc)
	connection, until := http.NewResponseController(w), time.Now().Add(importLife)
	_ = errors.Join(connection.SetReadDeadline(until), connection.SetWriteDeadline(until)) // else it has the server's time
	next(hc)
}

// importing is an import under way.
type importing struct {
	api    *api
	result imported
	lines  map[string]int // of the identities so far
	batch  []deviceRow    // to be written
}

// importDevices reads rows and writes them in batches, so that the file is never in memory as a whole.
func (a *api) importDevices(ctx context.Context, file io.Reader) (*imported, error) {
	rows, err := newDeviceRows(file)
	if err != nil {
		return nil, err
	}
	i := &importing{api: a, result: imported{Errors: []rowError{}}, lines: map[string]int{}}
	for n := 0; ; n++ {
		row, err := rows.next(a.checkDevice)
		if err == io.EOF {
			return &i.result, i.write(ctx)
		}
		if err == nil && n >= importRows {
			err = huma.Error413RequestEntityTooLarge("the file has more than " + itoa(importRows) + " rows; those before line " +
				itoa(row.line) + " are imported already")
		}
		if err == nil {
			i.add(row)
		}
		if err == nil && len(i.batch) == importBatch {
			err = i.write(ctx)
		}
		if err != nil {
			return nil, err
		}
	}
}

// add takes a row into the batch, or says why not.
func (i *importing) add(row deviceRow) {
	identity := row.device.Identity
	if before := i.lines[identity]; row.wrong == nil && before != 0 {
		row.wrong = &rowError{row.line, "identity", "want each identity once; it stands on line " + itoa(before) + " too"}
	}
	if row.wrong != nil {
		i.result.fail(*row.wrong)
		return
	}
	i.lines[identity] = row.line
	i.batch = append(i.batch, row)
}

// write writes the batch.
func (i *importing) write(ctx context.Context) error {
	if len(i.batch) == 0 {
		return nil
	}
	devices := mapped(i.batch, func(row *deviceRow) store.NewDevice { return row.device })
	done, err := i.api.Store.ImportDevices(ctx, organization(ctx), devices)
	if err != nil {
		return err
	}
	i.result.Added += done.Added
	i.result.Updated += done.Updated
	for _, failed := range done.Failed {
		i.result.fail(rowError{Line: i.batch[failed.Row].line, Message: failed.Message})
	}
	i.batch = i.batch[:0]
	return nil
}
