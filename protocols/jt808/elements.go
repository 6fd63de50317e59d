package jt808

import (
	"strconv"
)

// word is an element that is one number.
type word struct {
	name  string
	size  uint8 // bytes
	scale uint8 // decimals
}

// words are the elements that are one number of one size.
var words = [256]word{
	0x03: {"recorder_speed_kmh", 2, 1},
	0x04: {"alarm_event", 2, 0},
	0x11: {"overspeed_area_type", 1, 0},
	0x14: {"video_alarm", 4, 0},
	0x15: {"video_lost_channels", 4, 0},
	0x16: {"video_covered_channels", 4, 0},
	0x17: {"storage_fault", 2, 0},
	0x25: {"vehicle_signals", 4, 0},
	0x2A: {"io_status", 2, 0},
	0x32: {"gps_satellites", 1, 0},
	0x33: {"mode", 1, 0},
	0x52: {"rotation", 1, 0},
	0xE2: {"fuel_l", 4, 1},
	0xFC: {"geofence", 1, 0},
}

// readers read the elements that are more than a number. One that gives false has not understood its element.
var readers = [256]func(*decoder, []byte) bool{
	0x01: (*decoder).mileage,
	0x02: (*decoder).fuel,
	0x05: (*decoder).tyres2019,
	0x06: (*decoder).battery06,
	0x0B: (*decoder).unlocking,
	0x11: (*decoder).overspeedArea,
	0x12: (*decoder).area,
	0x13: (*decoder).route,
	0x18: (*decoder).abnormalDriving,
	0x2B: (*decoder).analogs,
	0x30: (*decoder).csq,
	0x31: (*decoder).satellites,
	0x33: (*decoder).lockText,
	0x50: (*decoder).wifi,
	0x51: (*decoder).temperatures,
	0x53: (*decoder).cells2G,
	0x54: (*decoder).countedWiFi,
	0x56: (*decoder).batteryTenths,
	0x57: (*decoder).vendorAlarms,
	0x58: (*decoder).humidities,
	0x5D: (*decoder).cells4G,
	0x60: (*decoder).lockEvent,
	0x61: (*decoder).externalHundredths,
	0x63: (*decoder).subLocks,
	0x64: (*decoder).adas,
	0x65: (*decoder).dsm,
	0x66: (*decoder).cells66,
	0x67: (*decoder).blindSpot,
	0x68: (*decoder).batteryHundredths,
	0x69: (*decoder).batteryVolts,
	0x6A: (*decoder).csq,
	0x6C: (*decoder).imei,
	0x70: (*decoder).harsh,
	0x71: (*decoder).iccidText,
	0x77: (*decoder).tyres,
	0x82: (*decoder).externalTenths,
	0x91: (*decoder).obd,
	0x94: (*decoder).vin,
	0xA7: (*decoder).analogs,
	0xAC: (*decoder).metres,
	0xBC: (*decoder).driverName,
	0xBD: (*decoder).driverID,
	0xCC: (*decoder).iccidText,
	0xCD: (*decoder).altitude,
	0xCE: (*decoder).externalTenths,
	0xD0: (*decoder).userStatus,
	0xD3: (*decoder).externalTenths,
	0xD4: (*decoder).level,
	0xD5: (*decoder).lockList,
	0xDA: (*decoder).stringLock,
	0xE1: (*decoder).levelOrCells,
	0xE3: (*decoder).levelAndVolts,
	0xE4: (*decoder).chargeAndLevel,
	0xE5: (*decoder).motion,
	0xE6: (*decoder).sensors,
	0xE7: (*decoder).buttons,
	0xE8: (*decoder).dashcam,
	0xE9: (*decoder).level,
	0xEA: (*decoder).extensionEA,
	0xEB: (*decoder).extensionEB,
	0xEC: (*decoder).extensionEC,
	0xED: (*decoder).card,
	0xEE: (*decoder).extensionEE,
	0xF0: (*decoder).cellsF0,
	0xF1: (*decoder).externalOrICCID,
	0xF2: (*decoder).firmware,
	0xF3: (*decoder).extensionF3,
	0xF4: (*decoder).extensionF4,
	0xF5: (*decoder).extensionF5,
	0xF6: (*decoder).extensionF6,
	0xF7: (*decoder).extensionF7,
	0xF8: (*decoder).extensionF8,
	0xF9: (*decoder).extensionF9,
	0xFA: (*decoder).extensionFA,
	0xFB: (*decoder).extensionFB,
	0xFE: (*decoder).extensionFE,
	0xFF: (*decoder).cellFF,
}

// numbered are names with a number in them, from 1.
func numbered(before, after string, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = before + strconv.Itoa(i+1) + after
	}
	return names
}

// The names of what comes several times.
var (
	ioNames          = append([]string{"io0"}, numbered("io", "", 255)...)
	temperatureNames = numbered("temperature_", "_c", 16)
	humidityNames    = numbered("humidity_", "_percent", 16)
)
