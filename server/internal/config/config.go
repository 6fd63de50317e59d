// Package config turns flags, environment and an optional JSON file into one checked struct. A flag wins over its
// environment variable, which wins over the file, which wins over the default.
//
// It knows the names of settings and their allowed values, and imports none of the parts that it configures.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Server is how `serve` is set up. The tags are kong's.
type Server struct {
	Data   string `help:"Folder of everything that the server keeps." default:"data" env:"DROVER_DATA" type:"path"`
	Listen string `help:"Address of page and API." default:"127.0.0.1:8080" env:"DROVER_LISTEN"`

	Database     string        `help:"postgres://… of a PostGIS; a private one below the data folder if empty." env:"DATABASE_URL"`
	DatabaseWait time.Duration `help:"How long to wait at the start for a database that does not answer." default:"60s" env:"DROVER_DATABASE_WAIT"`
	Retention    time.Duration `help:"How long fixes are kept." default:"9600h" env:"DROVER_RETENTION"`

	NATS         string        `name:"nats" help:"nats://… of a cluster; one in this process if empty." env:"NATS_URL"`
	NATSReplicas int           `name:"nats-replicas" help:"Copies of each stream in the cluster: 1, 3 or 5." default:"1" env:"DROVER_NATS_REPLICAS"`
	Partitions   int           `help:"Partitions of the journal, 1 to 64." default:"4" env:"DROVER_PARTITIONS"`
	JournalBytes Bytes         `help:"Most that the journal keeps on disk." default:"8GB" env:"DROVER_JOURNAL_BYTES"`
	JournalKeep  time.Duration `help:"How long the journal keeps what was stored." default:"1h" env:"DROVER_JOURNAL_KEEP"`

	Ports     []Port   `name:"port" help:"PROTOCOL=ADDRESS[;tls][;adopt][;any] in place of the protocol's usual port; PROTOCOL 'any' is the one port for all (5000), ADDRESS may be 'off'. Repeat for several." sep:"none" env:"DROVER_PORTS"`
	Bind      string   `help:"Address on which trackers' usual ports listen." default:"0.0.0.0" env:"DROVER_BIND"`
	Protocols []string `help:"Whose ports to open; all if empty. 'any' is the one port for all." env:"DROVER_PROTOCOLS"`

	TLSCert string `name:"tls-cert" help:"Certificate chain (PEM) of page, API and ports with ;tls." env:"DROVER_TLS_CERT" type:"path"`
	TLSKey  string `name:"tls-key" help:"Its private key (PEM)." env:"DROVER_TLS_KEY" type:"path"`

	Proxies []Network `name:"trusted-proxies" help:"Networks of the proxies in front of page, API and trackers' ports, such as 10.0.0.0/8: only from these it is believed for whom they ask." env:"DROVER_TRUSTED_PROXIES"`
	OIDC    OIDC      `embed:"" prefix:"oidc-"`

	MaxConnections int           `help:"Most trackers' connections at once." default:"200000" env:"DROVER_MAX_CONNECTIONS"`
	MaxPerAddress  int           `help:"Most connections from one address that have not said yet who they are (carriers hide many trackers behind one address)." default:"5000" env:"DROVER_MAX_PER_ADDRESS"`
	LoginTimeout   time.Duration `help:"A line that has not said who it is after so long is closed." default:"30s" env:"DROVER_LOGIN_TIMEOUT"`
	IdleTimeout    time.Duration `help:"A line that has said nothing for so long is closed." default:"15m" env:"DROVER_IDLE_TIMEOUT"`

	Modems       []Modem `name:"modem" help:"NAME=URL[;pin=…][;pin-again][;number=+33…][;prefix=+33][;minute=10][;hour=…][;day=…][;month=…][;recipients=…][;balance=*100#] of a GSM modem for SMS; URL is serial:/dev/…?baud=115200, tcp://host:port or unix:path. Repeat for several; in the environment, with spaces between." sep:" " env:"DROVER_MODEMS"`
	BalanceAlarm float64 `help:"Warn when the balance of a modem's SIM is under this, in the SIM's currency; 0: never." env:"DROVER_BALANCE_ALARM"`

	Basemap            Basemap `help:"Base map: FILE.pmtiles, https://host/{z}/{x}/{y}.png or https://host/style.json; if empty the embedded one, for which no other host is asked." env:"DROVER_BASEMAP"`
	BasemapAttribution string  `help:"What the makers of the own base map want to be said on it." env:"DROVER_BASEMAP_ATTRIBUTION"`

	CutSpeed float64 `help:"No engine is cut above so many km/h, unless a dispatcher overrides it." default:"20" env:"DROVER_CUT_SPEED"`
	SMSPrice Price   `name:"sms-price" help:"What an SMS costs, such as 0.07EUR: sending to a group shows it before." env:"DROVER_SMS_PRICE"`

	Demo bool `help:"The fleet is simulated: show the demo island on which it drives, at latitude 0, longitude 0." env:"DROVER_DEMO"`

	AdminEmail string `help:"E-mail of the first user, made at the first start." default:"admin@drover.local" env:"DROVER_ADMIN_EMAIL"`
	Pprof      string `help:"Address of Go's profiles, such as 127.0.0.1:6060; none if empty." env:"DROVER_PPROF"`
}

// Bytes is a size: 8GB, 512MB, 1000.
type Bytes int64

