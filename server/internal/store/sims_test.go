package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"drover/server/internal/fleet"
)

func TestSIMsOfTheInventory(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 2)
	m, err := s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: "8933 0000 0000 0000 0176", MSISDN: "+33612345678", PIN: []byte("sealed"),
		Device: d[0].ID, Plan: "Fleet 50"})
	ok(t, err)
	if m.ICCID != cardA || m.State != fleet.SIMActive || !m.HasPIN || m.VehicleName != "Van 0" {
		t.Errorf("%+v", m)
	}
	_, err = s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: cardA[:19]})
	is(t, "the same card without its check digit", err, ErrExists)
	for what, bad := range map[string]fleet.SIM{
		"an ICCID of 17 digits": {ICCID: cardA[:17]}, "no ICCID": {}, "an IMSI of letters": {ICCID: cardB, IMSI: "x"},
		"a number without its country": {ICCID: cardB, MSISDN: "0612345678"}, "a state": {ICCID: cardB, State: "lost"},
		"a device that is not there": {ICCID: cardB, Device: 999_999}, "a budget below zero": {ICCID: cardB, BudgetBytes: -1},
	} {
		_, err := s.CreateSIM(t.Context(), of, bad)
		is(t, what, err, ErrInvalid)
	}
	second, err := s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: cardB, Device: d[0].ID})
	ok(t, err)
	wantSIMs(t, s, of, map[string]string{cardA: "0 active ", cardB: fmt.Sprintf("%d active ", d[0].ID)})
	_, err = s.UpdateSIM(t.Context(), of, m.ID, SIMChange{}, m.Revision)
	is(t, "a revision from before it was taken out", err, ErrStale)
	none, ended := []byte{}, fleet.SIMEnded
	m, err = s.UpdateSIM(t.Context(), of, m.ID, SIMChange{PIN: &none, State: &ended}, 0)
	ok(t, err)
	if m.HasPIN || m.State != fleet.SIMEnded || m.Plan != "Fleet 50" {
		t.Errorf("%+v", m)
	}
	for search, want := range map[string]int{"VAN 0": 1, "fleet": 1, "0176": 1, "+336": 1, "8933": 2, "nothing": 0, "ended": 1} {
		list, _, err := s.SIMs(t.Context(), of, SIMQuery{Page: Page{Search: search}})
		ok(t, err)
		if len(list) != want {
			t.Errorf("%q finds %d, want %d", search, len(list), want)
		}
	}
	ok(t, s.DeleteSIM(t.Context(), of, second.ID, 0))
	third, err := s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: cardC, Device: d[0].ID})
	ok(t, err)
	second, err = s.RestoreSIM(t.Context(), of, second.ID)
	ok(t, err)
	if second.Device != 0 || third.Device != d[0].ID {
		t.Errorf("restored into device %d, where %+v is", second.Device, third)
	}
	ok(t, s.DeleteSIM(t.Context(), of, second.ID, 0))
	_, err = s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: cardB})
	ok(t, err)
	_, err = s.RestoreSIM(t.Context(), of, second.ID)
	is(t, "restoring what was taken in anew", err, ErrExists)
	ok(t, s.purge(t.Context(), time.Now().Add(2*Kept)))
}

func TestSIMsComeInPages(t *testing.T) {
	s := open(t)
	of, _ := withDevices(t, s, 0)
	for i := range 25 {
		_, err := s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: fmt.Sprintf("8933%015d", i)})
		ok(t, err)
	}
	var found []string
	for q := (SIMQuery{Page: Page{Limit: 10}}); ; {
		list, next, err := s.SIMs(t.Context(), of, q)
		ok(t, err)
		for _, m := range list {
			found = append(found, m.ICCID)
		}
		if q.After = next; next == "" {
			break
		}
	}
	if len(found) != 25 || found[24] != fmt.Sprintf("8933%015d", 24) {
		t.Errorf("%d SIMs: %v", len(found), found)
	}
}

func TestImportSIMs(t *testing.T) {
	s := open(t)
	of, d := withDevices(t, s, 1)
	other, _ := withDevices(t, s, 1)
	_, err := s.CreateSIM(t.Context(), other, fleet.SIM{ICCID: cardA, Note: "theirs"})
	ok(t, err)
	list := []NewSIM{
		{SIM: fleet.SIM{ICCID: cardA, Operator: "Orange"}, Identity: d[0].Identity},
		{SIM: fleet.SIM{ICCID: "123"}},
		{SIM: fleet.SIM{ICCID: cardB}, Identity: "nobody"},
		{SIM: fleet.SIM{ICCID: cardC, State: fleet.SIMSuspended}},
	}
	for _, try := range []bool{true, false} {
		done, err := s.ImportSIMs(t.Context(), of, list, try)
		ok(t, err)
		if done.Added != 2 || len(done.Failed) != 2 || done.Failed[0].Row != 1 || done.Failed[1].Row != 2 ||
			!strings.Contains(done.Failed[1].Message, "no such device") {
			t.Errorf("%+v", done)
		}
		if try {
			wantSIMs(t, s, of, map[string]string{})
		}
	}
	done, err := s.ImportSIMs(t.Context(), of, []NewSIM{{SIM: fleet.SIM{ICCID: cardA[:19], BudgetMessages: 50}}}, false)
	ok(t, err)
	if done.Updated != 1 {
		t.Errorf("%+v", done)
	}
	list2, _, err := s.SIMs(t.Context(), of, SIMQuery{})
	ok(t, err)
	if m := list2[0]; m.ICCID != cardA || m.Operator != "Orange" || m.Device != d[0].ID || m.BudgetMessages != 50 {
		t.Errorf("%+v", m)
	}
	wantSIMs(t, s, of, map[string]string{cardA: fmt.Sprintf("%d active ", d[0].ID), cardC: "0 suspended "})
}

// TestAPINIsTriedAgainOnceItIsChanged: by whose modems they are. What another organization enters for the same card
// opens no modem, and has no PIN tried again.
func TestAPINIsTriedAgainOnceItIsChanged(t *testing.T) {
	s := open(t)
	create := func(name string) (fleet.Scope, fleet.SIMID) {
		org, err := s.CreateOrganization(t.Context(), name)
		ok(t, err)
		of := fleet.Scope{Organization: org.ID}
		m, err := s.CreateSIM(t.Context(), of, fleet.SIM{ICCID: cardA, PIN: []byte(name)})
		ok(t, err)
		return of, m.ID
	}
	of, own := create("first")
	other, theirs := create("second")
	tried := func(want bool) {
		t.Helper()
		if got, err := s.PINTried(t.Context(), cardA); err != nil || got != want {
			t.Errorf("tried is %v, %v, want %v", got, err, want)
		}
	}
	change := func(of fleet.Scope, id fleet.SIMID, pin string) {
		t.Helper()
		sealed := []byte(pin)
		_, err := s.UpdateSIM(t.Context(), of, id, SIMChange{PIN: &sealed}, 0)
		ok(t, err)
	}
	ok(t, s.SavePIN(t.Context(), cardA, true))
	tried(true)
	change(other, theirs, "wrong")
	tried(true)
	change(of, own, "right")
	tried(false)
	if sealed, err := s.SIMPIN(t.Context(), cardA); err != nil || string(sealed) != "right" {
		t.Errorf("the PIN is %q, %v", sealed, err)
	}
	if sealed, err := s.SIMPIN(t.Context(), "imei:359990000000017"); err != nil || sealed != nil {
		t.Errorf("an IMEI has the PIN %q, %v", sealed, err)
	}
}
