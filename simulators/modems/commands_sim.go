package modems

import (
	"fmt"
	"slices"
	"strings"
)

func simCommands() map[string]handler {
	return map[string]handler{
		"+CPIN": cpin, "+CPINR": cpinr, "+CLCK": clck, "+CIMI": cimi, "+CNUM": cnum, "+CCID": ccid,
		"+SIMSTATE": simstate,
		"+CRSM":     crsm, "+CSIM": csim, "+CPBS": cpbs, "+CPBR": cpbr, "+CPBW": cpbw,
	}
}

func cpin(c *call) error {
	if c.sim == nil {
		return cme(cmeNoSIM)
	}
	switch c.form {
	case read:
		c.say("+CPIN: " + c.sim.state())
	case set:
		codes := append(fields(c.args), "")
		err := c.sim.unlock(codes[0], codes[1])
		if err == nil {
			c.network.present(c.sim.MSISDN)
		}
		return err
	}
	return nil
}

// simstate is oFono's own question to simulated modems: 1 is a SIM that is there.
func simstate(c *call) error {
	present := 0
	if c.sim != nil {
		present = 1
	}
	c.say(fmt.Sprintf("+SIMSTATE: %d", present))
	return nil
}

func cpinr(c *call) error {
	if c.sim == nil {
		return cme(cmeNoSIM)
	}
	c.say(fmt.Sprintf("+CPINR: SIM PIN,%d,%d", c.sim.pinTries, pinTries))
	c.say(fmt.Sprintf("+CPINR: SIM PUK,%d,%d", c.sim.pukTries, pukTries))
	return nil
}

// clck tells of locks: the SIM's is on if it has a PIN; the others are off.
func clck(c *call) error {
	if c.form == test {
		c.say(`+CLCK: ("SC","FD","PN","PU","PP","PC","PF")`)
		return nil
	}
	if c.sim == nil {
		return cme(cmeNoSIM)
	}
	values := append(fields(c.args), "")
	if c.form != set || values[1] != "2" {
		return cme(cmeNotAllowed)
	}
	on := 0
	if values[0] == "SC" && c.sim.PIN != "" {
		on = 1
	}
	c.say(fmt.Sprintf("+CLCK: %d", on))
	return nil
}

func cimi(c *call) error {
	if c.form == test {
		return nil
	}
	if err := c.simError(); err != nil {
		return err
	}
	c.say(c.sim.IMSI)
	return nil
}

func cnum(c *call) error {
	if err := c.simError(); err != nil {
		return err
	}
	switch c.sim.CNUM {
	case "error":
		return errPlain
	case "":
		c.say(fmt.Sprintf(`+CNUM: "",%q,%d`, c.encodeNumber(c.sim.MSISDN), addressOf(c.sim.MSISDN).TOA))
	}
	return nil
}

// ccid is the ICCID by the name that most vendors know.
func ccid(c *call) error {
	if c.sim == nil {
		return cme(cmeNoSIM)
	}
	if c.form == execute || c.form == read {
		c.say("+CCID: " + c.sim.ICCID)
	}
	return nil
}

// elementaryFile is a file of the SIM in hexadecimal digits (3GPP TS 31.102): the ICCID, the administrative data with
// the length of the MNC, the service table, and the home network's name.
func (s *SIM) elementaryFile(id string) string {
	switch id {
	case "12258":
		return swapped(s.ICCID)
	case "28589":
		return "00000002"
	case "28486":
		return fmt.Sprintf("00%X", s.Operator.Name)
	case "28599":
		return "FFFFFFFF"
	}
	return ""
}

// crsm reads the SIM's files: 176 the bytes, 192 what the file is like.
func crsm(c *call) error {
	if err := c.simError(); err != nil {
		return err
	}
	values := append(fields(c.args), "")
	content := c.sim.elementaryFile(values[1])
	switch {
	case c.form != set:
	case content == "":
		c.say("+CRSM: 106,130") // file not found
	case values[0] == "176":
		c.say(fmt.Sprintf("+CRSM: 144,0,%q", content))
	case values[0] == "192":
		id, _ := number(values[1])
		c.say(fmt.Sprintf(`+CRSM: 144,0,"62178202412183%02X%04X8A01058B032F0601800200%02X8800"`, 2, id, len(content)/2))
	default:
		return cme(cmeParameters)
	}
	return nil
}

// csim answers the card's commands that ask how many tries are left (3GPP TS 31.101, VERIFY without data).
func csim(c *call) error {
	if c.sim == nil {
		return cme(cmeNoSIM)
	}
	answers := map[string]string{
		"0020000100": fmt.Sprintf("63C%X", c.sim.pinTries), "0020008100": "63C3",
		"002C000100": fmt.Sprintf("63C%X", c.sim.pukTries), "002C008100": "63CA",
	}
	values := append(fields(c.args), "")
	answer := answers[strings.ToUpper(values[1])]
	if answer == "" {
		answer = "6D00" // no such instruction
	}
	if c.form == set {
		c.say(fmt.Sprintf("+CSIM: %d,%q", len(answer), answer))
	}
	return nil
}

func cpbs(c *call) error {
	books := []string{"SM", "ME", "ON", "LD", "MC", "RC", "FD", "EN"}
	if err := c.simError(); err != nil {
		return err
	}
	switch c.form {
	case test:
		c.say(`+CPBS: ("` + strings.Join(books, `","`) + `")`)
	case read:
		c.say(fmt.Sprintf("+CPBS: %q,%d,%d", c.phoneBook, len(c.sim.phones), phoneBook))
	case set:
		book := fields(c.args)[0]
		if !slices.Contains(books, book) {
			return cme(cmeNotAllowed)
		}
		c.phoneBook = book
	}
	return nil
}

// cpbr lists entries; only the SIM's own book has any.
func cpbr(c *call) error {
	if err := c.simError(); err != nil {
		return err
	}
	if c.form == test {
		c.say(fmt.Sprintf("+CPBR: (1-%d),40,20", phoneBook))
		return nil
	}
	values := fields(c.args)
	from, ok := number(values[0])
	to := from
	if len(values) > 1 {
		to, _ = number(values[1])
	}
	if c.form != set || !ok || from < 1 || to > phoneBook {
		return cme(cmeParameters)
	}
	for i := from; i <= to && c.phoneBook == "SM"; i++ {
		if e, ok := c.sim.phones[i]; ok {
			c.say(fmt.Sprintf("+CPBR: %d,%q,%d,\"%s\"", i, c.encodeNumber(e.number), addressOf(e.number).TOA, c.encode(e.name)))
		}
	}
	return nil
}

// cpbw writes an entry: AT+CPBW=index,number,type,name; without a number it deletes.
func cpbw(c *call) error {
	if err := c.simError(); err != nil {
		return err
	}
	if c.form == test {
		c.say(fmt.Sprintf("+CPBW: (1-%d),40,(129,145),20", phoneBook))
		return nil
	}
	values := append(fields(c.args), "", "", "")
	index, ok := number(values[0])
	if c.form != set || !ok || index < 1 || index > phoneBook {
		return cme(cmeNotFound)
	}
	if values[1] == "" {
		delete(c.sim.phones, index)
		return nil
	}
	n, okNumber := c.decodeNumber(values[1])
	name, okName := c.decode(values[3])
	if !okNumber || !okName || len(name) > 40 {
		return cme(cmeParameters)
	}
	c.sim.phones[index] = entry{n, name}
	return nil
}