// UnmarshalText reads a size with an optional KB, MB, GB or TB (powers of 1024).
func (b *Bytes) UnmarshalText(text []byte) error {
	s, unit := strings.ToUpper(strings.TrimSpace(string(text))), int64(1)
	for i, suffix := range []string{"KB", "MB", "GB", "TB"} {
		if rest, ok := strings.CutSuffix(s, suffix); ok {
			s, unit = strings.TrimSpace(rest), 1<<(10*(i+1))
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 || n > (1<<62)/unit {
		return fmt.Errorf("%q is not a size; write 8GB, 512MB or a number of bytes", text)
	}
	*b = Bytes(n * unit)
	return nil
}

// Price is an amount in a currency: 0.07EUR. The zero Price is not known.
type Price struct {
	Amount   float64
	Currency string // three letters of ISO 4217
}

// UnmarshalText reads an amount with its currency behind it.
func (p *Price) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	digits := strings.TrimRight(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	amount, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if err != nil || !(amount >= 0 && amount <= 1000) || len(s)-len(digits) != 3 {
		return fmt.Errorf("%q is not a price; write an amount from 0 to 1000 and a currency, such as 0.07EUR", text)
	}
	*p = Price{amount, s[len(digits):]}
	return nil
}

// AnyProtocol is what the one port for all protocols is called.
const AnyProtocol = "any"

// Port says where a protocol's trackers call.
type Port struct {
	Protocol string // or AnyProtocol
	Address  string // "off": nowhere
	TLS      bool
	Adopt    bool // strangers become devices of the first organization: only for a private APN
	Any      bool // callers that speak another protocol are served too
}

// UnmarshalText reads PROTOCOL=ADDRESS[;tls][;adopt][;any].
func (p *Port) UnmarshalText(text []byte) error {
	parts := strings.Split(string(text), ";")
	protocol, address, ok := strings.Cut(parts[0], "=")
	if !ok || protocol == "" || address == "" {
		return fmt.Errorf("%q is not PROTOCOL=ADDRESS[;tls][;adopt][;any], such as teltonika=:5027", text)
	}
	*p = Port{Protocol: protocol, Address: address}
	for _, option := range parts[1:] {
		switch option {
		case "tls":
			p.TLS = true
		case "adopt":
			p.Adopt = true
		case "any":
			p.Any = true
		default:
			return fmt.Errorf("port %q: option %q is not one of tls, adopt, any", text, option)
		}
	}
	if p.Address != "off" {
		return checkAddress("port", p.Address)
	}
	return nil
}

// Check names every setting that cannot be, with its allowed values. known are the protocols' names.
func (s *Server) Check(known []string) error {
	var bad []error
	fail := func(format string, a ...any) { bad = append(bad, fmt.Errorf(format, a...)) }
	if err := checkAddress("listen", s.Listen); err != nil {
		bad = append(bad, err)
	}
	if s.Database != "" {
		if u, err := url.Parse(s.Database); err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
			fail("database: DATABASE_URL must look like postgres://user:password@host:5432/name")
		}
	}
	if s.NATSReplicas != 1 && s.NATSReplicas != 3 && s.NATSReplicas != 5 {
		fail("nats-replicas is %d, allowed are 1, 3 and 5", s.NATSReplicas)
	}
	if s.Partitions < 1 || s.Partitions > 64 {
		fail("partitions is %d, allowed are 1 to 64", s.Partitions)
	}
	if s.Retention < 24*time.Hour {
		fail("retention is %s, at least 24h is needed", s.Retention)
	}
	if !(s.CutSpeed >= 0 && s.CutSpeed <= 300) {
		fail("cut-speed is %v, allowed are 0 to 300 km/h", s.CutSpeed)
	}
	if s.JournalBytes < 64<<20 {
		fail("journal-bytes is %d, at least 64MB is needed", s.JournalBytes)
	}
	if s.MaxConnections < 1 || s.MaxPerAddress < 1 {
		fail("max-connections is %d and max-per-address %d, both must be at least 1", s.MaxConnections, s.MaxPerAddress)
	}
	for name, d := range map[string]time.Duration{"login-timeout": s.LoginTimeout, "idle-timeout": s.IdleTimeout} {
		if d < time.Second {
			fail("%s is %s, at least 1s is needed", name, d)
		}
	}
	if _, err := netip.ParseAddr(s.Bind); err != nil {
		fail("bind is %q, an IP address such as 0.0.0.0 or :: is needed", s.Bind)
	}
	bad = append(bad, s.checkPorts(known)...)
	bad = append(bad, s.checkTLS()...)
	bad = append(bad, s.checkModems()...)
	bad = append(bad, s.OIDC.check()...)
	return errors.Join(bad...)
}

func (s *Server) checkPorts(known []string) (bad []error) {
	known = append(slices.Clone(known), AnyProtocol)
	for _, name := range s.Protocols {
		if !slices.Contains(known, name) {
			bad = append(bad, fmt.Errorf("protocols: %q is not one of %s", name, strings.Join(known, ", ")))
		}
	}
	for _, p := range s.Ports {
		if !slices.Contains(known, p.Protocol) {
			bad = append(bad, fmt.Errorf("port: protocol %q is not one of %s", p.Protocol, strings.Join(known, ", ")))
		}
		if p.TLS && s.TLSCert == "" {
			bad = append(bad, fmt.Errorf("port %s has ;tls, but tls-cert and tls-key are not set", p.Protocol))
		}
	}
	return bad
}

func (s *Server) checkTLS() (bad []error) {
	if (s.TLSCert == "") != (s.TLSKey == "") {
		return []error{errors.New("tls-cert and tls-key are needed together")}
	}
	for name, file := range map[string]string{"tls-cert": s.TLSCert, "tls-key": s.TLSKey} {
		if file == "" {
			continue
		}
		if _, err := os.Stat(file); err != nil {
			bad = append(bad, fmt.Errorf("%s: %w", name, err))
		}
	}
	return bad
}

func checkAddress(name, address string) error {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("%s is %q, an address such as :5027 or 127.0.0.1:5027 is needed", name, address)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("%s is %q, the port must be 0 (any free one) to 65535", name, address)
	}
	return nil
}
