package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/geo/places"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type vehicleStore interface {
	Vehicles(ctx context.Context, of fleet.Scope, p store.Page) ([]store.VehicleRow, string, error)
	Vehicle(ctx context.Context, of fleet.Scope, id fleet.VehicleID) (store.VehicleRow, error)
	CreateVehicle(ctx context.Context, of fleet.Scope, v fleet.Vehicle) (store.VehicleRow, error)
	UpdateVehicle(
		ctx context.Context, of fleet.Scope, id fleet.VehicleID, c store.VehicleChange, revision int,
	) (store.VehicleRow, error)
	DeleteVehicle(ctx context.Context, of fleet.Scope, id fleet.VehicleID, revision int) error
	RestoreVehicle(ctx context.Context, of fleet.Scope, id fleet.VehicleID) (store.VehicleRow, error)
	VehicleEvents(
		ctx context.Context, of fleet.Scope, id fleet.VehicleID, p store.Page,
	) ([]store.Event, string, error)
	State(ctx context.Context, of fleet.Scope, id fleet.DeviceID) (fleet.State, error)
}

// Vehicle is a vehicle as the API writes it. It is exported for huma, which documents embedded fields only then.
type Vehicle struct {
	ID       int32                 `json:"id" example:"7"`
	Name     string                `json:"name" example:"Van 7"`
	Plate    string                `json:"plate" example:"HH-V 7"`
	GroupID  orNull[int32]         `json:"group_id" doc:"null: in none"`
	Group    string                `json:"group" example:"North/Depot 2" doc:"The path of the group; empty for none."`
	Driver   orNull[vehicleDriver] `json:"driver" doc:"null: nobody"`
	Device   orNull[Device]        `json:"device" doc:"null: it has none"`
	Last     orNull[fix]           `json:"last" doc:"The latest fix; null: none yet."`
	Place    string                `json:"place" example:"4 km NE of Melun, FR" doc:"Of the latest fix; empty if not known."`
	Revision int                   `json:"revision" example:"3" doc:"It counts the changes, but not those of the latest fix."`
}

type vehicleDriver struct {
	ID    int32  `json:"id" example:"9"`
	Name  string `json:"name" example:"Berta Brandt"`
	Phone string `json:"phone" example:"+4917012345"`
}

func (a *api) vehicleOf(row *store.VehicleRow) Vehicle {
	v := Vehicle{
		ID: int32(row.ID), Name: row.Name, Plate: row.Plate, GroupID: idOrNull(row.Group), Group: row.Path,
		Revision: row.Revision,
	}
	if row.Driver != nil {
		v.Driver.value = &vehicleDriver{int32(row.Driver.ID), row.Driver.Name, row.Driver.Phone}
	}
	if row.Device != nil {
		var heard time.Time
		if row.Last != nil {
			heard = row.Last.Received
		}
		d := a.deviceOf(row.Device, heard)
		v.Device.value = &d
	}
	if row.Last != nil {
		v.Last.value = &fix{row.Last}
		v.Place = a.placeOf(row.Last)
	}
	return v
}

// placeOf is where a fix is, in words; "" if that is not known.
func (a *api) placeOf(f *fleet.Fix) string {
	if a.Places == nil || !f.Located {
		return ""
	}
	return places.Name(a.Places, f.Point())
}

// vehicleDetail is a vehicle with all that its device said last.
type vehicleDetail struct {
	Vehicle
	Values []value `json:"values" nullable:"false" doc:"The latest of everything that the device said, by name."`
	Motion motion  `json:"motion"`
}

type value struct {
	Name  string  `json:"name" example:"external_v" doc:"As in a fix, or an attribute's; it ends in the unit."`
	Value any     `json:"value" doc:"A number, a bool or a text."`
	Time  instant `json:"time" doc:"When the device said so."`
}

type motion struct {
	State string          `json:"state" enum:"moving,idle,stopped,unknown"`
	Since orNull[instant] `json:"since"`
}

func motionOf(s *fleet.State) motion {
	return motion{State: s.Motion.String(), Since: known(s.MotionSince)}
}

func valueOf(v *fleet.ValueAt) value {
	return value{Name: v.Name, Value: v.Value, Time: instant(v.Time)}
}

func (a *api) addVehicles() {
	register(a, huma.Operation{
		OperationID: "list-vehicles", Method: http.MethodGet, Path: "/api/vehicles", Tags: []string{"vehicles"},
		Summary:     "Vehicles by name, each with its device and its latest fix",
		Description: "The search goes over name, plate, group, driver, the device's identity and phone numbers.",
	}, func(ctx context.Context, in *struct{ PageQuery }) (*body[list[Vehicle]], error) {
		rows, next, err := a.Store.Vehicles(ctx, scope(ctx), in.page())
		return listOf(rows, next, a.vehicleOf), err
	})
	register(a, huma.Operation{
		OperationID: "get-vehicle", Method: http.MethodGet, Path: "/api/vehicles/{id}", Tags: []string{"vehicles"},
		Summary: "A vehicle with everything that its device said last", Responses: notModified(),
	}, a.getVehicle)
	a.addVehicleChanges()
	register(a, huma.Operation{
		OperationID: "list-vehicle-events", Method: http.MethodGet, Path: "/api/vehicles/{id}/events",
		Tags: []string{"vehicles"}, Summary: "What happened to a vehicle, the latest first",
	}, a.listEvents)
}

func (a *api) getVehicle(ctx context.Context, in *oneInput) (*tagged[vehicleDetail], error) {
	row, err := a.Store.Vehicle(ctx, scope(ctx), fleet.VehicleID(in.ID))
	if err != nil {
		return nil, err
	}
	var state fleet.State
	if row.Device != nil {
		if state, err = a.Store.State(ctx, scope(ctx), row.Device.ID); err != nil {
			return nil, err
		}
	}
	detail := vehicleDetail{a.vehicleOf(&row), mapped(state.Values, valueOf), motionOf(&state)}
	return fresh(in.IfNoneMatch, row.Revision, detail)
}

type event struct {
	ID   int64   `json:"id" example:"4711"`
	Time instant `json:"time"`
	Kind string  `json:"kind" example:"alarm" doc:"alarm, conflict, command_result, clock, …"`
	Text string  `json:"text" example:"power_cut"`
}

func eventOf(e *store.Event) event {
	return event{ID: e.ID, Time: instant(e.Time), Kind: e.Kind, Text: e.Text}
}

type eventsInput struct {
	PathID
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"At most so many items."`
	After string `query:"after" maxLength:"1000" doc:"The next of the page before."`
}

func (a *api) listEvents(ctx context.Context, in *eventsInput) (*body[list[event]], error) {
	page := store.Page{Limit: in.Limit, After: in.After}
	rows, next, err := a.Store.VehicleEvents(ctx, scope(ctx), fleet.VehicleID(in.ID), page)
	return listOf(rows, next, eventOf), err
}
