package protocoltest

import (
	"testing"

	"drover/protocols"
)

// guided: people are told what they need, and every option has a usual value that it takes.
func guided(t *testing.T, p *protocols.Protocol) {
	g := &p.Guide
	for name, text := range map[string]string{
		"Title": g.Title, "Makers": g.Makers, "Identity": g.Identity, "Clock": g.Clock,
		"Replies": g.Replies, "Known": g.Known,
	} {
		if text == "" {
			t.Errorf("Guide.%s is empty", name)
		}
	}
	if len(g.Papers) == 0 || len(g.Reads) == 0 {
		t.Error("Guide has no Papers or no Reads")
	}
	seen := map[string]bool{}
	for i := range p.Options {
		o := &p.Options[i]
		if o.Name == "" || seen[o.Name] || o.About == "" || o.Values == nil && o.Check == nil {
			t.Errorf("option %q is unnamed, named twice, or says neither what it is about nor what it may be", o.Name)
		}
		if err := o.Takes(o.Usual()); err != nil {
			t.Errorf("the usual value: %v", err)
		}
		seen[o.Name] = true
	}
}
