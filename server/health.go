package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

type healthCommand struct {
	Data string `help:"Data folder of the server." default:"data" env:"DROVER_DATA" type:"path"`
	URL  string `name:"url" help:"Address of the server; that of the data folder's if empty."`
}

// Run asks /readyz and fails with its words unless the server is ready.
func (c *healthCommand) Run(ctx context.Context, s streams) error {
	if c.URL == "" {
		w, err := findServer(c.Data)
		if err != nil {
			return err
		}
		c.URL = w.Address
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(response.Body, 4096)) // what came is what is shown
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("health: %s is not ready: %s", c.URL, body)
	}
	_, err = fmt.Fprintf(s.out, "%s\n", body)
	return err
}
