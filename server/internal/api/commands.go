package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// Why a command could not be sent.
var (
	ErrNoLine = errors.New("the device has no open line now")
	ErrBusy   = errors.New("too many commands wait for the device")
)

// Commander sends commands over devices' open lines.
type Commander interface {
	// Send writes a command, and gives its answer, or nil if none came until ctx ended. An error says that it was not
	// sent: ErrNoLine, ErrBusy, protocols.ErrNoCommand, or why the encoder refused it.
	Send(ctx context.Context, device fleet.DeviceID, c protocols.Command) (*protocols.Result, error)
}

type commandStore interface {
	NoteCommand(ctx context.Context, of fleet.Scope, device fleet.DeviceID, words string) error
}

const (
	answerPatience    = 10 * time.Second // for an answer, if the caller says nothing
	maxAnswerPatience = 60 * time.Second
	sendPatience      = 10 * time.Second // for the line to take the bytes
)

type commandInput struct {
	PathID
	Body struct {
		Kind   string `json:"kind" enum:"custom,locate,interval,output,immobilise,release,reboot,server,apn"`
		Text   string `json:"text,omitempty" maxLength:"2000" doc:"custom: the words, as the tracker's manual gives them."`
		Every  int32  `json:"every_s,omitempty" minimum:"1" maximum:"604800" doc:"interval: seconds between reports."`
		Output int    `json:"output,omitempty" minimum:"1" maximum:"16" doc:"output: its number."`
		On     bool   `json:"on,omitempty" doc:"output: on or off."`
		Host   string `json:"host,omitempty" maxLength:"253" doc:"server: name or address."`
		Port   int    `json:"port,omitempty" minimum:"1" maximum:"65535" doc:"server: its port."`
		APN    string `json:"apn,omitempty" maxLength:"100" doc:"apn: the access point's name."`
		User   string `json:"user,omitempty" maxLength:"100" doc:"apn: who signs in there, if anybody does."`
		Secret string `json:"secret,omitempty" maxLength:"100" doc:"apn: with which password."`
		Wait   *int   `json:"wait_s,omitempty" minimum:"0" maximum:"60" doc:"How long to wait for the answer; 10 if left out."`
	}
}

type commandAnswer struct {
	State string         `json:"state" enum:"sent,answered,refused" doc:"sent: no answer came in time; it may still be shown among the events."`
	Text  orNull[string] `json:"text" doc:"What the tracker said."`
	Data  orNull[string] `json:"data" doc:"What it said in bytes, as hex."`
}

func (a *api) addCommands() {
	register(a, huma.Operation{
		OperationID: "send-command", Method: http.MethodPost, Path: "/api/devices/{id}/commands", Tags: []string{"devices"},
		Summary: "Send a command over the device's open line",
		Description: "GET /api/protocols says which kinds a protocol has words for; custom is the vendor's own words. 409 " +
			"if the device has no open line. Each command stands in the audit log.",
	}, a.sendCommand)
}

func (a *api) sendCommand(ctx context.Context, in *commandInput) (*body[commandAnswer], error) {
	b := &in.Body
	kind, ok := kindNamed(b.Kind)
	if !ok {
		return nil, huma.Error422UnprocessableEntity("kind: there is no " + b.Kind)
	}
	c := protocols.Command{
		Kind: kind, Text: b.Text, Every: time.Duration(b.Every) * time.Second, Output: b.Output, On: b.On,
		Host: b.Host, Port: b.Port, APN: b.APN, User: b.User, Secret: b.Secret,
	}
	if err := lacking(&c); err != nil {
		return nil, err
	}
	device := fleet.DeviceID(in.ID)
	if err := a.Store.NoteCommand(ctx, scope(ctx), device, wordsOf(&c)); err != nil {
		return nil, err
	}
	if a.Commands == nil {
		return nil, huma.Error409Conflict(ErrNoLine.Error())
	}
	patience := answerPatience
	if b.Wait != nil {
		patience = time.Duration(*b.Wait) * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, sendPatience+min(patience, maxAnswerPatience))
	defer cancel()
	result, err := a.Commands.Send(ctx, device, c)
	if err != nil {
		return nil, commandProblem(err)
	}
	return &body[commandAnswer]{Body: answerOf(result)}, nil
}

func kindNamed(name string) (protocols.CommandKind, bool) {
	for _, k := range protocols.CommandKinds() {
		if k.String() == name {
			return k, true
		}
	}
	return 0, false
}

// lacking says what a kind of command needs and was not given.
func lacking(c *protocols.Command) error {
	for _, need := range []struct {
		kind   protocols.CommandKind
		member string
		given  bool
	}{
		{protocols.Custom, "text", c.Text != ""}, {protocols.Interval, "every_s", c.Every > 0},
		{protocols.Output, "output", c.Output > 0}, {protocols.SetServer, "host", c.Host != ""},
		{protocols.SetServer, "port", c.Port > 0}, {protocols.SetAPN, "apn", c.APN != ""},
	} {
		if c.Kind == need.kind && !need.given {
			return huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{
				Location: "body." + need.member, Message: "a command of kind " + c.Kind.String() + " needs it"})
		}
	}
	return nil
}

// wordsOf is a command as the audit log has it: without an access point's password.
func wordsOf(c *protocols.Command) string {
	words := c.Kind.String()
	switch c.Kind {
	case protocols.Custom:
		return words + ": " + c.Text
	case protocols.Interval:
		return words + " " + c.Every.String()
	case protocols.Output:
		return words + " " + outputWords(c)
	case protocols.SetServer:
		return words + " " + c.Host
	case protocols.SetAPN:
		return words + " " + c.APN
	}
	return words
}

func outputWords(c *protocols.Command) string {
	state := " off"
	if c.On {
		state = " on"
	}
	return strconv.Itoa(c.Output) + state
}

func commandProblem(err error) error {
	switch {
	case errors.Is(err, ErrNoLine), errors.Is(err, ErrBusy):
		return huma.Error409Conflict(err.Error())
	case errors.Is(err, context.DeadlineExceeded):
		return huma.Error409Conflict("the device's line did not take the command in time; it was withdrawn")
	case errors.Is(err, protocols.ErrNoCommand):
		return huma.Error422UnprocessableEntity("the device's protocol has no such command; a custom one may do")
	}
	return huma.Error422UnprocessableEntity(err.Error())
}

func answerOf(r *protocols.Result) commandAnswer {
	if r == nil {
		return commandAnswer{State: "sent"}
	}
	answer := commandAnswer{State: "answered"}
	if r.Nack {
		answer.State = "refused"
	}
	if r.Text != "" {
		answer.Text.value = &r.Text
	}
	if r.Data != nil {
		data := protocols.Bytes(r.Data).String()
		answer.Data.value = &data
	}
	return answer
}
