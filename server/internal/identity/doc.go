// Package identity knows who somebody is: passwords, second factors, sessions, API tokens, and how often one may guess.
//
// A password is kept as argon2id (RFC 9106) in the PHC string format. A session or an API token is 256 random bits,
// of which only the SHA-256 is kept, so that a stolen copy of the database opens nothing. Signing in takes the same
// time whether the e-mail is known or not, and is limited for each account at each address, for each address, and for
// each account.
//
// The second factor is a code of RFC 6238 (totp.go) or one of ten recovery codes, each good once. The secret that an
// authenticator app shares with the server is sealed under the server's key (seal.go), which is not in the database.
//
// Everything here is safe for concurrent use. Memory is bounded: at most two passwords are worked on at once (19 MiB
// each), and the counters of attempts are at most 5 × 4,096; where they run out, the one used least recently is
// forgotten.
//
// It imports fleet and the standard library, golang.org/x/crypto, rsc.io/qr and nothing of HTTP or SQL.
package identity
