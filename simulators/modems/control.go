package modems

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

// wish is the body of every request to the control API; each looks at its own fields.
type wish struct {
	From         string  `json:"from"`
	To           string  `json:"to"`
	Text         string  `json:"text"`
	PDU          string  `json:"pdu"`
	Line         string  `json:"line"`
	Reference    byte    `json:"reference"`
	Status       byte    `json:"status"`
	RSSI         int     `json:"rssi"`
	Registration int     `json:"registration"`
	LAC          int     `json:"lac"`
	Cell         int     `json:"cell"`
	Access       int     `json:"access"`
	Celsius      int     `json:"celsius"`
	Amount       float64 `json:"amount"`
	Action       string  `json:"action"`
	SIM          int     `json:"sim"`
	On           bool    `json:"on"`
	Rules        string  `json:"rules"`
	MSISDN       string  `json:"msisdn"`
}

// wishLimit is the longest body.
const wishLimit = 1 << 20

// Control is the bank's HTTP API, as docs/simulators.md describes it. It asks nobody who they are: serve it on a
// loopback address only.
func Control(b *Bank) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /modems", func(w http.ResponseWriter, _ *http.Request) {
		states := make([]State, 0, b.Count())
		for i := range b.Count() {
			states = append(states, b.Modem(i).State())
		}
		answer(w, states)
	})
	mux.HandleFunc("GET /faults", func(w http.ResponseWriter, _ *http.Request) { answer(w, Faults()) })
	mux.HandleFunc("GET /ledger", b.serveLedger)
	mux.HandleFunc("POST /messages", do(func(q wish) error { return b.network.Send(q.From, q.To, q.Text) }))
	mux.HandleFunc("POST /power", do(func(q wish) error {
		b.network.Power(q.MSISDN, q.On)
		return nil
	}))
	mux.HandleFunc("GET /modems/{modem}", b.one(func(w http.ResponseWriter, _ *http.Request, m *Modem) {
		answer(w, m.State())
	}))
	for path, f := range modemWishes() {
		mux.HandleFunc("POST /modems/{modem}/"+path, b.one(func(w http.ResponseWriter, r *http.Request, m *Modem) {
			do(func(q wish) error { return f(m, q) })(w, r)
		}))
	}
	return mux
}

// modemWishes are what can be done to a modem, by the last word of the path.
func modemWishes() map[string]func(*Modem, wish) error {
	always := func(f func(*Modem, wish)) func(*Modem, wish) error {
		return func(m *Modem, q wish) error {
			f(m, q)
			return nil
		}
	}
	return map[string]func(*Modem, wish) error{
		"messages": func(m *Modem, q wish) error {
			if q.PDU != "" {
				return m.PDU(q.PDU)
			}
			return m.Text(q.From, q.Text)
		},
		"report": func(m *Modem, q wish) error { return m.Report(q.To, q.Reference, q.Status) },
		"urc":    always(func(m *Modem, q wish) { m.URC(q.Line) }),
		"signal": func(m *Modem, q wish) error { return m.SetSignal(q.RSSI) },
		"registration": func(m *Modem, q wish) error {
			if q.Registration < 0 || q.Registration > 5 || q.Registration == 4 {
				return fmt.Errorf("modems: registration is %d: it must be 0, 1, 2, 3 or 5", q.Registration)
			}
			m.Register(Registration(q.Registration))
			return nil
		},
		"cell":        always(func(m *Modem, q wish) { m.SetCell(q.LAC, q.Cell, q.Access) }),
		"temperature": always(func(m *Modem, q wish) { m.SetTemperature(q.Celsius) }),
		"balance":     always(func(m *Modem, q wish) { m.SetBalance(q.Amount) }),
		"sim":         changeSIM,
		"hang":        always(func(m *Modem, _ wish) { m.Hang() }),
		"unhang":      always(func(m *Modem, _ wish) { m.Unhang() }),
		"vanish":      always(func(m *Modem, _ wish) { m.Vanish() }),
		"return":      always(func(m *Modem, _ wish) { m.Return() }),
		"reboot":      always(func(m *Modem, _ wish) { m.Reboot(m.bank.config.BootTime) }),
		"clear":       always(func(m *Modem, _ wish) { m.Clear() }),
		"faults": func(m *Modem, q wish) error {
			rules, err := ParseRules(q.Rules)
			if err != nil {
				return err
			}
			return m.Fault(rules...)
		},
	}
}

// changeSIM pulls the SIM, inserts the one that was pulled, or swaps it for the one with a number.
func changeSIM(m *Modem, q wish) error {
	switch q.Action {
	case "pull":
		m.Pull()
	case "insert":
		m.Insert(nil)
	case "swap":
		operators := Operators()
		m.Insert(NewSIM(q.SIM, operators[((q.SIM%len(operators))+len(operators))%len(operators)]))
	default:
		return fmt.Errorf("modems: action is %q: it must be pull, insert or swap", q.Action)
	}
	return nil
}

// serveLedger gives entries: ?after=0&limit=1000.
func (b *Bank) serveLedger(w http.ResponseWriter, r *http.Request) {
	after, limit := 0, 1000
	for name, value := range map[string]*int{"after": &after, "limit": &limit} {
		said := r.URL.Query().Get(name)
		if said == "" {
			continue
		}
		n, err := strconv.Atoi(said)
		if err != nil || n < 0 || n > 1_000_000 {
			refuse(w, http.StatusBadRequest, fmt.Errorf("modems: %s %q must be 0 to 1000000", name, said))
			return
		}
		*value = n
	}
	answer(w, b.network.Ledger(after, limit))
}

// one finds the modem of a path, by its number.
func (b *Bank) one(f func(http.ResponseWriter, *http.Request, *Modem)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		i, err := strconv.Atoi(r.PathValue("modem"))
		if err != nil || i < 0 || i >= b.Count() {
			err = fmt.Errorf("modems: modem %q is not one of 0 to %d", r.PathValue("modem"), b.Count()-1)
			refuse(w, http.StatusNotFound, err)
			return
		}
		f(w, r, b.Modem(i))
	}
}

// do reads the body and does what it wishes.
func do(f func(wish) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var q wish
		body := json.NewDecoder(http.MaxBytesReader(w, r.Body, wishLimit))
		body.DisallowUnknownFields()
		if r.ContentLength != 0 {
			if err := body.Decode(&q); err != nil {
				refuse(w, http.StatusBadRequest, fmt.Errorf("modems: body: %w", err))
				return
			}
		}
		if err := f(q); err != nil {
			refuse(w, http.StatusUnprocessableEntity, err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	// An error here is a client that went away.
	_ = json.NewEncoder(w).Encode(v)
}

func refuse(w http.ResponseWriter, status int, err error) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": err.Error()})
}

// ServeControl serves Control on a loopback address until the bank closes, and gives the address that it has.
func ServeControl(b *Bank, address string) (string, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return "", fmt.Errorf("modems: control: %w", err)
	}
	if tcp, ok := l.Addr().(*net.TCPAddr); !ok || !tcp.IP.IsLoopback() {
		l.Close()
		return "", fmt.Errorf("modems: control is %q: it must be a loopback address, as it has no passwords", address)
	}
	s := &http.Server{Handler: Control(b), ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(b.ctx, func() { s.Close() })
	b.work.Go(func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			b.config.Log.Error().Err(err).Msg("the control API ended")
		}
	})
	return l.Addr().String(), nil
}
