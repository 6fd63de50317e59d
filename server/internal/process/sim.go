package process

import (
	"strings"
	"time"

	"drover/server/internal/fleet"
)

// simAgain is how often a SIM that stays is noted again, so that it can be seen until when it was there.
const simAgain = time.Hour

// saidSIM is what a device said last of its SIM, in its own words.
type saidSIM struct {
	iccid, imsi string
	noted       time.Time // of the fix that was noted last
}

// stepSIM notes which SIM the device says it has, when that is another than before, and each hour. What comes late is
// of a SIM that may be gone.
func stepSIM(p *passage) bool {
	if p.fix.ICCID == "" && p.fix.IMSI == "" || p.fix.Flags&fleet.FlagLate != 0 {
		return true
	}
	said := &p.device.sim
	changed := p.fix.ICCID != "" && p.fix.ICCID != said.iccid || p.fix.IMSI != "" && p.fix.IMSI != said.imsi
	if !changed && p.fix.Time.Sub(said.noted) < simAgain {
		return true
	}
	if p.fix.ICCID != "" {
		said.iccid = strings.Clone(p.fix.ICCID)
	}
	if p.fix.IMSI != "" {
		said.imsi = strings.Clone(p.fix.IMSI)
	}
	said.noted = p.fix.Time
	seen := fleet.Sighting{Device: p.fix.Device, First: p.fix.Time, Last: p.fix.Time}
	seen.ICCID, _ = fleet.NormalICCID(p.fix.ICCID)
	var whole bool
	if seen.IMSI, whole = fleet.NormalIMSI(p.fix.IMSI); !whole {
		seen.IMSI = ""
	}
	if seen.ICCID != "" || seen.IMSI != "" {
		p.sightings = append(p.sightings, seen)
	}
	return true
}
