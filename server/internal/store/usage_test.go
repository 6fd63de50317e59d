package store

import (
	"testing"
	"time"

	"drover/server/internal/fleet"
)

func today() time.Time { return time.Now().UTC().Truncate(24 * time.Hour) }

func TestUsageIsOfTheSIM(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 2)
	m, err := s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: cardA, Device: d[0].ID})
	ok(t, err)
	ages := []time.Time{today(), today(), today().AddDate(0, 0, -40)}
	var list []Carried
	for i, day := range ages {
		list = append(list, Carried{d[0].ID, day, fleet.Traffic{In: 100, Out: 10, Frames: int64(i) + 1}})
	}
	list = append(list, Carried{d[1].ID, today(), fleet.Traffic{In: 7, Out: 1, Frames: 1}}, Carried{999_999, today(), fleet.Traffic{In: 2}})
	for range 2 {
		dropped, err := s.AddUsage(t.Context(), list)
		ok(t, err)
		if dropped != 10 {
			t.Errorf("%d bytes of devices without a SIM, want 10", dropped)
		}
	}
	days, err := s.SIMUsage(t.Context(), of, m.ID, time.Time{}, time.Time{})
	ok(t, err)
	want := []fleet.Usage{{SIM: m.ID, Day: ages[2], BytesIn: 200, BytesOut: 20, Frames: 6},
		{SIM: m.ID, Day: today(), BytesIn: 400, BytesOut: 40, Frames: 6}}
	if len(days) != 2 || days[0] != want[0] || days[1] != want[1] {
		t.Errorf("got %+v, want %+v", days, want)
	}
	if days, err = s.SIMUsage(t.Context(), of, m.ID, ages[2].Add(time.Hour), today()); err != nil || len(days) != 1 {
		t.Errorf("%+v, %v: want the days from the first on, before the last", days, err)
	}
	list2, _, err := s.SIMs(t.Context(), of, SIMQuery{})
	ok(t, err)
	if got := list2[0].Month; got.BytesIn != 400 || got.Frames != 6 || got.Day.Day() != 1 {
		t.Errorf("this month has %+v", got)
	}
	ok(t, s.forgetSIMs(t.Context(), today().AddDate(0, 0, -30)))
	if days, err = s.SIMUsage(t.Context(), of, m.ID, time.Time{}, time.Time{}); err != nil || len(days) != 1 {
		t.Errorf("%+v, %v: want what is old to be gone", days, err)
	}
}

// sms stores an SMS by the SIM cardA, and brings it into more states after another.
func sms(t *testing.T, s *Store, of fleet.Scope, device fleet.DeviceID, direction string, parts int, states ...string) {
	t.Helper()
	var id int64
	ok(t, s.pool.QueryRow(t.Context(), `INSERT INTO drover.sms (organization_id, device_id, direction, peer, state, iccid)
		VALUES ($1, nullif($2::int4, 0), $3, '+33612345678', $4, $5) RETURNING id`, of.Organization, device, direction, states[0],
		cardA).Scan(&id))
	_, err := s.pool.Exec(t.Context(), `INSERT INTO drover.sms_out_parts (sms_id, number, tpdu, peer)
		SELECT $1, n, '', '' FROM generate_series(1, $2) n`, id, parts)
	ok(t, err)
	for _, state := range states[1:] {
		_, err := s.pool.Exec(t.Context(), `UPDATE drover.sms SET state = $2 WHERE id = $1`, id, state)
		ok(t, err)
	}
}

func TestSMSAreCountedOnce(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 2)
	m, err := s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: cardA, Device: d[0].ID})
	ok(t, err)
	sms(t, s, of, d[0].ID, "out", 3, "queued", "sending", "sent", "delivered")
	sms(t, s, of, d[0].ID, "out", 1, "queued", "sending", "unknown", "delivered")
	sms(t, s, of, d[0].ID, "out", 1, "queued", "sending", "failed")
	sms(t, s, of, d[0].ID, "in", 0, "received")
	sms(t, s, of, d[0].ID, "in", 0, "quarantined", "received")
	sms(t, s, of, d[1].ID, "in", 0, "received") // of a device without a SIM
	sms(t, s, of, 0, "in", 0, "quarantined")
	days, err := s.SIMUsage(t.Context(), of, m.ID, time.Time{}, time.Time{})
	ok(t, err)
	if len(days) != 1 || days[0].SMSOut != 4 || days[0].SMSIn != 2 {
		t.Errorf("%+v, want 4 SMS to it and 2 from it", days)
	}
}

