package api

import (
	"errors"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"drover/protocols"
	"drover/server/internal/dispatch"
	"drover/server/internal/store"
)

// The types of problems of dangerous commands.
const (
	unconfirmed = "/problems/confirmation"
	tooFast     = "/problems/too-fast"
)

// dangerProblem is a problem of RFC 9457 that says why a dangerous command was not taken.
type dangerProblem struct {
	huma.ErrorModel
	Speed *float64 `json:"speed_kmh,omitempty" doc:"Of the vehicle; left out if it is not known."`
	Limit *float64 `json:"limit_kmh,omitempty" doc:"Above it no engine is cut."`
}

// documentDanger says so of an operation that commands something.
func (a *api) documentDanger(path string) {
	conflict := a.huma.OpenAPI().Paths[path].Post.Responses[strconv.Itoa(http.StatusConflict)]
	conflict.Content["application/problem+json"].Schema = a.schemas().Schema(reflect.TypeFor[dangerProblem](), true, "")
}

func newDanger(kind, detail string, speed, limit *float64) *dangerProblem {
	return &dangerProblem{huma.ErrorModel{Type: kind, Title: http.StatusText(http.StatusConflict),
		Status: http.StatusConflict, Detail: detail}, speed, limit}
}

func noCommands() error { return huma.Error503ServiceUnavailable("this server sends no commands") }

// commandProblem says why a command was not taken; what the store said stays as it is.
func commandProblem(err error) error {
	var question *dispatch.UnconfirmedError
	var fast *dispatch.TooFastError
	switch {
	case errors.As(err, &question):
		return newDanger(unconfirmed, question.Error(), question.Speed, nil)
	case errors.As(err, &fast):
		return newDanger(tooFast, fast.Error(), &fast.Speed, &fast.Limit)
	case errors.Is(err, dispatch.ErrNoLine), errors.Is(err, dispatch.ErrBusy), errors.Is(err, dispatch.ErrNoModem),
		errors.Is(err, dispatch.ErrNoPhone):
		return huma.Error409Conflict(err.Error())
	case errors.Is(err, dispatch.ErrNoWords), errors.Is(err, protocols.ErrNoCommand):
		return huma.Error422UnprocessableEntity("the device's protocol has no such command; a custom one may do")
	case errors.Is(err, dispatch.ErrTooMany):
		return huma.Error422UnprocessableEntity(err.Error())
	case store.IsOwn(err):
		return err
	}
	return huma.Error422UnprocessableEntity(err.Error())
}
