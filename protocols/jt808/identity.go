package jt808

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"

	"drover/protocols/wire"
)

// speaker gives the digits of a frame's terminal, and the same string as long as the same one speaks.
func (c *codec) speaker(h *header) string {
	c.versioned, c.version = h.versioned, h.version
	if c.device != "" && bytes.Equal(h.id, c.id[:c.idLen]) {
		return c.device
	}
	c.idLen = copy(c.id[:], h.id)
	c.device = identity(h.id)
	return c.device
}

// identity is a terminal number in digits.
func identity(id []byte) string {
	if digits, ok := wire.BCD(id); ok {
		digits = strings.TrimLeft(digits, "0")
		if digits == "" {
			return "0"
		}
		return digits
	}
	if len(id) > 8 {
		return hex.EncodeToString(id)
	}
	var n uint64
	for _, b := range id {
		n = n<<8 | uint64(b)
	}
	digits := strconv.FormatUint(n, 10)
	return digits + string(wire.Luhn(digits))
}
