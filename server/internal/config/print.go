package config

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
)

// Print writes the settings as a JSON object; passwords in addresses become xxxxx, PINs xxxx.
func (s Server) Print(w io.Writer) error {
	s.Database, s.NATS = redacted(s.Database), redacted(s.NATS)
	s.Modems = redactedModems(s.Modems)
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		return fmt.Errorf("printing the settings: %w", err)
	}
	return nil
}

func redacted(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "unreadable"
	}
	return u.Redacted()
}
