// Package oidc signs people in at an OpenID Connect provider: the authorization code flow with PKCE (RFC 7636), state
// and nonce, as the server's side of it.
//
// The provider's addresses and keys are asked for when the first person signs in, and again if that failed, so that a
// provider that is away keeps nothing from starting. What must be remembered while somebody is at the provider is a
// Flow, which the caller keeps with the browser.
//
// A Client is safe for concurrent use. Every question to the provider has ten seconds and reads at most 1 MiB.
//
// It knows nobody's account and imports neither the store nor the API.
package oidc
