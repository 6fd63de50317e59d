package live

import (
	"encoding/json"
	"slices"

	"github.com/gorilla/websocket"

	"drover/server/internal/fleet"
)

// listChunk is how many vehicles a message names, so that none grows beyond some 100 kB.
const listChunk = 500

// roll is the list of an organization's vehicles by name, as it was last told to readers.
type roll struct {
	of      *fleet.Snapshot // that vehicles were taken from
	version uint64          // counts changes
	all     []named         // by id
	changes []*websocket.PreparedMessage
}

// listed is a message of the type vehicles.
type listed struct {
	Type     string            `json:"type"`
	All      bool              `json:"all"`
	Vehicles []named           `json:"vehicles"`
	Removed  []fleet.VehicleID `json:"removed"`
}

type named struct {
	ID       fleet.VehicleID `json:"id"`
	Name     string          `json:"name"`
	Plate    string          `json:"plate"`
	Group    string          `json:"group"`
	Driver   string          `json:"driver"`
	Identity string          `json:"identity"`
	Phone    string          `json:"phone"`
}

// namesOf gives what is told of the scope's vehicles, by id.
func namesOf(now *fleet.Snapshot, of *fleet.Scope) []named {
	vehicles := now.Vehicles(*of)
	names := make([]named, len(vehicles))
	for i := range vehicles {
		v := &vehicles[i]
		d, _ := now.DeviceIn(v.ID)
		names[i] = named{ID: v.ID, Name: v.Name, Plate: v.Plate, Group: v.Path, Driver: v.Driver,
			Identity: d.Identity, Phone: d.Phone}
	}
	return names
}

// follow brings the roll up to date; what it told before plus changes is what it tells now.
func (l *roll) follow(now *fleet.Snapshot, of fleet.OrganizationID) error {
	if l.of == now {
		return nil
	}
	all := namesOf(now, &fleet.Scope{Organization: of})
	changed, removed := differences(l.all, all)
	l.of, l.all = now, all
	if len(changed)+len(removed) == 0 {
		return nil
	}
	messages, err := list(changed, removed, false)
	l.version, l.changes = l.version+1, messages
	return err
}

// differences gives the vehicles of after that are not the same in before, and the ids that are not in after. Both
// are sorted by id.
func differences(before, after []named) (changed []named, removed []fleet.VehicleID) {
	for _, v := range after {
		for len(before) > 0 && before[0].ID < v.ID {
			removed = append(removed, before[0].ID)
			before = before[1:]
		}
		if len(before) > 0 && before[0].ID == v.ID {
			if before[0] != v {
				changed = append(changed, v)
			}
			before = before[1:]
			continue
		}
		changed = append(changed, v)
	}
	for _, v := range before {
		removed = append(removed, v.ID)
	}
	return changed, removed
}

// list gives the messages that tell vehicles, at least one.
func list(vehicles []named, removed []fleet.VehicleID, all bool) ([]*websocket.PreparedMessage, error) {
	var messages []*websocket.PreparedMessage
	for first := true; first || len(vehicles)+len(removed) > 0; first = false {
		some, gone := min(listChunk, len(vehicles)), min(listChunk, len(removed))
		m := listed{Type: "vehicles", All: all && first, Vehicles: append([]named{}, vehicles[:some]...),
			Removed: append([]fleet.VehicleID{}, removed[:gone]...)}
		vehicles, removed = vehicles[some:], removed[gone:]
		text, err := json.Marshal(m)
		if err != nil {
			return nil, err
		}
		prepared, err := websocket.NewPreparedMessage(websocket.TextMessage, text)
		if err != nil {
			return nil, err
		}
		messages = append(messages, prepared)
	}
	return messages, nil
}

// tell gives the messages that bring a reader from the version it knows to the present one; 0 is none. Whoever sees a
// part only is told all of it again.
func (b *board) tell(of *fleet.Scope, known uint64, first bool) ([]*websocket.PreparedMessage, uint64, error) {
	b.mu.RLock()
	version, all, changes, registry := b.roll.version, slices.Clip(b.roll.all), b.roll.changes, b.roll.of
	b.mu.RUnlock()
	switch {
	case of.Groups != nil:
		all = namesOf(registry, of)
	case first:
	case known == version:
		return nil, version, nil
	case known == version-1:
		return changes, version, nil
	}
	messages, err := list(all, nil, true)
	return messages, version, err
}
