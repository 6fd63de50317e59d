package live

import (
	"maps"
	"testing"
	"time"

	"drover/server/internal/fleet"
)

// TestGroupsLimitWhatIsSeen shows two vehicles to one who may see the first, and moves the second into its group.
func TestGroupsLimitWhatIsSeen(t *testing.T) {
	s := newStage(t, nil)
	all, north, nowhere := s.view("one"), s.view("north"), s.view("nowhere")
	show := func() {
		s.live.Update([]fleet.Fix{at(0, 52, 13, 50), of(2, at(0, 48, 2, 0))})
		all.until("both vehicles", func() bool { return len(all.vehicles) == 2 })
		shown := time.Now().UnixMilli()
		for _, v := range []*viewer{north, nowhere} {
			v.until("a frame made after that", func() bool {
				return len(v.frames) > 0 && v.frames[len(v.frames)-1].ServerTime > shown
			})
		}
	}
	show()
	if len(north.vehicles) != 1 || north.vehicles[1].ID != 1 || !maps.Equal(north.names, map[fleet.VehicleID]string{1: "One B-1 north"}) {
		t.Errorf("the group sees %v, %v", north.vehicles, north.names)
	}
	s.registry.Replace(fleet.NewSnapshot(
		[]fleet.Device{{ID: 1, Organization: 1, Vehicle: 1}, {ID: 2, Organization: 1, Vehicle: 2}},
		[]fleet.Vehicle{{ID: 1, Organization: 1, Name: "One"}, {ID: 2, Organization: 1, Name: "Two", Group: 7, Path: "north"}}))
	north.until("the other vehicle alone", func() bool {
		return len(north.names) == 1 && north.names[2] == "Two  north" && len(north.vehicles) == 1 && north.vehicles[2].ID == 2
	})
	show()
	if len(north.vehicles) != 1 || north.vehicles[2].ID != 2 {
		t.Errorf("after the move the group sees %v", north.vehicles)
	}
	if len(nowhere.vehicles) != 0 || len(nowhere.names) != 0 {
		t.Errorf("who sees no group sees %v, %v", nowhere.vehicles, nowhere.names)
	}
}

func TestNamesTellDriverAndDevice(t *testing.T) {
	now := fleet.NewSnapshot(
		[]fleet.Device{{ID: 1, Organization: 1, Vehicle: 1, Identity: "off", Disabled: true},
			{ID: 2, Organization: 1, Vehicle: 1, Identity: "77", Phone: "+49170"}},
		[]fleet.Vehicle{{ID: 1, Organization: 1, Name: "One", Group: 7, Path: "North/Depot", Driver: "Berta"}, {ID: 2, Organization: 1}})
	got := namesOf(now, &fleet.Scope{Organization: 1})
	want := named{ID: 1, Name: "One", Group: "North/Depot", Driver: "Berta", Identity: "77", Phone: "+49170"}
	if len(got) != 2 || got[0] != want || got[1] != (named{ID: 2}) {
		t.Errorf("%+v", got)
	}
}
