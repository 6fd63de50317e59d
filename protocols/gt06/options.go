package gt06

import "drover/protocols"

// The options of a device's profile.
const (
	optionChecksum = "checksum"
	checksumFlag   = "flag"
	checksumStrict = "strict"
	checksumOff    = "off"

	optionLanguage  = "language"
	languageEnglish = "english"
	languageChinese = "chinese"

	optionRelay  = "relay"
	relayCutsOn  = "cuts_when_1"
	relayCutsOff = "cuts_when_0"
)

func options() []protocols.Option {
	return []protocols.Option{
		{Name: optionChecksum, Values: []string{checksumFlag, checksumStrict, checksumOff},
			About: "A frame with a wrong checksum: take it and say so (flag), refuse it (strict), take it silently (off)."},
		{Name: optionLanguage, Values: []string{languageEnglish, languageChinese},
			About: "The language in which the tracker expects commands and answers."},
		{Name: optionRelay, Values: []string{relayCutsOn, relayCutsOff},
			About: "Which state of the relay cuts the engine: wiring and some models turn it round."},
	}
}
