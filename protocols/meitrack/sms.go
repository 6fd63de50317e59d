package meitrack

import (
	"drover/protocols"
	"drover/protocols/texts"
)

// ear has the words of Meitrack's SMS protocol; its answers are those of the line, that of a place is a link.
func ear() *texts.Ear {
	return &texts.Ear{
		Password: defaultPassword,
		Phrases: []texts.Phrase{
			{Kind: protocols.Locate, Words: "{password},A10", Reply: "{link}"},
			{Kind: protocols.Interval, Words: "{password},A12,{tens},0", Reply: "A12,OK"},
			{Kind: protocols.Immobilise, Words: "{password},C01,0,12222", Reply: "C01,OK"},
			{Kind: protocols.Release, Words: "{password},C01,0,02222", Reply: "C01,OK"},
			{Kind: protocols.Output, Output: 2, Words: "{password},C01,0,2{on}222", Reply: "C01,OK"},
			{Kind: protocols.Output, Output: 3, Words: "{password},C01,0,22{on}22", Reply: "C01,OK"},
			{Kind: protocols.Output, Output: 4, Words: "{password},C01,0,222{on}2", Reply: "C01,OK"},
			{Kind: protocols.Output, Output: 5, Words: "{password},C01,0,2222{on}", Reply: "C01,OK"},
			{Kind: protocols.Reboot, Words: "{password},F01", Reply: "F01,OK"},
			{Kind: protocols.SetServer, Words: "{password},A21,1,{host},{port},,,", Reply: "A21,OK"},
			{Kind: protocols.Custom, Words: "{words}", Reply: "{words},OK"},
		},
		Queries: []texts.Query{
			{Words: "{password},A00", Reply: "{link}"},
		},
	}
}
