package identity

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" // RFC 6238's default, and the only hash that every authenticator app knows
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// The parameters that every authenticator app knows (RFC 6238 §4 and its defaults).
const (
	totpStep   = 30 * time.Second
	totpDigits = 6
	totpModulo = 1_000_000
	totpSecret = 20 // bytes: RFC 4226 §4 R6 recommends 160 bits
	totpDrift  = 1  // steps that a clock may be off, either way (RFC 6238 §5.2)
)

// TOTPSecret is what an authenticator app and the server share.
type TOTPSecret []byte

// NewTOTPSecret makes a random one.
func NewTOTPSecret() TOTPSecret {
	secret := make(TOTPSecret, totpSecret)
	_, _ = rand.Read(secret) // never fails (crypto/rand)
	return secret
}

// String gives the secret as people type it into an app: base32 (RFC 4648 §6) without padding.
func (s TOTPSecret) String() string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(s)
}

// URI gives the key URI that an app reads from a QR code: for whose account (an e-mail) at whose server.
func (s TOTPSecret) URI(issuer, account string) string {
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + account}
	u.RawQuery = "secret=" + s.String() + "&issuer=" + url.PathEscape(issuer)
	return u.String()
}

// Code gives the code of a moment.
func (s TOTPSecret) Code(at time.Time) string { return s.code(stepOf(at)) }

// Step says in which step of 30 s a code is right, if it is within one step of now; otherwise ok is false. Steps up to
// used are past: whoever keeps the step of the last code that was right, and gives it here, takes no code twice
// (RFC 6238 §5.2).
func (s TOTPSecret) Step(code string, now time.Time, used int64) (step int64, ok bool) {
	code = strings.ReplaceAll(code, " ", "")
	for at := stepOf(now) - totpDrift; at <= stepOf(now)+totpDrift; at++ {
		if subtle.ConstantTimeCompare([]byte(s.code(at)), []byte(code)) == 1 && at > used {
			step, ok = at, true
		}
	}
	return step, ok
}

func stepOf(at time.Time) int64 { return at.Unix() / int64(totpStep/time.Second) }

// code is HOTP (RFC 4226 §5.3) of a step.
func (s TOTPSecret) code(step int64) string {
	mac := hmac.New(sha1.New, s)
	_ = binary.Write(mac, binary.BigEndian, step) // a hash takes everything
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0xf
	n := binary.BigEndian.Uint32(sum[offset:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", totpDigits, n%totpModulo)
}
