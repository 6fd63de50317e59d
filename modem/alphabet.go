package modem

import (
	"fmt"
	"unicode/utf8"

	"github.com/warthog618/sms/encoding/gsm7/charset"
)

// alphabet is the GSM default alphabet with its extension (TS 23.038 §6.2.1).
type alphabet struct {
	basic, extended charset.Encoder
}

// gsm is set while the program starts and never changed. The library fills its tables, those of national languages
// too, when they are first used and without a lock; doing that here, before there are goroutines, keeps modems from
// racing.
var gsm = newAlphabet()

func newAlphabet() alphabet {
	for language := charset.Start; language < charset.End; language++ {
		charset.NewDecoder(language)
		charset.NewExtDecoder(language)
		charset.NewEncoder(language)
		charset.NewExtEncoder(language)
	}
	charset.DefaultDecoder()
	charset.DefaultExtDecoder()
	return alphabet{basic: charset.DefaultEncoder(), extended: charset.DefaultExtEncoder()}
}

const escape = 0x1b

// ErrNotGSM7 says that a text has a character that the GSM default alphabet lacks.
type ErrNotGSM7 struct {
	Rune rune
	At   int // its place in the text, counted in characters from 0
}

func (e ErrNotGSM7) Error() string {
	return fmt.Sprintf("text: character %q at %d is not in the GSM alphabet", e.Rune, e.At)
}

// septets turns text into septets, one in each byte; a character of the extension takes two.
func (a alphabet) septets(text string) ([]byte, error) {
	out := make([]byte, 0, len(text))
	at := 0
	for i, r := range text {
		s, ok := a.basic[r]
		extended := false
		if !ok {
			s, extended = a.extended[r]
		}
		broken := r == utf8.RuneError && text[i] != 0xef
		switch {
		case r == escape || broken || (!ok && !extended):
			return nil, ErrNotGSM7{Rune: r, At: at}
		case extended:
			out = append(out, escape, s)
		default:
			out = append(out, s)
		}
		at++
	}
	return out, nil
}

// Septets is how much of a message's 160 septets text takes. The error is an ErrNotGSM7.
func Septets(text string) (int, error) {
	s, err := gsm.septets(text)
	return len(s), err
}
