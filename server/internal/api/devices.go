package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/enrol"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type deviceStore interface {
	Devices(ctx context.Context, of fleet.Scope, p store.Page) ([]store.DeviceRow, string, error)
	Device(ctx context.Context, of fleet.Scope, id fleet.DeviceID) (store.DeviceRow, error)
	CreateDevice(ctx context.Context, of fleet.Scope, d store.NewDevice) (store.DeviceRow, error)
	UpdateDevice(
		ctx context.Context, of fleet.Scope, id fleet.DeviceID, c store.DeviceChange, revision int,
	) (store.DeviceRow, error)
	RetireDevice(ctx context.Context, of fleet.Scope, id fleet.DeviceID, revision int) error
	RestoreDevice(ctx context.Context, of fleet.Scope, id fleet.DeviceID) (store.DeviceRow, error)
	ImportDevices(
		ctx context.Context, of fleet.Scope, devices []store.NewDevice, try bool,
	) (store.Imported, error)
}

// Device is a device as the API writes it. It is exported for the same reason as Vehicle.
type Device struct {
	ID        int32         `json:"id" example:"7"`
	Identity  string        `json:"identity" example:"352093081452251"`
	Protocol  string        `json:"protocol" example:"teltonika" doc:"The only one it may speak; empty for any."`
	Model     string        `json:"model" example:"FMB920"`
	Phone     string        `json:"phone" example:"+33612345678" doc:"The number of its SIM."`
	Disabled  bool          `json:"disabled" doc:"It is not let in."`
	Offset    orNull[int32] `json:"clock_offset_s" example:"7200" doc:"Of its clock from UTC, if it speaks local time; null: as usual for its protocol."`
	Options   options       `json:"options" doc:"What else its profile says, by the names that GET /api/protocols gives."`
	Login     string        `json:"command_login" doc:"The user name in front of commands by SMS, where its protocol has one."`
	Secret    bool          `json:"has_command_password" doc:"It has a password for commands, which is never shown."`
	Sender    string        `json:"sender" doc:"The ICCID of the modem's SIM that it obeys; empty for the one that sent last."`
	AnySender bool          `json:"any_sender" doc:"It obeys any of the modems' SIMs."`
	Online    bool          `json:"online" doc:"It has an open line to this server, or sent a fix in the last 5 minutes."`
	Vehicle   orNull[int32] `json:"vehicle" doc:"The same as vehicle_id."`
	VehicleID orNull[int32] `json:"vehicle_id" doc:"The vehicle that it is in; null for none."`
}

// onlineFor is how long a device counts as online after a fix, open line or not: over UDP there is none.
const onlineFor = 5 * time.Minute

func (a *api) deviceOf(d *fleet.Device, heard time.Time) Device {
	online := time.Since(heard) < onlineFor || a.Online != nil && a.Online(d.ID)
	return Device{
		ID: int32(d.ID), Identity: d.Identity, Protocol: d.Protocol, Model: d.Model, Phone: d.Phone, Disabled: d.Disabled,
		Offset: offsetOf(d.Offset), Options: optionsOf(d.Options), Login: d.Login, Secret: d.Sealed != nil, Sender: d.Sender,
		AnySender: d.AnySender, Online: online,
		Vehicle: idOrNull(d.Vehicle), VehicleID: idOrNull(d.Vehicle),
	}
}

// listedDevice is a device as it is listed.
type listedDevice struct {
	Device
	VehicleName orNull[string]  `json:"vehicle_name"`
	Heard       orNull[instant] `json:"heard" doc:"When its latest fix was received; null: never."`
	Revision    int             `json:"revision" example:"2"`
}

func (a *api) listedDeviceOf(d *store.DeviceRow) listedDevice {
	shown := listedDevice{Device: a.deviceOf(&d.Device, d.Heard), Heard: known(d.Heard), Revision: d.Revision}
	if d.Vehicle != 0 {
		shown.VehicleName.value = &d.VehicleName
	}
	return shown
}

type newDeviceInput struct {
	Body struct {
		Identity string `json:"identity" minLength:"1" maxLength:"64" example:"352093081452251" doc:"What it says on the wire, as the IMEI."`
		Name     string `json:"name,omitempty" maxLength:"200" example:"Van 7" doc:"Of its vehicle; left out, the identity."`
		Plate    string `json:"plate,omitempty" maxLength:"50" example:"HH-V 7" doc:"Of its vehicle."`
		Group    string `json:"group,omitempty" maxLength:"200" example:"North/Depot 2" doc:"Path of its vehicle's; made as needed."`
		Protocol string `json:"protocol,omitempty" maxLength:"50" example:"teltonika"`
		Model    string `json:"model,omitempty" maxLength:"100" example:"FMB920"`
		Phone    string `json:"phone,omitempty" maxLength:"20" example:"+33612345678"`
	}
}

