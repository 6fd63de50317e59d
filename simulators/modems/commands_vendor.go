package modems

import "fmt"

// vendorCommands are the ICCID and the temperature by the names that vendors gave them: each modem knows its vendor's.
func vendorCommands() map[string]handler {
	table := map[string]handler{}
	for _, p := range Profiles() {
		for _, name := range []string{p.ICCID, p.Thermometer} {
			if name == "" || name == "+CCID" {
				continue
			}
			if last := len(name) - 1; name[last] == '?' {
				name = name[:last]
			}
			table[name] = vendor
		}
	}
	return table
}

func vendor(c *call) error {
	p := c.profile
	switch {
	case p.ICCID != "" && asks(p.ICCID, c):
		if c.sim == nil {
			return cme(cmeNoSIM)
		}
		c.say(fmt.Sprintf(p.ICCIDAnswer, c.sim.ICCID))
	case p.Thermometer != "" && asks(p.Thermometer, c):
		c.say(fmt.Sprintf(p.Temperature, c.temperature))
	default:
		return cme(cmeNotSupported)
	}
	return nil
}
