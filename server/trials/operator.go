package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	simulated "drover/simulators/modems"
)

// operator is a person at the API who sends dangerous commands by SMS to trackers.
type operator struct {
	client   *http.Client
	url      string  // of the server that runs now
	password string  // until the first sign-in, whose session outlives the server
	devices  []int32 // their ids
	sent     int     // commands, each with words of its own
	accepted []string
}

const (
	operatorMail     = "operator@example.org"
	operatorTrackers = 100
	operatorPace     = 50 * time.Millisecond
)

// newOperator enters trackers that obey and answer.
func newOperator(ctx context.Context, r *rig, h *hall) (*operator, error) {
	var csv strings.Builder
	csv.WriteString("identity,protocol,phone\n")
	for i := range operatorTrackers {
		phone := fmt.Sprintf("+88298%08d", i)
		fmt.Fprintf(&csv, "35999000%07d,teltonika,%s\n", i, phone)
		h.bank.Network().Attach(phone, simulated.PhoneFunc(func(_, text string) []simulated.Reply {
			return []simulated.Reply{{Text: "Ack of" + text}}
		}))
	}
	file := filepath.Join(r.dir, "trackers.csv")
	if err := os.WriteFile(file, []byte(csv.String()), 0o600); err != nil {
		return nil, err
	}
	if said, err := r.command(ctx, "device", "import", "--database", r.cluster.URL(), file); err != nil {
		return nil, fmt.Errorf("device import: %w: %s", err, said)
	}
	said, err := r.command(ctx, "user", "add", "--database", r.cluster.URL(), "--role", "dispatcher", operatorMail)
	if err != nil {
		return nil, fmt.Errorf("user add: %w: %s", err, said)
	}
	words := strings.Fields(said)
	o := &operator{password: words[len(words)-1]}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	o.client = &http.Client{Jar: jar}
	rows, err := h.sql.Query(ctx, `SELECT id FROM drover.devices ORDER BY id`)
	if err != nil {
		return nil, err
	}
	o.devices, err = pgx.CollectRows(rows, pgx.RowTo[int32])
	return o, err
}

// work sends one command after the other until ctx ends, without a look at whether the server is still there. Of one
// whose answer did not come nobody knows whether it was taken, and it is not sent again.
func (o *operator) work(ctx context.Context) {
	for pause(ctx, operatorPace) == nil {
		if o.password != "" {
			if o.post(ctx, "/api/session", map[string]string{"email": operatorMail, "password": o.password}) == nil {
				o.password = ""
			}
			continue
		}
		words := fmt.Sprintf("setdigout 1 %06d", o.sent)
		path := fmt.Sprintf("/api/devices/%d/commands", o.devices[o.sent%len(o.devices)])
		o.sent++
		if o.post(ctx, path, map[string]any{"kind": "custom", "text": words, "line": "sms", "confirmed": true,
			"override_speed": true, "wait_s": 0}) == nil {
			o.accepted = append(o.accepted, words)
		}
	}
}

// post is nil if the server said that all is well.
func (o *operator) post(ctx context.Context, path string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, o.url+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := o.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		return fmt.Errorf("%s: %s", path, response.Status)
	}
	return nil
}
