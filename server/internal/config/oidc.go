package config

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
)

// What OIDC.Create may be.
const (
	CreateOff    = "off"
	CreateViewer = "viewer"
)

// SecretVariable is where the provider's secret is read from: the environment only, since everybody on a machine can
// read command lines.
const SecretVariable = "DROVER_OIDC_CLIENT_SECRET"

// OIDC says at which OpenID Connect provider people may sign in besides by password. The tags are kong's.
type OIDC struct {
	Issuer   string `help:"https://… of an OpenID Connect provider to sign in with; none if empty." env:"DROVER_OIDC_ISSUER"`
	ClientID string `name:"client-id" help:"What the provider knows this server by; its secret is DROVER_OIDC_CLIENT_SECRET." env:"DROVER_OIDC_CLIENT_ID"`
	Name     string `help:"The provider's name on the button." default:"single sign-on" env:"DROVER_OIDC_NAME"`
	Create   string `help:"Whether somebody whom only the provider knows gets in: off, or viewer (of the first organization)." enum:"off,viewer" default:"off" env:"DROVER_OIDC_CREATE"`
}

// Secret is the provider's secret for this server; "" for a public client.
func (*OIDC) Secret() string { return os.Getenv(SecretVariable) }

func (o *OIDC) check() (bad []error) {
	if (o.Issuer == "") != (o.ClientID == "") {
		return []error{errors.New("oidc-issuer and oidc-client-id are needed together")}
	}
	if o.Issuer == "" {
		return nil
	}
	u, err := url.Parse(o.Issuer)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" ||
		u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())) {
		bad = append(bad, fmt.Errorf("oidc-issuer is %q, https://host/path is needed (http on this machine only)", o.Issuer))
	}
	if o.Name == "" {
		bad = append(bad, errors.New("oidc-name is empty, the name that people know the provider by is needed"))
	}
	if o.Create != CreateOff && o.Create != CreateViewer {
		bad = append(bad, fmt.Errorf("oidc-create is %q, allowed are off and viewer", o.Create))
	}
	return bad
}

func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}
