package oidc

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// FlowLife is how long somebody may stay at the provider.
const FlowLife = 10 * time.Minute

// Why somebody is not signed in. The provider's own words are beside them.
var (
	ErrAway    = errors.New("the provider cannot be asked")
	ErrFlow    = errors.New("this sign-in was not begun in this browser, or too long ago")
	ErrRefused = errors.New("the provider refused")
	ErrToken   = errors.New("what the provider sent is not to be trusted")
)

// Config is how Drover is known to the provider.
type Config struct {
	Issuer       string
	ClientID     string
	ClientSecret string           // "" for a public client
	Now          func() time.Time // nil: time.Now
}

// Person is whom the provider vouches for.
type Person struct {
	Subject  string // unique at the issuer and for ever; an e-mail is neither
	Email    string
	Verified bool // the provider says that the e-mail is this person's
	Name     string
}

// Flow is one sign-in under way.
type Flow struct {
	State    string    `json:"state"`
	Nonce    string    `json:"nonce"`
	Verifier string    `json:"verifier"` // of PKCE
	Redirect string    `json:"redirect"` // where the provider sends the browser back to
	Return   string    `json:"return"`   // the page that is wanted afterwards; the caller's
	Started  time.Time `json:"started"`
}

// Client talks to one provider.
type Client struct {
	config Config
	http   *http.Client

	mu       sync.Mutex
	provider *oidc.Provider // nil until it has been asked
}

// New asks nobody anything yet.
func New(c Config) *Client {
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Client{config: c, http: newHTTP()}
}

// Begin gives where to send a browser, and what to remember until it comes back to redirect.
func (c *Client) Begin(ctx context.Context, redirect, page string) (string, Flow, error) {
	provider, err := c.discovered(ctx)
	if err != nil {
		return "", Flow{}, err
	}
	f := Flow{
		State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Redirect: redirect, Return: page,
		Started: c.config.Now(),
	}
	return c.oauth(provider, f.Redirect).AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)),
		f, nil
}

// Finish gives who came back, from the query that the browser came back with.
func (c *Client) Finish(ctx context.Context, f Flow, query url.Values) (Person, error) {
	now := c.config.Now()
	if f.State == "" || subtle.ConstantTimeCompare([]byte(f.State), []byte(query.Get("state"))) != 1 ||
		now.Sub(f.Started) > FlowLife || now.Before(f.Started.Add(-time.Minute)) {
		return Person{}, ErrFlow
	}
	if iss := query.Get("iss"); iss != "" && iss != c.config.Issuer { // RFC 9207: another provider's answer
		return Person{}, fmt.Errorf("%w: it is of another issuer", ErrToken)
	}
	if problem := query.Get("error"); problem != "" {
		return Person{}, fmt.Errorf("%w: %s %s", ErrRefused, problem, query.Get("error_description"))
	}
	provider, err := c.discovered(ctx)
	if err != nil {
		return Person{}, err
	}
	ctx = oidc.ClientContext(ctx, c.http)
	token, err := c.oauth(provider, f.Redirect).Exchange(ctx, query.Get("code"), oauth2.VerifierOption(f.Verifier))
	var said *oauth2.RetrieveError
	if errors.As(err, &said) && said.Response.StatusCode < http.StatusInternalServerError {
		return Person{}, fmt.Errorf("%w: %s %s", ErrRefused, said.ErrorCode, said.ErrorDescription)
	}
	if err != nil {
		return Person{}, fmt.Errorf("%w: %w", ErrAway, err)
	}
	return c.person(ctx, provider, token, f.Nonce)
}

// claims are those of OpenID Connect Core §5.1 that are used.
type claims struct {
	Email    string  `json:"email"`
	Verified yesOrNo `json:"email_verified"`
	Name     string  `json:"name"`
}

// yesOrNo is true, or "true" as some providers write it.
type yesOrNo bool

// UnmarshalJSON takes anything else for false.
func (y *yesOrNo) UnmarshalJSON(text []byte) error {
	*y = yesOrNo(strings.Trim(string(text), `"`) == "true")
	return nil
}

// person checks the ID token, and asks the provider for what is not in it.
func (c *Client) person(ctx context.Context, p *oidc.Provider, token *oauth2.Token, nonce string) (Person, error) {
	raw, _ := token.Extra("id_token").(string)
	id, err := p.Verifier(&oidc.Config{ClientID: c.config.ClientID, Now: c.config.Now}).Verify(ctx, raw)
	if err != nil {
		return Person{}, fmt.Errorf("%w: %w", ErrToken, err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(nonce)) != 1 {
		return Person{}, fmt.Errorf("%w: the nonce is another's", ErrToken)
	}
	var said claims
	if err := id.Claims(&said); err != nil {
		return Person{}, fmt.Errorf("%w: %w", ErrToken, err)
	}
	if said.Email == "" && p.UserInfoEndpoint() != "" {
		info, err := p.UserInfo(ctx, oauth2.StaticTokenSource(token))
		if err != nil {
			return Person{}, fmt.Errorf("%w: %w", ErrAway, err)
		}
		if info.Subject != id.Subject {
			return Person{}, fmt.Errorf("%w: the user info is another's", ErrToken)
		}
		if err := info.Claims(&said); err != nil {
			return Person{}, fmt.Errorf("%w: %w", ErrToken, err)
		}
	}
	return Person{Subject: id.Subject, Email: said.Email, Verified: bool(said.Verified), Name: said.Name}, nil
}

func (c *Client) oauth(p *oidc.Provider, redirect string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: c.config.ClientID, ClientSecret: c.config.ClientSecret, Endpoint: p.Endpoint(), RedirectURL: redirect,
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}
}

// discovered asks the provider for its addresses, unless they are known.
func (c *Client) discovered(ctx context.Context) (*oidc.Provider, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.provider != nil {
		return c.provider, nil
	}
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, c.http), c.config.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAway, err)
	}
	c.provider = provider
	return provider, nil
}
