package main

import (
	"context"
	"errors"

	"drover/protocols"
	"drover/server/internal/api"
	"drover/server/internal/fleet"
	"drover/server/internal/gateway"
)

// commander sends the API's commands over the gateway's lines.
type commander struct{ gateway *gateway.Gateway }

// Send is api.Commander's.
func (c commander) Send(ctx context.Context, id fleet.DeviceID, command protocols.Command) (*protocols.Result, error) {
	order, err := c.gateway.Send(id, command)
	if err == nil {
		err = order.Sent(ctx)
	}
	switch {
	case errors.Is(err, gateway.ErrNoLine), errors.Is(err, gateway.ErrHungUp):
		return nil, api.ErrNoLine
	case errors.Is(err, gateway.ErrBusy):
		return nil, api.ErrBusy
	case err != nil:
		return nil, err
	}
	if result, err := order.Answer(ctx); err == nil {
		return &result, nil
	}
	return nil, nil // none came while somebody waited
}
