package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"drover/protocols"
)

type protocolShown struct {
	Name       string         `json:"name" example:"gt06"`
	Title      string         `json:"title" example:"Concox GT06"`
	Makers     string         `json:"makers"`
	Port       int            `json:"port" doc:"Where its trackers usually call."`
	Open       orNull[int]    `json:"open_port" doc:"Where they can call here; null: nowhere."`
	Transports []string       `json:"transports" nullable:"false" example:"tcp,udp"`
	Identity   string         `json:"identity" doc:"How a tracker says who it is."`
	Clock      string         `json:"clock"`
	Papers     []string       `json:"papers" nullable:"false"`
	Reads      []readingShown `json:"reads" nullable:"false" doc:"What is understood."`
	Replies    string         `json:"replies"`
	Commands   []commandKind  `json:"commands" nullable:"false" doc:"The kinds that it has words for over an open line."`
	SMS        []commandKind  `json:"sms_commands" nullable:"false" doc:"The kinds that it has words for as an SMS."`
	Options    []optionShown  `json:"options" nullable:"false" doc:"What a device's profile can say."`
	Notes      []string       `json:"notes" nullable:"false"`
	Known      string         `json:"known" doc:"How well it is known, and what it was tried on."`
}

type readingShown struct {
	Message string `json:"message"`
	Meaning string `json:"meaning"`
}

type optionShown struct {
	Name   string   `json:"name"`
	About  string   `json:"about"`
	Values []string `json:"values" doc:"The usual one first; null: any text that the protocol takes."`
}

func (a *api) addProtocols() {
	register(a, huma.Operation{
		OperationID: "list-protocols", Method: http.MethodGet, Path: "/api/protocols", Tags: []string{"protocols"},
		Summary: "The protocols that trackers can speak here: what is understood, answered and can be commanded",
	}, func(context.Context, *struct{}) (*body[whole[protocolShown]], error) {
		return allOf(a.Protocols, func(p **protocols.Protocol) protocolShown { return a.protocolOf(*p) }), nil
	})
}

func (a *api) protocolOf(p *protocols.Protocol) protocolShown {
	g := &p.Guide
	shown := protocolShown{
		Name: p.Name, Title: g.Title, Makers: g.Makers, Port: p.Port, Transports: []string{protocols.TCP.String()},
		Identity: g.Identity, Clock: g.Clock, Papers: orEmpty(g.Papers), Replies: g.Replies, Notes: orEmpty(g.Notes),
		Known: g.Known, Commands: kindNames(p.Commands()), SMS: kindNames(p.Texts()),
		Reads: []readingShown{}, Options: []optionShown{},
	}
	if p.UDP {
		shown.Transports = append(shown.Transports, protocols.UDP.String())
	}
	for i := range a.Ports {
		if a.Ports[i].Protocol == p.Name {
			shown.Open.value = &a.Ports[i].Port
		}
	}
	for _, r := range g.Reads {
		shown.Reads = append(shown.Reads, readingShown(r))
	}
	for _, o := range p.Options {
		shown.Options = append(shown.Options, optionShown{o.Name, o.About, o.Values})
	}
	return shown
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func kindNames(kinds []protocols.CommandKind) []commandKind {
	return mapped(kinds, func(k *protocols.CommandKind) commandKind { return commandKind(k.String()) })
}
