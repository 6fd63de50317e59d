package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type simStore interface {
	SIMs(ctx context.Context, of fleet.Scope, q store.SIMQuery) ([]store.SIMRow, string, error)
	SIM(ctx context.Context, of fleet.Scope, id fleet.SIMID) (store.SIMRow, error)
	CreateSIM(ctx context.Context, of fleet.Scope, m fleet.SIM) (store.SIMRow, error)
	UpdateSIM(
		ctx context.Context, of fleet.Scope, id fleet.SIMID, c store.SIMChange, revision int,
	) (store.SIMRow, error)
	AcceptSIM(ctx context.Context, of fleet.Scope, id fleet.SIMID, device fleet.DeviceID) (store.SIMRow, error)
	DeleteSIM(ctx context.Context, of fleet.Scope, id fleet.SIMID, revision int) error
	RestoreSIM(ctx context.Context, of fleet.Scope, id fleet.SIMID) (store.SIMRow, error)
	ImportSIMs(ctx context.Context, of fleet.Scope, list []store.NewSIM, try bool) (store.Imported, error)
	SIMUsage(ctx context.Context, of fleet.Scope, id fleet.SIMID, from, to time.Time) ([]fleet.Usage, error)
}

type sim struct {
	ID             int32              `json:"id" example:"12"`
	ICCID          string             `json:"iccid" example:"8933000000000000017" doc:"19 or 20 digits."`
	IMSI           string             `json:"imsi" example:"208011234567890" doc:"Empty if not known."`
	MSISDN         string             `json:"msisdn" example:"+33612345678" doc:"Its number; empty if not known."`
	Operator       string             `json:"operator" example:"Orange"`
	APN            string             `json:"apn" example:"internet"`
	Plan           string             `json:"plan" example:"Fleet 50 MB"`
	State          string             `json:"state" enum:"stock,active,suspended,ended"`
	HasPIN         bool               `json:"has_pin" doc:"A PIN is known; it is never shown."`
	Device         orNull[int32]      `json:"device_id" doc:"The device that it should be in; null: none."`
	Identity       orNull[string]     `json:"device" example:"352093081452251" doc:"Its identity."`
	Vehicle        orNull[int32]      `json:"vehicle_id" doc:"The vehicle that the device is in."`
	VehicleName    orNull[string]     `json:"vehicle"`
	Modem          orNull[string]     `json:"modem" doc:"The server's modem that it was last seen in; null: none."`
	BudgetBytes    orNull[int64]      `json:"budget_bytes" doc:"A month; null: none."`
	BudgetMessages orNull[int64]      `json:"budget_messages" doc:"SMS a month, both ways; null: none."`
	Note           string             `json:"note"`
	Month          SIMCarried         `json:"month" doc:"What it carried this month (UTC)."`
	Alarms         []string           `json:"alarms" nullable:"false" enum:"swap,elsewhere,msisdn,budget_bytes,budget_messages" doc:"Of swap (its device reports another SIM), elsewhere (another device reports it), msisdn (its number is not the one that its device writes from, or is written to at), budget_bytes and budget_messages (80 % of a budget are used)."`
	SeenIn         []simSeen          `json:"seen_in" nullable:"false" doc:"The devices that reported it, the latest first."`
	Instead        orNull[simInstead] `json:"instead" doc:"What its device reports in its place; null: nothing."`
	Revision       int                `json:"revision" example:"3"`
}

// SIMCarried is what a SIM carried in a month or a day. It is exported for huma, which finds embedded fields by
// reflection.
type SIMCarried struct {
	BytesIn  int64 `json:"bytes_in" doc:"From the tracker, without the headers of TCP/IP."`
	BytesOut int64 `json:"bytes_out"`
	Frames   int64 `json:"frames" doc:"From the tracker."`
	SMSIn    int   `json:"sms_in" doc:"From the SIM."`
	SMSOut   int   `json:"sms_out" doc:"To the SIM, by their parts."`
}

type simSeen struct {
	Device      int32   `json:"device_id"`
	VehicleName string  `json:"vehicle" doc:"Empty if it is in none."`
	First       instant `json:"first"`
	Last        instant `json:"last" doc:"To the hour, while it goes on."`
}

type simInstead struct {
	SIM   orNull[int32] `json:"sim_id" doc:"null: it is not in the inventory."`
	ICCID string        `json:"iccid" doc:"Empty if the device does not say it."`
	IMSI  string        `json:"imsi" doc:"The same."`
	First instant       `json:"first"`
}

