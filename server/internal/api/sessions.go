package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type sessionStore interface {
	Sessions(ctx context.Context, of fleet.Scope, user fleet.UserID) ([]store.Session, error)
	EndSession(ctx context.Context, of fleet.Scope, id int32, anybodys bool) error
}

// Session is a session as the API writes it. It is exported for the same reason as Vehicle.
type Session struct {
	ID      int32   `json:"id"`
	Created instant `json:"created"`
	Used    instant `json:"used" doc:"When it was last used, to the minute."`
	Expires instant `json:"expires"`
	Address string  `json:"address" doc:"Where it began: an IP address."`
	Browser string  `json:"browser" doc:"What it said to be."`
	Current bool    `json:"current" doc:"The one that asks."`
}

type sessionsInput struct {
	User int32 `query:"user" minimum:"1" maximum:"2147483647" doc:"Whose, for admins; left out, the own."`
}

func (a *api) addSessions() {
	register(a, huma.Operation{
		OperationID: "list-sessions", Method: http.MethodGet, Path: "/api/sessions", Tags: []string{"session"},
		Summary: "Where somebody is signed in",
	}, a.listSessions)
	register(a, huma.Operation{
		OperationID: "end-session", Method: http.MethodDelete, Path: "/api/sessions/{id}", Tags: []string{"session"},
		Summary: "End a session", Description: "Admins may end those of everybody in the organization.",
	}, func(ctx context.Context, in *struct{ PathID }) (*struct{}, error) {
		who, _ := caller(ctx)
		return nil, a.Store.EndSession(ctx, scope(ctx), in.ID, manages(who))
	})
}

func (a *api) listSessions(ctx context.Context, in *sessionsInput) (*body[whole[Session]], error) {
	who, _ := caller(ctx)
	user := fleet.UserID(in.User)
	if user == 0 {
		user = who.User.ID
	}
	if user != who.User.ID && !manages(who) {
		return nil, huma.Error403Forbidden("only admins see the sessions of others")
	}
	rows, err := a.Store.Sessions(ctx, scope(ctx), user)
	return allOf(rows, func(s *store.Session) Session {
		return Session{
			ID: s.ID, Created: instant(s.Created), Used: instant(s.Used), Expires: instant(s.Expires), Address: s.Address,
			Browser: s.Browser, Current: s.ID == who.Session,
		}
	}), err
}

// manages says whether somebody may manage the users of the organization.
func manages(who store.Identity) bool {
	return permission{role: fleet.Admin, scope: administer}.refusal(who) == ""
}
