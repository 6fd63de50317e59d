package modems

import (
	"errors"
	"fmt"
	"strconv"
)

// refusal is a command's end that is not OK. Prefix is "+CME ERROR", "+CMS ERROR" or "" for plain ERROR.
type refusal struct {
	prefix string
	code   int
}

func (r refusal) Error() string {
	if r.prefix == "" {
		return "ERROR"
	}
	return fmt.Sprintf("%s: %d", r.prefix, r.code)
}

// cme and cms are refusals with the codes of 3GPP TS 27.007, clause 9.2, and of 27.005, clause 3.2.5.
func cme(code int) error { return refusal{"+CME ERROR", code} }
func cms(code int) error { return refusal{"+CMS ERROR", code} }

var (
	errPlain  = refusal{}
	errSilent = errors.New("nothing is answered") // the client gets no end of its command
)

const (
	cmeNotAllowed   = 3
	cmeNotSupported = 4
	cmePIN          = 11
	cmePUK          = 12
	cmeNoSIM        = 10
	cmeWrong        = 16
	cmeNotFound     = 22
	cmeNoNetwork    = 30
	cmeParameters   = 50

	cmsBarred      = 8
	cmsUnassigned  = 1
	cmsOutOfOrder  = 38
	cmsCongestion  = 42
	cmsNotAllowed  = 302
	cmsUnsupported = 303
	cmsPDU         = 304
	cmsText        = 305
	cmsNoSIM       = 310
	cmsPIN         = 311
	cmsPUK         = 316
	cmsIndex       = 321
	cmsFull        = 322
	cmsNoNetwork   = 331
	cmsNoAckWanted = 340
)

// verbose gives the words of a code where CMEE is 2; other codes stay numbers.
func (r refusal) verbose() string {
	words := map[refusal]string{
		{"+CME ERROR", cmeNotAllowed}:   "operation not allowed",
		{"+CME ERROR", cmeNotSupported}: "operation not supported",
		{"+CME ERROR", cmeNoSIM}:        "SIM not inserted",
		{"+CME ERROR", cmePIN}:          "SIM PIN required",
		{"+CME ERROR", cmePUK}:          "SIM PUK required",
		{"+CME ERROR", cmeWrong}:        "incorrect password",
		{"+CME ERROR", cmeNotFound}:     "not found",
		{"+CME ERROR", cmeNoNetwork}:    "no network service",
		{"+CME ERROR", cmeParameters}:   "incorrect parameters",
		{"+CMS ERROR", cmsPDU}:          "invalid PDU mode parameter",
		{"+CMS ERROR", cmsText}:         "invalid text mode parameter",
		{"+CMS ERROR", cmsNoSIM}:        "SIM not inserted",
		{"+CMS ERROR", cmsPIN}:          "SIM PIN required",
		{"+CMS ERROR", cmsPUK}:          "SIM PUK required",
		{"+CMS ERROR", cmsIndex}:        "invalid memory index",
		{"+CMS ERROR", cmsFull}:         "memory full",
		{"+CMS ERROR", cmsNoNetwork}:    "no network service",
	}[r]
	if words == "" {
		words = strconv.Itoa(r.code)
	}
	return r.prefix + ": " + words
}

// ending is the last line of an answer at a level of AT+CMEE: 0 ERROR, 1 with numbers, 2 with words. Refusals of
// messages have their number at every level.
func ending(err error, level int) string {
	var r refusal
	switch {
	case err == nil:
		return "OK"
	case !errors.As(err, &r) || r.prefix == "", r.prefix == "+CME ERROR" && level == 0:
		return "ERROR"
	case level == 2:
		return r.verbose()
	}
	return r.Error()
}
