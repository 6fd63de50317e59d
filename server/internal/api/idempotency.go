package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

const (
	idempotencyKey    = "Idempotency-Key"
	longestKey        = 255
	largestKeptAnswer = 1 << 20         // bytes; a larger one is not kept, and its request not repeatable
	keepPatience      = 5 * time.Second // to keep an answer whose reader may be gone
)

type keyStore interface {
	ClaimKey(ctx context.Context, of fleet.Scope, key, request [32]byte) ([]byte, error)
	KeepAnswer(ctx context.Context, of fleet.Scope, key [32]byte, answer []byte) error
}

// idempotencyParameter documents the key.
func idempotencyParameter() *huma.Param {
	shortest, longest := 1, longestKey
	return &huma.Param{
		Name: idempotencyKey, In: "header", Example: "5e2c0c5e-9a43-4a1b-8a55-0f3f2f9d6f0a",
		Description: "Any text that no other request of yours bears, best a UUID. The same request with the same key is " +
			"carried out once in 24 hours: after that it gets the first answer again, with Idempotency-Replayed: true.",
		Schema: &huma.Schema{Type: huma.TypeString, MinLength: &shortest, MaxLength: &longest},
	}
}

// keptAnswer is what is kept of an answer. It is sealed under the caller's key, of which the database has only a hash:
// it may hold a secret that is shown once.
type keptAnswer struct {
	Status int
	Type   string
	ETag   string
	Body   []byte
}

// repeatable lets a POST that bears a key be sent again: it is carried out once, and answered alike each time.
func (a *api) repeatable(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get(idempotencyKey)
		if key == "" || r.Method != http.MethodPost {
			next(w, r)
			return
		}
		if len(key) > longestKey {
			a.writeError(w, r, huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{
				Location: "header." + idempotencyKey, Message: "want 1 to 255 characters", Value: len(key)}))
			return
		}
		if err := a.repeat(w, r, key, next); err != nil {
			a.writeError(w, r, err)
		}
	}
}

// repeat answers from what was kept, or carries the request out. After an error nothing was answered.
func (a *api) repeat(w http.ResponseWriter, r *http.Request, key string, next http.HandlerFunc) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return huma.Error413RequestEntityTooLarge("the body cannot be read: " + err.Error())
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	request := sha256.Sum256(append([]byte(r.URL.RequestURI()+"\n"), body...))
	hash := sha256.Sum256([]byte("claimed " + key))
	seal, err := identity.NewSeal(sha256.Sum256([]byte("sealed "+key)), "kept answer")
	if err != nil {
		return err
	}
	of := scope(r.Context())
	kept, err := a.Store.ClaimKey(r.Context(), of, hash, request)
	switch {
	case errors.Is(err, store.ErrOtherRequest):
		return huma.Error422UnprocessableEntity("this Idempotency-Key was used for another request; take a new one")
	case errors.Is(err, store.ErrUnderWay):
		return huma.Error409Conflict("the first request with this Idempotency-Key is under way, or its answer was lost: " +
			"look what became of it before you try with another key")
	case err != nil:
		return err
	case kept != nil:
		return replay(w, seal, kept)
	}
	taken := &taker{ResponseWriter: w}
	whole := false
	defer func() { // also when the handler panics
		a.keep(r.Context(), of, hash, seal, taken, whole)
	}()
	next(taken, r)
	whole = true
	return nil
}

// replay answers as the first time.
func replay(w http.ResponseWriter, seal *identity.Seal, kept []byte) error {
	text, err := seal.Open(kept, idempotencyKey)
	if err != nil {
		return err
	}
	var answer keptAnswer
	if err := json.Unmarshal(text, &answer); err != nil {
		return err
	}
	header := w.Header()
	header.Set("Idempotency-Replayed", "true")
	if answer.Type != "" {
		header.Set("Content-Type", answer.Type)
	}
	if answer.ETag != "" {
		header.Set("ETag", answer.ETag)
	}
	w.WriteHeader(answer.Status)
	_, _ = w.Write(answer.Body) // nobody is left to tell
	return nil
}

// keep keeps an answer, or gives the key back where the request was not carried out.
func (a *api) keep(ctx context.Context, of fleet.Scope, key [32]byte, seal *identity.Seal, t *taker, whole bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepPatience)
	defer cancel()
	var sealed []byte
	if whole && t.status < http.StatusInternalServerError && t.body.Len() <= largestKeptAnswer {
		kept := keptAnswer{t.status, t.Header().Get("Content-Type"), t.Header().Get("ETag"), t.body.Bytes()}
		text, err := json.Marshal(kept)
		if err == nil {
			sealed = seal.Close(text, idempotencyKey)
		}
	}
	if err := a.Store.KeepAnswer(ctx, of, key, sealed); err != nil {
		a.Log.Warn().Err(err).Msg("the answer to a request with an idempotency key is lost")
	}
}

// taker takes a copy of an answer, but no more than is kept.
type taker struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (t *taker) WriteHeader(status int) {
	if t.status == 0 {
		t.status = status
	}
	t.ResponseWriter.WriteHeader(status)
}

func (t *taker) Write(p []byte) (int, error) {
	if t.status == 0 {
		t.status = http.StatusOK
	}
	if t.body.Len() <= largestKeptAnswer {
		t.body.Write(p)
	}
	return t.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the deadlines.
func (t *taker) Unwrap() http.ResponseWriter { return t.ResponseWriter }
