// Package fleet holds the operator's nouns, as every part of the server means them: Organization, User, Group,
// Driver, Vehicle, Device, Fix, State, Event, Knock, SMS, and the Registry of the devices that are welcome.
//
// Types here are plain values without behaviour of their own, except the Registry, which is safe for concurrent use and
// answers from memory, so that trackers are let in while the database is away.
//
// A Scope is what a caller sees. The database enforces it (see the store), and the live line by Scope.Sees.
//
// A device belongs to one organization for as long as it lives: one that is sold is retired, and a new device with the
// same identity is made for its new owner. So a fix needs no organization beside its device, and no history changes
// hands.
//
// It imports protocols and the standard library only.
package fleet
