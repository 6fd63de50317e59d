package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/enrol"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type deviceStore interface {
	Devices(ctx context.Context, of fleet.OrganizationID, p store.Page) ([]fleet.Device, string, error)
	CreateDevice(ctx context.Context, of fleet.OrganizationID, d store.NewDevice) (fleet.Device, error)
	UpdateDevice(
		ctx context.Context, of fleet.OrganizationID, id fleet.DeviceID, c store.DeviceChange,
	) (fleet.Device, error)
	ImportDevices(ctx context.Context, of fleet.OrganizationID, devices []store.NewDevice) (store.Imported, error)
}

type device struct {
	ID       int32         `json:"id"`
	Identity string        `json:"identity" example:"352093081452251"`
	Protocol string        `json:"protocol" example:"teltonika" doc:"The only one it may speak; empty for any."`
	Model    string        `json:"model" example:"FMB920"`
	Phone    string        `json:"phone" example:"+33612345678" doc:"The number of its SIM."`
	Disabled bool          `json:"disabled" doc:"It is not let in."`
	Vehicle  orNull[int32] `json:"vehicle" doc:"The vehicle that it is in; null for none."`
}

func deviceOf(d *fleet.Device) device {
	out := device{
		ID: int32(d.ID), Identity: d.Identity, Protocol: d.Protocol, Model: d.Model, Phone: d.Phone, Disabled: d.Disabled,
	}
	if d.Vehicle != 0 {
		id := int32(d.Vehicle)
		out.Vehicle.value = &id
	}
	return out
}

type newDeviceInput struct {
	Body struct {
		Identity string `json:"identity" minLength:"1" maxLength:"64" doc:"What it says on the wire, as the IMEI."`
		Name     string `json:"name,omitempty" maxLength:"200" doc:"Of its vehicle; left out, the identity."`
		Plate    string `json:"plate,omitempty" maxLength:"50" doc:"Of its vehicle."`
		Group    string `json:"group,omitempty" maxLength:"200" doc:"Of its vehicle."`
		Protocol string `json:"protocol,omitempty" maxLength:"50"`
		Model    string `json:"model,omitempty" maxLength:"100"`
		Phone    string `json:"phone,omitempty" maxLength:"20"`
	}
}

type deviceChangeInput struct {
	PathID
	Body struct {
		Disabled *bool   `json:"disabled,omitempty"`
		Protocol *string `json:"protocol,omitempty" maxLength:"50"`
		Model    *string `json:"model,omitempty" maxLength:"100"`
		Phone    *string `json:"phone,omitempty" maxLength:"20"`
	}
}

func (a *api) addDevices() {
	register(a, huma.Operation{
		OperationID: "list-devices", Method: http.MethodGet, Path: "/api/devices", Tags: []string{"devices"},
		Summary: "Devices by identity", Description: "The search goes over identity, model and phone.",
	}, func(ctx context.Context, in *struct{ PageQuery }) (*body[list[device]], error) {
		rows, next, err := a.Store.Devices(ctx, organization(ctx), in.page())
		return listOf(rows, next, deviceOf), err
	})
	register(a, huma.Operation{
		OperationID: "create-device", Method: http.MethodPost, Path: "/api/devices", Tags: []string{"devices"},
		Summary: "Add a device, and a vehicle that it is in", DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *newDeviceInput) (*body[device], error) {
		d := store.NewDevice(in.Body)
		if fault := enrol.Check(&d, a.protocols()); fault != nil {
			return nil, invalid("body.", fault)
		}
		made, err := a.Store.CreateDevice(ctx, organization(ctx), d)
		return answer(deviceOf(&made)), err
	})
	register(a, huma.Operation{
		OperationID: "change-device", Method: http.MethodPatch, Path: "/api/devices/{id}", Tags: []string{"devices"},
		Summary: "Change a device", Description: "A disabled one is no longer let in; what it sent is kept.",
	}, a.changeDevice)
}

func (a *api) changeDevice(ctx context.Context, in *deviceChangeInput) (*body[device], error) {
	change := store.DeviceChange{
		Disabled: in.Body.Disabled, Protocol: in.Body.Protocol, Model: in.Body.Model, Phone: in.Body.Phone,
	}
	if change.Protocol != nil {
		if fault := enrol.CheckProtocol(*change.Protocol, a.protocols()); fault != nil {
			return nil, invalid("body.", fault)
		}
	}
	d, err := a.Store.UpdateDevice(ctx, organization(ctx), fleet.DeviceID(in.ID), change)
	return answer(deviceOf(&d)), err
}

func invalid(where string, f *enrol.Fault) error {
	return huma.Error422UnprocessableEntity("validation failed",
		&huma.ErrorDetail{Location: where + f.Member, Message: f.Message, Value: f.Value})
}

// protocols are the names that a device may bear: of those that trackers can call with.
func (a *api) protocols() []string {
	names := mapped(a.Ports, func(p *Port) string { return p.Protocol })
	slices.Sort(names)
	return slices.Compact(names)
}
