package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/protocols"
	"drover/server/internal/dispatch"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// Commander brings commands to devices; dispatch.Dispatcher is one. Its errors are the dispatcher's and the store's.
type Commander interface {
	Send(ctx context.Context, of fleet.Scope, r dispatch.Request) (store.CommandRow, error)
	Cancel(ctx context.Context, of fleet.Scope, id fleet.CommandID) error
	Offer(ctx context.Context, of fleet.Scope, id fleet.DeviceID) (dispatch.Offer, error)
	Plan(ctx context.Context, of fleet.Scope, r dispatch.GroupRequest) (dispatch.Plan, error)
	SendGroup(ctx context.Context, of fleet.Scope, r dispatch.GroupRequest) (fleet.BatchID, int, error)
	CancelBatch(ctx context.Context, of fleet.Scope, id fleet.BatchID) error
	Read(of fleet.DeviceID, text string, at time.Time) []byte
}

type commandStore interface {
	Commands(ctx context.Context, of fleet.Scope, q store.CommandQuery) ([]store.CommandRow, string, error)
	Command(ctx context.Context, of fleet.Scope, id fleet.CommandID) (store.CommandRow, error)
	CommandBatch(ctx context.Context, of fleet.Scope, id fleet.BatchID) (store.CommandBatch, error)
	Console(ctx context.Context, of fleet.Scope, q store.ConsoleQuery) ([]store.ConsoleEntry, string, error)
}

const (
	answerPatience = 10 * time.Second // for an answer, if the caller says nothing
	usualTTL       = 24 * time.Hour
)

// CommandBody is a command as it is asked for. It is exported for huma, which finds embedded fields by reflection.
type CommandBody struct {
	Kind      commandKind `json:"kind"`
	Text      string      `json:"text,omitempty" maxLength:"2000" doc:"custom: the words, as the tracker's manual gives them."`
	Every     int32       `json:"every_s,omitempty" minimum:"1" maximum:"604800" doc:"interval: seconds between reports."`
	Output    int         `json:"output,omitempty" minimum:"1" maximum:"16" doc:"output: its number."`
	On        bool        `json:"on,omitempty" doc:"output: on or off."`
	Host      string      `json:"host,omitempty" maxLength:"253" doc:"server: name or address."`
	Port      int         `json:"port,omitempty" minimum:"1" maximum:"65535" doc:"server: its port."`
	APN       string      `json:"apn,omitempty" maxLength:"100" doc:"apn: the access point's name."`
	User      string      `json:"user,omitempty" maxLength:"100" doc:"apn: who signs in there, if anybody does."`
	Secret    string      `json:"secret,omitempty" maxLength:"100" doc:"apn: with which password."`
	Line      commandWish `json:"line,omitempty" doc:"The way it goes; auto if left out: the first that is there."`
	TTL       int32       `json:"ttl_s,omitempty" minimum:"60" maximum:"604800" doc:"It goes within so many seconds or not at all; a day if left out."`
	Confirmed bool        `json:"confirmed,omitempty" doc:"A dangerous one is meant."`
	Override  bool        `json:"override_speed,omitempty" doc:"The engine may be cut at whatever speed."`
}

type commandInput struct {
	PathID
	Body struct {
		CommandBody
		Wait *int `json:"wait_s,omitempty" minimum:"0" maximum:"60" doc:"How long to wait for the answer; 10 if left out."`
	}
}

// parsedJSON is JSON as the store has it; nil is null.
type parsedJSON json.RawMessage

// MarshalJSON gives it as it is.
func (p parsedJSON) MarshalJSON() ([]byte, error) {
	if p == nil {
		return []byte("null"), nil
	}
	return p, nil
}

// Schema says so to OpenAPI.
func (parsedJSON) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{AnyOf: []*huma.Schema{{Type: huma.TypeObject, AdditionalProperties: true}, {Type: "null"}}}
}

type command struct {
	ID        int64               `json:"id" example:"12"`
	Device    int32               `json:"device_id" example:"7"`
	Vehicle   orNull[int32]       `json:"vehicle_id" doc:"That its device is in; null for none."`
	Batch     orNull[int64]       `json:"batch_id" doc:"null: it was sent alone."`
	User      orNull[string]      `json:"user" doc:"Who sent it."`
	Kind      commandKind         `json:"kind"`
	Words     string              `json:"words" example:"output 1 on" doc:"Without passwords."`
	Dangerous bool                `json:"dangerous"`
	Wish      commandWish         `json:"wish" doc:"The line that was asked for."`
	Line      orNull[commandLine] `json:"line" doc:"The one that it goes by; null for none yet."`
	State     commandState        `json:"state"`
	Reason    string              `json:"reason" doc:"Why it is in its state or goes by its line, in plain words."`
	Answer    orNull[string]      `json:"answer" doc:"What the tracker said."`
	Data      orNull[string]      `json:"data" doc:"What it said in bytes, as hex."`
	Parsed    parsedJSON          `json:"parsed" doc:"What was read of an answer by SMS: members as of a fix, and deferred if the tracker will do it later."`
	Created   instant             `json:"created"`
	Expires   instant             `json:"expires"`
	Sent      orNull[instant]     `json:"sent"`
	Delivered orNull[instant]     `json:"delivered"`
	Done      orNull[instant]     `json:"done" doc:"Since when nothing more is expected; an SMS may still come."`
}