// TestSMSOfAModemAreCounted: what it sends is from its SIM, also to numbers of nobody; what comes is to it, once.
func TestSMSOfAModemAreCounted(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 1)
	ok(t, s.SeeModemSIM(t.Context(), "north", cardA, "", "", ""))
	sms(t, s, of, d[0].ID, "out", 3, "queued", "sending", "sent", "delivered")
	sms(t, s, of, 0, "out", 1, "queued", "sending", "sent")
	sms(t, s, of, d[0].ID, "in", 0, "received")
	sms(t, s, of, 0, "in", 0, "quarantined", "received")
	rows, _, err := s.SIMs(t.Context(), of, SIMQuery{})
	ok(t, err)
	if len(rows) != 1 || rows[0].Month.SMSIn != 4 || rows[0].Month.SMSOut != 2 {
		t.Errorf("%+v, want 4 SMS from it and 2 to it", rows)
	}
}

func TestBudgetsAreToldOnceAMonth(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 1)
	m, err := s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: cardA, Device: d[0].ID, BudgetBytes: 1_000_000, BudgetMessages: 2})
	ok(t, err)
	_, err = s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: cardB, BudgetBytes: 1}) // in no device
	ok(t, err)
	carry := func(bytes int64) {
		_, err := s.AddUsage(t.Context(), []Carried{{d[0].ID, today(), fleet.Traffic{In: bytes}}})
		ok(t, err)
		for range 2 {
			_, err = s.TellBudgets(t.Context(), time.Now())
			ok(t, err)
		}
	}
	carry(790_000)
	wantTold(t, s, of, d[0].ID)
	carry(12_345)
	wantTold(t, s, of, d[0].ID, "sim_budget: SIM "+cardA+" has used 80 % of the month's data: 0.80 of 1.00 MB.")
	carry(300_000)
	wantTold(t, s, of, d[0].ID, "sim_budget: SIM "+cardA+" has used 100 % of the month's data: 1.10 of 1.00 MB.")
	for range 3 {
		sms(t, s, of, d[0].ID, "in", 0, "received")
	}
	carry(0)
	wantTold(t, s, of, d[0].ID, "sim_budget: SIM "+cardA+" has used 100 % of the month's SMS: 3 of 2.")
	row, err := s.SIM(t.Context(), of, m.ID)
	ok(t, err)
	if len(row.Alarms) != 2 || row.Alarms[0] != fleet.AlarmBudgetBytes || row.Alarms[1] != fleet.AlarmBudgetMessages {
		t.Errorf("alarms %v", row.Alarms)
	}
}

func TestAnotherNumberIsToldOnce(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 2)
	phone := "+33 6 12 34 56 78"
	_, err := s.UpdateDevice(t.Context(), of, d[0].ID, DeviceChange{Phone: &phone}, 0)
	ok(t, err)
	heard := func(number string) { ok(t, s.SIMHeardFrom(t.Context(), d[0].ID, number)) }
	heard("+33612345678")
	heard("Free Mobile")
	wantTold(t, s, of, d[0].ID)
	m, err := s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: cardA, Device: d[0].ID, MSISDN: "0033612345678"})
	ok(t, err)
	if m.MSISDN != "+33612345678" || len(m.Alarms) != 0 {
		t.Errorf("%+v", m)
	}
	for _, number := range []string{"+33612345679", "+33612345679", "0033612345679"} {
		heard(number)
	}
	wantTold(t, s, of, d[0].ID, "sim_msisdn: An SMS of the tracker came from +33612345679, its SIM should have +33612345678.")
	alarms := func() []string {
		row, err := s.SIM(t.Context(), of, m.ID)
		ok(t, err)
		return row.Alarms
	}
	if got := alarms(); len(got) != 1 || got[0] != fleet.AlarmMSISDN {
		t.Errorf("alarms %v", got)
	}
	heard("+33612345678")
	if got := alarms(); len(got) != 0 {
		t.Errorf("alarms %v after its own number", got)
	}
	number := "+33700000000" // the device is written to at another
	_, err = s.UpdateSIM(t.Context(), of, m.ID, SIMChange{MSISDN: &number}, 0)
	ok(t, err)
	if got := alarms(); len(got) != 1 || got[0] != fleet.AlarmMSISDN {
		t.Errorf("alarms %v", got)
	}
	ok(t, s.SIMHeardFrom(t.Context(), d[1].ID, "+33612345678")) // of a device with no number to compare with
	ok(t, s.SIMHeardFrom(t.Context(), 999_999, "+33612345678"))
}
