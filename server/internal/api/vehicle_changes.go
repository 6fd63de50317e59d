package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type newVehicleInput struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"200" example:"Van 7"`
		Plate string `json:"plate,omitempty" maxLength:"50" example:"HH-V 7"`
		Group int32  `json:"group_id,omitempty" minimum:"0" doc:"0 or left out: in none"`
	}
}

type vehicleChangeInput struct {
	PathID
	IfMatch
	Body struct {
		Name   *string `json:"name,omitempty" minLength:"1" maxLength:"200" example:"Van 7"`
		Plate  *string `json:"plate,omitempty" maxLength:"50" example:"HH-V 8"`
		Group  *int32  `json:"group_id,omitempty" minimum:"0" doc:"0: in none"`
		Driver *int32  `json:"driver_id,omitempty" minimum:"0" doc:"0: nobody. Who drove it before does so no more."`
	}
}

func (a *api) addVehicleChanges() {
	register(a, huma.Operation{
		OperationID: "create-vehicle", Method: http.MethodPost, Path: "/api/vehicles", Tags: []string{"vehicles"},
		Summary: "Add a vehicle", DefaultStatus: http.StatusCreated,
		Description: "It has no device: put one into it, or add both at once with POST /api/devices.",
	}, func(ctx context.Context, in *newVehicleInput) (*tagged[Vehicle], error) {
		return a.vehicleAnswer(a.Store.CreateVehicle(ctx, scope(ctx), fleet.Vehicle{
			Name: in.Body.Name, Plate: in.Body.Plate, Group: fleet.GroupID(in.Body.Group),
		}))
	})
	register(a, huma.Operation{
		OperationID: "change-vehicle", Method: http.MethodPatch, Path: "/api/vehicles/{id}", Tags: []string{"vehicles"},
		Summary: "Change a vehicle, its group or its driver",
	}, func(ctx context.Context, in *vehicleChangeInput) (*tagged[Vehicle], error) {
		change := store.VehicleChange{
			Name: in.Body.Name, Plate: in.Body.Plate, Group: idIn[fleet.GroupID](in.Body.Group),
			Driver: idIn[fleet.DriverID](in.Body.Driver),
		}
		return a.vehicleAnswer(a.Store.UpdateVehicle(ctx, scope(ctx), fleet.VehicleID(in.ID), change, in.revision()))
	})
	register(a, huma.Operation{
		OperationID: "delete-vehicle", Method: http.MethodDelete, Path: "/api/vehicles/{id}", Tags: []string{"vehicles"},
		Summary: "Delete a vehicle", Description: "Its device stays, in no vehicle. " + kept,
	}, func(ctx context.Context, in *deleteInput) (*struct{}, error) {
		return nil, a.Store.DeleteVehicle(ctx, scope(ctx), fleet.VehicleID(in.ID), in.revision())
	})
	register(a, huma.Operation{
		OperationID: "restore-vehicle", Method: http.MethodPost, Path: "/api/vehicles/{id}/restore",
		Tags: []string{"vehicles"}, Summary: "Restore a deleted vehicle",
		Description: "With its history, device and driver, unless they are in another by now.",
	}, func(ctx context.Context, in *struct{ PathID }) (*tagged[Vehicle], error) {
		return a.vehicleAnswer(a.Store.RestoreVehicle(ctx, scope(ctx), fleet.VehicleID(in.ID)))
	})
}

func (a *api) vehicleAnswer(v store.VehicleRow, err error) (*tagged[Vehicle], error) {
	if err != nil {
		return nil, err
	}
	return tag(v.Revision, a.vehicleOf(&v))
}
