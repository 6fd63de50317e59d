package dispatch

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"drover/protocols"
	"drover/protocols/all"
	"drover/server/internal/fleet"
)

var placeholder = regexp.MustCompile(`\{([a-z]+)\}`)

// TestTemplates: their placeholders are explained, the family takes the words as a custom command, and what is dangerous is
// said to be.
func TestTemplates(t *testing.T) {
	found := 0
	for _, p := range all.Protocols() {
		for _, template := range p.Guide.Templates {
			found++
			var said, told []string
			for _, m := range placeholder.FindAllStringSubmatch(template.Words, -1) {
				said = append(said, m[1])
			}
			words := template.Words
			for _, b := range template.Blanks {
				told = append(told, b.Name)
				usual := b.Usual
				if usual == "" {
					usual = "1"
				}
				words = strings.ReplaceAll(words, "{"+b.Name+"}", usual)
				if b.Help == "" {
					t.Errorf("%s, %s: %s is not explained", p.Name, template.Name, b.Name)
				}
			}
			if !slices.Equal(said, told) || template.Name == "" || template.Help == "" {
				t.Errorf("%s, %q: the words have %q, explained are %q", p.Name, template.Words, said, told)
			}
			c := protocols.Command{Kind: protocols.Custom, Text: words}
			to := target{Device: fleet.Device{Identity: "352093081452251", Protocol: p.Name}, protocol: p}
			if p.Text != nil {
				if _, err := p.Text(protocols.Device{Identity: "352093081452251", Password: "123456"}, c); err != nil {
					t.Errorf("%s can not say %q: %v", p.Name, words, err)
				}
			}
			if got := riskOf(&to, &c) > harmless; got != template.Dangerous {
				t.Errorf("%s, %q: dangerous is %v, the dispatcher says %v", p.Name, words, template.Dangerous, got)
			}
		}
	}
	if found < 80 {
		t.Errorf("only %d templates", found)
	}
}
