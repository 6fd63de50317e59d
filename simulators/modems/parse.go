package modems

import (
	"strconv"
	"strings"
)

// form is how a command is asked (3GPP TS 27.007, clause 4).
type form int

const (
	execute form = iota // AT+CSQ, ATE0
	read                // AT+CREG?
	test                // AT+CREG=?
	set                 // AT+CREG=2
)

// request is one command of a line, its name in capitals: "+CSQ", "E", "&F", "S3".
type request struct {
	name string
	form form
	args string // after the "="; of a basic command its digits; of D the rest of the line
}

// parseLine cuts a line into its commands; words is what follows "AT". It is false where no command can begin.
func parseLine(words string) ([]request, bool) {
	var all []request
	for words = strings.TrimLeft(words, " ;"); words != ""; words = strings.TrimLeft(words, " ;") {
		var r request
		if strings.IndexByte("+^*$#!%_", words[0]) >= 0 {
			r, words = cutExtended(words)
		} else {
			r, words = cutBasic(words)
		}
		if r.name == "" {
			return nil, false
		}
		all = append(all, r)
	}
	return all, true
}

// cutExtended takes a command such as +CREG=2 off the line: it ends at a semicolon outside quotes.
func cutExtended(words string) (request, string) {
	rest := ""
	if end := unquoted(words, ';'); end >= 0 {
		words, rest = words[:end], words[end+1:]
	}
	end := strings.IndexAny(words, "=?")
	if end < 0 {
		return request{name: capitals(words)}, rest
	}
	r := request{name: capitals(words[:end]), form: read}
	if words[end] == '=' {
		r.form, r.args = set, strings.TrimSpace(words[end+1:])
		if r.args == "?" {
			r.form, r.args = test, ""
		}
	}
	return r, rest
}

// cutBasic takes a command such as E0, &F or S3=13 off the line.
func cutBasic(words string) (request, string) {
	at := 0
	if words[0] == '&' && len(words) > 1 {
		at = 1
	}
	letter := words[at] &^ 0x20
	if letter < 'A' || letter > 'Z' {
		return request{}, ""
	}
	name, rest := capitals(words[:at+1]), words[at+1:]
	if name == "D" {
		return request{name: name, args: rest}, ""
	}
	digits, rest := cutDigits(rest)
	if name != "S" {
		return request{name: name, args: digits}, rest
	}
	r := request{name: name + digits}
	switch {
	case strings.HasPrefix(rest, "?"):
		r.form, rest = read, rest[1:]
	case strings.HasPrefix(rest, "="):
		r.form = set
		r.args, rest = cutDigits(rest[1:])
	}
	return r, rest
}

func cutDigits(s string) (digits, rest string) {
	rest = strings.TrimLeft(s, "0123456789")
	return s[:len(s)-len(rest)], rest
}

func capitals(name string) string { return strings.ToUpper(strings.TrimSpace(name)) }

// unquoted is the place of the first sep outside quotes, -1 if there is none.
func unquoted(s string, sep byte) int {
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == sep && !quoted:
			return i
		}
	}
	return -1
}

// fields cuts a command's arguments at the commas outside quotes, and takes the quotes off.
func fields(args string) []string {
	var all []string
	for {
		end := unquoted(args, ',')
		if end < 0 {
			return append(all, unquote(args))
		}
		all, args = append(all, unquote(args[:end])), args[end+1:]
	}
}

func unquote(s string) string { return strings.Trim(strings.TrimSpace(s), `"`) }

// number reads a field that must be a whole number from 0 on.
func number(field string) (int, bool) {
	n, err := strconv.Atoi(field)
	return n, err == nil && n >= 0
}

// offered says whether the values are among what a test command lists: groups in parentheses, each with numbers, ranges
// or words. Values that are left out or empty fit.
func offered(offer string, values []string) bool {
	groups := strings.FieldsFunc(offer, func(r rune) bool { return r == '(' || r == ')' })
	at := 0
	for _, group := range groups {
		if strings.Trim(group, ", ") == "" {
			continue // between two groups
		}
		if at < len(values) && values[at] != "" && !inGroup(group, values[at]) {
			return false
		}
		at++
	}
	return len(values) <= at
}

func inGroup(group, value string) bool {
	for _, item := range strings.Split(group, ",") {
		if unquote(item) == value {
			return true
		}
		low, high, ranged := strings.Cut(item, "-")
		from, okFrom := number(low)
		to, okTo := number(high)
		n, okN := number(value)
		if ranged && okFrom && okTo && okN && from <= n && n <= to {
			return true
		}
	}
	return false
}
