package store

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// Page asks for a part of a list.
type Page struct {
	Search string // part of a name, plate, group or identity, without regard to case; "" for all
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
func (p Page) after() (key *string, id int32, err error) {
	if p.After == "" {
		return nil, 0, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(p.After)
	number, text, found := strings.Cut(string(raw), " ")
	n, numberErr := strconv.ParseInt(number, 10, 32)
	if err != nil || !found || numberErr != nil || !isText(text) {
		return nil, 0, fmt.Errorf("%w after: it is the next of a page before", ErrInvalid)
	}
	return &text, int32(n), nil
}

func cursor(key string, id int32) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(int(id)) + " " + key))
}
