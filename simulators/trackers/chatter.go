package trackers

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"drover/protocols"
)

// chat has one vehicle after the other say by SMS where it is, unasked, as trackers do that report so without coverage.
// Those of families without such words are passed over.
func (f *fleet) chat(ctx context.Context, vehicles []*vehicle) {
	vehicles = slices.DeleteFunc(slices.Clone(vehicles), func(v *vehicle) bool { return len(v.whereabouts()) == 0 })
	for len(vehicles) > 0 && sleep(ctx, time.Duration((0.5+rand.Float64())*float64(f.config.Chatter))) {
		v := vehicles[rand.N(len(vehicles))]
		for _, text := range v.whereabouts() {
			v.send(f.config.Desk, text)
		}
	}
}

// whereabouts is what the vehicle would answer to who asks by SMS where it is.
func (v *vehicle) whereabouts() []string {
	p := v.lane.protocol
	if p.Text == nil || p.HearText == nil {
		return nil
	}
	words, err := p.Text(v.device(), protocols.Command{Kind: protocols.Locate})
	if err != nil {
		return nil
	}
	v.told.Lock()
	defer v.told.Unlock()
	_, said, ok := p.HearText(v.device(), words, v.told.now.position())
	if !ok {
		return nil
	}
	return said
}
