package live

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"drover/server/internal/fleet"
)

// TestMessagesAreAsDocumented: each text message that the server sends fits its schema in the AsyncAPI document.
func TestMessagesAreAsDocumented(t *testing.T) {
	schemas := newSchemas(t)
	s := newStage(t, nil)
	v := s.view("one")
	seen := map[string]bool{}
	for !seen["hello"] || !seen["vehicles"] || !seen["notice"] {
		s.live.Notice(fleet.Notice{Organization: 1, Device: 1, Kind: "command", ID: 12})
		_ = v.conn.SetReadDeadline(time.Now().Add(patience)) // a closed line fails in ReadMessage
		kind, text, err := v.conn.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		if kind != websocket.TextMessage {
			continue
		}
		var message struct{ Type string }
		if err := json.Unmarshal(text, &message); err != nil {
			t.Fatal(err)
		}
		schemas.check(t, message.Type, text)
		seen[message.Type] = true
	}
}

// TestExamplesAreAsDocumented: each example in the document fits its schema, and what a reader may ask is understood.
func TestExamplesAreAsDocumented(t *testing.T) {
	schemas := newSchemas(t)
	var document struct {
		Components struct {
			Messages map[string]struct {
				Examples []struct{ Payload json.RawMessage }
			}
		}
	}
	if err := json.Unmarshal(AsyncAPI(), &document); err != nil {
		t.Fatal(err)
	}
	for name, m := range document.Components.Messages {
		if name != "frame" && len(m.Examples) == 0 {
			t.Errorf("%s has no example", name)
		}
		for _, example := range m.Examples {
			schemas.check(t, name, example.Payload)
			if name == "view" || name == "snapshot" {
				if _, err := readWish(websocket.TextMessage, example.Payload); err != nil {
					t.Errorf("%s is not understood: %v", example.Payload, err)
				}
			}
		}
	}
}

// TestAMessageThatIsNotAsDocumentedIsFound: the schemas refuse something.
func TestAMessageThatIsNotAsDocumentedIsFound(t *testing.T) {
	schemas := newSchemas(t)
	for name, text := range map[string]string{
		"hello":    `{"type":"hello","server_time":1}`,
		"vehicles": `{"type":"vehicles","all":true,"vehicles":[{"id":1}],"removed":[]}`,
		"notice":   `{"type":"notice","kind":"weather","id":1,"vehicle_id":0}`,
		"view":     `{"type":"view","bbox":[1,2,3]}`,
		"snapshot": `{"type":"snapshot","more":1}`,
	} {
		if err := schemas.validate(name, []byte(text)); err == nil {
			t.Errorf("%s fits the schema %s", text, name)
		}
	}
}

type schemas struct{ compiler *jsonschema.Compiler }

func newSchemas(t *testing.T) schemas {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(AsyncAPI()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("asyncapi.json", document); err != nil {
		t.Fatal(err)
	}
	return schemas{compiler}
}

func (s schemas) check(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := s.validate(name, text); err != nil {
		t.Errorf("%s: %v", text, err)
	}
}

func (s schemas) validate(name string, text []byte) error {
	schema, err := s.compiler.Compile("asyncapi.json#/components/schemas/" + name)
	if err != nil {
		return fmt.Errorf("schema %s: %w", name, err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}
