package gateway

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"drover/protocols"
)

func TestTLS(t *testing.T) {
	lender := httptest.NewTLSServer(nil) // for its certificate
	defer lender.Close()
	h := newHouse(t, func(c *Config) {
		c.Ports[0].TLS = &tls.Config{Certificates: lender.TLS.Certificates}
		c.Limits.Trial = patience
	})
	at, _ := h.gate.Addr("talkative", protocols.TCP)
	trust := lender.Client().Transport.(*http.Transport).TLSClientConfig
	dial := func() *caller {
		conn, err := tls.Dial("tcp", at.String(), trust)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		return newCaller(t, conn)
	}
	long := strings.Repeat("x", 3*tlsRead)
	first := dial()
	first.say("hello one\nat 1\ndid " + long + "\n")
	first.expect("welcome", "kept 1", "thanks")
	second := dial()
	second.say("hello one\n")
	second.expect("welcome")
	first.say("beat\n") // it speaks after the other has called: alive
	first.expectClosed()
	until(t, "a conflict", func() bool { return len(h.journal.events()) == 1 })

	plain := h.dial("talkative", protocols.TCP)
	plain.say("hello one\n")
	until(t, "a failed handshake", func() bool { return h.metric("errors_total", "kind=tls") == 1 })
}
