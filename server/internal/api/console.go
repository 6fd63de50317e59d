package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type consoleEntry struct {
	ID        string              `json:"id" example:"c12" doc:"c and a command's id, or s and an SMS's."`
	Time      instant             `json:"time"`
	Vehicle   orNull[int32]       `json:"vehicle_id"`
	Name      orNull[string]      `json:"vehicle" doc:"Its name."`
	Direction string              `json:"direction" enum:"out,in"`
	Kind      string              `json:"kind" enum:"command,sms"`
	Text      string              `json:"text"`
	Line      orNull[commandLine] `json:"line"`
	State     entryState          `json:"state" doc:"Of the command or the SMS."`
	Reason    string              `json:"reason"`
	Answer    orNull[string]      `json:"answer"`
	Parsed    parsedJSON          `json:"parsed" doc:"What was read from a command's answer, or from an SMS that came."`
	By        orNull[string]      `json:"by" doc:"Who sent it."`
	Modem     orNull[string]      `json:"modem"`
	Command   orNull[int64]       `json:"command_id" doc:"The command itself, or the one that an SMS answers."`
}

func (a *api) consoleEntryOf(e *store.ConsoleEntry) consoleEntry {
	shown := consoleEntry{
		ID: e.ID, Time: instant(e.Time), Vehicle: idOrNull(e.Vehicle), Name: textOrNull(e.VehicleName), Direction: "out",
		Kind: "command", Text: e.Text, Line: someOrNull(commandLine(e.Line)), State: entryState(e.State), Reason: e.Reason,
		Answer: textOrNull(e.Answer), Parsed: e.Parsed, By: textOrNull(e.By), Modem: textOrNull(e.Modem),
		Command: numberOrNull(e.Command),
	}
	if e.ID[0] == 's' {
		shown.Kind = "sms"
	}
	if e.In {
		shown.Direction = "in"
		if a.Commands != nil { // told anew each time: a tracker's profile may have been corrected since
			shown.Parsed = a.Commands.Read(e.Device, e.Text, e.Time)
		}
	}
	return shown
}

type consoleAnswer struct {
	Entries []consoleEntry `json:"entries" nullable:"false"`
	Next    orNull[string] `json:"next" doc:"Give it as before to get what is older; null at the end."`
}

type consoleInput struct {
	Vehicle int32  `query:"vehicle_id" minimum:"1"`
	Group   int32  `query:"group_id" minimum:"1" doc:"Its vehicles, and those of the groups below it."`
	Before  string `query:"before" maxLength:"100" doc:"The next of the part before."`
	Limit   int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"At most so many."`
}

func (a *api) addConsole() {
	register(a, huma.Operation{
		OperationID: "console", Method: http.MethodGet, Path: "/api/console", Tags: []string{"commands"},
		Summary:     "What trackers were told, and what they said by SMS, the newest first",
		Description: "An SMS that carries a command is not there beside it.",
	}, func(ctx context.Context, in *consoleInput) (*body[consoleAnswer], error) {
		rows, next, err := a.Store.Console(ctx, scope(ctx), store.ConsoleQuery{Vehicle: fleet.VehicleID(in.Vehicle),
			Group: fleet.GroupID(in.Group), Before: in.Before, Limit: in.Limit})
		return answer(consoleAnswer{mapped(rows, a.consoleEntryOf), textOrNull(next)}), err
	})
}
