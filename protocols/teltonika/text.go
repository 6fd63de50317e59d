package teltonika

import (
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

const maxSMS = 160 // characters of one message in the GSM alphabet

// text gives a command as an SMS: login, password and the words, one space between each, even where login and password
// are empty.
func text(d protocols.Device, c protocols.Command) (string, error) {
	words, err := words(c)
	if err != nil {
		return "", err
	}
	if c.Kind == protocols.Locate {
		words = "getgps" // which is answered; getrecord only goes over the line
	}
	for _, secret := range [...]struct{ field, value string }{{"login", d.Login}, {"password", d.Password}} {
		if secret.value == "" {
			continue
		}
		if err := plainText(secret.field, secret.value); err != nil {
			return "", err
		}
		if i := strings.IndexByte(secret.value, ' '); i >= 0 {
			return "", &wire.Error{Field: secret.field, Offset: i, Err: wire.ErrValue}
		}
	}
	sms := d.Login + " " + d.Password + " " + words
	if len(sms) > maxSMS {
		return "", &wire.Error{Field: "command", Offset: maxSMS, Err: wire.ErrTooLong}
	}
	return sms, nil
}
