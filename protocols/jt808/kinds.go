package jt808

// What a terminal says.
const (
	kindAnswer       = 0x0001 // general answer to the platform
	kindHeartbeat    = 0x0002
	kindLogout       = 0x0003
	kindTime2019     = 0x0004 // asks for the time (2019)
	kindRegister     = 0x0100
	kindAuth         = 0x0102
	kindParameters   = 0x0104 // answer to a query of parameters
	kindAttributes   = 0x0107
	kindUpgrade      = 0x0108
	kindTime         = 0x0109 // asks for the time (vendors)
	kindLocation     = 0x0200
	kindQueried      = 0x0201 // answer to a query of the location
	kindVersion      = 0x0205 // software version, and asks for the time (OBD vendor)
	kindBatch2       = 0x0210 // records with lengths of one byte (vendor)
	kindEvent        = 0x0301
	kindQuestion     = 0x0302 // answer to a question
	kindControlled   = 0x0500 // answer to the control of a vehicle
	kindHeartbeat2   = 0x0506
	kindRecorder     = 0x0700
	kindWaybill      = 0x0701 // electronic waybill; vendors' answer to a command
	kindDriver       = 0x0702
	kindBatch        = 0x0704
	kindCAN          = 0x0705
	kindMediaEvent   = 0x0800
	kindMedia        = 0x0801
	kindTransparent  = 0x0900
	kindZone         = 0x1007 // time zone (vendor)
	kindText1300     = 0x1300 // answer to a text (vendor)
	kindAcceleration = 0x2070
	kindLock         = 0x5501 // report of an electronic lock
	kindLockBlind    = 0x5502
	kindText         = 0x6006 // text, usually the answer to one
)

// What the platform says.
const (
	kindGeneral     = 0x8001
	kindResend      = 0x8003
	kindTimeAnswer  = 0x8004
	kindRegistered  = 0x8100
	kindSet         = 0x8103
	kindControl     = 0x8105
	kindTimeVendor  = 0x8109
	kindLocate      = 0x8201
	kindVersionTime = 0x8205
	kindSendText    = 0x8300
	kindMediaAnswer = 0x8800
	kindDownlink    = 0x8900
	kindOil         = 0xA006
	kindLockAnswer  = 0x4401
)

// knownKind is whether a terminal says such messages.
func knownKind(kind uint16) bool {
	switch kind {
	case kindAnswer, kindHeartbeat, kindLogout, kindTime2019, 0x0005, kindRegister, 0x0101, kindAuth, kindParameters,
		0x0105, kindAttributes, kindUpgrade, kindTime, kindLocation, kindQueried, kindVersion, 0x020A, kindBatch2,
		kindEvent, kindQuestion, 0x0303, 0x0310, kindControlled, kindHeartbeat2, 0x0608, kindRecorder, kindWaybill,
		kindDriver, kindBatch, kindCAN, kindMediaEvent, kindMedia, 0x0802, 0x0805, kindTransparent, 0x0901, 0x0A00,
		0x1003, 0x1005, kindZone, 0x1205, 0x1206, 0x1210, 0x1211, 0x1212, kindText1300, kindAcceleration,
		kindLock, kindLockBlind, kindText:
		return true
	}
	return false
}

func isLock(kind uint16) bool { return kind == kindLock || kind == kindLockBlind }
