package sms

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"drover/modem"
	"drover/server/internal/fleet"
)

// partsPatience is how long the parts of a message wait for the others.
const partsPatience = day

// Keep is modem.Keeper's: when it returns nil the message is stored, and stored once however often it is given.
func (d *Desk) Keep(ctx context.Context, in modem.Incoming) error {
	m := fleet.SMS{
		In: true, Key: in.Key, Peer: fleet.Number(in.From), Text: in.Text, Data: in.Data, Modem: in.Modem, ICCID: in.ICCID,
		Created: in.Arrived, Sent: in.Sent,
	}
	switch {
	case in.Err != "":
		m.State, m.Raw, m.Reason = fleet.SMSUnreadable, in.Raw, in.Err
		d.metrics.incoming.WithLabelValues(string(m.State)).Inc()
		return wrapped(d.Store.KeepSMS(ctx, m))
	case in.Part.Total > 1:
		return wrapped(d.keepPart(ctx, in))
	}
	if err := d.address(ctx, &m); err != nil {
		return wrapped(err)
	}
	if err := d.Store.KeepSMS(ctx, m); err != nil {
		return wrapped(err)
	}
	d.filed(m)
	return nil
}

func wrapped(err error) error {
	if err != nil {
		return fmt.Errorf("filing an SMS: %w", err)
	}
	return nil
}

// filed counts a message, and wakes who acts on it.
func (d *Desk) filed(m fleet.SMS) {
	d.metrics.incoming.WithLabelValues(string(m.State)).Inc()
	if m.State == fleet.SMSReceived {
		signal(d.heard)
	}
}

// address finds out whose device sent a message: the only one, in all organizations, that has this number. Otherwise
// the message is for the quarantine.
func (d *Desk) address(ctx context.Context, m *fleet.SMS) error {
	phones, err := d.Store.PhonesLike(ctx, m.Peer)
	if err != nil {
		return err
	}
	for _, p := range phones {
		switch {
		case !fleet.SameNumber(fleet.Number(p.Phone), m.Peer) || p.Device == m.Device:
		case m.Device != 0:
			m.State, m.Device, m.Organization = fleet.SMSQuarantined, 0, 0
			m.Reason = "several devices have this number"
			return nil
		default:
			m.Device, m.Organization = p.Device, p.Organization
		}
	}
	m.State = fleet.SMSReceived
	if m.Device == 0 {
		m.State, m.Reason = fleet.SMSQuarantined, "no device has this number"
	}
	return nil
}

// keepPart stores a part, and the whole once it is there.
func (d *Desk) keepPart(ctx context.Context, in modem.Incoming) error {
	set, err := d.Store.KeepSMSPart(ctx, fleet.SMSPiece{
		Key: in.Key, Modem: in.Modem, ICCID: in.ICCID, Peer: fleet.Number(in.From), Text: in.Text, Data: in.Data,
		Reference: in.Part.Reference, Number: in.Part.Number, Total: in.Part.Total, Sent: in.Sent, Arrived: in.Arrived,
	})
	if err != nil {
		return err
	}
	d.metrics.incoming.WithLabelValues("part").Inc()
	if len(set) == 0 || missing(set) != "" { // none waits: the whole is there already
		return nil
	}
	return d.file(ctx, set)
}

// file stores the whole of a set of parts.
func (d *Desk) file(ctx context.Context, set []fleet.SMSPiece) error {
	m, keys := join(set)
	if err := d.address(ctx, &m); err != nil {
		return err
	}
	if gap := missing(set); gap != "" {
		m.Reason = gap
	}
	if err := d.Store.JoinSMSParts(ctx, m, keys); err != nil {
		return err
	}
	d.filed(m)
	return nil
}

// join puts a set together. Of a number that is there twice the newest counts, which is the first; the other was sent
// twice if it says the same, and otherwise belongs to an older message of this reference, and goes on waiting. The keys
// are those of the parts that are done with. Where a part is missing there is "…".
func join(set []fleet.SMSPiece) (m fleet.SMS, keys []string) {
	first := set[0]
	m = fleet.SMS{In: true, Key: "parts:" + first.Key, Peer: first.Peer, Modem: first.Modem, ICCID: first.ICCID}
	var text strings.Builder
	at := 0 // the number that was put last
	for i, p := range set {
		if p.Number == at {
			if p.Text == set[i-1].Text {
				keys = append(keys, p.Key)
			}
			continue
		}
		if p.Number > at+1 {
			text.WriteString("…")
		}
		at = p.Number
		text.WriteString(p.Text)
		m.Data = append(m.Data, p.Data...)
		keys = append(keys, p.Key)
		if m.Sent.Before(p.Sent) {
			m.Sent = p.Sent
		}
		if m.Created.Before(p.Arrived) {
			m.Created = p.Arrived
		}
	}
	if at < first.Total {
		text.WriteString("…")
	}
	m.Text = text.String()
	return m, keys
}

// missing says which parts a set lacks, for people; "" if none.
func missing(set []fleet.SMSPiece) string {
	total := set[0].Total
	var lacks []string
	for n := 1; n <= total; n++ {
		if !slices.ContainsFunc(set, func(p fleet.SMSPiece) bool { return p.Number == n }) {
			lacks = append(lacks, fmt.Sprint(n))
		}
	}
	switch len(lacks) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("part %s of %d is missing", lacks[0], total)
	}
	return fmt.Sprintf("parts %s of %d are missing", strings.Join(lacks, ", "), total)
}

// fileLate files sets that are complete (two modems may have brought the halves at once), or that wait no longer.
func (d *Desk) fileLate(ctx context.Context, now time.Time) error {
	pieces, err := d.Store.DueSMSParts(ctx, now.Add(-partsPatience))
	if err != nil {
		return err
	}
	for len(pieces) > 0 {
		n := 1
		for n < len(pieces) && sameSet(pieces[n], pieces[0]) {
			n++
		}
		if err := d.file(ctx, pieces[:n]); err != nil {
			return err
		}
		pieces = pieces[n:]
	}
	return nil
}

func sameSet(a, b fleet.SMSPiece) bool {
	return a.ICCID == b.ICCID && a.Peer == b.Peer && a.Reference == b.Reference && a.Total == b.Total
}
