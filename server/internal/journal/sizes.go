package journal

import (
	"context"
	"fmt"
)

// Size is how much a partition holds.
type Size struct {
	Bytes uint64
	Last  uint64 // sequence of the newest entry, 0 for none
}

// Sizes asks for the size of every partition.
func (j *Journal) Sizes(ctx context.Context) ([]Size, error) {
	sizes := make([]Size, len(j.partitions))
	for i, p := range j.partitions {
		info, err := p.stream.Info(ctx)
		if err != nil {
			return nil, fmt.Errorf("journal: stream %s: %w", streamName(i), err)
		}
		sizes[i] = Size{Bytes: info.State.Bytes, Last: info.State.LastSeq}
	}
	return sizes, nil
}
