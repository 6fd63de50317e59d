package texts

import "strings"

const (
	maxLabels = 64
	maxLabel  = 24 // bytes of a label that is not known
)

// phraseLabels are labels of several words, which would otherwise count by their last one.
var phraseLabels = [...]string{
	"longitude latitude", "latitude longitude", "lat long", "date time", "gsm signal", "gps signal", "gps status",
	"fuel supply", "fuel cut", "i/o id", "tcp/udp", "device id", "fix time", "gsm level", "battery voltage",
	"data link", "cell id", "network type",
}

// labels reads all labels with their values: GPS: Fixed; ACC: OFF, DI1:0 DI2:0, Latitude = 22.5.
func (r *reading) labels(text string) {
	lower := asciiLower(text)
	from, label := 0, ""
	for i, n := 0, 0; i < len(text) && n < maxLabels; i++ {
		if text[i] != ':' && text[i] != '=' {
			continue
		}
		start := labelStart(lower, from, i)
		if start < 0 {
			continue
		}
		if label != "" {
			r.label(label, value(text[from:start]))
		}
		label, from = strings.TrimRight(lower[start:i], " "), i+1
		n++
	}
	if label != "" {
		r.label(label, value(text[from:]))
	}
}

// labelStart finds where the label before the sign at end begins, not before from; -1 if there is none.
func labelStart(lower string, from, end int) int {
	before := strings.TrimRight(lower[from:end], " ")
	for _, phrase := range phraseLabels {
		if rest, ok := strings.CutSuffix(before, phrase); ok && bounded(rest) {
			return from + len(rest)
		}
	}
	start := len(before)
	for start > 0 && (isAlnum(before[start-1]) || before[start-1] == '_' || before[start-1] >= 0x80) {
		start--
	}
	if start == len(before) || isDigit(before[start]) || !bounded(before[:start]) || len(before)-start > maxLabel {
		return -1
	}
	return from + start
}

// bounded is whether a label may begin behind those words.
func bounded(before string) bool {
	return before == "" || strings.IndexByte(" ,;<>()[]\r\n\t\"#*", before[len(before)-1]) >= 0
}

// value is what stands behind a label: up to the end of its line or part, without what parts it from the next.
func value(s string) string {
	if i := strings.IndexAny(s, ";\r\n<>#|"); i >= 0 {
		s = s[:i]
	}
	return strings.Trim(s, " ,\t")
}
