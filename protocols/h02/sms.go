package h02

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// ear has the words of the SinoTrack manuals. What is not understood is answered in Chinese.
func ear() *texts.Ear {
	return &texts.Ear{
		Password: defaultPassword,
		Wrong:    "指令格式错误",
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "669{password}",
				Reply: "http://maps.google.cn/maps?q={NSlat}%2c{EWlon} ID:{id} ACC:{acc} GPS:A " +
					"Speed:{speed}KM/H {at 06-01-02 15:04:05}"},
			{Kind: protocols.Interval, Words: "805{password} {seconds}", Reply: "SET OK"},
			{Kind: protocols.Immobilise, Words: "940{password}", Reply: "SET OK"},
			{Kind: protocols.Release, Words: "941{password}", Reply: "SET OK"},
			{Kind: protocols.Reboot, Words: "RESTART", Reply: "RESTART OK"},
			{Kind: protocols.SetServer, Words: "804{password} {host} {port}", Reply: "SET OK"},
			{Kind: protocols.SetAPN, Words: "803{password} {apn} {user} {secret}", Reply: "SET OK"},
			{Kind: protocols.SetAPN, Words: "803{password} {apn}", Reply: "SET OK"},
			{Kind: protocols.Custom, Words: "{words}", Reply: "SET OK"},
		},
		Queries: []texts.Query{
			{Words: "CXZT",
				Reply: "XM_GT09_SW_33.0 2019/08/08 ID:{id} IP:203.0.113.7 8185 BAT:5 APN:internet GPS:A-{sat}-9 GSM:{csq}"},
		},
	}
}
