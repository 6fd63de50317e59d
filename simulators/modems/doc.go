// Package modems simulates GSM modems on a small cellular network of their own, for programs that speak AT commands.
//
// Start makes a Bank of modems behind pseudo terminals, TCP ports or Unix sockets. Each has an IMEI, a SIM with its own
// number, storages, signal and registration, and answers the commands of 3GPP TS 27.005 and 27.007 that gammu,
// smstools, ModemManager, oFono, gnokii and Kannel were seen to ask, in the manner of a vendor's Profile. The Network
// carries messages between the modems and whatever else is attached to it as a Phone; its ledger says what it saw.
// Faults are what goes wrong in the field, each under a name, given as rules (ParseRules) or by the methods of Modem.
// Control is the same over HTTP.
//
// Concurrency: each connection of a client is a goroutine that reads and executes, and one that writes. A modem's state
// is under its mutex; a connection holds it while it executes one command, but not while a command waits. The network
// is one goroutine with an agenda: it calls modems and Phones one after the other and holds no lock meanwhile. A modem
// may lock the network, the network never locks a modem while it is locked itself.
//
// Nothing grows without limit: see lineLimit, outputLimit, heldURCs, agendaLimit, waitingLimit and the ledger's limit,
// each of which says what happens there.
//
// The package knows neither the server nor the trackers: who wants vehicles that answer attaches them to the Network.
package modems
