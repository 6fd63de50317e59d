package teltonika

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// ear has the words of "FMB SMS/GPRS Commands". getrecord and cpureset are not answered.
func ear() *texts.Ear {
	return &texts.Ear{
		Exact: true,
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "{login} {password} getgps",
				Reply: "GPS:1 Sat:{sat} Lat:{lat} Long:{lon} Alt:{alt} Speed:{speed} Dir:{course} " +
					"Date: {at 2006/1/2} Time: {at 15:04:05}"},
			{Kind: protocols.Locate, Words: "{login} {password} getrecord"},
			{Kind: protocols.Interval, Words: "{login} {password} setparam 10000:{seconds};{any}",
				Reply: "New value 10000:{seconds};{any}"},
			{Kind: protocols.SetServer, Words: "{login} {password} setparam 2004:{host};2005:{port}",
				Reply: "New value 2004:{host};2005:{port}"},
			{Kind: protocols.SetAPN, Words: "{login} {password} setparam 2001:{apn};2002:{user};2003:{secret}",
				Reply: "New value 2001:{apn};2002:{user};2003:{secret}"},
			{Kind: protocols.SetAPN, Words: "{login} {password} setparam 2001:{apn};2002:{user}",
				Reply: "New value 2001:{apn};2002:{user}"},
			{Kind: protocols.SetAPN, Words: "{login} {password} setparam 2001:{apn}", Reply: "New value 2001:{apn}"},
			{Kind: protocols.Immobilise, Words: "{login} {password} setdigout 1", Reply: "DOUT:1 Timeout:INFINITY"},
			{Kind: protocols.Release, Words: "{login} {password} setdigout 0", Reply: "DOUT:0 Timeout:INFINITY"},
			{Kind: protocols.Output, Output: 2, Words: "{login} {password} setdigout ?{on}",
				Reply: "DOUT:?{on} Timeout:INFINITY"},
			{Kind: protocols.Output, Output: 3, Words: "{login} {password} setdigout ??{on}",
				Reply: "DOUT:??{on} Timeout:INFINITY"},
			{Kind: protocols.Output, Output: 4, Words: "{login} {password} setdigout ???{on}",
				Reply: "DOUT:???{on} Timeout:INFINITY"},
			{Kind: protocols.Reboot, Words: "{login} {password} cpureset"},
			{Kind: protocols.Custom, Words: "{login} {password} {words}", Reply: "OK {words}"},
		},
		Queries: []texts.Query{
			{Words: "getinfo",
				Reply: "RTC:{at 2006/1/2 15:04} Init:{at 2006/1/2} 5:44 UpTime:4744s PWR:PwrVoltage RST:0 GPS:1 " +
					"SAT:{sat} TTFF:24 TTLF:0 NOGPS: 0:0 SR:0 FG:200 FL:0 SMS:3 REC:42 MD:1 DB:0"},
			{Words: "getver",
				Reply: "Ver:03.28.07_00 GPS:AXN_5.10 Hw:FMB120 Mod:15 IMEI:{id} Init: {at 2006-1-2} 5:44 Uptime: 4744 " +
					"MAC:001E42000000 SPC:0(0) AXL:1 OBD:0 BL:1.10 BT:4"},
			{Words: "getstatus",
				Reply: "Data Link: 1 GPRS: 1 Phone: 0 SIM: 0 OP: 00101 Signal: 4 NewSMS: 0 Roaming: 0 SMSFull: 0 " +
					"LAC: 1 Cell ID: 7 NetType: 1 FwUpd: 0"},
			{Words: "ggps", Reply: "{link}"},
			{Words: "getio", Reply: "DI1:{ign} DI2:0 AIN:0.0611 DO1:0 DO2:0"},
			{Words: "readio {any}", Reply: "I/O ID:{any} Value:0"},
		},
	}
}
