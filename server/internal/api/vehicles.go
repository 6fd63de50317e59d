package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type vehicleStore interface {
	Vehicles(ctx context.Context, of fleet.OrganizationID, p store.Page) ([]store.VehicleRow, string, error)
	Vehicle(ctx context.Context, of fleet.OrganizationID, id fleet.VehicleID) (store.VehicleRow, error)
	UpdateVehicle(
		ctx context.Context, of fleet.OrganizationID, id fleet.VehicleID, c store.VehicleChange,
	) (fleet.Vehicle, error)
	State(ctx context.Context, of fleet.OrganizationID, id fleet.DeviceID) (fleet.State, error)
}

// Vehicle is a vehicle as the API writes it. It is exported for huma, which documents embedded fields only then.
type Vehicle struct {
	ID     int32          `json:"id"`
	Name   string         `json:"name"`
	Plate  string         `json:"plate"`
	Group  string         `json:"group"`
	Device orNull[device] `json:"device" doc:"null: it has none"`
	Last   orNull[fix]    `json:"last" doc:"The latest fix; null: none yet."`
}

func vehicleOf(row *store.VehicleRow) Vehicle {
	v := Vehicle{ID: int32(row.ID), Name: row.Name, Plate: row.Plate, Group: row.Group}
	if row.Device != nil {
		d := deviceOf(row.Device)
		v.Device.value = &d
	}
	if row.Last != nil {
		v.Last.value = &fix{row.Last}
	}
	return v
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

type vehicleChangeInput struct {
	PathID
	Body struct {
		Name  *string `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Plate *string `json:"plate,omitempty" maxLength:"50"`
		Group *string `json:"group,omitempty" maxLength:"200"`
	}
}

func (a *api) addVehicles() {
	register(a, huma.Operation{
		OperationID: "list-vehicles", Method: http.MethodGet, Path: "/api/vehicles", Tags: []string{"vehicles"},
		Summary:     "Vehicles by name, each with its device and its latest fix",
		Description: "The search goes over name, plate, group and the device's identity.",
	}, func(ctx context.Context, in *struct{ PageQuery }) (*body[list[Vehicle]], error) {
		rows, next, err := a.Store.Vehicles(ctx, organization(ctx), in.page())
		return listOf(rows, next, vehicleOf), err
	})
	register(a, huma.Operation{
		OperationID: "get-vehicle", Method: http.MethodGet, Path: "/api/vehicles/{id}", Tags: []string{"vehicles"},
		Summary: "A vehicle with everything that its device said last",
	}, a.getVehicle)
	register(a, huma.Operation{
		OperationID: "change-vehicle", Method: http.MethodPatch, Path: "/api/vehicles/{id}", Tags: []string{"vehicles"},
		Summary: "Change a vehicle",
	}, func(ctx context.Context, in *vehicleChangeInput) (*body[Vehicle], error) {
		id, of := fleet.VehicleID(in.ID), organization(ctx)
		change := store.VehicleChange{Name: in.Body.Name, Plate: in.Body.Plate, Group: in.Body.Group}
		if _, err := a.Store.UpdateVehicle(ctx, of, id, change); err != nil {
			return nil, err
		}
		row, err := a.Store.Vehicle(ctx, of, id)
		return answer(vehicleOf(&row)), err
	})
}

func (a *api) getVehicle(ctx context.Context, in *struct{ PathID }) (*body[vehicleDetail], error) {
	row, err := a.Store.Vehicle(ctx, organization(ctx), fleet.VehicleID(in.ID))
	if err != nil {
		return nil, err
	}
	var state fleet.State
	if row.Device != nil {
		if state, err = a.Store.State(ctx, organization(ctx), row.Device.ID); err != nil {
			return nil, err
		}
	}
	return answer(vehicleDetail{vehicleOf(&row), mapped(state.Values, valueOf), motionOf(&state)}), nil
}
