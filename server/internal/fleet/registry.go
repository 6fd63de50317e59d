package fleet

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Snapshot is all that the registry knows at one moment. It is read-only once it was given to Replace.
type Snapshot struct {
	byIdentity map[string]*Device
	byID       map[DeviceID]*Device
	vehicles   map[VehicleID]*Vehicle
	inside     map[VehicleID]*Device // the first device of a vehicle that is not disabled, or else of all
}

// NewSnapshot indexes devices and vehicles. Where two devices share an identity, the one that is not disabled counts.
func NewSnapshot(devices []Device, vehicles []Vehicle) *Snapshot {
	s := &Snapshot{
		byIdentity: make(map[string]*Device, len(devices)),
		byID:       make(map[DeviceID]*Device, len(devices)),
		vehicles:   make(map[VehicleID]*Vehicle, len(vehicles)),
		inside:     make(map[VehicleID]*Device, len(vehicles)),
	}
	for i := range devices {
		d := &devices[i]
		s.byID[d.ID] = d
		if other := s.byIdentity[d.Identity]; other == nil || other.Disabled {
			s.byIdentity[d.Identity] = d
		}
		if other := s.inside[d.Vehicle]; other == nil || other.Disabled && !d.Disabled {
			s.inside[d.Vehicle] = d
		}
	}
	for i := range vehicles {
		s.vehicles[vehicles[i].ID] = &vehicles[i]
	}
	return s
}

// Device finds a device by what it says on the wire.
func (s *Snapshot) Device(identity string) (Device, bool) {
	if d := s.byIdentity[identity]; d != nil {
		return *d, true
	}
	return Device{}, false
}

// DeviceByID finds a device by its key.
func (s *Snapshot) DeviceByID(id DeviceID) (Device, bool) {
	if d := s.byID[id]; d != nil {
		return *d, true
	}
	return Device{}, false
}

// Vehicle finds a vehicle by its key.
func (s *Snapshot) Vehicle(id VehicleID) (Vehicle, bool) {
	if v := s.vehicles[id]; v != nil {
		return *v, true
	}
	return Vehicle{}, false
}

// DeviceIn finds the device of a vehicle. Where there are several, one that is not disabled counts.
func (s *Snapshot) DeviceIn(id VehicleID) (Device, bool) {
	if d := s.inside[id]; d != nil && id != 0 {
		return *d, true
	}
	return Device{}, false
}

// Vehicles gives the vehicles of a scope, by id.
func (s *Snapshot) Vehicles(of Scope) []Vehicle {
	var all []Vehicle
	for _, v := range s.vehicles {
		if of.Sees(v) {
			all = append(all, *v)
		}
	}
	slices.SortFunc(all, func(a, b Vehicle) int { return int(a.ID) - int(b.ID) })
	return all
}

// Registry is the present Snapshot, and a way to wait for the next.
type Registry struct {
	now atomic.Pointer[Snapshot]

	mu      sync.Mutex
	changed chan struct{} // closed and replaced at each change
}

// NewRegistry starts empty.
func NewRegistry() *Registry {
	r := &Registry{changed: make(chan struct{})}
	r.now.Store(NewSnapshot(nil, nil))
	return r
}

// Now is the present snapshot; it never changes under the caller's hands.
func (r *Registry) Now() *Snapshot { return r.now.Load() }

// Replace makes s the present snapshot and wakes who waits.
func (r *Registry) Replace(s *Snapshot) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now.Store(s)
	close(r.changed)
	r.changed = make(chan struct{})
}

// Changed is closed at the next Replace. Take it before reading Now, so that no change is missed.
func (r *Registry) Changed() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.changed
}
