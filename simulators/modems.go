package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"drover/simulators/modems"
)

type modemsCommand struct {
	modems.Flags `embed:""`
}

// Run serves the modems until it is told to stop, and prints a line for each first.
func (c *modemsCommand) Run(ctx context.Context, out io.Writer) error {
	config, err := c.Config(os.Stderr)
	if err != nil {
		return err
	}
	bank, err := serveModems(ctx, config, c.Control, out)
	if err != nil {
		return err
	}
	defer bank.Close()
	<-ctx.Done()
	return nil
}

// printModems prints a line for each: name, URL as the server takes it, IMEI, ICCID and MSISDN.
func printModems(out io.Writer, bank *modems.Bank) {
	for i := range bank.Count() {
		s := bank.Modem(i).State()
		fmt.Fprintf(out, "%s %s IMEI %s ICCID %s MSISDN %s\n", s.Name, s.URL, s.IMEI, s.ICCID, s.MSISDN)
	}
}
