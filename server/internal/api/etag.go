package api

import (
	"encoding/json"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// tagged is one thing with its entity tag: the revision, which counts its changes, and a hash of all that is shown.
type tagged[T any] struct {
	ETag string `header:"ETag" doc:"The revision and a hash: \"7-a3f0c1d2e4b59687\"."`
	Body T
}

// tag makes the answer of one thing; what JSON has no form for fails.
func tag[T any](revision int, body T) (*tagged[T], error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	hash := fnv.New64a()
	_, _ = hash.Write(text) // never fails
	return &tagged[T]{`"` + strconv.Itoa(revision) + "-" + strconv.FormatUint(hash.Sum64(), 16) + `"`, body}, nil
}

// IfNoneMatch is what a reader of one thing may ask. It is exported for huma, which finds embedded fields by
// reflection.
type IfNoneMatch struct {
	Known string `header:"If-None-Match" maxLength:"1000" doc:"The ETag that you have: then 304 if nothing has changed."`
}

// fresh is the answer of one thing, or 304 if the reader has it already.
func fresh[T any](known IfNoneMatch, revision int, body T) (*tagged[T], error) {
	out, err := tag(revision, body)
	if err != nil {
		return nil, err
	}
	for part := range strings.SplitSeq(known.Known, ",") {
		if part = strings.TrimPrefix(strings.TrimSpace(part), "W/"); part == out.ETag || part == "*" {
			return nil, huma.ErrorWithHeaders(huma.Status304NotModified(), http.Header{"ETag": {out.ETag}})
		}
	}
	return out, nil
}

// IfMatch is what a writer of one thing may ask. It is exported for the same reason.
type IfMatch struct {
	Wanted string `header:"If-Match" maxLength:"100" doc:"The ETag of what you saw: then 412 if somebody changed it since."`
}

// revision is the one that is to be changed: 0 for any, -1 for one that no thing has.
func (m *IfMatch) revision() int {
	wanted := strings.TrimPrefix(strings.TrimSpace(m.Wanted), "W/")
	if wanted == "" || wanted == "*" {
		return 0
	}
	number, _, _ := strings.Cut(strings.Trim(wanted, `"`), "-")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		return -1
	}
	return n
}

// notModified documents the answer to who has it already.
func notModified() map[string]*huma.Response {
	return map[string]*huma.Response{"304": {Description: "You have it already: If-None-Match says so."}}
}
