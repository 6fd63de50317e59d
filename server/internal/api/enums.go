package api

import (
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"drover/modem"
	"drover/protocols"
	"drover/server/internal/fleet"
)

// Texts of which there are few. The document names them, so that what reads the API knows all that it may meet.
type (
	commandKind  string
	commandLine  string // that a command goes by
	commandWish  string // the line that is asked for
	commandState string // "" asks for any
	smsState     string
	modemPhase   string
	entryState   string // of a command or an SMS in a console
)

// Schema names the kinds to OpenAPI.
func (commandKind) Schema(huma.Registry) *huma.Schema {
	return oneOf(kindNames(protocols.CommandKinds()))
}

// Schema names the lines to OpenAPI.
func (commandLine) Schema(huma.Registry) *huma.Schema { return oneOf(lineKinds()) }

// Schema names the lines to OpenAPI, and auto.
func (commandWish) Schema(huma.Registry) *huma.Schema {
	return oneOf(append([]fleet.LineKind{fleet.LineAuto}, lineKinds()...))
}

func lineKinds() []fleet.LineKind {
	return []fleet.LineKind{fleet.LineData, fleet.LineSMS, fleet.LineWake, fleet.LineLogin}
}

// Schema names the states to OpenAPI.
func (commandState) Schema(huma.Registry) *huma.Schema { return oneOf(fleet.CommandStates()) }

// Schema names the states to OpenAPI.
func (smsState) Schema(huma.Registry) *huma.Schema { return oneOf(fleet.SMSStates()) }

// Schema names the states to OpenAPI: those of a command, and those that only an SMS has.
func (entryState) Schema(huma.Registry) *huma.Schema {
	states := fleet.CommandStates()
	for _, s := range fleet.SMSStates() {
		if s := fleet.CommandState(s); !slices.Contains(states, s) {
			states = append(states, s)
		}
	}
	return oneOf(states)
}

// Schema names the phases to OpenAPI.
func (modemPhase) Schema(huma.Registry) *huma.Schema { return oneOf(modem.Phases()) }

func oneOf[T ~string](list []T) *huma.Schema {
	few := &huma.Schema{Type: huma.TypeString}
	for _, one := range list {
		few.Enum = append(few.Enum, string(one))
	}
	return few
}
