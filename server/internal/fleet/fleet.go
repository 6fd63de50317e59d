package fleet

import (
	"net/netip"
	"time"

	"drover/protocols"
)

type (
	// OrganizationID is PostgreSQL's integer key; 0 is none, as of all ids.
	OrganizationID int32
	// UserID is the key of a User.
	UserID int32
	// VehicleID is the key of a Vehicle.
	VehicleID int32
	// DeviceID is the key of a Device.
	DeviceID int32
	// GroupID is the key of a Group.
	GroupID int32
	// DriverID is the key of a Driver.
	DriverID int32
)

// Organization is who owns vehicles; none sees another's.
type Organization struct {
	ID   OrganizationID
	Name string
}

// Role is what a user may do in the own organization.
type Role string

// The roles, each including the ones after it.
const (
	Admin      Role = "admin"
	Dispatcher Role = "dispatcher"
	Viewer     Role = "viewer"
)

// User is a person who signs in.
type User struct {
	ID           UserID
	Organization OrganizationID
	Email        string
	Name         string
	Role         Role
	Disabled     bool
}

// Group is a part of a fleet: a depot, a department. Groups are a tree.
type Group struct {
	ID           GroupID
	Organization OrganizationID
	Parent       GroupID // 0 at the top
	Name         string  // without /
	Path         string  // the names from the top, joined by /
}

// Driver is a person who drives.
type Driver struct {
	ID           DriverID
	Organization OrganizationID
	Name         string
	Phone        string
	Licence      string
	Key          string    // of an iButton or RFID card, as trackers say it
	Vehicle      VehicleID // that the driver drives; 0 for none
}

// Vehicle is what moves.
type Vehicle struct {
	ID           VehicleID
	Organization OrganizationID
	Name         string
	Plate        string
	Group        GroupID // 0 for none
	Path         string  // of the group
	Driver       string  // the name of who drives it; "" for nobody
}

// PasswordPurpose is what devices' passwords for commands are sealed for.
const PasswordPurpose = "command passwords"

// Device is a tracker, known by the identity that it says on the wire.
type Device struct {
	ID           DeviceID
	Organization OrganizationID
	Vehicle      VehicleID // it is in; 0 if in none
	Identity     string    // IMEI or the family's own number, as protocols.Message.Device
	Protocol     string    // it is expected to speak; "" for any
	Model        string
	Phone        string
	Disabled     bool

	// How it is told things by SMS.
	Login     string // in front of commands, where the family has one
	Password  string // of commands; "" for none, and where Sealed was not opened
	Sealed    []byte // the password for PasswordPurpose, as the database has it; nil for none
	Sender    string // ICCID of the modem's SIM that it obeys; "" for whichever sent last
	AnySender bool   // it obeys any of the modems' SIMs

	// What its profile says because the wire does not.
	Offset  protocols.Opt[time.Duration] // of its clock from UTC; absent: the family's usual
	Options map[string]string            // by protocols.Option.Name
}

// Profile is what a codec may know of the device.
func (d *Device) Profile() protocols.Device {
	return protocols.Device{Identity: d.Identity, Model: d.Model, Login: d.Login, Password: d.Password,
		Offset: d.Offset, Options: d.Options}
}

// Record is one message of a device as the journal keeps it.
type Record struct {
	Device    DeviceID
	Protocol  string
	Received  time.Time // UTC, to the millisecond
	Positions []protocols.Position
	Result    *protocols.Result
	Event     *Event // something that the gateway noticed; then there is nothing else
	BySMS     bool   // it came by SMS, not over a line
}

// Fix is a position as the fleet keeps it: sane, and said by a known device.
type Fix struct {
	protocols.Position
	Device   DeviceID
	Received time.Time // UTC, to the millisecond
	Flags    Flags
}

// Flags are what the steps of a fix's life noticed.
type Flags uint16

// The flags. Their places are stored and never change; new ones go last.
const (
	FlagLate     Flags = 1 << iota // older than a fix already known: stored in its place, not shown as the latest
	FlagClock                      // a wrong clock: Time is when it was received, the attribute device_time what it said
	FlagNoTime                     // the tracker said no time: Time is when it was received
	FlagJump                       // farther from the last fix than wheels get: kept, not shown as the latest
	FlagRepeated                   // the tracker reported a location that it had reported before (last known)
	FlagBySMS                      // it came by SMS
)

var flagNames = [...]string{"late", "clock", "no_time", "jump", "repeated", "by_sms"}

// Names gives the flags' names in the API.
func (f Flags) Names() []string {
	names := []string{}
	for i, name := range flagNames {
		if f&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// Motion is what a vehicle does.
type Motion uint8

// The motions. Their numbers are stored and never change.
const (
	MotionUnknown Motion = iota
	Moving
	Idle
	Stopped
)

// String gives the motion's name in the API.
func (m Motion) String() string {
	names := [...]string{"unknown", "moving", "idle", "stopped"}
	if int(m) < len(names) {
		return names[m]
	}
	return "unknown"
}

// ValueAt is the latest value of something that a device said, and when it said so. Name is as in the JSON of a
// position: speed_kmh, external_v, or an attribute's name.
type ValueAt struct {
	Name  string
	Value protocols.Value
	Time  time.Time
}

// State is the latest that is known of a device.
type State struct {
	Device      DeviceID
	Last        Fix       // the latest by Time, late ones and jumps aside; its Attributes are empty
	Values      []ValueAt // sorted by name, at most 512
	Motion      Motion
	MotionSince time.Time
}

// Event is something that happened to a device, worth telling.
type Event struct {
	Device DeviceID
	Time   time.Time
	Kind   string // conflict, command_result, alarm, clock, sim_swap and the others of SIMs
	Text   string // in plain words, for people
}

// Knock is a stranger who called.
type Knock struct {
	Protocol string
	Identity string
	Port     int
	Address  netip.Addr
	Reason   string // unknown, disabled, wrong_protocol, unreadable
	First    time.Time
	Last     time.Time
	Count    int64
}