func simOf(m *store.SIMRow) sim {
	shown := sim{
		ID: int32(m.ID), ICCID: m.ICCID, IMSI: m.IMSI, MSISDN: m.MSISDN, Operator: m.Operator, APN: m.APN, Plan: m.Plan,
		State: string(m.State), HasPIN: m.HasPIN, Device: idOrNull(m.Device),
		Identity: someOrNull(m.Identity), Vehicle: idOrNull(m.Vehicle), VehicleName: someOrNull(m.VehicleName),
		Modem:       someOrNull(m.Modem),
		BudgetBytes: someOrNull(m.BudgetBytes), BudgetMessages: someOrNull(int64(m.BudgetMessages)), Note: m.Note,
		Month: monthOf(&m.Month), Alarms: append([]string{}, m.Alarms...),
		SeenIn: mapped(m.SeenIn, func(s *store.SeenSIM) simSeen {
			return simSeen{int32(s.Device), s.VehicleName, instant(s.First), instant(s.Last)}
		}),
		Revision: m.Revision,
	}
	if o := m.Instead; o != nil {
		shown.Instead.value = &simInstead{idOrNull(o.SIM), o.ICCID, o.IMSI, instant(o.First)}
	}
	return shown
}

func monthOf(u *fleet.Usage) SIMCarried {
	return SIMCarried{u.BytesIn, u.BytesOut, u.Frames, u.SMSIn, u.SMSOut}
}

// someOrNull is a value; null for the zero one.
func someOrNull[T comparable](v T) (o orNull[T]) {
	var nothing T
	if v != nothing {
		o.value = &v
	}
	return o
}

type simsInput struct {
	PageQuery
	Alarms bool `query:"alarms" doc:"Only those that have an alarm."`
}

func (a *api) addSIMs() {
	register(a, huma.Operation{
		OperationID: "list-sims", Method: http.MethodGet, Path: "/api/sims", Tags: []string{"sims"},
		Summary: "SIMs by ICCID",
		Description: "The search goes over their numbers and texts, the device's identity, and the vehicle's name and " +
			"plate. A SIM that should be in no device is seen by who sees a device that reports it, and by who sees every " +
			"vehicle.",
	}, func(ctx context.Context, in *simsInput) (*body[list[sim]], error) {
		rows, next, err := a.Store.SIMs(ctx, scope(ctx), store.SIMQuery{Page: in.page(), Alarms: in.Alarms})
		return listOf(rows, next, simOf), err
	})
	register(a, huma.Operation{
		OperationID: "create-sim", Method: http.MethodPost, Path: "/api/sims", Tags: []string{"sims"},
		Summary: "Take a SIM into the inventory", DefaultStatus: http.StatusCreated,
		Description: "Trackers that say their ICCID take theirs in by themselves, if they have none.",
	}, a.createSIM)
	register(a, huma.Operation{
		OperationID: "get-sim", Method: http.MethodGet, Path: "/api/sims/{id}", Tags: []string{"sims"},
		Summary: "A SIM", Responses: notModified(),
	}, func(ctx context.Context, in *oneInput) (*tagged[sim], error) {
		m, err := a.Store.SIM(ctx, scope(ctx), fleet.SIMID(in.ID))
		if err != nil {
			return nil, err
		}
		return fresh(in.IfNoneMatch, m.Revision, simOf(&m))
	})
	register(a, huma.Operation{
		OperationID: "change-sim", Method: http.MethodPatch, Path: "/api/sims/{id}", Tags: []string{"sims"},
		Summary: "Change a SIM, or say which device it should be in",
	}, a.changeSIM)
	register(a, huma.Operation{
		OperationID: "delete-sim", Method: http.MethodDelete, Path: "/api/sims/{id}", Tags: []string{"sims"},
		Summary: "Delete a SIM", Description: kept,
	}, func(ctx context.Context, in *deleteInput) (*struct{}, error) {
		return nil, a.Store.DeleteSIM(ctx, scope(ctx), fleet.SIMID(in.ID), in.revision())
	})
	register(a, huma.Operation{
		OperationID: "restore-sim", Method: http.MethodPost, Path: "/api/sims/{id}/restore", Tags: []string{"sims"},
		Summary: "Restore a deleted SIM", Description: "Into its device, unless that has another by now.",
	}, func(ctx context.Context, in *struct{ PathID }) (*tagged[sim], error) {
		return simAnswer(a.Store.RestoreSIM(ctx, scope(ctx), fleet.SIMID(in.ID)))
	})
	a.addSIMAccept()
	a.addSIMUsage()
	a.addSIMTables()
}

func simAnswer(m store.SIMRow, err error) (*tagged[sim], error) {
	if err != nil {
		return nil, err
	}
	return tag(m.Revision, simOf(&m))
}
