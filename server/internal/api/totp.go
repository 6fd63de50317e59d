package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

type factorStore interface {
	TOTP(ctx context.Context, user fleet.UserID) (store.TOTP, error)
	OfferTOTP(ctx context.Context, user fleet.UserID, pending []byte) error
	ConfirmTOTP(ctx context.Context, of fleet.Scope, pending []byte, step int64, recovery [][32]byte) error
	TakeTOTPStep(ctx context.Context, user fleet.UserID, step int64) error
	TakeRecoveryCode(ctx context.Context, user fleet.UserID, hash [32]byte) error
	RemoveTOTP(ctx context.Context, of fleet.Scope) error
}

// codeRequired is the type of the problem that asks for the second factor.
const codeRequired = "/problems/code-required"

type offeredTOTP struct {
	Secret string `json:"secret" doc:"In base32, for typing into an authenticator app."`
	URI    string `json:"uri" doc:"otpauth://… for an app on the same device."`
	QR     string `json:"qr" doc:"The URI as a QR code: an SVG."`
}

type codeInput struct {
	Body struct {
		Code string `json:"code" minLength:"6" maxLength:"64" doc:"Six digits that the app shows now."`
	}
}

type recoveryCodes struct {
	Codes []string `json:"recovery_codes" nullable:"false" doc:"Each stands in for the app once. Shown only now."`
}

type passwordOnlyInput struct {
	Body struct {
		Password string `json:"password" maxLength:"1024"`
	}
}

func (a *api) addTOTP() {
	register(a, huma.Operation{
		OperationID: "offer-totp", Method: http.MethodPost, Path: "/api/session/totp", Tags: []string{"session"},
		Summary:     "Begin to set up an authenticator app",
		Description: "Gives a secret, which counts once PUT has brought a code of it. 409 if there is one that counts.",
	}, a.offerTOTP)
	register(a, huma.Operation{
		Errors:      []int{http.StatusTooManyRequests},
		OperationID: "confirm-totp", Method: http.MethodPut, Path: "/api/session/totp", Tags: []string{"session"},
		Summary: "Confirm the authenticator app", Description: "From now on signing in needs a code (RFC 6238).",
	}, a.confirmTOTP)
	register(a, huma.Operation{
		Errors:      []int{http.StatusTooManyRequests},
		OperationID: "remove-totp", Method: http.MethodDelete, Path: "/api/session/totp", Tags: []string{"session"},
		Summary: "Sign in without an authenticator app again", Description: "The recovery codes end with it.",
	}, a.removeTOTP)
}

func (a *api) offerTOTP(ctx context.Context, _ *struct{}) (*body[offeredTOTP], error) {
	who, _ := caller(ctx)
	secret := identity.NewTOTPSecret()
	err := a.Store.OfferTOTP(ctx, who.User.ID, a.seals.factor.Close(secret, owner(who.User.ID)))
	if errors.Is(err, store.ErrExists) {
		return nil, huma.Error409Conflict("you have an authenticator app already; remove it first")
	}
	if err != nil {
		return nil, err
	}
	uri := secret.URI("Drover", who.User.Email)
	picture, err := identity.QR(uri)
	if err != nil {
		return nil, err
	}
	return answer(offeredTOTP{secret.String(), uri, picture}), nil
}

func (a *api) confirmTOTP(ctx context.Context, in *codeInput) (*body[recoveryCodes], error) {
	who, _ := caller(ctx)
	kept, err := a.Store.TOTP(ctx, who.User.ID)
	if err != nil {
		return nil, err
	}
	if kept.Pending == nil {
		return nil, huma.Error409Conflict("there is nothing to confirm; begin with POST /api/session/totp")
	}
	secret, err := a.seals.factor.Open(kept.Pending, owner(who.User.ID))
	if err != nil {
		return nil, err
	}
	if err := a.limitCodes(who.User.ID); err != nil {
		return nil, err
	}
	began := time.Now()
	step, ok := identity.TOTPSecret(secret).Step(in.Body.Code, time.Now(), 0)
	if !ok {
		return nil, huma.Error422UnprocessableEntity("this is not the code of now; is the clock of your device right?",
			&huma.ErrorDetail{Location: "body.code", Message: "want the six digits that the app shows now"})
	}
	a.codes.Undo(owner(who.User.ID), began)
	codes, hashes := identity.NewRecoveryCodes()
	if err := a.Store.ConfirmTOTP(ctx, scope(ctx), kept.Pending, step, hashes); err != nil {
		return nil, err
	}
	return answer(recoveryCodes{codes}), nil
}

func (a *api) removeTOTP(ctx context.Context, in *passwordOnlyInput) (*struct{}, error) {
	who, _ := caller(ctx)
	if _, err := a.prove(ctx, who.User.Email, in.Body.Password); err != nil {
		return nil, err
	}
	err := a.Store.RemoveTOTP(ctx, scope(ctx))
	if errors.Is(err, store.ErrNotFound) { // gone is what was wanted
		return nil, nil
	}
	return nil, err
}

// proveFactor asks for the second factor of a user who has one: a code of the app, or a recovery code.
func (a *api) proveFactor(ctx context.Context, user fleet.UserID, code string) error {
	kept, err := a.Store.TOTP(ctx, user)
	if err != nil || kept.Secret == nil {
		return err
	}
	if code == "" {
		return &huma.ErrorModel{
			Type: codeRequired, Title: http.StatusText(http.StatusUnauthorized), Status: http.StatusUnauthorized,
			Detail: "the code of your authenticator app, or a recovery code, is needed too",
		}
	}
	if err := a.limitCodes(user); err != nil {
		return err
	}
	began := time.Now()
	err = a.takeCode(ctx, user, kept, code)
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrExists) {
		a.Log.Warn().Int32("user", int32(user)).Stringer("from", from(ctx).address).Msg("wrong second factor")
		return huma.Error401Unauthorized("the code is wrong, or was used already")
	}
	if err == nil {
		a.codes.Undo(owner(user), began)
	}
	return err
}

// takeCode uses a code up: store.ErrNotFound if it is wrong, store.ErrExists if it was used.
func (a *api) takeCode(ctx context.Context, user fleet.UserID, kept store.TOTP, code string) error {
	secret, err := a.seals.factor.Open(kept.Secret, owner(user))
	if err != nil { // the recovery codes work nevertheless
		a.Log.Error().Err(err).Int32("user", int32(user)).Msg("an authenticator app's secret cannot be read")
	}
	if step, ok := identity.TOTPSecret(secret).Step(code, time.Now(), kept.Step); ok && err == nil {
		return a.Store.TakeTOTPStep(ctx, user, step)
	}
	return a.Store.TakeRecoveryCode(ctx, user, identity.HashRecoveryCode(code))
}

func (a *api) limitCodes(user fleet.UserID) error {
	return tooMany(a.codes.Take(owner(user), time.Now()), "codes")
}

// tooMany is the answer to who has to wait; nil if nobody has to.
func tooMany(wait time.Duration, what string) error {
	if wait <= 0 {
		return nil
	}
	seconds := strconv.Itoa(int(wait/time.Second) + 1)
	return huma.ErrorWithHeaders(huma.Error429TooManyRequests("too many wrong "+what+"; try again in "+seconds+" s"),
		http.Header{"Retry-After": {seconds}})
}

// owner is whose a sealed secret is.
func owner(user fleet.UserID) string { return strconv.Itoa(int(user)) }
