package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"drover/protocols"
	"drover/protocols/all"
	"drover/server/internal/misread"
	"drover/server/internal/store"
)

// errNothingKnown says that a piece is understood, but of no device that is known here.
var errNothingKnown = errors.New("understood, but it has no report of a device that is known here")

// replayCommand tries what nobody understood with this version's decoders.
type replayCommand struct {
	databaseFlags `embed:""`
	Keep          bool `help:"Have the running server store what is understood now."`
}

// Run prints one JSON object a piece: what it means now, or why it is still not understood.
func (c *replayCommand) Run(ctx context.Context, s streams) error {
	reader, err := misread.NewReader(all.Protocols())
	if err != nil {
		return err
	}
	return c.withStore(ctx, func(db *store.Store) error {
		devices, err := db.LoadRegistry(ctx, nil)
		if err != nil {
			return err
		}
		var understood []int64
		tried := 0
		err = db.EachMisread(ctx, func(m *store.Misread) error {
			tried++
			meaning, err := reader.Understand(&m.Misread, devices.Device)
			if err == nil && len(meaning.Records(&m.Misread, devices.Device)) > 0 {
				understood = append(understood, m.ID)
			}
			_, werr := fmt.Fprintf(s.out, "%s\n", appendMeaning(nil, m, &meaning, err))
			return werr
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(s.err, "%d of %d pieces are understood now and of known devices\n", len(understood), tried)
		if !c.Keep || len(understood) == 0 {
			return nil
		}
		organization, err := organizationNamed(ctx, db, "")
		if err != nil {
			return err
		}
		n, err := db.AskReplay(ctx, commandScope(organization.ID), understood)
		fmt.Fprintf(s.err, "the running server stores %d of them\n", n)
		return err
	})
}

// appendMeaning appends a piece's object: where it came from, and what decode would say of it.
func appendMeaning(b []byte, m *store.Misread, meaning *misread.Meaning, failed error) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, m.ID, 10)
	b = append(b, `,"time":"`...)
	b = m.Time.AppendFormat(b, protocols.TimeLayout)
	b = append(b, `","from":"`...)
	b = m.Address.AppendTo(b)
	b = append(b, `","port":`...)
	b = strconv.AppendInt(b, int64(m.Port), 10)
	b = append(b, `,"protocol":`...)
	b = strconv.AppendQuote(b, meaning.Protocol)
	var all protocols.Message
	for i := range meaning.Messages {
		merge(&all, &meaning.Messages[i])
	}
	b = all.AppendJSON(append(b, ','))
	b = append(b, `,"error":`...)
	if failed == nil {
		return append(b, "null}"...)
	}
	quoted, _ := json.Marshal(failed.Error()) // a string always marshals
	return append(append(b, quoted...), '}')
}
