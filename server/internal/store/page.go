package store

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// Page asks for a part of a list.
type Page struct {
	// Search is a part of a name, plate, group's path, identity, driver's name or phone number, whatever the case; "" for
	// all.
	Search string
	After  string // the "next" that came with the page before; "" for the first
	Limit  int    // 0 means 100, at most 1000
}

func (p Page) limit() int {
	if p.Limit <= 0 {
		return 100
	}
	return min(p.Limit, 1000)
}

// pattern is the search as a LIKE pattern; nil for all.
func (p Page) pattern() *string {
	if p.Search == "" {
		return nil
	}
	pattern := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(cleanText(p.Search)) + "%"
	return &pattern
}

// after reads a cursor: the sort key and the id that the page before ended with.
func (p Page) after() (key *string, id int64, err error) {
	if p.After == "" {
		return nil, 0, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(p.After)
	number, text, found := strings.Cut(string(raw), " ")
	n, numberErr := strconv.ParseInt(number, 10, 64)
	if err != nil || !found || numberErr != nil || !isText(text) {
		return nil, 0, badCursor()
	}
	return &text, n, nil
}

func badCursor() error { return fmt.Errorf("%w after: it is the next of a page before", ErrInvalid) }

func cursor(key string, id int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(id, 10) + " " + key))
}
