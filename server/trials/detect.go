package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"drover/protocols"
	"drover/protocols/all"
	"drover/protocols/detect"
)

// detectTrial holds the detector against captured messages of its families and of others, and measures a decision.
type detectTrial struct {
	Folder string `help:"Folder with a PROTOCOL.jsonl for each protocol, the ones that are not spoken here among them." default:"../shared/vectors" type:"path"`
	All    bool   `help:"Print every message that is told wrongly or not at all."`
}

// The floors of detection. A message may be of the middle of a conversation, where in life the first one counts.
const (
	detectRight = 0.99   // of all messages of families that are spoken here
	detectNS    = 2000.0 // ns a decision
	randomCount = 100_000
)

// told counts what became of some messages.
type told struct {
	messages, proved, shaped, nobody, wrong, wrongProof int
	tied                                                int
}

func (n *told) add(v *detect.Verdict, right bool) {
	n.messages++
	switch {
	case v.Protocol == nil:
		n.nobody++
	case !right && v.Level == protocols.LevelProof:
		n.wrongProof++
		n.wrong++
	case !right:
		n.wrong++
	case v.Level == protocols.LevelProof:
		n.proved++
	default:
		n.shaped++
	}
	if v.Tied() {
		n.tied++
	}
}

func (n *told) String() string {
	return fmt.Sprintf("%d messages: %d proved, %d by their shape, %d nobody's, %d wrong (%d of them proved), %d tied",
		n.messages, n.proved, n.shaped, n.nobody, n.wrong, n.wrongProof, n.tied)
}

// Run prints a line for each family, and then the figures.
func (t *detectTrial) Run(_ context.Context, out io.Writer) error {
	families := all.Protocols()
	d, err := detect.New(families)
	if err != nil {
		return err
	}
	var own, foreign told
	var firsts [][]byte
	files, err := filepath.Glob(filepath.Join(t.Folder, "*.jsonl"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("%s: %w", t.Folder, fs.ErrNotExist)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		spoken := slices.ContainsFunc(families, func(p *protocols.Protocol) bool { return p.Name == name })
		heard, err := t.judge(out, d, file, name, spoken, &own, &foreign)
		if err != nil {
			return err
		}
		if spoken {
			firsts = append(firsts, heard...)
		}
	}
	strangers := t.scanners(out, d)
	claimed := random(d)
	ns, allocs := decisions(d, firsts)
	fmt.Fprintf(out, "families that are spoken here: %v\n", &own)
	fmt.Fprintf(out, "others: %v\n", &foreign)
	fmt.Fprintf(out, "%d of %d scanners' greetings and %d of %d random messages are taken for a tracker\n",
		strangers, len(greetings()), claimed, randomCount)
	right := float64(own.proved+own.shaped) / float64(own.messages)
	fmt.Fprintf(out, "%.2f %% right (at least %.0f %%), %d wrong at the highest level (0), %.0f ns (at most %.0f) and %d "+
		"allocations a decision (0)\n", 100*right, 100*detectRight, own.wrongProof, ns, detectNS, allocs)
	return errors.Join(floor(right >= detectRight, "%.2f %% right", 100*right),
		floor(own.wrongProof == 0, "%d wrong at the highest level", own.wrongProof),
		floor(strangers == 0, "%d scanners taken for trackers", strangers),
		floor(ns <= detectNS && allocs == 0, "%.0f ns, %d allocations", ns, allocs))
}

func (t *detectTrial) judge(out io.Writer, d *detect.Detector, file, name string, spoken bool, own, foreign *told) (
	heard [][]byte, err error,
) {
	vectors, err := readVectors(file)
	if err != nil {
		return nil, err
	}
	for i := range vectors {
		data, err := hex.DecodeString(vectors[i].Wire)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", vectors[i].ID, err)
		}
		network := protocols.TCP
		if vectors[i].Network == "udp" {
			network = protocols.UDP
		}
		v := d.Decide(network, data)
		right := v.Protocol != nil && v.Protocol.Name == name
		if !spoken {
			foreign.add(&v, false)
		} else {
			own.add(&v, right)
			heard = append(heard, data)
		}
		if t.All && right != spoken {
			claim := "nobody"
			if v.Protocol != nil {
				claim = v.Protocol.Name
			}
			fmt.Fprintf(out, "  %s is told as %s, level %d: %.60q\n", vectors[i].ID, claim, v.Level, data)
		}
	}
	return heard, nil
}

