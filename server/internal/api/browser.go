package api

import (
	"strings"
	"unicode/utf8"
)

// browserOf says in a few words what a User-Agent header claims, so that people know their sessions again: "Firefox on
// Linux". What it does not know it gives as it came, cut to 60 characters.
func browserOf(agent string) string {
	name := firstNamed(agent, [][2]string{ // most claim to be others too: the order matters
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"Firefox/", "Firefox"},
		{"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chromium/", "Chromium"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
		{"curl/", "curl"},
	})
	system := firstNamed(agent, [][2]string{
		{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"CrOS", "ChromeOS"}, {"Windows", "Windows"},
		{"Mac OS X", "macOS"}, {"Linux", "Linux"},
	})
	switch {
	case name == "":
		return cut(agent, 60)
	case system == "":
		return name
	}
	return name + " on " + system
}

func firstNamed(agent string, names [][2]string) string {
	for _, n := range names {
		if strings.Contains(agent, n[0]) {
			return n[1]
		}
	}
	return ""
}

// cut gives at most so many characters of a text, and none that are not text.
func cut(text string, most int) string {
	text = strings.ToValidUTF8(text, "")
	for utf8.RuneCountInString(text) > most {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}
