package modem

import (
	"regexp"
	"strconv"
	"strings"
)

// reading is one way to say a balance. amount is the pattern's only group.
type reading struct {
	plmn     string // beginning of the PLMN that says it so: an MCC, or MCC and MNC; "" anybody
	pattern  *regexp.Regexp
	currency string // ISO 4217; "" that of the country
}

const amount = `(-?\d[\d .,'\x{a0}]*)`

// readings are tried in order: a country's own before the generic ones, and of those a number beside a sign of money
// before one behind a word.
var readings = []reading{
	{"250", regexp.MustCompile(`(?i)` + amount + `\s*(?:р\.|р\b|руб|rub|r\.)`), "RUB"},
	{"255", regexp.MustCompile(`(?i)` + amount + `\s*(?:грн|hrn|uah)`), "UAH"},
	{"260", regexp.MustCompile(`(?i)` + amount + `\s*(?:zł|zl|pln)`), "PLN"},
	{"286", regexp.MustCompile(`(?i)` + amount + `\s*(?:tl|try|₺)`), "TRY"},
	{"404", regexp.MustCompile(`(?i)(?:rs\.?|inr|₹)\s*:?\s*` + amount), "INR"},
	{"405", regexp.MustCompile(`(?i)(?:rs\.?|inr|₹)\s*:?\s*` + amount), "INR"},
	{"460", regexp.MustCompile(amount + `\s*元`), "CNY"},
	{"510", regexp.MustCompile(`(?i)rp\.?\s*` + amount), "IDR"},
	{"639", regexp.MustCompile(`(?i)(?:ksh|kes)\.?\s*` + amount), "KES"},
	{"724", regexp.MustCompile(`(?i)r\$\s*` + amount), "BRL"},
	{"", regexp.MustCompile(`(?i)` + amount + `\s*(?:€|eur)`), "EUR"},
	{"", regexp.MustCompile(`(?i)(?:€|eur)\s*` + amount), "EUR"},
	{"", regexp.MustCompile(`(?i)(?:£|gbp)\s*` + amount), "GBP"},
	{"", regexp.MustCompile(`(?i)` + amount + `\s*(?:£|gbp)`), "GBP"},
	{"", regexp.MustCompile(`(?i)(?:chf|fr\.)\s*` + amount), "CHF"},
	{"", regexp.MustCompile(`(?i)` + amount + `\s*chf`), "CHF"},
	{"", regexp.MustCompile(`(?i)(?:us\$|usd)\s*` + amount), "USD"},
	{"", regexp.MustCompile(`(?i)` + amount + `\s*usd`), "USD"},
	{"", regexp.MustCompile(`\$\s*` + amount), ""},
	{"", regexp.MustCompile(`(?i)(?:balance|credit|crédit|solde|saldo|guthaben|konto|баланс|余额)\D{0,20}?` + amount), ""},
}

// currencies are those of countries by MCC (ITU E.212), for texts that do not say one.
var currencies = map[string]string{
	"202": "EUR", "204": "EUR", "206": "EUR", "208": "EUR", "214": "EUR", "222": "EUR", "228": "CHF", "232": "EUR",
	"234": "GBP", "235": "GBP", "240": "SEK", "242": "NOK", "244": "EUR", "250": "RUB", "255": "UAH", "260": "PLN",
	"262": "EUR", "268": "EUR", "270": "EUR", "272": "EUR", "286": "TRY", "302": "CAD", "310": "USD", "311": "USD",
	"334": "MXN", "404": "INR", "405": "INR", "440": "JPY", "460": "CNY", "505": "AUD", "510": "IDR", "639": "KES",
	"655": "ZAR", "724": "BRL",
}

// ParseBalance finds the balance in what an operator answers to a USSD code. plmn is MCC and MNC of the SIM's network,
// or "". The currency is an ISO 4217 code, "" if neither the text nor the country tells. ok is false if there is none.
func ParseBalance(plmn, text string) (amount float64, currency string, ok bool) {
	for _, r := range readings {
		if !strings.HasPrefix(plmn, r.plmn) {
			continue
		}
		m := r.pattern.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		if v, ok := decimal(m[1]); ok {
			currency := r.currency
			if currency == "" && len(plmn) >= 3 {
				currency = currencies[plmn[:3]]
			}
			return v, currency, true
		}
	}
	return 0, "", false
}

// decimal reads a number of any country. The last of point and comma is the decimal sign, unless exactly three digits
// follow it and it could group thousands; a sign that comes twice groups.
func decimal(s string) (float64, bool) {
	s = strings.TrimRight(s, " .,'\u00a0")
	s = strings.NewReplacer(" ", "", "'", "", "\u00a0", "").Replace(s)
	last := strings.LastIndexAny(s, ".,")
	if last >= 0 {
		sign, whole, fraction := s[last:last+1], s[:last], s[last+1:]
		groups := strings.Contains(whole, sign) ||
			(len(fraction) == 3 && strings.Trim(whole, "-0") != "" && !strings.ContainsAny(whole, ".,"))
		if groups {
			whole, fraction = whole+fraction, ""
		}
		s = strings.NewReplacer(".", "", ",", "").Replace(whole)
		if fraction != "" {
			s += "." + fraction
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}
