package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type driverStore interface {
	Drivers(ctx context.Context, of fleet.Scope, p store.Page) ([]store.DriverRow, string, error)
	Driver(ctx context.Context, of fleet.Scope, id fleet.DriverID) (store.DriverRow, error)
	CreateDriver(ctx context.Context, of fleet.Scope, d fleet.Driver) (store.DriverRow, error)
	UpdateDriver(
		ctx context.Context, of fleet.Scope, id fleet.DriverID, c store.DriverChange, revision int,
	) (store.DriverRow, error)
	DeleteDriver(ctx context.Context, of fleet.Scope, id fleet.DriverID, revision int) error
	RestoreDriver(ctx context.Context, of fleet.Scope, id fleet.DriverID) (store.DriverRow, error)
}

type driver struct {
	ID          int32          `json:"id" example:"9"`
	Name        string         `json:"name" example:"Berta Brandt"`
	Phone       string         `json:"phone" example:"+4917012345"`
	Licence     string         `json:"licence" example:"B072RRE2I55" doc:"The number of the driving licence."`
	Key         string         `json:"key" example:"01A2B3C4D5E6F7" doc:"Of an iButton or RFID card, as trackers say it."`
	Vehicle     orNull[int32]  `json:"vehicle_id" doc:"The vehicle that the driver drives; null: none."`
	VehicleName orNull[string] `json:"vehicle"`
	Revision    int            `json:"revision" example:"3"`
}

func driverOf(d *store.DriverRow) driver {
	shown := driver{
		ID: int32(d.ID), Name: d.Name, Phone: d.Phone, Licence: d.Licence, Key: d.Key, Vehicle: idOrNull(d.Vehicle),
		Revision: d.Revision,
	}
	if d.Vehicle != 0 {
		shown.VehicleName.value = &d.VehicleName
	}
	return shown
}

type newDriverInput struct {
	Body struct {
		Name    string `json:"name" minLength:"1" maxLength:"200" example:"Berta Brandt"`
		Phone   string `json:"phone,omitempty" maxLength:"20" example:"+4917012345"`
		Licence string `json:"licence,omitempty" maxLength:"50"`
		Key     string `json:"key,omitempty" maxLength:"50"`
		Vehicle int32  `json:"vehicle_id,omitempty" minimum:"0" doc:"Who drove it before does so no more."`
	}
}

type driverChangeInput struct {
	PathID
	IfMatch
	Body struct {
		Name    *string `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Phone   *string `json:"phone,omitempty" maxLength:"20" example:"+4917012345"`
		Licence *string `json:"licence,omitempty" maxLength:"50"`
		Key     *string `json:"key,omitempty" maxLength:"50"`
		Vehicle *int32  `json:"vehicle_id,omitempty" minimum:"0" doc:"0: none. Who drove it before does so no more."`
	}
}

func (a *api) addDrivers() {
	register(a, huma.Operation{
		OperationID: "list-drivers", Method: http.MethodGet, Path: "/api/drivers", Tags: []string{"drivers"},
		Summary: "Drivers by name", Description: "The search goes over their members and the vehicle's name and plate.",
	}, func(ctx context.Context, in *struct{ PageQuery }) (*body[list[driver]], error) {
		rows, next, err := a.Store.Drivers(ctx, scope(ctx), in.page())
		return listOf(rows, next, driverOf), err
	})
	register(a, huma.Operation{
		OperationID: "create-driver", Method: http.MethodPost, Path: "/api/drivers", Tags: []string{"drivers"},
		Summary: "Add a driver", DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *newDriverInput) (*tagged[driver], error) {
		b := &in.Body
		return driverAnswer(a.Store.CreateDriver(ctx, scope(ctx), fleet.Driver{
			Name: b.Name, Phone: b.Phone, Licence: b.Licence, Key: b.Key, Vehicle: fleet.VehicleID(b.Vehicle),
		}))
	})
	register(a, huma.Operation{
		OperationID: "get-driver", Method: http.MethodGet, Path: "/api/drivers/{id}", Tags: []string{"drivers"},
		Summary: "A driver", Responses: notModified(),
	}, func(ctx context.Context, in *oneInput) (*tagged[driver], error) {
		d, err := a.Store.Driver(ctx, scope(ctx), fleet.DriverID(in.ID))
		if err != nil {
			return nil, err
		}
		return fresh(in.IfNoneMatch, d.Revision, driverOf(&d))
	})
	register(a, huma.Operation{
		OperationID: "change-driver", Method: http.MethodPatch, Path: "/api/drivers/{id}", Tags: []string{"drivers"},
		Summary: "Change a driver",
	}, func(ctx context.Context, in *driverChangeInput) (*tagged[driver], error) {
		b := &in.Body
		return driverAnswer(a.Store.UpdateDriver(ctx, scope(ctx), fleet.DriverID(in.ID), store.DriverChange{
			Name: b.Name, Phone: b.Phone, Licence: b.Licence, Key: b.Key, Vehicle: idIn[fleet.VehicleID](b.Vehicle),
		}, in.revision()))
	})
	register(a, huma.Operation{
		OperationID: "delete-driver", Method: http.MethodDelete, Path: "/api/drivers/{id}", Tags: []string{"drivers"},
		Summary: "Delete a driver", Description: kept,
	}, func(ctx context.Context, in *deleteInput) (*struct{}, error) {
		return nil, a.Store.DeleteDriver(ctx, scope(ctx), fleet.DriverID(in.ID), in.revision())
	})
	register(a, huma.Operation{
		OperationID: "restore-driver", Method: http.MethodPost, Path: "/api/drivers/{id}/restore", Tags: []string{"drivers"},
		Summary:     "Restore a deleted driver",
		Description: "Into the vehicle as before, unless somebody else drives it by now.",
	}, func(ctx context.Context, in *struct{ PathID }) (*tagged[driver], error) {
		return driverAnswer(a.Store.RestoreDriver(ctx, scope(ctx), fleet.DriverID(in.ID)))
	})
}

func driverAnswer(d store.DriverRow, err error) (*tagged[driver], error) {
	if err != nil {
		return nil, err
	}
	return tag(d.Revision, driverOf(&d))
}