type deviceChangeInput struct {
	PathID
	IfMatch
	Body struct {
		Disabled *bool   `json:"disabled,omitempty"`
		Protocol *string `json:"protocol,omitempty" maxLength:"50"`
		Model    *string `json:"model,omitempty" maxLength:"100"`
		Phone    *string `json:"phone,omitempty" maxLength:"20" example:"+33612345678"`
		Vehicle  *int32  `json:"vehicle_id,omitempty" minimum:"0" doc:"0: take it out of its vehicle"`
		Offset   clock   `json:"clock_offset_s,omitempty" doc:"Seconds from -86400 to 86400; null: as usual for its protocol."`
		Options  options `json:"options,omitempty" doc:"In place of all that there were."`

		Login     *string `json:"command_login,omitempty" maxLength:"50"`
		Password  *string `json:"command_password,omitempty" maxLength:"50" doc:"Of commands; empty: it has none. It is never shown."`
		Sender    *string `json:"sender,omitempty" pattern:"^([0-9]{18,20})?$" doc:"The ICCID of the modem's SIM that it obeys."`
		AnySender *bool   `json:"any_sender,omitempty"`
	}
}

func (a *api) addDevices() {
	register(a, huma.Operation{
		OperationID: "list-devices", Method: http.MethodGet, Path: "/api/devices", Tags: []string{"devices"},
		Summary:     "Devices by identity",
		Description: "The search goes over identity, model, phone, and the vehicle's name, plate, group and driver.",
	}, func(ctx context.Context, in *struct{ PageQuery }) (*body[list[listedDevice]], error) {
		rows, next, err := a.Store.Devices(ctx, scope(ctx), in.page())
		return listOf(rows, next, a.listedDeviceOf), err
	})
	register(a, huma.Operation{
		OperationID: "create-device", Method: http.MethodPost, Path: "/api/devices", Tags: []string{"devices"},
		Summary: "Add a device, and a vehicle that it is in", DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *newDeviceInput) (*tagged[listedDevice], error) {
		d := store.NewDevice(in.Body)
		if fault := enrol.Check(&d, a.protocols()); fault != nil {
			return nil, invalid("body.", fault)
		}
		return a.deviceAnswer(a.Store.CreateDevice(ctx, scope(ctx), d))
	})
	register(a, huma.Operation{
		OperationID: "get-device", Method: http.MethodGet, Path: "/api/devices/{id}", Tags: []string{"devices"},
		Summary: "A device", Responses: notModified(),
	}, func(ctx context.Context, in *oneInput) (*tagged[listedDevice], error) {
		d, err := a.Store.Device(ctx, scope(ctx), fleet.DeviceID(in.ID))
		if err != nil {
			return nil, err
		}
		return fresh(in.IfNoneMatch, d.Revision, a.listedDeviceOf(&d))
	})
	register(a, huma.Operation{
		OperationID: "change-device", Method: http.MethodPatch, Path: "/api/devices/{id}", Tags: []string{"devices"},
		Summary: "Change a device, or put it into another vehicle",
		Description: "A disabled one is no longer let in; what it sent is kept. What it sends belongs to the vehicle that " +
			"it is in at that time.",
	}, a.changeDevice)
	register(a, huma.Operation{
		OperationID: "delete-device", Method: http.MethodDelete, Path: "/api/devices/{id}", Tags: []string{"devices"},
		Summary:     "Retire a device",
		Description: "It is no longer let in, its history stays, and its identity is free for another. " + kept,
	}, func(ctx context.Context, in *deleteInput) (*struct{}, error) {
		return nil, a.Store.RetireDevice(ctx, scope(ctx), fleet.DeviceID(in.ID), in.revision())
	})
	register(a, huma.Operation{
		OperationID: "restore-device", Method: http.MethodPost, Path: "/api/devices/{id}/restore", Tags: []string{"devices"},
		Summary: "Restore a retired device", Description: "409 if its identity is another's by now.",
	}, func(ctx context.Context, in *struct{ PathID }) (*tagged[listedDevice], error) {
		return a.deviceAnswer(a.Store.RestoreDevice(ctx, scope(ctx), fleet.DeviceID(in.ID)))
	})
}

func (a *api) changeDevice(ctx context.Context, in *deviceChangeInput) (*tagged[listedDevice], error) {
	b := &in.Body
	change := store.DeviceChange{
		Disabled: b.Disabled, Protocol: b.Protocol, Model: b.Model, Phone: b.Phone,
		Vehicle: idIn[fleet.VehicleID](b.Vehicle), Login: b.Login, Sender: b.Sender, AnySender: b.AnySender,
	}
	if b.Password != nil {
		change.Sealed = a.sealPassword(fleet.DeviceID(in.ID), *b.Password)
	}
	if b.Offset.said {
		change.Offset = &b.Offset.value
	}
	if b.Options != nil {
		change.Options = b.Options
	}
	if change.Protocol != nil {
		if fault := enrol.CheckProtocol(*change.Protocol, a.protocols()); fault != nil {
			return nil, invalid("body.", fault)
		}
	}
	return a.deviceAnswer(a.Store.UpdateDevice(ctx, scope(ctx), fleet.DeviceID(in.ID), change, in.revision()))
}

// sealPassword gives a device's password for commands as it is kept; empty for none.
func (a *api) sealPassword(id fleet.DeviceID, password string) *[]byte {
	sealed := []byte{}
	if password != "" {
		sealed = a.seals.password.Close([]byte(password), store.SecretsOwner(id))
	}
	return &sealed
}

func (a *api) deviceAnswer(d store.DeviceRow, err error) (*tagged[listedDevice], error) {
	if err != nil {
		return nil, err
	}
	return tag(d.Revision, a.listedDeviceOf(&d))
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
