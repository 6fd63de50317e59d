package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/modem"
	"drover/server/internal/fleet"
	"drover/server/internal/sms"
)

// Modems are those attached to this server.
type Modems interface {
	Views() []sms.View
	// USSD asks the network something. Its errors are modem.ErrUSSD and modem.ErrNotReady.
	USSD(ctx context.Context, name, code string) (string, error)
	Reset(name string) error
	Pause(name string, on bool) error
	// Queue stores an SMS to go; see sms.Desk.
	Queue(ctx context.Context, m fleet.SMS, validity time.Duration) (fleet.SMS, error)
}

type modemStore interface {
	NoteModem(ctx context.Context, of fleet.Scope, name, action, detail string) error
	ModemHistory(ctx context.Context, of fleet.Scope, name string, from, to time.Time) ([]fleet.ModemPoint, error)
	ModemHistoryBegins(ctx context.Context, of fleet.Scope) (map[string]time.Time, error)
}

type shownModem struct {
	Name          string          `json:"name"`
	URL           string          `json:"url"`
	Phase         modemPhase      `json:"phase" doc:"What it is doing."`
	Reason        string          `json:"reason" doc:"Why, for people."`
	Since         orNull[instant] `json:"since" doc:"When this phase began."`
	Manufacturer  string          `json:"manufacturer"`
	Model         string          `json:"model"`
	Firmware      string          `json:"firmware"`
	IMEI          string          `json:"imei"`
	ICCID         string          `json:"iccid"`
	IMSI          string          `json:"imsi"`
	MSISDN        string          `json:"msisdn"`
	SMSC          string          `json:"smsc" doc:"The service centre's number."`
	PINState      string          `json:"pin_state" doc:"As the SIM says: READY, SIM PIN, SIM PUK."`
	PINRetries    orNull[int]     `json:"pin_retries" doc:"Tries left."`
	Registration  string          `json:"registration" enum:"home,roaming,searching,denied,none," doc:"Empty if not known."`
	Operator      string          `json:"operator"`
	PLMN          string          `json:"plmn" doc:"MCC and MNC."`
	Access        string          `json:"access" doc:"gsm, umts, lte, nb-iot, nr; empty if not known."`
	LAC           string          `json:"lac"`
	CID           string          `json:"cid"`
	SignalDBM     orNull[int]     `json:"signal_dbm"`
	SignalPercent orNull[int]     `json:"signal_percent"`
	Temperature   orNull[float64] `json:"temperature" doc:"°C."`
	StorageUsed   int             `json:"storage_used" doc:"Messages in its memory."`
	StorageSize   int             `json:"storage_size"`
	Balance       orNull[float64] `json:"balance"`
	BalanceLow    bool            `json:"balance_low" doc:"It is under the alarm."`
	BalanceText   string          `json:"balance_text" doc:"As the operator said it."`
	Currency      string          `json:"currency"`
	BalanceAt     orNull[instant] `json:"balance_at"`
	Sent          uint64          `json:"sent" doc:"Since the server started, as the next four."`
	Failed        uint64          `json:"failed"`
	Unknown       uint64          `json:"unknown"`
	Received      uint64          `json:"received"`
	Restarts      int             `json:"restarts"`
	LastError     string          `json:"last_error"`
	Queue         int             `json:"queue" doc:"SMS that it is sending, or that only its SIM may send."`
	Paused        bool            `json:"paused"`
	Counters      spans           `json:"counters" doc:"What its SIM sent lately: messages (parts count), and numbers within 24 hours."`
	Limits        spans           `json:"limits" doc:"0: none."`
	Prefixes      []string        `json:"prefixes" nullable:"false" doc:"Of the numbers that its SIM is meant for; none: all."`
	HistoryFrom   orNull[instant] `json:"history_from"`
}

type spans struct {
	Minute     int `json:"minute"`
	Hour       int `json:"hour"`
	Day        int `json:"day"`
	Month      int `json:"month"`
	Recipients int `json:"recipients"`
}

type modemList struct {
	Modems []shownModem `json:"modems" nullable:"false"`
}

