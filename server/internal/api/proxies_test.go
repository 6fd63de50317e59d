package api

import (
	"crypto/tls"
	"net/http"
	"net/netip"
	"testing"
)

func TestProxies(t *testing.T) {
	p := proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8::/32")}
	type headers map[string][]string
	for name, c := range map[string]struct {
		peer    string
		headers headers
		client  string
		secure  bool
	}{
		"no proxy":             {"192.0.2.7:1", nil, "192.0.2.7", false},
		"a liar":               {"192.0.2.7:1", headers{"X-Forwarded-For": {"1.1.1.1"}, "X-Forwarded-Proto": {"https"}}, "192.0.2.7", false},
		"one":                  {"10.0.0.1:1", headers{"X-Forwarded-For": {"192.0.2.7"}, "X-Forwarded-Proto": {"https"}}, "192.0.2.7", true},
		"one that says little": {"10.0.0.1:1", nil, "10.0.0.1", false},
		"a liar behind one":    {"10.0.0.1:1", headers{"X-Forwarded-For": {"1.1.1.1, 192.0.2.7"}}, "192.0.2.7", false},
		"two":                  {"10.0.0.1:1", headers{"X-Forwarded-For": {"1.1.1.1, 192.0.2.7, 10.0.0.2"}}, "192.0.2.7", false},
		"two lines":            {"10.0.0.1:1", headers{"X-Forwarded-For": {"1.1.1.1", "192.0.2.7,10.0.0.2"}}, "192.0.2.7", false},
		"only proxies":         {"10.0.0.1:1", headers{"X-Forwarded-For": {"10.0.0.3, 10.0.0.2"}}, "10.0.0.3", false},
		"nonsense":             {"10.0.0.1:1", headers{"X-Forwarded-For": {"192.0.2.7, what?"}}, "10.0.0.1", false},
		"with ports":           {"10.0.0.1:1", headers{"X-Forwarded-For": {"192.0.2.7:4711"}}, "192.0.2.7", false},
		"ipv6":                 {"[2001:db8::1]:1", headers{"X-Forwarded-For": {"fd00::7"}}, "fd00::7", false},
		"mapped":               {"[::ffff:10.0.0.1]:1", headers{"X-Forwarded-For": {"::ffff:192.0.2.7"}}, "192.0.2.7", false},
		"forwarded": {"10.0.0.1:1", headers{"Forwarded": {`for=1.1.1.1;proto=https, FOR="[fd00::7]:4711";proto=http;by=10.0.0.1`}},
			"fd00::7", true},
		"forwarded, hidden":    {"10.0.0.1:1", headers{"Forwarded": {"for=_hidden"}}, "10.0.0.1", false},
		"forwarded, open":      {"10.0.0.1:1", headers{"Forwarded": {`for="1.1.1.1`, "for=192.0.2.7"}}, "192.0.2.7", false},
		"both, and they agree": {"10.0.0.1:1", headers{"Forwarded": {"for=192.0.2.7"}, "X-Forwarded-For": {"192.0.2.7"}}, "192.0.2.7", false},
		"both, one invented":   {"10.0.0.1:1", headers{"Forwarded": {"for=1.1.1.1"}, "X-Forwarded-For": {"192.0.2.7"}}, "10.0.0.1", false},
		"no address":           {"@", nil, "invalid IP", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := &http.Request{RemoteAddr: c.peer, Header: http.Header(c.headers), Host: "fleet.example"}
			o := p.origin(r)
			if got := o.address.String(); got != c.client {
				t.Errorf("client %s, want %s", got, c.client)
			}
			if o.secure != c.secure {
				t.Errorf("secure %v, want %v", o.secure, c.secure)
			}
			base := map[bool]string{true: "https://fleet.example", false: "http://fleet.example"}[c.secure]
			if o.base != base {
				t.Errorf("base %s", o.base)
			}
		})
	}
	if !(proxies{}).secure(&http.Request{TLS: &tls.ConnectionState{}}) {
		t.Error("TLS of the server's own is not seen")
	}
}
