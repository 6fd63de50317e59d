package gt06

// The types of messages ("protocol number" in the papers). Several have more than one layout.
const (
	kindLogin          = 0x01
	kindGPS            = 0x10
	kindGPS11          = 0x11 // GPS, or a cell alone
	kindLocation       = 0x12
	kindStatus         = 0x13
	kindString         = 0x15 // answer to a command
	kindAlarm          = 0x16
	kindWiFi17         = 0x17 // Wi-Fi without checksum, GPS with a card, or a cell with a phone number
	kindCells18        = 0x18
	kindCellStatus     = 0x19
	kindGPSPhone       = 0x1A
	kindGPSCells       = 0x1E
	kindString21       = 0x21 // answer to a command, 7979
	kindLocation22     = 0x22
	kindHeartbeat      = 0x23
	kindCells24        = 0x24
	kindAlarm26        = 0x26
	kindAlarm27        = 0x27 // with the number of a fence
	kindCells28        = 0x28
	kindAddressRequest = 0x2A
	kindCellsWiFi      = 0x2C
	kindLocation2D     = 0x2D
	kindCells2E        = 0x2E
	kindLocation31     = 0x31
	kindAlarm32        = 0x32 // 7979: the AZ735's location
	kindCellsWiFi33    = 0x33 // 7979: the AZ735's alarm
	kindX1             = 0x34
	kindPhotoInfo      = 0x35
	kindStatus36       = 0x36 // 4G heartbeat or location; 7979: part of a photo
	kindLocation37     = 0x37
	kindAlarm38        = 0x38
	kindBMS            = 0x40
	kindDriver         = 0x61
	kindWiFi69         = 0x69
	kindModules        = 0x70
	kindCommand        = 0x80
	kindTime           = 0x8A
	kindOBD            = 0x8C
	kindIMSI           = 0x90
	kindInfo           = 0x94
	kindEvent          = 0x95
	kindAddress        = 0x97
	kindSerial         = 0x9B
	kindLocationA0     = 0xA0
	kindCellsA1        = 0xA1
	kindCellsWiFiA2    = 0xA2
	kindAlarmA3        = 0xA3
	kindAlarmA4        = 0xA4
	kindCellAlarm      = 0xA5
	kindCellPhone      = 0xA7
	kindWiFiF3         = 0xF3
)
