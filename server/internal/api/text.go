package api

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// checkText says what is wrong with a text of at most so many characters, nil if nothing is.
func checkText(member, s string, most int) *fault {
	switch {
	case !utf8.ValidString(s):
		return &fault{member, "want UTF-8", strconv.QuoteToASCII(s)}
	case utf8.RuneCountInString(s) > most:
		return &fault{member, "want at most " + strconv.Itoa(most) + " characters", s}
	}
	for _, r := range s {
		if unicode.IsControl(r) {
			return &fault{member, "want no control characters", s}
		}
	}
	return nil
}
