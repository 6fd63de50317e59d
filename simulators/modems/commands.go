package modems

import "maps"

// commandTable is every command that is answered with more than ERROR.
func commandTable() map[string]handler {
	table := map[string]handler{}
	for _, s := range settings() {
		table[s.name] = s.handle
	}
	for _, name := range quiet() {
		table[name] = accepts
	}
	for _, group := range []map[string]handler{
		basicCommands(), identityCommands(), simCommands(), networkCommands(), radioCommands(),
		smsCommands(), sendCommands(), ussdCommands(), vendorCommands(),
	} {
		maps.Copy(table, group)
	}
	return table
}

// quiet are commands that are accepted and mean nothing here: calls, profiles, lines.
func quiet() []string {
	return []string{
		"A", "D", "H", "L", "M", "P", "T", "X", "&C", "&D", "&K", "&S", "&V", "&W", "&Y",
		"S0", "S3", "S4", "S5", "S6", "S7", "S8", "S10",
		"+CHUP", "+VTS", "+CCFC", "+CLCC", "+CMUX", "+CGDCONT", "+CGACT", "+CPOL", "+CPWD", "+CSSAC", "+FCLASS",
	}
}

// basicCommands are those of ITU-T V.250.
func basicCommands() map[string]handler {
	restore := func(c *call) error {
		c.reset()
		return nil
	}
	return map[string]handler{
		"E": basicSettings, "V": basicSettings, "Q": basicSettings,
		"Z": restore, "&F": restore,
		"I": func(c *call) error {
			c.say("Manufacturer: " + c.profile.Manufacturer)
			c.say("Model: " + c.profile.Model)
			c.say("Revision: " + c.profile.Revision)
			c.say("IMEI: " + c.imei)
			c.say("+GCAP: +CGSM,+DS,+ES")
			return nil
		},
		"+CLAC": func(c *call) error {
			for _, name := range c.bank.names {
				c.say("AT" + name)
			}
			return nil
		},
	}
}

func identityCommands() map[string]handler {
	maker := says(func(m *Modem) string { return m.profile.Manufacturer }, execute)
	model := says(func(m *Modem) string { return m.profile.Model }, execute)
	revision := says(func(m *Modem) string { return m.profile.Revision }, execute)
	imei := says(func(m *Modem) string { return m.imei }, execute, set)
	table := map[string]handler{
		"+CGMI": maker, "+GMI": maker, "+CGMM": model, "+GMM": model, "+CGMR": revision, "+GMR": revision,
		"+CGSN": imei, "+GSN": imei,
		"+GCAP": says(func(*Modem) string { return "+GCAP: +CGSM,+DS,+ES" }, execute),
		"*CNTI": says(func(*Modem) string { return "*CNTI: 2,GSM,UMTS,LTE" }, set),
		"+WS46": says(func(*Modem) string { return "(12,22,25,28,29,30,31)" }, test, read),
	}
	for _, name := range []string{"+CGMI", "+GMI", "+CGMM", "+GMM", "+CGMR", "+GMR", "+CGSN", "+GSN"} {
		table[name] = testable(table[name])
	}
	return table
}

// testable answers a bare OK to the test form.
func testable(do handler) handler {
	return func(c *call) error {
		if c.form == test {
			return nil
		}
		return do(c)
	}
}
