package trackers

import (
	"fmt"
	"time"
)

// phonePrefix is of the vehicles' numbers: +882 99 is no country's.
const phonePrefix = "+88299"

// Phone is the telephone number of a vehicle's SIM (E.164), 0 ≤ number ≤ 99,999,999: a prefix and the number.
func Phone(number int) string { return fmt.Sprintf("%s%08d", phonePrefix, number) }

// connect gives the vehicle its telephone, if the run has such. From now on SMS may come.
func (v *vehicle) connect() {
	if v.fleet.config.Phones == nil {
		return
	}
	v.told.now = v.drive.record(v.next.Add(-v.step()))
	v.send = v.fleet.config.Phones(Phone(v.number()), v.text)
}

// among is whether the vehicle of a number is in a share of all: the same settings give the same vehicles.
func among(number int, share float64) bool {
	return float64(uint32(number)*2654435761)/(1<<32) < share // Knuth's multiplicative hash
}

// Reply is an SMS that a vehicle answers, so long after the one that it heard.
type Reply struct {
	After time.Duration
	Text  string
}