type modemPoint struct {
	Time         instant         `json:"time"`
	Phase        modemPhase      `json:"phase"`
	Reason       string          `json:"reason"`
	ICCID        string          `json:"iccid"`
	Registration string          `json:"registration"`
	PLMN         string          `json:"plmn"`
	SignalDBM    orNull[int]     `json:"signal_dbm"`
	Temperature  orNull[float64] `json:"temperature_c"`
	StorageUsed  orNull[int]     `json:"storage_used"`
	Balance      orNull[float64] `json:"balance"`
}

type modemPoints struct {
	Points []modemPoint `json:"points" nullable:"false"`
}

// PathModem is a path's modem. It is exported for huma, which finds embedded fields by reflection.
type PathModem struct {
	Name string `path:"name" minLength:"1" maxLength:"40"`
}

type ussdInput struct {
	PathModem
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"40" pattern:"^[0-9*#]+$" example:"*100#"`
	}
}

type ussdAnswer struct {
	Text string `json:"text"`
}

type pauseInput struct {
	PathModem
	Body struct {
		Paused bool `json:"paused"`
	}
}

type modemHistoryInput struct {
	PathModem
	From time.Time `query:"from" doc:"Left out: from the beginning; 90 days are kept."`
	To   time.Time `query:"to" doc:"Before this; left out: until now."`
}

func (a *api) addModems() {
	register(a, huma.Operation{
		OperationID: "list-modems", Method: http.MethodGet, Path: "/api/modems", Tags: []string{"modems"},
		Summary: "The modems that send and receive SMS, as they are now",
	}, func(ctx context.Context, _ *struct{}) (*body[modemList], error) {
		list, err := a.modems(ctx)
		return answer(modemList{list}), err
	})
	register(a, huma.Operation{
		OperationID: "get-modem", Method: http.MethodGet, Path: "/api/modems/{name}", Tags: []string{"modems"},
		Summary: "One of them",
	}, func(ctx context.Context, in *PathModem) (*body[shownModem], error) {
		list, err := a.modems(ctx)
		at := slices.IndexFunc(list, func(m shownModem) bool { return m.Name == in.Name })
		if err != nil || at < 0 {
			return nil, orNoModem(err)
		}
		return answer(list[at]), nil
	})
	register(a, huma.Operation{
		OperationID: "get-modem-history", Method: http.MethodGet, Path: "/api/modems/{name}/history",
		Tags: []string{"modems"}, Summary: "How it was: a point for each change, and every five minutes",
		Description: "At most 10,000 points: of a longer span the newest.",
	}, func(ctx context.Context, in *modemHistoryInput) (*body[modemPoints], error) {
		points, err := a.Store.ModemHistory(ctx, scope(ctx), in.Name, in.From, in.To)
		return answer(modemPoints{mapped(points, modemPointOf)}), err
	})
	a.addModemActions()
}

func (a *api) addModemActions() {
	register(a, huma.Operation{
		OperationID: "ask-network", Method: http.MethodPost, Path: "/api/modems/{name}/ussd", Tags: []string{"modems"},
		Summary: "Ask its network something by USSD, such as the balance",
	}, func(ctx context.Context, in *ussdInput) (*body[ussdAnswer], error) {
		if err := a.act(ctx, in.Name, "ussd", in.Body.Code); err != nil {
			return nil, err
		}
		text, err := a.Modems.USSD(ctx, in.Name, in.Body.Code)
		return answer(ussdAnswer{text}), modemProblem(err)
	})
	register(a, huma.Operation{
		OperationID: "reset-modem", Method: http.MethodPost, Path: "/api/modems/{name}/reset", Tags: []string{"modems"},
		Summary: "Reset it", DefaultStatus: http.StatusNoContent,
	}, func(ctx context.Context, in *PathModem) (*struct{}, error) {
		if err := a.act(ctx, in.Name, "reset", ""); err != nil {
			return nil, err
		}
		return nil, modemProblem(a.Modems.Reset(in.Name))
	})
	register(a, huma.Operation{
		OperationID: "pause-modem", Method: http.MethodPost, Path: "/api/modems/{name}/pause", Tags: []string{"modems"},
		Summary: "Close its port, or open it again", DefaultStatus: http.StatusNoContent,
		Description: "It stays so when the server is started anew.",
	}, func(ctx context.Context, in *pauseInput) (*struct{}, error) {
		action := "resume"
		if in.Body.Paused {
			action = "pause"
		}
		if err := a.act(ctx, in.Name, action, ""); err != nil {
			return nil, err
		}
		return nil, modemProblem(a.Modems.Pause(in.Name, in.Body.Paused))
	})
}

// modems are those attached now.
func (a *api) modems(ctx context.Context) ([]shownModem, error) {
	if a.Modems == nil {
		return []shownModem{}, nil
	}
	begins, err := a.Store.ModemHistoryBegins(ctx, scope(ctx))
	if err != nil {
		return nil, err
	}
	views := a.Modems.Views()
	return mapped(views, func(v *sms.View) shownModem { return modemOf(v, begins[v.Name]) }), nil
}

// act writes down what somebody is about to do to a modem.
func (a *api) act(ctx context.Context, name, action, detail string) error {
	if a.Modems == nil || !slices.ContainsFunc(a.Modems.Views(), func(v sms.View) bool { return v.Name == name }) {
		return orNoModem(nil)
	}
	return a.Store.NoteModem(ctx, scope(ctx), name, action, detail)
}

func orNoModem(err error) error {
	if err == nil {
		err = huma.Error404NotFound("there is no such modem; they are attached with --modem")
	}
	return err
}

func modemProblem(err error) error {
	switch {
	case errors.Is(err, modem.ErrNotReady), errors.Is(err, modem.ErrUSSD):
		return huma.Error409Conflict(err.Error())
	case errors.Is(err, modem.ErrNoModem):
		return orNoModem(nil)
	}
	return err
}

func modemOf(v *sms.View, begins time.Time) shownModem {
	m := shownModem{
		Name: v.Name, URL: v.URL, Phase: modemPhase(v.Phase),
		Reason: v.Reason, Since: known(v.Since), Manufacturer: v.Manufacturer,
		Model: v.Model, Firmware: v.Firmware, IMEI: v.IMEI, ICCID: v.ICCID, IMSI: v.IMSI, MSISDN: v.MSISDN, SMSC: v.SMSC,
		PINState: v.PINState, PINRetries: orNull[int]{v.PINRetries}, Registration: string(v.Registration),
		Operator: v.Operator, PLMN: v.PLMN, Access: v.Access, LAC: v.LAC, CID: v.CID, SignalDBM: orNull[int]{v.SignalDBM},
		SignalPercent: orNull[int]{v.SignalPercent}, Temperature: orNull[float64]{v.Temperature}, StorageUsed: v.StorageUsed,
		StorageSize: v.StorageSize, Balance: orNull[float64]{v.Balance}, BalanceLow: v.Low, BalanceText: v.BalanceText,
		Currency: v.Currency,
		Sent:     v.Sent, Failed: v.Failed, Unknown: v.Unknown, Received: v.Received, Restarts: v.Restarts,
		LastError: v.LastError, Queue: v.Queue, Paused: v.Phase == modem.Paused, Counters: spans(v.Counters),
		Limits: spans(v.Limits), Prefixes: append([]string{}, v.Prefixes...), HistoryFrom: known(begins),
	}
	if v.BalanceAt != nil {
		m.BalanceAt = known(*v.BalanceAt)
	}
	return m
}

func modemPointOf(p *fleet.ModemPoint) modemPoint {
	return modemPoint{
		Time: instant(p.Time), Phase: modemPhase(p.Phase), Reason: p.Reason, ICCID: p.ICCID,
		Registration: p.Registration, PLMN: p.PLMN,
		SignalDBM: orNull[int]{p.SignalDBM}, Temperature: orNull[float64]{p.Temperature},
		StorageUsed: orNull[int]{p.StorageUsed}, Balance: orNull[float64]{p.Balance},
	}
}
