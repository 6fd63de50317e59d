package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"drover/protocols"
)

// options are a profile's, by name.
type options map[string]string

// Schema says that the values are texts.
func (options) Schema(huma.Registry) *huma.Schema {
	value := &huma.Schema{Type: huma.TypeString, MaxLength: new(2000)}
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: value, MaxProperties: new(50)}
}

// optionsOf writes none as {}.
func optionsOf(all map[string]string) options {
	if all == nil {
		return options{}
	}
	return all
}

const maxOffset = 86400 // s

// clock is an offset from UTC in a change: left out, null, or seconds.
type clock struct {
	said  bool
	value protocols.Opt[time.Duration]
}

// UnmarshalJSON is not called where the member is left out.
func (c *clock) UnmarshalJSON(text []byte) error {
	c.said = true
	if bytes.Equal(text, []byte("null")) {
		return nil
	}
	var seconds int32
	if err := json.Unmarshal(text, &seconds); err != nil {
		return err
	}
	if seconds < -maxOffset || seconds > maxOffset {
		return fmt.Errorf("%d s: from -%d to %d are allowed", seconds, maxOffset, maxOffset)
	}
	c.value = protocols.Some(time.Duration(seconds) * time.Second)
	return nil
}

// Schema is that of a whole number or null.
func (clock) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeInteger, Format: "int32", Nullable: true,
		Minimum: new(float64(-maxOffset)), Maximum: new(float64(maxOffset))}
}

func offsetOf(o protocols.Opt[time.Duration]) orNull[int32] {
	if !o.OK {
		return orNull[int32]{}
	}
	seconds := int32(o.Value / time.Second)
	return orNull[int32]{&seconds}
}
