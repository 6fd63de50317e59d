package modems

import (
	"fmt"
	"slices"
	"strings"
)

// Profile is how a vendor's modem differs from others.
type Profile struct {
	Name         string
	Manufacturer string
	Model        string
	Revision     string
	Echo         bool   // ATE's state after power-up; over TCP and Unix sockets it is always off
	USB          bool   // a reset takes the port away until the modem has booted
	ICCID        string // the vendor's command for the ICCID, in the form it is asked: "+QCCID", "^ICCID?"
	ICCIDAnswer  string // its answer, %s being the ICCID; "" if AT+CCID is answered in the same shape as others
	Thermometer  string // the command for the temperature, "" if it has none
	Temperature  string // its answer, %d being °C
	EmptySlot    bool   // AT+CMGR of an empty slot is a bare OK; else CMS ERROR 321
	CNMI         string // what AT+CNMI=? offers
	CSMS         string // what AT+CSMS=? offers
	Memories     string // what AT+CPMS=? offers for each of the three
	Arrivals     string // memory that messages are put into after power-up
	Reports      string // memory of delivery reports with ds=2
	SRQuirk      bool   // delivery reports are announced in "SM" but kept in "SR"
	Booted       []string
	SignalURC    string // vendor's line of the signal, said when it changes; %d being RSSI of AT+CSQ; "" none
	Full         string // line that a full memory makes it say, "" none
}

const (
	allCNMI   = "(0-3),(0-3),(0,2,3),(0-2),(0,1)"
	allStores = `("SM","ME","MT","SR"),("SM","ME","MT"),("SM","ME","MT")`
	simStores = `("SM","ME"),("SM","ME"),("SM","ME")`
	ready     = "+CPIN: READY"
)

// Profiles are the vendors that are known. Identity strings and quirks are as the vendors' AT manuals and the sources
// of TinyGSM, chan_dongle and chan_quectel have them; the rest is as in 3GPP TS 27.005 and 27.007.
func Profiles() []Profile {
	return []Profile{
		{Name: "generic", Manufacturer: "Drover", Model: "Simulated modem", Revision: "1.0", Echo: true,
			CNMI: allCNMI, CSMS: "(0,1)", Memories: allStores, Arrivals: "SM", Reports: "SM"},
		{Name: "quectel-ec25", Manufacturer: "Quectel", Model: "EC25", Revision: "EC25EFAR06A01M4G", Echo: true, USB: true,
			ICCID: "+QCCID", ICCIDAnswer: "+QCCID: %s", Thermometer: "+QTEMP", Temperature: "+QTEMP: %d,%[1]d,%[1]d",
			CNMI: allCNMI, CSMS: "(0,1)", Memories: allStores, Arrivals: "ME", Reports: "SR", SRQuirk: true,
			Booted: []string{"RDY", ready, "+QUSIM: 1", "+CFUN: 1", "+QIND: SMS DONE"}},
		{Name: "quectel-m26", Manufacturer: "Quectel_Ltd", Model: "Quectel_M26", Revision: "M26FBR03A15", Echo: true,
			ICCID: "+QCCID", ICCIDAnswer: "%sF", Thermometer: "+QTEMP?", Temperature: "+QTEMP: 0,3900,%d",
			EmptySlot: true, CNMI: "(0-3),(0-3),(0,2,3),(0-2),(1)", CSMS: "(0,128)", Memories: simStores,
			Arrivals: "SM", Reports: "SM", Booted: []string{"RDY", "+CFUN: 1", ready, "Call Ready", "SMS Ready"}},
		{Name: "simcom-sim7600", Manufacturer: "SIMCOM INCORPORATED", Model: "SIMCOM_SIM7600E-H",
			Revision: "LE20B04SIM7600M22", Echo: true, USB: true, ICCID: "+CICCID", ICCIDAnswer: "+ICCID: %s",
			Thermometer: "+CPMUTEMP", Temperature: "+CPMUTEMP: %d", EmptySlot: true,
			CNMI: "(0,1,2),(0,1,2,3),(0,2,3),(0,1,2),(0,1)", CSMS: "(0,1)", Memories: allStores, Arrivals: "SM", Reports: "SR",
			Booted: []string{"RDY", ready, "SMS DONE", "PB DONE"}},
		{Name: "sierra", Manufacturer: "Sierra Wireless, Incorporated", Model: "MC7455", Revision: "SWI9X30C_02.24.05.06",
			Echo: true, USB: true, ICCID: "!ICCID?", ICCIDAnswer: "!ICCID: %s", CNMI: allCNMI, CSMS: "(0,1)",
			Memories: simStores, Arrivals: "SM", Reports: "SM"},
		{Name: "huawei-e3372", Manufacturer: "huawei", Model: "E3372", Revision: "21.180.01.00.00", Echo: true, USB: true,
			ICCID: "^ICCID?", ICCIDAnswer: "^ICCID: %s", EmptySlot: true, CNMI: "(0,1,2),(0,1,2,3),(0,2),(0,1,2),(0,1)",
			CSMS: "(0,1)", Memories: simStores, Arrivals: "SM", Reports: "SM", Booted: []string{"^SIMST:1", "^SRVST:2"},
			SignalURC: "^RSSI:%d", Full: `^SMMEMFULL: "SM"`},
		{Name: "telit", Manufacturer: "Telit", Model: "LE910C1-EU", Revision: "25.20.675", Echo: true,
			ICCID: "#CCID", ICCIDAnswer: "#CCID: %s", Thermometer: "#TEMPMON", Temperature: "#TEMPMEAS: 0,%d",
			CNMI: "(0-2),(0-3),(0,2,3),(0-2),(0,1)", CSMS: "(0,1)", Memories: simStores, Arrivals: "SM", Reports: "SM"},
		{Name: "ublox", Manufacturer: "u-blox", Model: "LARA-R211", Revision: "30.38", Echo: true,
			ICCID: "+CCID", ICCIDAnswer: "+CCID: %s", Thermometer: "+UTEMP?", Temperature: "+UTEMP: %d", CNMI: allCNMI,
			CSMS: "(0,1)", Memories: allStores, Arrivals: "ME", Reports: "SR"},
	}
}

// profileNamed is nil with an error where there is none of that name.
func profileNamed(name string) (*Profile, error) {
	all := Profiles()
	names := make([]string, len(all))
	for i := range all {
		if all[i].Name == name {
			return &all[i], nil
		}
		names[i] = all[i].Name
	}
	return nil, fmt.Errorf("modems: profile: %q is not one of %s", name, strings.Join(names, ", "))
}

// asks says whether a command in this form is the one the vendor has: some are asked with a question mark.
func asks(command string, c *call) bool {
	name, queried := strings.CutSuffix(command, "?")
	return name == c.name && (c.form == read) == queried && slices.Contains([]form{execute, read}, c.form)
}
