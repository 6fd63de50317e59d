package modemtest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// What the healthy modem and its SIM are.
const (
	IMEI   = "356938035643809"
	ICCID  = "8988299000000000017"
	IMSI   = "901990000000001"
	MSISDN = "+8829900000001"
)

// slots is how many messages a memory holds.
const slots = 10

// healthy is what the modem answers where nothing else is scripted.
var healthy = map[string]string{
	"":         "OK",
	"V1":       "OK",
	"+CMEE=":   "OK",
	"+CFUN?":   "+CFUN: 1\n\nOK",
	"+CFUN=":   "OK",
	"+CREG=2":  "OK",
	"+CEREG=2": "OK",
	"+CSCS=":   "OK",
	"+CGMI":    "Scripted\n\nOK",
	"+CGMM":    "M1\n\nOK",
	"+CGMR":    "1.0\n\nOK",
	"+CGSN":    IMEI + "\n\nOK",
	"+CPIN?":   "+CPIN: READY\n\nOK",
	"+CPINR":   "+CPINR: SIM PIN,3,3\n\nOK",
	"+CCID":    "+CCID: " + ICCID + "\n\nOK",
	"+CIMI":    IMSI + "\n\nOK",
	"+CNUM":    "+CNUM: \"\",\"" + MSISDN + "\",145\n\nOK",
	"+CSCA?":   "+CSCA: \"+8829900000000\",145\n\nOK",
	"+CMGF=0":  "OK",
	"+CSMS=?":  "+CSMS: (0,1)\n\nOK",
	"+CSMS=1":  "+CSMS: 1,1,1\n\nOK",
	"+CNMI=?":  "+CNMI: (0-2),(0-3),(0,2),(0-2),(0,1)\n\nOK",
	"+CNMI=":   "OK",
	"+CNMA":    "OK",
	"+CSQ":     "+CSQ: 20,99\n\nOK",
	"+CREG?":   "+CREG: 2,1,\"00A1\",\"0001B2C3\",7\n\nOK",
	"+COPS=3":  "OK",
	"+COPS?":   "+COPS: 0,2,\"90199\",7\n\nOK",
	"+CPMS=?":  "+CPMS: (\"SM\",\"ME\",\"SR\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")\n\nOK",
}

// builtIn scripts the commands that have a state.
func (m *Modem) builtIn() {
	m.Script("E", func(cmd string) []Step {
		m.mu.Lock()
		m.echo = !strings.HasPrefix(cmd, "E0")
		m.mu.Unlock()
		return []Step{{Text: "OK"}}
	})
	m.Script("+CPMS=", m.choose)
	m.Script("+CMGL=", m.list)
	m.Script("+CMGR=", m.read)
	m.Script("+CMGD=", m.delete)
	m.Script("+CMGS=", func(string) []Step {
		m.prompt(true)
		return []Step{{Text: "> "}}
	})
}

// Store puts a message in hexadecimal into a memory (SM, ME or SR) and returns its place, from 1; 0 if the memory is
// full.
func (m *Modem) Store(memory, pdu string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := 1; i <= slots; i++ {
		if _, used := m.memories[memory][i]; !used {
			m.memories[memory][i] = pdu
			return i
		}
	}
	return 0
}

// Stored is how many messages a memory has.
func (m *Modem) Stored(memory string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.memories[memory])
}

func (m *Modem) choose(cmd string) []Step {
	m.mu.Lock()
	defer m.mu.Unlock()
	first, _, _ := strings.Cut(strings.TrimPrefix(cmd, "+CPMS="), ",")
	memory := strings.Trim(first, `"`)
	if _, ok := m.memories[memory]; !ok {
		return []Step{{Text: "+CMS ERROR: 302"}}
	}
	m.memory = memory
	a, b := len(m.memories[memory]), len(m.memories["SM"])
	return []Step{{Text: fmt.Sprintf("+CPMS: %d,%d,%d,%d,%d,%d\n\nOK", a, slots, b, slots, b, slots)}}
}

func (m *Modem) list(string) []Step {
	m.mu.Lock()
	defer m.mu.Unlock()
	var b strings.Builder
	memory := m.memories[m.memory]
	for _, i := range slices.Sorted(maps.Keys(memory)) {
		fmt.Fprintf(&b, "+CMGL: %d,0,,%d\n%s\n", i, tpduLength(memory[i]), memory[i])
	}
	return []Step{{Text: b.String() + "\nOK"}}
}

func (m *Modem) read(cmd string) []Step {
	m.mu.Lock()
	defer m.mu.Unlock()
	pdu, ok := m.memories[m.memory][place(cmd)]
	if !ok {
		return []Step{{Text: "+CMS ERROR: 321"}}
	}
	return []Step{{Text: fmt.Sprintf("+CMGR: 0,,%d\n%s\n\nOK", tpduLength(pdu), pdu)}}
}

func (m *Modem) delete(cmd string) []Step {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.memories[m.memory], place(cmd))
	return []Step{{Text: "OK"}}
}

func place(cmd string) int {
	_, n, _ := strings.Cut(cmd, "=")
	i, _ := strconv.Atoi(n)
	return i
}

// tpduLength is the length that a modem announces: octets without the service centre's address.
func tpduLength(pdu string) int {
	if len(pdu) < 2 {
		return 0
	}
	smsc, _ := strconv.ParseInt(pdu[:2], 16, 32)
	return len(pdu)/2 - 1 - int(smsc)
}
