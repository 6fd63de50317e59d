package sms

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"drover/modem"
	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

const (
	maxEarly  = 1000 // reports that fit nothing yet; more push out the oldest
	earlyKept = 2 * time.Minute
)

// earlyReport is one that came before what it reports was stored: a network may be faster than a database.
type earlyReport struct {
	fleet.SMSReport
	at time.Time
}

// Report is modem.Keeper's. One that fits nothing is tried again when something was sent and when time is looked at,
// and forgotten after two minutes.
func (d *Desk) Report(ctx context.Context, r modem.Report) error {
	report := fleet.SMSReport{ICCID: r.ICCID, Peer: fleet.Number(r.To), Reference: int(r.Reference), Taken: r.Sent,
		State: fleet.SMSSent}
	switch r.State {
	case modem.Delivered:
		report.State = fleet.SMSDelivered
	case modem.Failed:
		report.State, report.Reason = fleet.SMSFailed, "the network could not deliver it: "+statusWords(r.Status)
	default:
		report.Reason = "the network goes on trying: " + statusWords(r.Status)
	}
	fits, err := d.report(ctx, report)
	if err != nil || fits {
		return err
	}
	d.mu.Lock()
	d.reports = append(d.reports, earlyReport{report, time.Now()})
	if len(d.reports) > maxEarly {
		d.reports = d.reports[1:]
	}
	d.mu.Unlock()
	d.rematch(ctx, r.ICCID) // what it reports may have been stored between
	return nil
}

// report stores a report, if there is something that it fits.
func (d *Desk) report(ctx context.Context, r fleet.SMSReport) (fits bool, err error) {
	m, err := d.Store.ReportSMS(ctx, r)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("delivery report: %w", err)
	}
	d.tell([]fleet.SMS{m})
	return true, nil
}

// rematchAll tries all reports again that fitted nothing before.
func (d *Desk) rematchAll(ctx context.Context) {
	d.mu.Lock()
	iccids := map[string]bool{}
	for _, r := range d.reports {
		iccids[r.ICCID] = true
	}
	d.mu.Unlock()
	for iccid := range iccids {
		d.rematch(ctx, iccid)
	}
}

// rematch tries those of a SIM.
func (d *Desk) rematch(ctx context.Context, iccid string) {
	d.mu.Lock()
	var own []earlyReport
	d.reports = slices.DeleteFunc(d.reports, func(r earlyReport) bool {
		if r.ICCID == iccid {
			own = append(own, r)
		}
		return r.ICCID == iccid
	})
	d.mu.Unlock()
	for _, r := range own {
		if fits, err := d.report(ctx, r.SMSReport); (err != nil || !fits) && time.Since(r.at) < earlyKept {
			d.mu.Lock()
			d.reports = append(d.reports, r)
			d.mu.Unlock()
		}
	}
}

// statusWords says what a report's status means (3GPP TS 23.040 §9.2.3.15).
func statusWords(status byte) string {
	known := map[byte]string{
		0x20: "congestion", 0x21: "the phone is busy", 0x22: "the phone does not answer", 0x23: "the phone refuses",
		0x24: "its quality of service is not there", 0x25: "the phone has a fault",
		0x40: "a fault of the phone", 0x41: "an incompatible destination", 0x42: "the phone refuses it",
		0x43: "the number cannot be reached", 0x44: "its quality of service is not there", 0x45: "there is no such number",
		0x46: "its validity has ended", 0x47: "it was deleted by its sender", 0x48: "it was deleted by the service centre",
		0x49: "the service centre does not have it", 0x60: "congestion", 0x61: "the phone is busy",
		0x62: "the phone does not answer", 0x63: "the phone refuses", 0x65: "the phone has a fault",
	}
	if words, ok := known[status]; ok {
		return words
	}
	return fmt.Sprintf("status %#02x", status)
}
