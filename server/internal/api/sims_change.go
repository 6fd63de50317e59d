package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type newSIMInput struct {
	Body struct {
		ICCID          string `json:"iccid" minLength:"18" maxLength:"40" example:"8933000000000000017" doc:"18 to 20 digits; spaces and the card's filler F are taken off."`
		IMSI           string `json:"imsi,omitempty" maxLength:"20"`
		MSISDN         string `json:"msisdn,omitempty" maxLength:"30" example:"+33612345678"`
		Operator       string `json:"operator,omitempty" maxLength:"100"`
		APN            string `json:"apn,omitempty" maxLength:"100"`
		Plan           string `json:"plan,omitempty" maxLength:"100"`
		State          string `json:"state,omitempty" enum:"stock,active,suspended,ended" doc:"Left out: active in a device, else in stock."`
		PIN            string `json:"pin,omitempty" pattern:"^[0-9]{4,8}$" doc:"Kept sealed; no answer has it."`
		Device         int32  `json:"device_id,omitempty" minimum:"0" doc:"Another SIM of the device is in none from then on."`
		BudgetBytes    int64  `json:"budget_bytes,omitempty" minimum:"0" maximum:"1000000000000000" doc:"A month."`
		BudgetMessages int32  `json:"budget_messages,omitempty" minimum:"0" doc:"SMS a month, both ways."`
		Note           string `json:"note,omitempty" maxLength:"1000"`
	}
}

type simChangeInput struct {
	PathID
	IfMatch
	Body struct {
		IMSI           *string `json:"imsi,omitempty" maxLength:"20"`
		MSISDN         *string `json:"msisdn,omitempty" maxLength:"30" example:"+33612345678"`
		Operator       *string `json:"operator,omitempty" maxLength:"100"`
		APN            *string `json:"apn,omitempty" maxLength:"100"`
		Plan           *string `json:"plan,omitempty" maxLength:"100"`
		State          *string `json:"state,omitempty" enum:"stock,active,suspended,ended"`
		PIN            *string `json:"pin,omitempty" pattern:"^([0-9]{4,8})?$" doc:"Kept sealed; empty: none."`
		Device         *int32  `json:"device_id,omitempty" minimum:"0" doc:"0: none. Another SIM of the device is in none from then on."`
		BudgetBytes    *int64  `json:"budget_bytes,omitempty" minimum:"0" maximum:"1000000000000000" doc:"A month; 0: none."`
		BudgetMessages *int    `json:"budget_messages,omitempty" minimum:"0" maximum:"2147483647" doc:"SMS a month, both ways; 0: none."`
		Note           *string `json:"note,omitempty" maxLength:"1000"`
	}
}

func (a *api) createSIM(ctx context.Context, in *newSIMInput) (*tagged[sim], error) {
	b := &in.Body
	m := fleet.SIM{
		ICCID: b.ICCID, IMSI: b.IMSI, MSISDN: b.MSISDN, Operator: b.Operator, APN: b.APN, Plan: b.Plan,
		State: fleet.SIMState(b.State), Device: fleet.DeviceID(b.Device), BudgetBytes: b.BudgetBytes,
		BudgetMessages: int(b.BudgetMessages), Note: b.Note,
	}
	if iccid, ok := fleet.NormalICCID(b.ICCID); ok && b.PIN != "" {
		m.PIN = a.sealPIN(b.PIN, iccid)
	}
	return simAnswer(a.Store.CreateSIM(ctx, scope(ctx), m))
}

// sealPIN makes a SIM's PIN what is stored: it can be opened for this card only.
func (a *api) sealPIN(pin, iccid string) []byte {
	return a.seals.pin.Close([]byte(pin), fleet.CardOf(iccid))
}

func (a *api) changeSIM(ctx context.Context, in *simChangeInput) (*tagged[sim], error) {
	b, of, id := &in.Body, scope(ctx), fleet.SIMID(in.ID)
	c := store.SIMChange{
		IMSI: b.IMSI, MSISDN: b.MSISDN, Operator: b.Operator, APN: b.APN, Plan: b.Plan, Note: b.Note,
		State: (*fleet.SIMState)(b.State), Device: idIn[fleet.DeviceID](b.Device),
		BudgetBytes: b.BudgetBytes, BudgetMessages: b.BudgetMessages,
	}
	if b.PIN != nil {
		m, err := a.Store.SIM(ctx, of, id)
		if err != nil {
			return nil, err
		}
		sealed := []byte{}
		if *b.PIN != "" {
			sealed = a.sealPIN(*b.PIN, m.ICCID)
		}
		c.PIN = &sealed
	}
	return simAnswer(a.Store.UpdateSIM(ctx, of, id, c, in.revision()))
}

type simAcceptInput struct {
	PathID
	Body struct {
		Device int32 `json:"device_id" minimum:"1" doc:"The device that it is in now."`
	}
}

func (a *api) addSIMAccept() {
	register(a, huma.Operation{
		OperationID: "accept-sim", Method: http.MethodPost, Path: "/api/sims/{id}/accept", Tags: []string{"sims"},
		Summary: "Accept that a SIM is in another device",
		Description: "That settles the alarms swap and elsewhere: from then on it should be there, and is active; the SIM " +
			"that was there before should be nowhere. The device gets its number, if that is known.",
	}, func(ctx context.Context, in *simAcceptInput) (*tagged[sim], error) {
		return simAnswer(a.Store.AcceptSIM(ctx, scope(ctx), fleet.SIMID(in.ID), fleet.DeviceID(in.Body.Device)))
	})
}

type simUsageInput struct {
	PathID
	From time.Time `query:"from" doc:"From its day (UTC) on; left out, 31 days before to."`
	To   time.Time `query:"to" doc:"Days that begin before then; left out, now."`
}

type simDay struct {
	Day string `json:"day" format:"date"`
	SIMCarried
}

type simDays struct {
	Days []simDay `json:"days" nullable:"false" doc:"Those (UTC) on which it carried anything, the earliest first."`
}

func (a *api) addSIMUsage() {
	register(a, huma.Operation{
		OperationID: "get-sim-usage", Method: http.MethodGet, Path: "/api/sims/{id}/usage", Tags: []string{"sims"},
		Summary: "What a SIM carried each day",
		Description: "As the server counts it on its lines: the operator counts the headers of TCP/IP as well, " +
			"and what the tracker sends elsewhere.",
	}, func(ctx context.Context, in *simUsageInput) (*body[simDays], error) {
		if in.To.IsZero() {
			in.To = time.Now()
		}
		if in.From.IsZero() {
			in.From = in.To.AddDate(0, 0, -31)
		}
		if err := checkPeriod("query.", in.From, in.To); err != nil {
			return nil, err
		}
		days, err := a.Store.SIMUsage(ctx, scope(ctx), fleet.SIMID(in.ID), in.From, in.To)
		if err != nil {
			return nil, err
		}
		return answer(simDays{mapped(days, func(u *fleet.Usage) simDay {
			return simDay{u.Day.Format(time.DateOnly), monthOf(u)}
		})}), nil
	})
}
