package teltonika

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"

	"drover/protocols/wire"
)

const hexDigits = "0123456789ABCDEF"

// hexNumber shows an identity as its 16 digits.
func hexNumber(v uint64) string {
	var b [16]byte
	for i := range b {
		b[i] = hexDigits[v>>(60-4*i)&15]
	}
	return string(b[:])
}

func beUint64(v uint64) []byte { return binary.BigEndian.AppendUint64(nil, v) }

// zeroPadded gives at least n digits.
func zeroPadded(v int64, n int) string {
	s := strconv.FormatInt(v, 10)
	return strings.Repeat("0", max(0, n-len(s))) + s
}

// trimText gives printable ASCII without the zeros and spaces around it, or hex if it is something else.
func trimText(b []byte) string {
	b = bytes.Trim(b, "\x00 \xFF")
	if !wire.Printable(b) {
		return hex.EncodeToString(b)
	}
	return string(b)
}

// printableLines is printable, and ends of lines and tabs are allowed.
func printableLines(b []byte) bool {
	for _, c := range b {
		if (c < ' ' || c > '~') && c != '\r' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}
