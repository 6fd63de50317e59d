package gateway

import (
	"bytes"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"github.com/pires/go-proxyproto"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// TestOnePortForAll: each caller of the port for any is served in the language of its first bytes.
func TestOnePortForAll(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.Limits.Decide = 50 * time.Millisecond })
	for _, c := range []struct {
		name, says string
		network    protocols.Network
		protocol   string
		device     fleet.DeviceID
	}{
		{"one language", "hello one\nat 1\n", protocols.TCP, "talkative", 1},
		{"another", "HELLO loud\nat 1\n", protocols.TCP, "shouting", 4},
		{"one that is never sure", "well one\nat 1\n", protocols.TCP, "hesitant", 1},
		{"a datagram", "hello two\nat 1\n", protocols.UDP, "talkative", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := len(h.journal.records())
			l := h.dial(anyName, c.network)
			l.say(c.says)
			l.expect("welcome", "kept 1")
			r := h.journal.records()[before:]
			if len(r) != 1 || r[0].Protocol != c.protocol || r[0].Device != c.device {
				t.Errorf("records %+v", r)
			}
			until(t, "the family's open line", func() bool {
				return h.metric("lines", "protocol="+c.protocol, "network="+c.network.String()) == 1
			})
			l.conn.Close()
			if c.network == protocols.TCP {
				until(t, "its end", func() bool { return h.metric("lines", "protocol="+c.protocol, "network=tcp") == 0 })
			}
		})
	}
}

func TestNobodysLanguage(t *testing.T) {
	h := newHouse(t, nil)
	c := h.dial(anyName, protocols.TCP)
	c.say("GET / HTTP/1.1\r\n\r\n")
	c.expectClosed()
	until(t, "a knock", func() bool { return len(h.knocks.all()) == 1 })
	if k := h.knocks.all()[0]; k.Reason != reasonUnreadable || k.Protocol != anyName {
		t.Errorf("knock %+v", k)
	}
	m := h.misreads.all()
	if len(m) != 1 || string(m[0].Bytes) != "GET / HTTP/1.1\r\n\r\n" || m[0].Port == 0 || !m[0].Address.IsValid() {
		t.Errorf("kept %+v", m)
	}
}

// TestStrangersAreServed: a family's own port may take any.
func TestStrangersAreServed(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.Ports[0].Any = true })
	c := h.dial("talkative", protocols.TCP)
	c.say("HEL")
	c.say("LO loud\nat 1\n")
	c.expect("welcome", "kept 1")
	if r := h.journal.records(); len(r) != 1 || r[0].Protocol != "shouting" {
		t.Errorf("records %+v", r)
	}
}

func TestProxyHeaders(t *testing.T) {
	from := netip.MustParseAddrPort("203.0.113.9:4711")
	v1 := []byte("PROXY TCP4 203.0.113.9 127.0.0.1 4711 5000\r\n")
	v2, err := (&proxyproto.Header{Version: 2, Command: proxyproto.PROXY, TransportProtocol: proxyproto.TCPv4,
		SourceAddr: net.TCPAddrFromAddrPort(from), DestinationAddr: net.TCPAddrFromAddrPort(from)}).Format()
	if err != nil {
		t.Fatal(err)
	}
	for name, header := range map[string][]byte{"version 1": v1, "version 2": v2} {
		for _, port := range []string{anyName, "talkative"} {
			t.Run(name+" on "+port, func(t *testing.T) {
				h := newHouse(t, func(c *Config) { c.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
				c := h.dial(port, protocols.TCP)
				for _, b := range header { // byte by byte
					c.say(string([]byte{b}))
				}
				c.say("hello nobody\n")
				c.expect("go away")
				until(t, "a knock", func() bool { return len(h.knocks.all()) == 1 })
				if k := h.knocks.all()[0]; k.Address != from.Addr() {
					t.Errorf("knock from %v", k.Address)
				}
			})
		}
		t.Run(name+" of nobody we trust", func(t *testing.T) {
			h := newHouse(t, nil)
			c := h.dial(anyName, protocols.TCP)
			c.say(string(header) + "hello one\n")
			c.expectClosed()
			if len(h.journal.records()) != 0 {
				t.Error("it was believed")
			}
		})
	}
}

// TestTLSOnThePortForAny: callers may speak TLS there, or not.
func TestTLSOnThePortForAny(t *testing.T) {
	lender := httptest.NewTLSServer(nil) // for its certificate
	defer lender.Close()
	h := newHouse(t, func(c *Config) {
		c.Ports[2].TLS = &tls.Config{Certificates: lender.TLS.Certificates}
	})
	at, _ := h.gate.Addr(anyName, protocols.TCP)
	conn, err := tls.Dial("tcp", at.String(), lender.Client().Transport.(*http.Transport).TLSClientConfig)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	sealed := newCaller(t, conn)
	sealed.say("hello one\nat 1\n")
	sealed.expect("welcome", "kept 1")
	plain := h.dial(anyName, protocols.TCP)
	plain.say("hello two\nat 2\n")
	plain.expect("welcome", "kept 2")
}

// TestOneFrameOfManyDevices: what a frame says of others is kept under their names; a stranger among them is left out.
func TestOneFrameOfManyDevices(t *testing.T) {
	h := newHouse(t, nil)
	c := h.dial("talkative", protocols.TCP)
	c.say("all one two nobody\n")
	c.expect("kept all")
	var devices []byte
	for _, r := range h.journal.records() {
		devices = append(devices, byte(r.Device))
	}
	if !bytes.Equal(devices, []byte{1, 2}) {
		t.Errorf("records of %v", devices)
	}
}

// TestProfileIsKnownFromTheFirstFrame: a family that has no login is read with the device's profile at once.
func TestProfileIsKnownFromTheFirstFrame(t *testing.T) {
	h := newHouse(t, nil)
	h.know(fleet.Device{ID: 9, Identity: "nine", Offset: protocols.Some(7 * time.Hour)})
	c := h.dial("talkative", protocols.TCP)
	c.say("model nine\n")
	c.expect("kept model")
	if r := h.journal.records(); len(r) != 1 || r[0].Positions[0].Latitude != 7 {
		t.Errorf("records %+v", r)
	}
}

func TestWhatNobodyUnderstandsIsKept(t *testing.T) {
	h := newHouse(t, nil)
	c := h.greet(protocols.TCP, "one")
	c.say("bad\nat 1\n")
	c.expect("kept 1")
	m := h.misreads.all()
	if len(m) != 1 || string(m[0].Bytes) != "bad" || m[0].Protocol != "talkative" || m[0].Identity != "one" || m[0].Error == "" {
		t.Errorf("kept %+v", m)
	}
}
