package gps103

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// ear has the words of Coban's manuals.
func ear() *texts.Ear {
	return &texts.Ear{
		Password: defaultPassword,
		Wrong:    "password fail",
		Deferred: "it will be executed after speed less than 20KM/H",
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "smslink{password}",
				Reply: "lat:{lat} long:{lon} speed:{speed} T:{at 06/01/02 15:04} bat:{percent}% {link}"},
			{Kind: protocols.Interval, Words: "fix{every}***n{password}", Reply: "fix ok"},
			{Kind: protocols.Immobilise, Words: "stop{password}", Reply: "Stop engine Succeed"},
			{Kind: protocols.Release, Words: "resume{password}", Reply: "Resume engine Succeed"},
			{Kind: protocols.Reboot, Words: "reset{password}", Reply: "reset ok"},
			{Kind: protocols.SetServer, Words: "adminip{password} {host} {port}", Reply: "adminip ok"},
			{Kind: protocols.Custom, Words: "apnuser{password} {any}", Reply: "apnuser ok"},
			{Kind: protocols.Custom, Words: "apnpasswd{password} {any}", Reply: "apnpasswd ok"},
			{Kind: protocols.SetAPN, Words: "apn{password} {apn}", Reply: "apn ok"},
			{Kind: protocols.Custom, Words: "{words}", Reply: "{words} ok"},
		},
		Queries: []texts.Query{
			{Words: "check{password}",
				Reply: "Power: ON Battery: {percent}% Door:OFF ACC:{acc} GPS:OK GPRS:OFF line GSM Signal:{csq} Oil:65.5%"},
			{Words: "begin{password}", Reply: "begin ok"},
			{Words: "admin{password} {any}", Reply: "admin ok"},
			{Words: "tracker{password}", Reply: "tracker ok"},
			{Words: "monitor{password}", Reply: "monitor ok"},
			{Words: "nofix{password}", Reply: "nofix ok"},
		},
	}
}
