package config

import (
	"strings"
	"testing"
	"time"
)

var known = []string{"gt06", "h02", "teltonika"}

func good() Server {
	return Server{
		Listen: "127.0.0.1:8080", NATSReplicas: 1, Partitions: 4, Retention: 48 * time.Hour, JournalBytes: 1 << 30, Bind: "0.0.0.0",
		MaxConnections: 10, MaxPerAddress: 5, LoginTimeout: time.Second, IdleTimeout: time.Minute,
	}
}

func TestCheck(t *testing.T) {
	s := good()
	if err := s.Check(known); err != nil {
		t.Fatalf("the good one: %v", err)
	}
	for want, spoil := range map[string]func(*Server){
		`listen is "8080"`:                 func(s *Server) { s.Listen = "8080" },
		"the port must be 0":               func(s *Server) { s.Listen = ":http9" },
		"must look like postgres://":       func(s *Server) { s.Database = "mysql://x" },
		"allowed are 1, 3 and 5":           func(s *Server) { s.NATSReplicas = 2 },
		"allowed are 1 to 64":              func(s *Server) { s.Partitions = 0 },
		"at least 24h":                     func(s *Server) { s.Retention = time.Hour },
		"at least 64MB":                    func(s *Server) { s.JournalBytes = 5 },
		"both must be at least 1":          func(s *Server) { s.MaxPerAddress = 0 },
		"login-timeout is 0s":              func(s *Server) { s.LoginTimeout = 0 },
		`bind is "everywhere"`:             func(s *Server) { s.Bind = "everywhere" },
		`"gt6" is not one of gt06, h02,`:   func(s *Server) { s.Protocols = []string{"gt6"} },
		`protocol "x" is not one`:          func(s *Server) { s.Ports = []Port{{Protocol: "x", Address: ":1"}} },
		"tls-cert and tls-key are not set": func(s *Server) { s.Ports = []Port{{Protocol: "gt06", Address: ":1", TLS: true}} },
		"are needed together":              func(s *Server) { s.OIDC = OIDC{Issuer: "https://id.example"} },
		"https://host/path is needed": func(s *Server) {
			s.OIDC = OIDC{Issuer: "http://id.example", ClientID: "x", Name: "x", Create: "off"}
		},
		"oidc-name is empty": func(s *Server) {
			s.OIDC = OIDC{Issuer: "https://id.example", ClientID: "x", Create: "off"}
		},
		"allowed are off and viewer": func(s *Server) {
			s.OIDC = OIDC{Issuer: "http://127.0.0.1:9000", ClientID: "x", Name: "x", Create: "admin"}
		},
		"tls-cert and tls-key are needed":      func(s *Server) { s.TLSCert = "a.pem" },
		"tls-cert: stat /nonexistent: no such": func(s *Server) { s.TLSCert, s.TLSKey = "/nonexistent", "/nonexistent" },
	} {
		s := good()
		spoil(&s)
		if err := s.Check(known); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestPort(t *testing.T) {
	var p Port
	if err := p.UnmarshalText([]byte("teltonika=:5027;tls;adopt;any")); err != nil || p != (Port{"teltonika", ":5027", true, true, true}) {
		t.Errorf("got %+v, %v", p, err)
	}
	for _, bad := range []string{"", "teltonika", "=:1", "gt06=:1;fast", "gt06=5023"} {
		if err := p.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

func TestBytes(t *testing.T) {
	for text, want := range map[string]Bytes{"8GB": 8 << 30, "512 mb": 512 << 20, "1000": 1000} {
		var b Bytes
		if err := b.UnmarshalText([]byte(text)); err != nil || b != want {
			t.Errorf("%s: got %d, %v", text, b, err)
		}
	}
	for _, bad := range []string{"", "much", "-1", "99999999999TB"} {
		var b Bytes
		if err := b.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q was taken as %d", bad, b)
		}
	}
}

func TestNetwork(t *testing.T) {
	for text, want := range map[string]string{
		"10.1.2.3/8": "10.0.0.0/8", "10.0.0.1": "10.0.0.1/32", "2001:db8::/32": "2001:db8::/32", "::1": "::1/128",
		"::ffff:10.0.0.1": "10.0.0.1/32",
	} {
		var n Network
		if err := n.UnmarshalText([]byte(text)); err != nil || n.String() != want {
			t.Errorf("%s: got %s, %v", text, n, err)
		}
	}
	for _, bad := range []string{"", "ten", "10.0.0.0/33", "proxy.example"} {
		if err := new(Network).UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