func commandOf(c *store.CommandRow) command {
	shown := command{
		ID: int64(c.ID), Device: int32(c.Device), Vehicle: idOrNull(c.Vehicle), Batch: numberOrNull(c.Batch),
		User: textOrNull(c.UserName), Kind: commandKind(c.Kind.String()), Words: c.Words, Dangerous: c.Dangerous,
		Wish: commandWish(c.Wish), Line: someOrNull(commandLine(c.Line)), State: commandState(c.State), Reason: c.Reason,
		Answer: textOrNull(c.Answer), Parsed: c.Parsed, Created: instant(c.Created), Expires: instant(c.Expires),
		Sent: known(c.Sent), Delivered: known(c.Delivered), Done: known(c.Done),
	}
	if c.AnswerData != nil {
		shown.Data = textOrNull(protocols.Bytes(c.AnswerData).String())
	}
	return shown
}

func textOrNull(text string) orNull[string] {
	if text == "" {
		return orNull[string]{}
	}
	return orNull[string]{&text}
}

func numberOrNull[T ~int64](n T) orNull[int64] {
	if n == 0 {
		return orNull[int64]{}
	}
	v := int64(n)
	return orNull[int64]{&v}
}

type commandQuery struct {
	Vehicle int32        `query:"vehicle_id" minimum:"1"`
	Group   int32        `query:"group_id" minimum:"1" doc:"Its vehicles, and those of the groups below it."`
	Device  int32        `query:"device_id" minimum:"1"`
	State   commandState `query:"state"`
	Limit   int          `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"At most so many items."`
	After   string       `query:"after" maxLength:"1000" doc:"The next of the page before."`
}

type commandID struct {
	ID int64 `path:"id" minimum:"1"`
}

func (a *api) addCommands() {
	register(a, huma.Operation{
		OperationID: "send-command", Method: http.MethodPost, Path: "/api/devices/{id}/commands", Tags: []string{"commands"},
		Summary: "Send a command",
		Description: "It goes over the open line, as an SMS, after an SMS that makes the tracker dial in, or with its next " +
			"login; the answer says how far it came within wait_s. GET /api/protocols says which kinds a protocol has words " +
			"for; custom is the vendor's own words. 409 of the type /problems/confirmation: it is dangerous and was not " +
			"confirmed; of the type /problems/too-fast: the vehicle is too fast to cut its engine. Each command stands in the " +
			"audit log.",
	}, a.sendCommand)
	a.documentDanger("/api/devices/{id}/commands")
	register(a, huma.Operation{
		OperationID: "offer-commands", Method: http.MethodGet, Path: "/api/devices/{id}/commands", Tags: []string{"commands"},
		Summary: "What a device can be told, and over which lines",
	}, a.offerCommands)
	register(a, huma.Operation{
		OperationID: "list-commands", Method: http.MethodGet, Path: "/api/commands", Tags: []string{"commands"},
		Summary: "Commands, the newest first",
	}, func(ctx context.Context, in *commandQuery) (*body[list[command]], error) {
		rows, next, err := a.Store.Commands(ctx, scope(ctx), store.CommandQuery{
			Vehicle: fleet.VehicleID(in.Vehicle), Group: fleet.GroupID(in.Group), Device: fleet.DeviceID(in.Device),
			State: fleet.CommandState(in.State), Page: store.Page{After: in.After, Limit: in.Limit}})
		return listOf(rows, next, commandOf), err
	})
	register(a, huma.Operation{
		OperationID: "get-command", Method: http.MethodGet, Path: "/api/commands/{id}", Tags: []string{"commands"},
		Summary: "A command, and how far it has come",
	}, func(ctx context.Context, in *commandID) (*body[command], error) {
		row, err := a.Store.Command(ctx, scope(ctx), fleet.CommandID(in.ID))
		return answer(commandOf(&row)), err
	})
	register(a, huma.Operation{
		OperationID: "cancel-command", Method: http.MethodDelete, Path: "/api/commands/{id}", Tags: []string{"commands"},
		Summary: "Cancel a command that has not gone", Description: "409 if it has.",
	}, func(ctx context.Context, in *commandID) (*struct{}, error) {
		if _, err := a.Store.Command(ctx, scope(ctx), fleet.CommandID(in.ID)); err != nil {
			return nil, err
		}
		if a.Commands == nil {
			return nil, noCommands()
		}
		return nil, a.Commands.Cancel(ctx, scope(ctx), fleet.CommandID(in.ID))
	})
	a.addGroupCommands()
	a.addConsole()
}

