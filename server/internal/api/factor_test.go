package api

import (
	"encoding/base32"
	"net/http"
	"strings"
	"testing"
	"time"

	"drover/server/internal/identity"
)

// setUpTOTP gives a user an authenticator app, and the secret and the recovery codes of it.
func (w *world) setUpTOTP(as credential) (identity.TOTPSecret, []string) {
	w.t.Helper()
	var offered offeredTOTP
	w.ask(as, "POST", "/api/session/totp", "").want(w.t, http.StatusOK).
		contains(w.t, `otpauth://totp/Drover:`, `<svg xmlns=`).into(w.t, &offered)
	secret, err := base32.StdEncoding.DecodeString(offered.Secret)
	w.must(err)
	var given struct {
		Codes []string `json:"recovery_codes"`
	}
	w.ask(as, "PUT", "/api/session/totp", `{"code":"`+identity.TOTPSecret(secret).Code(time.Now())+`"}`).
		want(w.t, http.StatusOK).into(w.t, &given)
	if len(given.Codes) != identity.RecoveryCodes {
		w.t.Fatalf("recovery codes: %v", given.Codes)
	}
	return secret, given.Codes
}

func signInBody(user, code string) string {
	return `{"email":"` + user + `@example.com","password":"` + password + `","code":"` + code + `"}`
}

func TestSecondFactor(t *testing.T) {
	w := newWorld(t)
	as := w.session("viewer")
	w.ask(as, "PUT", "/api/session/totp", `{"code":"123456"}`).want(t, http.StatusConflict)
	w.ask(as, "POST", "/api/session/totp", "").want(t, http.StatusOK)
	w.ask(credential{}, "POST", "/api/session", signInBody("viewer", "")).want(t, http.StatusOK) // not confirmed
	w.ask(as, "PUT", "/api/session/totp", `{"code":"000000"}`).want(t, http.StatusUnprocessableEntity)
	secret, codes := w.setUpTOTP(as)
	w.ask(as, "GET", "/api/session", "").want(t, http.StatusOK).contains(t, `"totp":true`)
	w.ask(as, "POST", "/api/session/totp", "").want(t, http.StatusConflict)

	signIn := func(code string, status int) reply {
		t.Helper()
		return w.ask(credential{}, "POST", "/api/session", signInBody("viewer", code)).want(t, status)
	}
	signIn("", http.StatusUnauthorized).contains(t, `"type":"/problems/code-required"`)
	w.ask(credential{}, "POST", "/api/session", strings.Replace(signInBody("viewer", ""), password, "wrong password", 1)).
		want(t, http.StatusUnauthorized).contains(t, "the e-mail or the password is wrong")
	signIn(secret.Code(time.Now()), http.StatusUnauthorized) // it confirmed the app, and is used up
	next := secret.Code(time.Now().Add(30 * time.Second))
	signIn(next, http.StatusOK)
	signIn(next, http.StatusUnauthorized)
	signIn(strings.ToUpper(codes[0]), http.StatusOK)
	signIn(codes[0], http.StatusUnauthorized)

	w.ask(as, "DELETE", "/api/session/totp", `{"password":"not this one"}`).want(t, http.StatusUnauthorized)
	w.ask(as, "DELETE", "/api/session/totp", `{"password":"`+password+`"}`).want(t, http.StatusNoContent)
	w.ask(as, "DELETE", "/api/session/totp", `{"password":"`+password+`"}`).want(t, http.StatusNoContent)
	signIn("", http.StatusOK)
	w.ask(w.session("admin"), "GET", "/api/audit?search=second_factor", "").want(t, http.StatusOK).
		contains(t, `"second_factor":{"to":false,"from":true}`, `"second_factor":{"to":true,"from":false}`)
}

func TestSecondFactorIsLimited(t *testing.T) {
	w := newWorld(t)
	_, codes := w.setUpTOTP(w.session("viewer")) // whose own code was right, and does not count
	for range 5 {
		w.ask(credential{}, "POST", "/api/session", signInBody("viewer", "000000")).want(t, http.StatusUnauthorized)
	}
	r := w.ask(credential{}, "POST", "/api/session", signInBody("viewer", codes[0])).want(t, http.StatusTooManyRequests)
	if r.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

// TestALostSecondFactor is taken away by an admin of the own organization, and its secret is sealed in the database.
func TestALostSecondFactor(t *testing.T) {
	w := newWorld(t)
	secret, _ := w.setUpTOTP(w.session("viewer"))
	kept, err := w.store.TOTP(t.Context(), w.users["viewer"].ID)
	w.must(err)
	if kept.Secret == nil || strings.Contains(string(kept.Secret), string(secret)) {
		t.Errorf("kept as %x", kept.Secret)
	}
	path := "/api/users/" + w.id("viewer")
	w.ask(w.session("admin2"), "PATCH", path, `{"totp":false}`).want(t, http.StatusNotFound)
	w.ask(w.session("admin"), "GET", path, "").want(t, http.StatusOK).contains(t, `"totp":true`)
	w.ask(w.session("admin"), "PATCH", path, `{"totp":true}`).want(t, http.StatusUnprocessableEntity)
	w.ask(w.session("admin"), "PATCH", path, `{"totp":false}`).want(t, http.StatusOK).contains(t, `"totp":false`)
	w.ask(credential{}, "POST", "/api/session", signInBody("viewer", "")).want(t, http.StatusOK)
}
