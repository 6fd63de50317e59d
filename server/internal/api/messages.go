package api

import (
	"context"
	"encoding/hex"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/modem"
	"drover/server/internal/fleet"
	"drover/server/internal/sms"
	"drover/server/internal/store"
)

type messageStore interface {
	SMS(ctx context.Context, of fleet.Scope, q store.SMSQuery, p store.Page) ([]store.SMSRow, string, error)
	SMSByID(ctx context.Context, of fleet.Scope, id fleet.SMSID) (store.SMSRow, error)
	NoteSMS(ctx context.Context, of fleet.Scope, to, text string) error
	CancelSMS(ctx context.Context, of fleet.Scope, id fleet.SMSID) error
	NoteSMSSeen(ctx context.Context, of fleet.Scope, id fleet.SMSID) error
	PhonesLike(ctx context.Context, number string) ([]store.PhoneOf, error)
}

type textMessage struct {
	ID        int64           `json:"id"`
	Direction string          `json:"direction" enum:"in,out"`
	Peer      string          `json:"peer" doc:"The other end: + and digits, a short code, or a sender's name."`
	Text      string          `json:"text"`
	Data      orNull[string]  `json:"data" doc:"Of an 8-bit message, or of one that could not be read, as hex."`
	State     smsState        `json:"state" doc:"The last three are of those that came."`
	Reason    string          `json:"reason" doc:"Why, for people."`
	Modem     string          `json:"modem"`
	ICCID     string          `json:"iccid" doc:"Of the modem's SIM; of one that waits, the SIM that its recipient knows."`
	Vehicle   orNull[int32]   `json:"vehicle_id"`
	Device    orNull[int32]   `json:"device_id"`
	Command   orNull[int64]   `json:"command_id"`
	Parts     int             `json:"parts"`
	Created   instant         `json:"created"`
	Sent      orNull[instant] `json:"sent"`
	Done      orNull[instant] `json:"done"`
	Expires   orNull[instant] `json:"expires"`
	Seen      orNull[instant] `json:"seen" doc:"When somebody looked after it, if it is in the quarantine."`
}

type messagesInput struct {
	PageQuery
	Quarantined bool   `query:"quarantined" doc:"Only what came from nobody's tracker, or could not be read, and nobody looked after."`
	Peer        string `query:"peer" maxLength:"40" doc:"Only with this number."`
}

type sendMessageInput struct {
	Body struct {
		To   string `json:"to" minLength:"1" maxLength:"30" example:"+33612345678" doc:"+ and digits, or a short code."`
		Text string `json:"text" minLength:"1" maxLength:"1600" doc:"Up to ten parts."`
	}
}

// PathMessage is a path's message. It is exported for huma, which finds embedded fields by reflection.
type PathMessage struct {
	ID int64 `path:"id" minimum:"1"`
}

func (a *api) addMessages() {
	register(a, huma.Operation{
		OperationID: "list-messages", Method: http.MethodGet, Path: "/api/messages", Tags: []string{"modems"},
		Summary:     "SMS that came and went, the newest first",
		Description: "Those of the own vehicles, and what came from nobody's tracker. The search goes over number and text.",
	}, func(ctx context.Context, in *messagesInput) (*body[list[textMessage]], error) {
		q := store.SMSQuery{Quarantined: in.Quarantined, Peer: in.Peer}
		rows, next, err := a.Store.SMS(ctx, scope(ctx), q, in.page())
		return listOf(rows, next, messageOf), err
	})
	register(a, huma.Operation{
		OperationID: "send-message", Method: http.MethodPost, Path: "/api/messages", Tags: []string{"modems"},
		Summary: "Send an SMS to somebody who is no tracker", DefaultStatus: http.StatusCreated,
		Description: "Trackers are sent commands, which ask whether what is dangerous is meant. 409 if no modem is attached.",
	}, a.sendMessage)
	register(a, huma.Operation{
		OperationID: "cancel-message", Method: http.MethodDelete, Path: "/api/messages/{id}", Tags: []string{"modems"},
		Summary: "Take back an SMS that no modem has yet",
	}, func(ctx context.Context, in *PathMessage) (*struct{}, error) {
		return nil, a.Store.CancelSMS(ctx, scope(ctx), fleet.SMSID(in.ID))
	})
	register(a, huma.Operation{
		OperationID: "see-message", Method: http.MethodPost, Path: "/api/messages/{id}/seen", Tags: []string{"modems"},
		Summary: "Take an SMS off the list of those that somebody must look after", DefaultStatus: http.StatusNoContent,
	}, func(ctx context.Context, in *PathMessage) (*struct{}, error) {
		return nil, a.Store.NoteSMSSeen(ctx, scope(ctx), fleet.SMSID(in.ID))
	})
}

func (a *api) sendMessage(ctx context.Context, in *sendMessageInput) (*body[textMessage], error) {
	if a.Modems == nil {
		return nil, huma.Error409Conflict("no modem is attached to this server; see the setting --modem")
	}
	of := scope(ctx)
	if of.Groups != nil {
		return nil, huma.Error403Forbidden("this is for those who see every vehicle; you are limited to groups")
	}
	to := fleet.Number(in.Body.To)
	phones, err := a.Store.PhonesLike(ctx, to)
	if err != nil {
		return nil, err
	}
	for _, p := range phones {
		if fleet.SameNumber(fleet.Number(p.Phone), to) { // or a command could be sent past all questions
			return nil, huma.Error409Conflict("this is the number of a tracker; send it a command instead")
		}
	}
	if err := a.Store.NoteSMS(ctx, of, to, in.Body.Text); err != nil {
		return nil, err
	}
	m, err := a.Modems.Queue(ctx, fleet.SMS{Organization: of.Organization, User: of.User, Peer: to, Text: in.Body.Text}, 0)
	if err != nil {
		return nil, messageProblem(err)
	}
	row, err := a.Store.SMSByID(ctx, of, m.ID)
	return answer(messageOf(&row)), err
}

// messageProblem says what is wrong with a message.
func messageProblem(err error) error {
	var long modem.ErrTooLong
	var number modem.ErrNumber
	switch {
	case errors.Is(err, sms.ErrFull):
		return huma.Error409Conflict(err.Error())
	case errors.Is(err, modem.ErrEmpty), errors.As(err, &long), errors.As(err, &number):
		return huma.Error422UnprocessableEntity(err.Error())
	}
	return err
}

func messageOf(m *store.SMSRow) textMessage {
	shown := textMessage{
		ID: int64(m.ID), Direction: "out", Peer: m.Peer, Text: m.Text, State: smsState(m.State), Reason: m.Reason,
		Modem: m.Modem, ICCID: m.ICCID, Vehicle: orNone(int32(m.Vehicle)), Device: orNone(int32(m.Device)),
		Command: orNone(int64(m.Command)), Parts: m.Parts, Created: instant(m.Created), Sent: known(m.Sent),
		Done: known(m.Done), Expires: known(m.Expires), Seen: known(m.Seen),
	}
	if m.In {
		shown.Direction = "in"
	}
	if data := append(m.Data, m.Raw...); len(data) > 0 {
		text := hex.EncodeToString(data)
		shown.Data.value = &text
	}
	return shown
}

// orNone is an id, or null for 0.
func orNone[T int32 | int64](id T) orNull[T] {
	if id == 0 {
		return orNull[T]{}
	}
	return orNull[T]{&id}
}
