package identity

import "strings"

// RecoveryCodes is how many are made at once.
const RecoveryCodes = 10

// NewRecoveryCodes makes codes that stand in for a lost authenticator app, each once, and what to keep of them. A code
// is three words of ReadablePassword: 48 bits, of which guessing one is limited as it is for passwords.
func NewRecoveryCodes() (codes []string, kept []TokenHash) {
	for range RecoveryCodes {
		words := strings.Split(ReadablePassword(), "-")
		code := strings.Join(words[:3], "-")
		codes, kept = append(codes, code), append(kept, HashRecoveryCode(code))
	}
	return codes, kept
}

// HashRecoveryCode gives what is kept of a code, however it was typed.
func HashRecoveryCode(code string) TokenHash {
	return HashToken(strings.Join(strings.FieldsFunc(strings.ToLower(code), func(r rune) bool {
		return r == ' ' || r == '-'
	}), "-"))
}
