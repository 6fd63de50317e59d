package xirgo

import (
	"fmt"
	"strings"
)

// key is what a field is about.
type key uint8

// The fields, by the papers' abbreviations.
const (
	keyNone key = iota
	keyID
	keyEvent
	keyDate
	keyTime
	keyLatitude
	keyLongitude
	keyAltitude
	keySpeedMPH
	keySpeedKMH
	keyAcceleration
	keyDeceleration
	keyRPM
	keyCourse
	keySatellites
	keyHDOP
	keyMiles
	keyMetres
	keyMPG
	keyBattery
	keySignal
	keyFixed  // 1 is a fix
	keyFixed3 // 3 is a fix
	keyStatus
	keyFuel
	keySequence
	keyX
	keyY
	keyZ
	keyVIN
	keyFirmware
	keyOBDFirmware
	keyProfile
	keyFence
	keyBand
	keyBandTime
	keyExternal
	keyBackup
	keyMode
	keyCard
	keyIgnition
	keyOutputs
	keyReset
	keyInputs
	keyAnalog
	keyLoad
	keyHours
	keyOilPressure
	keyOilLevel
	keyOilTemperature
	keyCoolantPressure
	keyCoolantLevel
	keyCoolantTemperature
)

// obdForm is the order of the trackers in the OBD plug, up to what depends on the event.
var obdForm = []key{
	keyID, keyEvent, keyDate, keyTime, keyLatitude, keyLongitude, keyAltitude, keySpeedMPH, keyAcceleration,
	keyDeceleration, keyRPM, keyCourse, keySatellites, keyHDOP, keyMiles, keyMPG, keyBattery, keySignal, keyFixed,
}

// trailerForm is the order of the trailers' trackers.
var trailerForm = []key{
	keyID, keyEvent, keyDate, keyTime, keyLatitude, keyLongitude, keyAltitude, keySpeedMPH, keyCourse, keySatellites,
	keyHDOP, keyBattery, keySignal, keyMiles, keyFixed, keyExternal, keyBackup, keyMode, keyX, keyY, keyZ, keySequence,
}

// What the trackers in the OBD plug append, by event. Acceleration and sequence number follow where there are more
// fields.
var (
	usualTail = []key{keyStatus, keyFuel}
	turnTail  = []key{keyFuel, keyStatus}
	powerTail = []key{keyVIN, keyFirmware, keyOBDFirmware, keyProfile, keyStatus, keyFuel}
	fenceTail = []key{keyFence, keyStatus, keyFuel}
	bandTail  = []key{keyStatus, keyFuel, keyBand, keyBandTime}
	truckTail = []key{
		keyReset, keyInputs, keyAnalog, keyFuel, keyLoad, keyHours, keyOilPressure, keyOilLevel, keyOilTemperature,
		keyCoolantPressure, keyCoolantLevel, keyCoolantTemperature,
	}
	axesTail = []key{keyX, keyY, keyZ}
)

// ownerForm is an order that owners commonly set, whose dates begin with the month.
const ownerForm = "UID,EV,D,T,LT,LN,AL,GSPT,HD,SV,BV,CQ,MI,GS,SI,IG,OT"

// optionFields names the option of an owner's order.
const optionFields = "fields"

// keyOf is the field of an abbreviation in an owner's order; false if there is none.
func keyOf(name string) (key, bool) {
	switch strings.ToUpper(strings.TrimSpace(name)) {
	case "-", "":
		return keyNone, true
	case "UID", "IM":
		return keyID, true
	case "EV":
		return keyEvent, true
	case "D":
		return keyDate, true
	case "T":
		return keyTime, true
	case "LT":
		return keyLatitude, true
	case "LN":
		return keyLongitude, true
	case "AL":
		return keyAltitude, true
	case "SP":
		return keySpeedMPH, true
	case "GSPT":
		return keySpeedKMH, true
	case "HD":
		return keyCourse, true
	case "SV":
		return keySatellites, true
	case "HP":
		return keyHDOP, true
	case "BV":
		return keyBattery, true
	case "CQ":
		return keySignal, true
	case "MI":
		return keyMetres, true
	case "GS":
		return keyFixed3, true
	}
	return rareKey(strings.ToUpper(strings.TrimSpace(name)))
}

func rareKey(name string) (key, bool) {
	switch name {
	case "SI":
		return keyCard, true
	case "IG":
		return keyIgnition, true
	case "OT":
		return keyOutputs, true
	case "AC":
		return keyAcceleration, true
	case "DC":
		return keyDeceleration, true
	case "RP":
		return keyRPM, true
	case "MG":
		return keyMPG, true
	case "GT":
		return keyStatus, true
	case "FL":
		return keyFuel, true
	case "AX":
		return keyX, true
	case "AY":
		return keyY, true
	case "AZ":
		return keyZ, true
	case "VN":
		return keyVIN, true
	case "EA":
		return keyExternal, true
	case "BB":
		return keyBackup, true
	case "PM":
		return keyMode, true
	case "SEQ":
		return keySequence, true
	}
	return keyNone, false
}

// parseForm reads an owner's order.
func parseForm(text string) ([]key, error) {
	names := strings.Split(text, ",")
	if len(names) > maxFields {
		return nil, fmt.Errorf("%d fields: at most %d are allowed", len(names), maxFields)
	}
	form := make([]key, 0, len(names))
	hasID := false
	for _, name := range names {
		k, ok := keyOf(name)
		if !ok {
			return nil, fmt.Errorf("there is no field %q", name)
		}
		hasID = hasID || k == keyID
		form = append(form, k)
	}
	if !hasID {
		return nil, fmt.Errorf("the identity (UID) is missing")
	}
	return form, nil
}

func checkForm(text string) error {
	_, err := parseForm(text)
	return err
}
