package fleet

import "testing"

func TestRegistryFindsAndTells(t *testing.T) {
	r := NewRegistry()
	changed := r.Changed()
	if _, ok := r.Now().Device("352093081452251"); ok {
		t.Fatal("an empty registry knows a device")
	}
	r.Replace(NewSnapshot(
		[]Device{{ID: 1, Identity: "352093081452251", Disabled: true}, {ID: 2, Identity: "352093081452251", Vehicle: 7}},
		[]Vehicle{{ID: 7, Organization: 3, Name: "Van"}, {ID: 5, Organization: 3}, {ID: 6, Organization: 4}}))
	select {
	case <-changed:
	default:
		t.Error("Replace told nobody")
	}
	d, ok := r.Now().Device("352093081452251")
	if !ok || d.ID != 2 {
		t.Errorf("got device %d, %v; want 2, the one that is not disabled", d.ID, ok)
	}
	if d, ok := r.Now().DeviceByID(1); !ok || !d.Disabled {
		t.Errorf("got %+v, %v by id", d, ok)
	}
	vehicles := r.Now().Vehicles(Scope{Organization: 3})
	if len(vehicles) != 2 || vehicles[0].ID != 5 || vehicles[1].Name != "Van" {
		t.Errorf("vehicles of 3: %+v", vehicles)
	}
}

func TestFlagNames(t *testing.T) {
	if got := (FlagLate | FlagBySMS).Names(); len(got) != 2 || got[0] != "late" || got[1] != "by_sms" {
		t.Errorf("got %v", got)
	}
}