func (a *api) sendCommand(ctx context.Context, in *commandInput) (*body[command], error) {
	r, err := requestOf(&in.Body.CommandBody)
	if err != nil {
		return nil, err
	}
	r.Device, r.Wait = fleet.DeviceID(in.ID), answerPatience
	if in.Body.Wait != nil {
		r.Wait = time.Duration(*in.Body.Wait) * time.Second
	}
	if a.Commands == nil {
		return nil, noCommands()
	}
	row, err := a.Commands.Send(ctx, scope(ctx), r)
	if err != nil {
		return nil, commandProblem(err)
	}
	return answer(commandOf(&row)), nil
}

// requestOf reads what is asked for; an error names the member that is wrong.
func requestOf(b *CommandBody) (r dispatch.Request, err error) {
	kind, ok := kindNamed(b.Kind)
	if !ok {
		return r, huma.Error422UnprocessableEntity("kind: there is no " + string(b.Kind))
	}
	r = dispatch.Request{Command: protocols.Command{
		Kind: kind, Text: b.Text, Every: time.Duration(b.Every) * time.Second, Output: b.Output, On: b.On,
		Host: b.Host, Port: b.Port, APN: b.APN, User: b.User, Secret: b.Secret,
	}, Line: fleet.LineKind(b.Line), TTL: time.Duration(b.TTL) * time.Second, Confirmed: b.Confirmed, Override: b.Override}
	if r.Line == "" {
		r.Line = fleet.LineAuto
	}
	if r.TTL == 0 {
		r.TTL = usualTTL
	}
	return r, lacking(&r.Command)
}

func kindNamed(name commandKind) (protocols.CommandKind, bool) {
	for _, k := range protocols.CommandKinds() {
		if k.String() == string(name) {
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

type offer struct {
	Data      []commandKind   `json:"data" nullable:"false" doc:"The kinds that there are words for over the line."`
	SMS       []commandKind   `json:"sms" nullable:"false" doc:"The kinds that there are words for as an SMS."`
	Online    bool            `json:"online" doc:"A command could go over the line now."`
	Phone     string          `json:"phone"`
	SMSReady  bool            `json:"sms_ready" doc:"An SMS could go now."`
	Reason    string          `json:"reason" doc:"Why none could."`
	CutSpeed  float64         `json:"cut_speed_kmh" doc:"Above it no engine is cut."`
	Templates []templateShown `json:"templates" nullable:"false" doc:"Words of the tracker's family, to be completed and sent as custom."`
}

type templateShown struct {
	Name      string              `json:"name"`
	Words     string              `json:"words" example:"setparam {id}:{value}"`
	Kind      orNull[commandKind] `json:"kind" doc:"The kind that does the same; null: none."`
	Help      string              `json:"help"`
	Dangerous bool                `json:"dangerous"`
	Blanks    []blankShown        `json:"placeholders" nullable:"false"`
}

type blankShown struct {
	Name  string `json:"name"`
	Help  string `json:"help"`
	Usual string `json:"default"`
}

func templateOf(t *protocols.Template) templateShown {
	shown := templateShown{Name: t.Name, Words: t.Words, Help: t.Help, Dangerous: t.Dangerous,
		Blanks: mapped(t.Blanks, func(b *protocols.Blank) blankShown { return blankShown{b.Name, b.Help, b.Usual} })}
	if t.Kind != protocols.Custom {
		shown.Kind = someOrNull(commandKind(t.Kind.String()))
	}
	return shown
}

func (a *api) offerCommands(ctx context.Context, in *struct{ PathID }) (*body[offer], error) {
	if a.Commands == nil {
		return nil, noCommands()
	}
	o, err := a.Commands.Offer(ctx, scope(ctx), fleet.DeviceID(in.ID))
	return answer(offer{
		Data: kindNames(o.Data), SMS: kindNames(o.SMS), Online: o.Online, Phone: o.Phone, SMSReady: o.SMSReady,
		Reason: o.Reason, CutSpeed: o.CutSpeed, Templates: mapped(o.Templates, templateOf),
	}), err
}
