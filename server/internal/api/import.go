package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"drover/server/internal/enrol"
	"drover/server/internal/store"
)

const (
	importRows = 100_000 // in one file
	importLife = 10 * time.Minute
)

type rowError struct {
	Line    int    `json:"line" doc:"In the file, from 1."`
	Column  string `json:"column,omitempty" doc:"The name of the column."`
	Message string `json:"message"`
}

type imported struct {
	Added   int        `json:"added" example:"41"`
	Updated int        `json:"updated" example:"2"`
	Failed  int        `json:"failed" doc:"Rows that were left out."`
	Errors  []rowError `json:"errors" nullable:"false" doc:"Why, for the first 100 of them."`
	Try     bool       `json:"dry_run" doc:"Nothing was changed."`
}

type importInput struct {
	Try bool `query:"dry_run" doc:"Say what would become of the rows, and change nothing."`
}

func (a *api) addImport() {
	register(a, huma.Operation{
		OperationID: "import-devices", Method: http.MethodPost, Path: "/api/devices/import", Tags: []string{"devices"},
		Summary: "Add or update devices from CSV",
		Description: "A header row names the columns: identity, and any of name, plate, group, protocol, model, phone, in " +
			"any order, separated by commas, semicolons or tabs. A group is a path such as North/Depot 2, and made as needed. " +
			"A row with an error is left out and the others are kept. A known identity is updated; what is empty in the file " +
			"stays as it was.",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"text/csv": {Schema: &huma.Schema{Type: huma.TypeString}},
		}},
		SkipValidateBody: true, BodyReadTimeout: importLife, Middlewares: huma.Middlewares{prolong},
	}, func(ctx context.Context, in *importInput) (*body[imported], error) {
		result, err := a.importDevices(ctx, request(ctx).Body, in.Try)
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

// importDevices reads rows and writes them in batches, so that the file is never in memory as a whole.
func (a *api) importDevices(ctx context.Context, file io.Reader, try bool) (*imported, error) {
	rows := enrol.Import{
		Protocols: a.protocols(), Most: importRows,
		Write: func(ctx context.Context, devices []store.NewDevice) (store.Imported, error) {
			return a.Store.ImportDevices(ctx, scope(ctx), devices, try)
		},
	}
	done, err := rows.Read(ctx, file)
	if err != nil {
		return nil, importProblem(err)
	}
	result := importedOf(done, try)
	return &result, nil
}

func importedOf(done *enrol.Result, try bool) imported {
	return imported{
		Added: done.Added, Updated: done.Updated, Failed: done.Failed, Try: try,
		Errors: mapped(done.Errors, func(e *enrol.RowError) rowError { return rowError(*e) }),
	}
}

// importProblem tells an error that ended an import.
func importProblem(err error) error {
	var large *http.MaxBytesError
	var long *enrol.LengthError
	var unreadable *enrol.FileError
	switch {
	case errors.As(err, &large):
		return huma.Error413RequestEntityTooLarge(fmt.Sprintf("the file is larger than %d bytes", large.Limit))
	case errors.As(err, &long):
		return huma.Error413RequestEntityTooLarge(long.Error())
	case errors.As(err, &unreadable):
		line := "line " + strconv.Itoa(unreadable.Line)
		return huma.Error422UnprocessableEntity("the file cannot be read from "+line+" on",
			&huma.ErrorDetail{Location: line + ", " + unreadable.Place, Message: unreadable.Message})
	case errors.Is(err, enrol.ErrBroken):
		return huma.Error400BadRequest(err.Error())
	}
	return err
}
