package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/protocols"
	"drover/server/internal/fleet"
	"drover/server/internal/identity"
	"drover/server/internal/store"
)

// maxLinkLife is how long a link may work.
const maxLinkLife = 31 * 24 * time.Hour

type linkStore interface {
	CreateLink(ctx context.Context, of fleet.Scope, l store.Link, hash [32]byte) (store.Link, error)
	Links(ctx context.Context, of fleet.Scope) ([]store.Link, error)
	DeleteLink(ctx context.Context, of fleet.Scope, id int32) error
	SharedLink(ctx context.Context, hash [32]byte) (store.Link, fleet.Scope, error)
}

// Link is a link as the API writes it. It is exported for the same reason as Vehicle.
type Link struct {
	ID        int32   `json:"id"`
	VehicleID int32   `json:"vehicle_id"`
	Vehicle   string  `json:"vehicle" doc:"Its name."`
	Name      string  `json:"name" doc:"What the link is for."`
	Created   instant `json:"created"`
	Expires   instant `json:"expires"`
}

func linkOf(l *store.Link) Link {
	return Link{
		ID: l.ID, VehicleID: int32(l.Vehicle), Vehicle: l.VehicleName, Name: l.Name, Created: instant(l.Created),
		Expires: instant(l.Expires),
	}
}

type newLink struct {
	Link
	URL string `json:"url" format:"uri" doc:"Whoever has it sees where the vehicle is. Shown only now."`
}

type newLinkInput struct {
	Body struct {
		Vehicle int32     `json:"vehicle_id" minimum:"1" maximum:"2147483647"`
		Expires time.Time `json:"expires" doc:"At most 31 days from now."`
		Name    string    `json:"name,omitempty" maxLength:"100" doc:"What it is for."`
	}
}

func (a *api) addLinks() {
	tags := []string{"links"}
	register(a, huma.Operation{
		OperationID: "list-links", Method: http.MethodGet, Path: "/api/links", Tags: tags,
		Summary: "The links that still work",
	}, func(ctx context.Context, _ *struct{}) (*body[whole[Link]], error) {
		rows, err := a.Store.Links(ctx, scope(ctx))
		return allOf(rows, linkOf), err
	})
	register(a, huma.Operation{
		OperationID: "create-link", Method: http.MethodPost, Path: "/api/links", Tags: tags,
		Summary:     "Share where a vehicle is",
		Description: "Whoever has the link sees the vehicle's name, state and place now, and nothing of its past.",

		DefaultStatus: http.StatusCreated,
	}, a.createLink)
	register(a, huma.Operation{
		OperationID: "delete-link", Method: http.MethodDelete, Path: "/api/links/{id}", Tags: tags, Summary: "End a link",
	}, func(ctx context.Context, in *struct{ PathID }) (*struct{}, error) {
		return nil, a.Store.DeleteLink(ctx, scope(ctx), in.ID)
	})
}

func (a *api) createLink(ctx context.Context, in *newLinkInput) (*body[newLink], error) {
	if left := time.Until(in.Body.Expires); left <= 0 || left > maxLinkLife {
		return nil, huma.Error422UnprocessableEntity("a link works for at most 31 days",
			&huma.ErrorDetail{Location: "body.expires", Message: "want a time within the next 31 days", Value: in.Body.Expires})
	}
	secret, hash := identity.NewToken("")
	l, err := a.Store.CreateLink(ctx, scope(ctx), store.Link{
		Vehicle: fleet.VehicleID(in.Body.Vehicle), Name: in.Body.Name, Expires: in.Body.Expires,
	}, hash)
	if err != nil {
		return nil, err
	}
	return answer(newLink{linkOf(&l), from(ctx).base + "/share/" + secret}), nil
}

type sharedInput struct {
	Token string `path:"token" minLength:"1" maxLength:"100" doc:"The last part of a link."`
}

// shared is all that a link shows.
type shared struct {
	Name    string            `json:"name" doc:"The vehicle's."`
	State   string            `json:"state" enum:"moving,idle,stopped,unknown"`
	Fix     orNull[sharedFix] `json:"fix" doc:"null: it has never said where it is."`
	Place   string            `json:"place" doc:"In words; empty if unknown."`
	Expires instant           `json:"expires"`
}

type sharedFix struct {
	Time      instant         `json:"time"`
	Latitude  float64         `json:"latitude"`
	Longitude float64         `json:"longitude"`
	Speed     orNull[float64] `json:"speed_kmh"`
	Course    orNull[float64] `json:"course_deg"`
}

func (a *api) addShared() {
	register(a, huma.Operation{
		Errors:      []int{http.StatusTooManyRequests},
		OperationID: "get-shared", Method: http.MethodGet, Path: "/api/shared/{token}", Tags: []string{"links"},
		Summary: "Where a shared vehicle is", Description: "404 when the link has ended.",
	}, a.getShared)
}

func (a *api) getShared(ctx context.Context, in *sharedInput) (*body[shared], error) {
	guesser, now := identity.AddressKey(from(ctx).address), time.Now()
	if err := tooMany(a.guesses.Take(guesser, now), "links"); err != nil {
		return nil, err
	}
	l, of, err := a.Store.SharedLink(ctx, identity.HashToken(in.Token))
	if errors.Is(err, store.ErrNotFound) {
		return nil, huma.Error404NotFound("this link has ended, or there never was one")
	}
	a.guesses.Undo(guesser, now)
	if err != nil {
		return nil, err
	}
	return a.sharedVehicle(ctx, l, of)
}

// sharedVehicle is what a link shows, seen with the eyes of whoever made it.
func (a *api) sharedVehicle(ctx context.Context, l store.Link, of fleet.Scope) (*body[shared], error) {
	row, err := a.Store.Vehicle(ctx, of, l.Vehicle)
	if err != nil {
		return nil, err
	}
	s := shared{Name: row.Name, State: fleet.MotionUnknown.String(), Expires: instant(l.Expires)}
	if row.Device != nil {
		state, err := a.Store.State(ctx, of, row.Device.ID)
		if err != nil {
			return nil, err
		}
		s.State = state.Motion.String()
	}
	if f := row.Last; f != nil && f.Located {
		s.Fix.value = &sharedFix{
			Time: instant(f.Time), Latitude: f.Latitude, Longitude: f.Longitude, Speed: optional(f.Speed),
			Course: optional(f.Course),
		}
		s.Place = a.placeOf(f)
	}
	return answer(s), nil
}

// optional is a value that may be absent, which is null.
func optional[T any](o protocols.Opt[T]) orNull[T] {
	if v, ok := o.Get(); ok {
		return orNull[T]{&v}
	}
	return orNull[T]{}
}
