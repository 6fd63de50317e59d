package identity

import (
	"errors"
	"image"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestTOTPVectors has the vectors of RFC 6238's appendix B for SHA-1, cut to six digits.
func TestTOTPVectors(t *testing.T) {
	secret := TOTPSecret("12345678901234567890")
	for at, want := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037",
		20000000000: "353130",
	} {
		if got := secret.Code(time.Unix(at, 0)); got != want {
			t.Errorf("at %d: got %s, want %s", at, got, want)
		}
	}
}

func TestTOTPSteps(t *testing.T) {
	secret, now := NewTOTPSecret(), time.Unix(1_700_000_010, 0)
	step := stepOf(now)
	for _, c := range []struct {
		name string
		code string
		used int64
		want int64 // 0: refused
	}{
		{"now", secret.Code(now), 0, step},
		{"as apps show it", secret.Code(now)[:3] + " " + secret.Code(now)[3:], 0, step},
		{"a slow clock", secret.Code(now.Add(-totpStep)), 0, step - 1},
		{"a fast clock", secret.Code(now.Add(totpStep)), 0, step + 1},
		{"too slow", secret.Code(now.Add(-2 * totpStep)), 0, 0},
		{"too fast", secret.Code(now.Add(2 * totpStep)), 0, 0},
		{"used", secret.Code(now), step, 0},
		{"before the one used", secret.Code(now.Add(-totpStep)), step, 0},
		{"after the one used", secret.Code(now), step - 1, step},
		{"nothing", "", 0, 0},
		{"another's", NewTOTPSecret().Code(now), 0, 0},
	} {
		got, ok := secret.Step(c.code, now, c.used)
		if got != c.want || ok != (c.want != 0) {
			t.Errorf("%s: got %d, %v; want %d", c.name, got, ok, c.want)
		}
	}
}

func TestTOTPURI(t *testing.T) {
	got := TOTPSecret("12345678901234567890").URI("Drover", "ada+x@example.com")
	want := "otpauth://totp/Drover:ada+x@example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Drover"
	if got != want {
		t.Errorf("got %s", got)
	}
}

func TestRecoveryCodes(t *testing.T) {
	codes, kept := NewRecoveryCodes()
	if len(codes) != RecoveryCodes || len(kept) != RecoveryCodes {
		t.Fatalf("%d codes, %d kept", len(codes), len(kept))
	}
	seen := map[string]bool{}
	for i, code := range codes {
		if !regexp.MustCompile(`^[a-z]{5}-[a-z]{5}-[a-z]{5}$`).MatchString(code) || seen[code] {
			t.Errorf("code %q", code)
		}
		seen[code] = true
		for _, typed := range []string{code, strings.ToUpper(code), " " + strings.ReplaceAll(code, "-", "  ")} {
			if HashRecoveryCode(typed) != kept[i] {
				t.Errorf("%q is not %q", typed, code)
			}
		}
	}
}

func TestSeal(t *testing.T) {
	key := NewKey()
	seal := func(key [KeySize]byte, purpose string) *Seal {
		s, err := NewSeal(key, purpose)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := seal(key, "totp")
	sealed := s.Close([]byte("secret"), "7")
	if again := s.Close([]byte("secret"), "7"); string(again) == string(sealed) {
		t.Error("sealing twice gives the same")
	}
	if got, err := seal(key, "totp").Open(sealed, "7"); err != nil || string(got) != "secret" {
		t.Errorf("got %q, %v", got, err)
	}
	changed := append([]byte{}, sealed...)
	changed[len(changed)-1] ^= 1
	for name, open := range map[string]func() ([]byte, error){
		"another owner":   func() ([]byte, error) { return s.Open(sealed, "8") },
		"another purpose": func() ([]byte, error) { return seal(key, "cookie").Open(sealed, "7") },
		"another key":     func() ([]byte, error) { return seal(NewKey(), "totp").Open(sealed, "7") },
		"changed":         func() ([]byte, error) { return s.Open(changed, "7") },
		"cut":             func() ([]byte, error) { return s.Open(sealed[:5], "7") },
		"nothing":         func() ([]byte, error) { return s.Open(nil, "7") },
	} {
		if got, err := open(); !errors.Is(err, ErrSeal) {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

// TestQR draws the SVG's path and finds in it the three finder patterns (7 × 7 modules) where they belong.
func TestQR(t *testing.T) {
	svg, err := QR(NewTOTPSecret().URI("Drover", "somebody@example.com"))
	if err != nil {
		t.Fatal(err)
	}
	side, _ := strconv.Atoi(regexp.MustCompile(`viewBox="0 0 (\d+)`).FindStringSubmatch(svg)[1])
	picture := image.NewGray(image.Rect(0, 0, side, side))
	for _, run := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1`).FindAllStringSubmatch(svg, -1) {
		x, _ := strconv.Atoi(run[1])
		y, _ := strconv.Atoi(run[2])
		n, _ := strconv.Atoi(run[3])
		for i := range n {
			picture.SetGray(x+i, y, color.Gray{Y: 1})
		}
	}
	for _, corner := range [][2]int{{quiet, quiet}, {side - quiet - 7, quiet}, {quiet, side - quiet - 7}} {
		for y := range 7 {
			for x := range 7 {
				ring := max(x-3, 3-x, y-3, 3-y)
				want := ring != 2
				if got := picture.GrayAt(corner[0]+x, corner[1]+y).Y == 1; got != want {
					t.Errorf("corner %v: module %d, %d is dark: %v", corner, x, y, got)
				}
			}
		}
	}
	if _, err := QR(strings.Repeat("x", 10_000)); err == nil {
		t.Error("a text that no QR code holds was drawn")
	}
}
