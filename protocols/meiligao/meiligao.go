// Package meiligao speaks the protocol of Meiligao (Shenzhen Meiligao Electronic) trackers VT300, VT310, VT400, GT30,
// GT60 and of the Meitrack and Redview devices built on them ("GPRS communication protocol", V1.00 to V1.09).
//
// A frame is $$, its length in two bytes, the identity in seven, a command in two, the data, a CRC and CR LF; what the
// server says starts with @@. The positions are text: an RMC sentence without its head, then HDOP, altitude, state,
// analogue inputs and, by model, odometer, cell, signal, satellites and cards, with | between them.
//
// # Identity and time
//
// Every frame names its device: up to 14 BCD digits, the rest filled with F. 14 digits are an IMEI without its check
// digit, which is added. Times are UTC.
//
// # Checksum
//
// CRC-16/CCITT-FALSE over all before it. A frame whose checksum is wrong is decoded and flagged checksum_ok false.
// Trackers that announce no length (0) are cut at the CR LF where the checksum is right.
//
// # How well it is known
//
// Captures bear out 5000, 9955, 9999, 9966, 0800 and the two layouts after the analogue inputs. The OBD reports 9901
// and 9902 are borne out by single captures or by description; retransmission, photos, the rest of the alarm codes and
// the answers to commands are from general knowledge of the papers.
//
// # Concurrency and imports
//
// A codec belongs to one conversation and keeps the last identity only. The package imports protocols, texts and wire.
package meiligao

import (
	"fmt"
	"strconv"
	"strings"

	"drover/protocols"
	"drover/protocols/texts"
)

// Protocol is the Meiligao family.
func Protocol() *protocols.Protocol {
	return &protocols.Protocol{
		Name:     "meiligao",
		Port:     5009,
		UDP:      true,
		Sniff:    sniff,
		Codec:    func(protocols.Network) protocols.Codec { return &codec{output: cmdOutput} },
		Text:     text,
		ReadText: texts.Read,
		HearText: ear().Hear,
		Speak:    func(_ protocols.Network, device string) protocols.Tracker { return newTracker(device) },
		Options: []protocols.Option{{
			Name: outputOption, Values: []string{"4115", "4114"},
			About: "The command that switches the output: 4115 does it at once, 4114 is what other models listen to.",
		}, {
			Name: serverOption, Check: checkServer,
			About: "The host:port that a tracker is told which asks for its server (0002); without it there is no answer.",
		}},
		Guide: guide,
	}
}

// The options: which command switches outputs, and what a tracker is told that asks for its server.
const (
	outputOption = "output_command"
	serverOption = "server_address"
)

// checkServer takes a name or address, a colon and a port.
func checkServer(v string) error {
	host, port, ok := strings.Cut(v, ":")
	if n, err := strconv.Atoi(port); !ok || err != nil || n < 1 || n > 65535 {
		return fmt.Errorf("it is a host, a colon and a port")
	}
	return plain("host", host, ",")
}

// The commands of the papers.
const (
	cmdHeartbeat     = 0x0001
	cmdServer        = 0x0002
	cmdPhotoStart    = 0x0800
	cmdPhotoEnd      = 0x0F80
	cmdLoginReply    = 0x4000
	cmdLocate        = 0x4101
	cmdInterval      = 0x4102
	cmdOutputLater   = 0x4114
	cmdOutput        = 0x4115
	cmdReboot        = 0x4902
	cmdLogin         = 0x5000
	cmdRetransmit    = 0x6688
	cmdPhotoAccepted = 0x8801
	cmdLogged        = 0x9016
	cmdOBD           = 0x9901
	cmdTrip          = 0x9902
	cmdFaults        = 0x9903
	cmdPosition      = 0x9955
	cmdCards         = 0x9966
	cmdPhotoPlace    = 0x9977
	cmdPhoto         = 0x9988
	cmdAlarm         = 0x9999
)

// codec is one conversation.
type codec struct {
	id     [idSize]byte // who spoke last, as on the wire
	device string       // the same for people; "" if nobody has spoken
	output uint16       // the command that switches outputs
	server string       // what a tracker is told that asks for its server; "" for no answer
	noise  int          // bytes passed over since the last frame
}

// Know takes the output command and the server from the device's profile.
func (c *codec) Know(d protocols.Device) {
	c.output = cmdOutput
	if d.Options[outputOption] == "4114" {
		c.output = cmdOutputLater
	}
	c.server = ""
	if v := d.Options[serverOption]; v != "" && checkServer(v) == nil {
		c.server = v
	}
	if c.device == "" {
		c.id, c.device = idOf(d.Identity), d.Identity
	}
}
