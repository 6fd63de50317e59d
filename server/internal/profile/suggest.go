package profile

import (
	"maps"
	"slices"
	"time"

	"drover/protocols"
)

// Suggest looks for a profile that fits better than the device's: another value of one of its options, and another
// offset of its clock, if the frames' times say so. It gives the profile, and whether it differs.
func Suggest(p *protocols.Protocol, device protocols.Device, frames []Frame) (best protocols.Device, differs bool) {
	best = device
	fit := Try(p, best, frames)
	for i := range p.Options {
		o := &p.Options[i]
		for _, value := range o.Values {
			other := best
			other.Options = maps.Clone(best.Options)
			if other.Options == nil {
				other.Options = map[string]string{}
			}
			other.Options[o.Name] = value
			if f := Try(p, other, frames); better(&f, &fit) {
				best, fit, differs = other, f, true
			}
		}
	}
	if fit.Positions > 0 && fit.Behind.Abs() > onTime {
		plain := best
		plain.Offset = protocols.Some(time.Duration(0))
		if offset, ok := clockOf(Try(p, plain, frames).Behind); ok && protocols.Some(offset) != best.Offset {
			best.Offset, differs = protocols.Some(offset), true
		}
	}
	return best, differs
}

// clockOf gives the offset of a clock which, read as UTC, is so far behind. An offset is a multiple of a quarter of an
// hour, as those of the world's clocks are; the times of stored fixes say nothing.
func clockOf(behind time.Duration) (time.Duration, bool) {
	offset := -behind.Round(quarter)
	return offset, (behind+offset).Abs() <= onTime/2 && offset.Abs() <= largest
}

// middle gives the median; 0 of none.
func middle(all []time.Duration) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}
