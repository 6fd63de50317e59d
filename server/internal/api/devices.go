package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

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
		if fault := a.checkDevice(&d); fault != nil {
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
		if fault := a.checkProtocol(*change.Protocol); fault != nil {
			return nil, invalid("body.", fault)
		}
	}
	d, err := a.Store.UpdateDevice(ctx, organization(ctx), fleet.DeviceID(in.ID), change)
	return answer(deviceOf(&d)), err
}

// fault is what is wrong with one member of a device.
type fault struct{ member, message, value string }

func invalid(where string, f *fault) error {
	return huma.Error422UnprocessableEntity("validation failed",
		&huma.ErrorDetail{Location: where + f.member, Message: f.message, Value: f.value})
}

// checkDevice trims a new device's members and gives the first that is wrong, nil for none.
func (a *api) checkDevice(d *store.NewDevice) *fault {
	for _, member := range []struct {
		name  string
		value *string
		most  int // characters
	}{
		{"identity", &d.Identity, 64}, {"name", &d.Name, 200}, {"plate", &d.Plate, 50}, {"group", &d.Group, 200},
		{"protocol", &d.Protocol, 50}, {"model", &d.Model, 100}, {"phone", &d.Phone, 20},
	} {
		*member.value = strings.TrimSpace(*member.value)
		if f := checkText(member.name, *member.value, member.most); f != nil {
			return f
		}
	}
	if d.Identity == "" {
		return &fault{"identity", "want the IMEI or the number that the tracker says", ""}
	}
	if strings.ContainsFunc(d.Identity, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return &fault{"identity", "want letters, digits and signs of ASCII, without spaces", d.Identity}
	}
	return a.checkProtocol(d.Protocol)
}

func (a *api) checkProtocol(name string) *fault {
	var names []string
	for _, p := range a.Ports {
		if p.Protocol == name {
			return nil
		}
		names = append(names, p.Protocol)
	}
	if name == "" {
		return nil
	}
	slices.Sort(names)
	return &fault{"protocol", "want one of " + strings.Join(slices.Compact(names), ", ") + ", or nothing for any", name}
}
