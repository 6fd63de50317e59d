package modem_test

import (
	"testing"

	"drover/modem"
)

func TestChoose(t *testing.T) {
	north := modem.Seat{Modem: "north", ICCID: "1", Prefixes: []string{"+33", "+336"}, Free: true, Waiting: 9}
	south := modem.Seat{Modem: "south", ICCID: "2", Prefixes: []string{"+34"}, Free: true}
	east := modem.Seat{Modem: "east", ICCID: "3", Free: true, Waiting: 5}
	west := modem.Seat{Modem: "west", ICCID: "4", Free: true, Waiting: 5}
	busy := modem.Seat{Modem: "busy", ICCID: "5", Prefixes: []string{"+3361234"}}
	all := []modem.Seat{west, busy, north, south, east}
	for name, c := range map[string]struct {
		seats []modem.Seat
		wish  modem.Wish
		want  string
	}{
		"sticky":                {all, modem.Wish{To: "+33612345678", Sticky: "2"}, "south"},
		"sticky is busy":        {all, modem.Wish{To: "+34612345678", Sticky: "5"}, "south"},
		"strict":                {all, modem.Wish{To: "+34612345678", Sticky: "1", Strict: true}, "north"},
		"strict and busy":       {all, modem.Wish{To: "+34612345678", Sticky: "5", Strict: true}, ""},
		"strict and gone":       {all, modem.Wish{To: "+34612345678", Sticky: "9", Strict: true}, ""},
		"strict without a SIM":  {all, modem.Wish{To: "+34612345678", Strict: true}, ""},
		"longest free prefix":   {all, modem.Wish{To: "+33612345678"}, "north"},
		"no prefix: for all":    {all, modem.Wish{To: "+4912345"}, "east"},
		"only those for others": {[]modem.Seat{north, south}, modem.Wish{To: "+4912345"}, "south"},
		"none free":             {[]modem.Seat{busy}, modem.Wish{To: "+4912345"}, ""},
		"none":                  {nil, modem.Wish{To: "+4912345"}, ""},
	} {
		got, reason, ok := modem.Choose(c.seats, c.wish)
		if got.Modem != c.want || ok != (c.want != "") || reason == "" {
			t.Errorf("%s: %q, %q, %v", name, got.Modem, reason, ok)
		}
	}
}

func TestParseBalance(t *testing.T) {
	for text, c := range map[string]struct {
		plmn, currency string
		amount         float64
		ok             bool
	}{
		"Votre solde est de 12,34 EUR valable jusqu'au 01/02/2027": {"20801", "EUR", 12.34, true},
		"Your balance is £5.07.":                                   {"23410", "GBP", 5.07, true},
		"Ihr Guthaben: 1.234,50 €":                                 {"26201", "EUR", 1234.5, true},
		"Guthaben 0,00 EUR":                                        {"26201", "EUR", 0, true},
		"Баланс:123,45р.":                                          {"25001", "RUB", 123.45, true},
		"Main Bal Rs 1,234.50 valid till 2027":                     {"40445", "INR", 1234.5, true},
		"Pulsa Rp 12.345 s.d. 01/02/27":                            {"51010", "IDR", 12345, true},
		"您的余额 56.78元":                                              {"46000", "CNY", 56.78, true},
		"Saldo: -3,50":                                             {"21407", "EUR", -3.5, true},
		"You have $20.15 left":                                     {"310260", "USD", 20.15, true},
		"Credit 7":                                                 {"", "", 7, true},
		"Balance CHF 1'234.50":                                     {"22801", "CHF", 1234.5, true},
		"Service unavailable":                                      {"20801", "", 0, false},
		"":                                                         {"20801", "", 0, false},
		"Call 123 for help":                                        {"20801", "", 0, false},
	} {
		amount, currency, ok := modem.ParseBalance(c.plmn, text)
		if amount != c.amount || currency != c.currency || ok != c.ok {
			t.Errorf("%q: %v %q %v", text, amount, currency, ok)
		}
	}
}
