package api

import (
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// failures gives the statuses of the problems that an operation may answer with, for the document: what the guard, the
// validation, the limits and the store say in general. What else one says stands in its own Errors.
func failures(o *huma.Operation, p permission, in reflect.Type) []int {
	codes := []int{http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable}
	if !p.public {
		codes = append(codes, http.StatusUnauthorized, http.StatusForbidden)
	}
	if in.NumField() > 0 {
		codes = append(codes, http.StatusBadRequest)
	}
	if strings.Contains(o.Path, "{") {
		codes = append(codes, http.StatusNotFound)
	}
	if o.Method != http.MethodGet { // another site, a name that is taken, a thing that is in use
		codes = append(codes, http.StatusForbidden, http.StatusConflict)
	}
	if _, matches := in.FieldByName("IfMatch"); matches {
		codes = append(codes, http.StatusPreconditionFailed)
	}
	_, body := in.FieldByName("Body")
	_, raw := in.FieldByName("RawBody")
	if body || raw {
		codes = append(codes, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	codes = append(codes, o.Errors...)
	slices.Sort(codes)
	return slices.Compact(codes)
}
