package modems

import (
	"fmt"
	"strings"
)

// setting is a command that keeps what it is given, says it again and acts on nothing itself. Offer is what its test
// form lists; a value must be among it.
type setting struct{ name, initial, offer string }

func settings() []setting {
	const flag = "(0,1)"
	return []setting{
		{"E", "1", ""}, {"V", "1", ""}, {"Q", "0", ""},
		{"+CMEE", "0", "(0-2)"},
		{"+CMGF", "0", flag},
		{"+CSCS", `"GSM"`, `("IRA","GSM","UCS2","HEX")`},
		{"+CSMP", "17,167,0,0", ""},
		{"+CSDH", "0", flag},
		{"+CSCB", `0,"",""`, ""},
		{"+CMMS", "0", "(0-2)"},
		{"+CGSMS", "3", "(0-3)"},
		{"+CUSD", "0", ""},
		{"+CREG", "0", "(0-2)"}, {"+CGREG", "0", "(0-2)"}, {"+CEREG", "0", "(0-2)"},
		{"+CMER", "0,0,0,0,0", "(0-3),(0-3),(0-3),(0-2),(0,1)"},
		{"+CGEREP", "0,0", "(0-2),(0,1)"},
		{"+CTZU", "0", flag}, {"+CTZR", "0", "(0-2)"},
		{"+CGATT", "1", flag},
		{"+CPLS", "0", "(0-2)"},
		{"+CRC", "0", flag}, {"+CLIP", "0", flag}, {"+CLIR", "0", "(0-2)"}, {"+COLP", "0", flag}, {"+CR", "0", flag},
		{"+CCWA", "0", flag}, {"+CSSN", "0,0", "(0,1),(0,1)"}, {"+CLVL", "3", "(0-7)"}, {"+CMUT", "0", flag},
		{"+VTD", "1", "(1-255)"}, {"+CAOC", "0", "(0-2)"}, {"+CCWE", "0", flag}, {"+CDIP", "0", flag},
		{"+CNAP", "0", flag}, {"+CUAD", "0", flag}, {"+PTTY", "0", flag}, {"+CGAUTO", "0", flag},
		{"+CPOS", "0", flag}, {"+IFC", "0,0", "(0-3),(0-2)"}, {"+ICF", "3,3", "(0-6),(0-4)"}, {"+IPR", "115200", ""},
		{"+CSTA", "145", ""}, {"+CMOD", "0", "(0-3)"}, {"+CVHU", "0", "(0-2)"},
	}
}

// longestSetting is how much of a value is kept.
const longestSetting = 100

// handle answers a setting's four forms.
func (s setting) handle(c *call) error {
	switch c.form {
	case test:
		c.say(strings.TrimSpace(s.name + ": " + s.offer))
		return nil
	case read:
		c.say(s.name + ": " + c.settings[s.name])
		return nil
	case execute:
		return nil
	}
	if len(c.args) > longestSetting || s.offer != "" && !offered(s.offer, fields(c.args)) {
		return cme(cmeParameters)
	}
	c.settings[s.name] = c.args
	return nil
}

// basicSettings are E0, V1 and Q0: a letter with a digit, no digit being 0.
func basicSettings(c *call) error {
	value := c.args
	if value == "" {
		value = "0"
	}
	if value != "0" && value != "1" {
		return errPlain
	}
	c.settings[c.name] = value
	return nil
}

func quoted(s string) string { return fmt.Sprintf("%q", s) }