// greetings are what scanners and other programs say first.
func greetings() map[string]string {
	return map[string]string{
		"tls":      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + strings.Repeat("\x5a", 500),
		"ssh":      "SSH-2.0-OpenSSH_9.2\r\n",
		"rdp":      "\x03\x00\x00\x13\x0e\xe0\x00\x00\x00\x00\x00\x01\x00\x08\x00\x03\x00\x00\x00",
		"smb":      "\x00\x00\x00\x54\xff\x53\x4d\x42\x72\x00\x00\x00\x00\x18\x01\x28" + strings.Repeat("\x00", 70),
		"mqtt":     "\x10\x10\x00\x04MQTT\x04\x02\x00\x3c\x00\x04abcd",
		"sip":      "OPTIONS sip:nm SIP/2.0\r\nVia: SIP/2.0/TCP nm;branch=foo\r\n\r\n",
		"redis":    "*1\r\n$4\r\nPING\r\n",
		"redis 2":  "PING\r\n",
		"telnet":   "\xff\xfd\x18\xff\xfd\x20\xff\xfd\x23\xff\xfd\x27",
		"http":     "GET / HTTP/1.1\r\nHost: 203.0.113.1\r\nUser-Agent: scanner\r\n\r\n",
		"http old": "GET / HTTP/1.0\r\n\r\n",
		"post":     "POST /boaform/admin/formLogin HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\na=1&b=2",
		"dns":      "\x00\x1e\x00\x06\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x07version\x04bind\x00\x00\x10\x00\x03",
		"mssql":    "\x12\x01\x00\x34\x00\x00\x00\x00\x00\x00\x15\x00\x06\x01\x00\x1b\x00\x01\x02\x00\x1c\x00\x0c",
		"ajp":      "\x12\x34\x00\x01\x0a",
		"ldap":     "\x30\x0c\x02\x01\x01\x60\x07\x02\x01\x03\x04\x00\x80\x00",
		"socks":    "\x05\x01\x00",
		"proxy":    "PROXY TCP4 203.0.113.9 203.0.113.1 4711 5000\r\n",
		"empty":    "\r\n",
		"zeros":    strings.Repeat("\x00", 64),
	}
}

// scanners counts those that are taken for a tracker, on either network.
func (t *detectTrial) scanners(out io.Writer, d *detect.Detector) (taken int) {
	for name, greeting := range greetings() {
		for _, n := range []protocols.Network{protocols.TCP, protocols.UDP} {
			if v := d.Decide(n, []byte(greeting)); v.Protocol != nil {
				taken++
				fmt.Fprintf(out, "  %s over %v is taken for %s\n", name, n, v.Protocol.Name)
			}
		}
	}
	return taken
}

// random counts the random messages that are taken for a tracker's.
func random(d *detect.Detector) (claimed int) {
	r := rand.New(rand.NewPCG(1, 2))
	data := make([]byte, 200)
	for range randomCount {
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		if v := d.Decide(protocols.UDP, data[:1+r.IntN(len(data))]); v.Protocol != nil {
			claimed++
		}
	}
	return claimed
}

// decisions gives ns and allocations of a decision over messages.
func decisions(d *detect.Detector, messages [][]byte) (ns float64, allocs int64) {
	best := 0.0
	for range 5 { // the best counts, since machines are shared
		r := testing.Benchmark(func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, m := range messages {
					d.Decide(protocols.TCP, m)
				}
			}
		})
		each := float64(r.NsPerOp()) / float64(len(messages))
		if best == 0 || each < best {
			best = each
		}
		allocs = r.AllocsPerOp()
	}
	return best, allocs
}
