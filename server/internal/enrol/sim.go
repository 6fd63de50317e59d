package enrol

import (
	"context"
	"io"
	"math"
	"strconv"
	"strings"

	"drover/server/internal/fleet"
	"drover/server/internal/store"
)

// SIM is a SIM as a file writes it; "" is what is not said.
type SIM struct {
	ICCID, IMSI, MSISDN         string
	Operator, APN, Plan         string
	State, PIN                  string
	Device                      string // the identity of the one that it should be in
	BudgetBytes, BudgetMessages string // a month
	Note                        string
}

func simColumns(m *SIM) []column {
	return []column{
		{"iccid", &m.ICCID, 40}, {"imsi", &m.IMSI, 20}, {"msisdn", &m.MSISDN, 30}, {"operator", &m.Operator, 100},
		{"apn", &m.APN, 100}, {"plan", &m.Plan, 100}, {"state", &m.State, 20}, {"pin", &m.PIN, 8}, {"device", &m.Device, 64},
		{"budget_bytes", &m.BudgetBytes, 20}, {"budget_messages", &m.BudgetMessages, 10}, {"note", &m.Note, 1000},
	}
}

// SIMImport takes SIMs from CSV. A header row names the columns: iccid, and any of imsi, msisdn, operator, apn, plan,
// state, pin, device, budget_bytes, budget_messages, note, as Import does.
type SIMImport struct {
	Most  int                            // rows; 0 for any number
	Seal  func(pin, iccid string) []byte // makes a PIN what is stored
	Write func(context.Context, []store.NewSIM) (store.Imported, error)
}

// Read is as Import.Read.
func (i SIMImport) Read(ctx context.Context, file io.Reader) (*Result, error) {
	return table[SIM]{
		columns: simColumns, key: "iccid", most: i.Most, check: checkSIM,
		name: func(m *SIM) string { return fleet.CardOf(m.ICCID) },
		write: func(ctx context.Context, list []SIM) (store.Imported, error) {
			sims := make([]store.NewSIM, len(list))
			for at := range list {
				sims[at] = i.toStore(&list[at])
			}
			return i.Write(ctx, sims)
		},
	}.read(ctx, file)
}

// toStore makes what is stored of a SIM that was checked.
func (i SIMImport) toStore(m *SIM) store.NewSIM {
	bytes, _ := parseBytes(m.BudgetBytes)
	messages, _ := strconv.Atoi(m.BudgetMessages) // "" is 0
	n := store.NewSIM{Identity: m.Device, SIM: fleet.SIM{
		ICCID: m.ICCID, IMSI: m.IMSI, MSISDN: m.MSISDN, Operator: m.Operator, APN: m.APN, Plan: m.Plan,
		State: fleet.SIMState(m.State), BudgetBytes: bytes, BudgetMessages: messages, Note: m.Note,
	}}
	if m.PIN != "" {
		n.PIN = i.Seal(m.PIN, m.ICCID)
	}
	return n
}

// checkSIM brings a SIM's members into their form and gives the first that is wrong, nil for none.
func checkSIM(m *SIM) *Fault {
	for _, c := range simColumns(m) {
		*c.value = strings.TrimSpace(*c.value)
		if rest, found := strings.CutPrefix(*c.value, "'"); found && strings.IndexAny(rest, "=+-@") == 0 {
			*c.value = rest // our export writes it so, lest a spreadsheet computes it
		}
		if f := checkText(c.name, *c.value, c.most); f != nil {
			return f
		}
	}
	if strings.Contains(m.ICCID, "E+") {
		return &Fault{"iccid", "want 18 to 20 digits; a spreadsheet rounded them: make the column text there", m.ICCID}
	}
	for _, number := range []struct {
		name   string
		value  *string
		normal func(string) (string, bool)
		want   string
	}{
		{"iccid", &m.ICCID, fleet.NormalICCID, "want 18 to 20 digits, the first 89"},
		{"imsi", &m.IMSI, fleet.NormalIMSI, "want 6 to 15 digits"},
		{"msisdn", &m.MSISDN, fleet.NormalMSISDN, "want + and 7 to 15 digits, the country's first"},
	} {
		if *number.value == "" && number.name != "iccid" {
			continue
		}
		normal, ok := number.normal(*number.value)
		if !ok {
			return &Fault{number.name, number.want, *number.value}
		}
		*number.value = normal
	}
	return checkPlan(m)
}

// checkPlan looks at the members that are no numbers of the card.
func checkPlan(m *SIM) *Fault {
	m.State = strings.ToLower(m.State)
	switch fleet.SIMState(m.State) {
	case "", fleet.SIMStock, fleet.SIMActive, fleet.SIMSuspended, fleet.SIMEnded:
	default:
		return &Fault{"state", "want stock, active, suspended or ended", m.State}
	}
	if m.PIN != "" && (len(m.PIN) < 4 || strings.Trim(m.PIN, "0123456789") != "") {
		return &Fault{"pin", "want 4 to 8 digits", "····"}
	}
	if _, ok := parseBytes(m.BudgetBytes); !ok {
		return &Fault{"budget_bytes", "want a number such as 50000000 or 50 MB", m.BudgetBytes}
	}
	if n, err := strconv.Atoi(m.BudgetMessages); m.BudgetMessages != "" && (err != nil || n < 1 || n > math.MaxInt32) {
		return &Fault{"budget_messages", "want a number from 1 on", m.BudgetMessages}
	}
	return nil
}

// parseBytes reads a number of bytes from 1 on, with kB, MB or GB behind it or nothing; "" is 0.
func parseBytes(s string) (int64, bool) {
	if s == "" {
		return 0, true
	}
	upper, unit := strings.ToUpper(s), 1.0
	for suffix, size := range map[string]float64{"KB": 1e3, "MB": 1e6, "GB": 1e9} {
		if rest, found := strings.CutSuffix(upper, suffix); found {
			upper, unit = strings.TrimSpace(rest), size
		}
	}
	n, err := strconv.ParseFloat(upper, 64)
	n *= unit
	return int64(n), err == nil && n >= 1 && n <= 1e15
}
