package api

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/store"
)

// writeProblem answers with a problem of RFC 9457.
func writeProblem(w http.ResponseWriter, status int, detail string, errs ...*huma.ErrorDetail) {
	problem := huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: detail, Errors: errs}
	body, err := json.Marshal(&problem)
	if err != nil { // a value in errs that JSON has no form for
		problem.Errors = nil
		body, _ = json.Marshal(&problem)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // nobody is left to tell
}

// writeError answers with the problem that an error is.
func (a *api) writeError(w http.ResponseWriter, r *http.Request, err error) {
	err = a.problem(r, err)
	var headers huma.HeadersError
	if errors.As(err, &headers) {
		maps.Copy(w.Header(), headers.GetHeaders())
	}
	var model *huma.ErrorModel
	if errors.As(err, &model) {
		writeProblem(w, model.Status, model.Detail, model.Errors...)
	}
}

// problem turns what the store said into what the caller is told. What nobody foresaw is logged, and told without its
// words.
func (a *api) problem(r *http.Request, err error) error {
	var status huma.StatusError
	var network net.Error // between here and the database
	switch {
	case err == nil || errors.As(err, &status):
		return err
	case errors.Is(err, store.ErrNotFound):
		return huma.Error404NotFound("there is no such thing here, or it belongs to another organization")
	case errors.Is(err, store.ErrExists), errors.Is(err, store.ErrHeld):
		return huma.Error409Conflict(plainly(err))
	case errors.Is(err, store.ErrStale):
		return huma.Error412PreconditionFailed("this was changed by somebody else meanwhile; look at it again")
	case errors.Is(err, store.ErrInvalid):
		return huma.Error422UnprocessableEntity(plainly(err))
	case errors.Is(err, context.DeadlineExceeded):
		return huma.Error503ServiceUnavailable("this took too long; ask for less at once, such as a shorter time")
	case errors.Is(err, store.ErrUnreachable) || errors.As(err, &network):
		return huma.ErrorWithHeaders(huma.Error503ServiceUnavailable("the database cannot be reached; try again in a moment"),
			http.Header{"Retry-After": {"5"}})
	case errors.Is(err, context.Canceled):
		return huma.NewError(statusGone, "the caller went away")
	}
	a.Log.Error().Err(err).Str("method", r.Method).Str("path", loggable(r)).Msg("a request failed")
	return huma.Error500InternalServerError("the server failed at this; its log says why")
}

// statusGone is seen only in the log: there is no longer anybody to answer (the number that nginx gives it).
const statusGone = 499

// plainly gives the words of a store's error for people: without the package's name before them.
func plainly(err error) string { return strings.TrimPrefix(err.Error(), "store: ") }
