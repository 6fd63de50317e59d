package main

import (
	"context"

	"drover/server/internal/api"
)

// journalState says how full the journal is, and how far the database is behind it.
func (d *drover) journalState(ctx context.Context) (api.JournalState, error) {
	sizes, err := d.journal.Sizes(ctx)
	if err != nil {
		return api.JournalState{}, err
	}
	state := api.JournalState{Partitions: []api.JournalPartition{}}
	for i, size := range sizes {
		stored, err := d.store.Position(ctx, i, d.journal.ID(i))
		if err != nil {
			return state, err
		}
		state.Bytes += size.Bytes
		state.Partitions = append(state.Partitions, api.JournalPartition{
			Number: i, Last: size.Last, Stored: stored, Behind: size.Last - min(size.Last, stored),
		})
	}
	return state, nil
}
