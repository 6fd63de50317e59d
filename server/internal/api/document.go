package api

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/protocols"
	"drover/server/internal/store"
)

// operationPatience is how long an operation may take, unless its BodyReadTimeout is longer. Streams have their own
// time.
const operationPatience = 45 * time.Second

// humaConfig is huma's, less what reaches for other hosts or adds members to answers.
func (a *api) humaConfig() huma.Config {
	format := huma.DefaultJSONFormat
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title:   "Drover",
				Version: a.Version,
				Description: "Vehicles, their trackers and where they were. Times are RFC 3339 in UTC with milliseconds; " +
					"units are in the names. A query or a member that is not described is refused. Errors are problems of RFC 9457.",
			},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", schemaName),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"session": {Type: "apiKey", In: "cookie", Name: sessionCookie, Description: "POST /api/session sets it."},
					"token":   {Type: "http", Scheme: "bearer", Description: "POST /api/tokens gives one."},
				},
			},
		},
		Formats:                      map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true, // one that is misspelt would ask for everything
	}
}

// schemaName is huma's name for a type, without the ending that tells a type which is there for the document only
// from the type that is written.
func schemaName(t reflect.Type, hint string) string {
	return strings.TrimSuffix(huma.DefaultSchemaNamer(t, hint), "Members")
}

// register declares an operation. What it may fail with becomes a problem, and who may call it stands in its
// description.
func register[I, O any](a *api, o huma.Operation, run func(context.Context, *I) (*O, error)) {
	p := permissions[o.Method+" "+o.Path]
	if !p.public {
		o.Security = []map[string][]string{{"session": {}}}
		if p.scope != "" {
			o.Security = append(o.Security, map[string][]string{"token": {}})
		}
		o.Description = joinSentences(o.Description, "Needs the role "+string(p.role)+" or one above"+neededScope(p)+".")
	}
	if !p.public && o.Method == http.MethodPost {
		o.Parameters = append(o.Parameters, idempotencyParameter())
	}
	if p.operator {
		o.Description = joinSentences(o.Description, "Only for the organization that runs the server.")
	}
	o.Errors = failures(&o, p, reflect.TypeFor[I]())
	patience := operationPatience
	if o.BodyReadTimeout > patience {
		patience = o.BodyReadTimeout
	}
	huma.Register(a.huma, o, func(ctx context.Context, in *I) (*O, error) {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		out, err := run(ctx, in)
		if err != nil {
			return nil, a.problem(request(ctx), err)
		}
		return out, nil
	})
}

// neededScope says which scope an API token must have.
func neededScope(p permission) string {
	switch p.scope {
	case "":
		return ", signed in with no token"
	case anyScope:
		return ""
	}
	return ", of a token the scope " + p.scope
}

func joinSentences(first, second string) string {
	if first == "" {
		return second
	}
	return first + " " + second
}

// addDocument serves the OpenAPI document of the operations registered so far.
func (a *api) addDocument() {
	for _, name := range []string{"ErrorModel", "DangerProblem"} {
		a.schemas().Map()[name].Properties["type"].Format = "uri-reference" // huma says that it is absolute
	}
	document, err := json.Marshal(a.huma.OpenAPI())
	a.router.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, r *http.Request) {
		if err != nil {
			a.writeError(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "application/openapi+json")
		_, _ = w.Write(document)
	})
}

func (a *api) schemas() huma.Registry { return a.huma.OpenAPI().Components.Schemas }

// instant is a time as the API writes it.
type instant time.Time

// MarshalJSON gives RFC 3339 in UTC with milliseconds.
func (i instant) MarshalJSON() ([]byte, error) {
	return time.Time(i).UTC().AppendFormat(nil, `"`+protocols.TimeLayout+`"`), nil
}

// Schema says so to OpenAPI.
func (instant) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date-time", Examples: []any{"2026-03-01T08:15:30.000Z"}}
}

// known is a time that may be zero, which is null.
func known(t time.Time) orNull[instant] {
	if t.IsZero() {
		return orNull[instant]{}
	}
	i := instant(t)
	return orNull[instant]{&i}
}

// orNull is a value, or null in JSON.
type orNull[T any] struct{ value *T }

// MarshalJSON gives the value or null.
func (o orNull[T]) MarshalJSON() ([]byte, error) { return json.Marshal(o.value) }

// Schema says so to OpenAPI.
func (orNull[T]) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{AnyOf: []*huma.Schema{r.Schema(reflect.TypeFor[T](), true, ""), {Type: "null"}}}
}

// PathID is a path's id. It is exported for huma, which finds embedded fields by reflection.
type PathID struct {
	ID int32 `path:"id" minimum:"1" maximum:"2147483647"`
}

// PageQuery asks for a page of a list. It is exported for the same reason.
type PageQuery struct {
	Search string `query:"search" maxLength:"100" doc:"Only what contains this, in upper or lower case."`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"At most so many items."`
	After  string `query:"after" maxLength:"1000" doc:"The next of the page before."`
}

// list is a page of a list.
type list[T any] struct {
	Items []T            `json:"items" nullable:"false"`
	Next  orNull[string] `json:"next" doc:"Give it as after to get the next page; null at the end."`
}

// body is an answer that is only a body.
type body[T any] struct{ Body T }

func answer[T any](t T) *body[T] { return &body[T]{t} }

// listOf makes a page from rows.
func listOf[R, T any](rows []R, next string, each func(*R) T) *body[list[T]] {
	l := list[T]{Items: mapped(rows, each)}
	if next != "" {
		l.Next.value = &next
	}
	return answer(l)
}

// whole is a list that comes at once.
type whole[T any] struct {
	Items []T `json:"items" nullable:"false"`
}

// allOf makes it from rows.
func allOf[R, T any](rows []R, each func(*R) T) *body[whole[T]] {
	return answer(whole[T]{mapped(rows, each)})
}

// mapped is never nil, so that JSON has [] and not null.
func mapped[R, T any](rows []R, each func(*R) T) []T {
	items := make([]T, 0, len(rows))
	for i := range rows {
		items = append(items, each(&rows[i]))
	}
	return items
}

// page is what it asks of the store.
func (q *PageQuery) page() store.Page {
	return store.Page{Search: q.Search, After: q.After, Limit: q.Limit}
}
