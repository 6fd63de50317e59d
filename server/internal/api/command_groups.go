package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/dispatch"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

type groupCommandInput struct {
	Body struct {
		CommandBody
		Group    int32   `json:"group_id,omitempty" minimum:"1" doc:"For its vehicles, and those of the groups below it."`
		Vehicles []int32 `json:"vehicle_ids,omitempty" minItems:"1" maxItems:"10000" doc:"For these; one of both is needed."`
		DryRun   bool    `json:"dry_run,omitempty" doc:"Nothing is sent; the answer says what would be."`
	}
}

// groupCommandAnswer is of a dry run, or of what was sent: the members of the other are null.
type groupCommandAnswer struct {
	Count       orNull[int]     `json:"count" doc:"Dry run: commands that would be sent."`
	Data        orNull[int]     `json:"data" doc:"Dry run: of them over the open line."`
	SMS         orNull[int]     `json:"sms" doc:"Dry run: by SMS."`
	Wake        orNull[int]     `json:"wake" doc:"Dry run: after an SMS that makes the tracker dial in."`
	Login       orNull[int]     `json:"login" doc:"Dry run: with the next login."`
	Unreachable []unreachable   `json:"unreachable" nullable:"false" doc:"Vehicles that get none."`
	Messages    orNull[int]     `json:"messages" doc:"Dry run: SMS."`
	Cost        orNull[float64] `json:"cost" doc:"Dry run: of the SMS; null if their price is not set."`
	Currency    string          `json:"currency" example:"EUR"`
	Seconds     orNull[int]     `json:"seconds" doc:"Dry run: until the last SMS has gone."`
	Batch       orNull[int64]   `json:"batch_id" doc:"Of what was sent."`
	Commands    orNull[int]     `json:"commands" doc:"So many were sent."`
}

type unreachable struct {
	Vehicle int32  `json:"vehicle_id"`
	Name    string `json:"name"`
	Reason  string `json:"reason"`
}

type batchShown struct {
	ID        int64           `json:"id"`
	Words     string          `json:"words"`
	Created   instant         `json:"created"`
	Cancelled orNull[instant] `json:"cancelled" doc:"null: it was not"`
	Counts    map[string]int  `json:"counts" doc:"Commands by state."`
}

func batchOf(b *store.CommandBatch) batchShown {
	shown := batchShown{ID: int64(b.ID), Words: b.Words, Created: instant(b.Created), Cancelled: known(b.Cancelled),
		Counts: map[string]int{}}
	for state, n := range b.Counts {
		shown.Counts[string(state)] = n
	}
	return shown
}

func (a *api) addGroupCommands() {
	register(a, huma.Operation{
		OperationID: "send-group-command", Method: http.MethodPost, Path: "/api/commands/group", Tags: []string{"commands"},
		Summary:     "Send a command to a group or to many vehicles, or say what that would be",
		Description: "409 of the type /problems/confirmation: it is dangerous and was not confirmed.",
		Errors:      []int{http.StatusNotFound},
	}, a.sendGroup)
	a.documentDanger("/api/commands/group")
	register(a, huma.Operation{
		OperationID: "get-command-batch", Method: http.MethodGet, Path: "/api/commands/batches/{id}",
		Tags: []string{"commands"}, Summary: "How far a command to many vehicles has come",
	}, func(ctx context.Context, in *commandID) (*body[batchShown], error) {
		b, err := a.Store.CommandBatch(ctx, scope(ctx), fleet.BatchID(in.ID))
		return answer(batchOf(&b)), err
	})
	register(a, huma.Operation{
		OperationID: "cancel-command-batch", Method: http.MethodDelete, Path: "/api/commands/batches/{id}",
		Tags: []string{"commands"}, Summary: "Cancel what of it has not gone",
	}, func(ctx context.Context, in *commandID) (*struct{}, error) {
		if a.Commands == nil {
			return nil, noCommands()
		}
		return nil, a.Commands.CancelBatch(ctx, scope(ctx), fleet.BatchID(in.ID))
	})
}

func (a *api) sendGroup(ctx context.Context, in *groupCommandInput) (*body[groupCommandAnswer], error) {
	b := &in.Body
	own, err := requestOf(&b.CommandBody)
	if err != nil {
		return nil, err
	}
	if (b.Group == 0) == (len(b.Vehicles) == 0) {
		return nil, huma.Error422UnprocessableEntity("validation failed", &huma.ErrorDetail{
			Location: "body", Message: "one of group_id and vehicle_ids is needed"})
	}
	if a.Commands == nil {
		return nil, noCommands()
	}
	r := dispatch.GroupRequest{Group: fleet.GroupID(b.Group), Request: own,
		Vehicles: mapped(b.Vehicles, func(id *int32) fleet.VehicleID { return fleet.VehicleID(*id) })}
	if b.Group != 0 {
		if _, err := a.Store.Group(ctx, scope(ctx), r.Group); err != nil {
			return nil, err
		}
	}
	if b.DryRun {
		plan, err := a.Commands.Plan(ctx, scope(ctx), r)
		if err != nil {
			return nil, commandProblem(err)
		}
		return answer(planOf(&plan)), nil
	}
	id, n, err := a.Commands.SendGroup(ctx, scope(ctx), r)
	if err != nil {
		return nil, commandProblem(err)
	}
	return answer(groupCommandAnswer{
		Unreachable: []unreachable{}, Batch: numberOrNull(id), Commands: orNull[int]{&n},
	}), nil
}

func planOf(p *dispatch.Plan) groupCommandAnswer {
	number := func(n int) orNull[int] { return orNull[int]{&n} }
	return groupCommandAnswer{
		Count: number(p.Count()), Data: number(p.Lines[fleet.LineData]), SMS: number(p.Lines[fleet.LineSMS]),
		Wake: number(p.Lines[fleet.LineWake]), Login: number(p.Lines[fleet.LineLogin]), Messages: number(p.Messages),
		Cost: orNull[float64]{p.Cost}, Currency: p.Currency, Seconds: number(int(p.Time.Seconds())),
		Unreachable: mapped(p.Unreachable, func(u *dispatch.Unreachable) unreachable {
			return unreachable{int32(u.Vehicle), u.Name, u.Reason}
		}),
	}
}
