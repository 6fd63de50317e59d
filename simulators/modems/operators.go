package modems

import "fmt"

// Operator is a network that SIMs belong to. Those here have test codes (MCC 001), which no real one has.
type Operator struct {
	Name     string
	Short    string
	PLMN     string // MCC and MNC
	SMSC     string
	Currency string
	Words    string // of the balance; %s is the amount with two decimals
	Comma    bool   // the amount has a decimal comma
}

// Operators are those that simulated SIMs are shared out among: their balances are worded as unlike as real ones are.
func Operators() []Operator {
	return []Operator{
		{Name: "Null Island Mobile", Short: "NullMob", PLMN: "00101", SMSC: "+882998000001", Currency: "EUR",
			Words: "Your balance is %s EUR. Valid until 31.12.2030"},
		{Name: "Meridian", Short: "Merid", PLMN: "00102", SMSC: "+882998000002", Currency: "EUR",
			Words: "Guthaben: %s EUR", Comma: true},
		{Name: "Tropic Cellular", Short: "Tropic", PLMN: "00103", SMSC: "+882998000003", Currency: "RUB",
			Words: "Баланс: %s р."},
	}
}

// balanceText is what the operator says of a SIM's money.
func (o Operator) balanceText(amount float64) string {
	text := fmt.Sprintf("%.2f", amount)
	if o.Comma {
		b := []byte(text)
		b[len(b)-3] = ','
		text = string(b)
	}
	return fmt.Sprintf(o.Words, text)
}
