package store

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"drover/protocols"
	"drover/server/internal/fleet"
)

func drawOpt[T any](t *rapid.T, label string, g *rapid.Generator[T]) protocols.Opt[T] {
	if !rapid.Bool().Draw(t, label+" said") {
		return protocols.Opt[T]{}
	}
	return protocols.Some(g.Draw(t, label))
}

// thousandths are floats with up to three decimals, as the journal carries them.
func thousandths(low, high int) *rapid.Generator[float64] {
	return rapid.Map(rapid.IntRange(low, high), func(n int) float64 { return float64(n) / 1000 })
}

func drawValue(t *rapid.T) protocols.Value {
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 0:
		return protocols.Bool(rapid.Bool().Draw(t, "bool"))
	case 1:
		return protocols.Text(rapid.String().Draw(t, "text"))
	case 2:
		return protocols.Bytes(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
	case 3:
		return protocols.Decimal(rapid.Int64().Draw(t, "mantissa"), rapid.Uint8Range(0, 18).Draw(t, "scale"))
	default:
		return protocols.Int(rapid.Int64Range(-1000, 1000).Draw(t, "int"))
	}
}

func drawPosition(t *rapid.T, at time.Time) protocols.Position {
	p := protocols.Position{
		Time:           at,
		Altitude:       drawOpt(t, "altitude", thousandths(-500_000, 40_000_000)),
		Speed:          drawOpt(t, "speed", thousandths(0, 4_000_000)),
		Course:         drawOpt(t, "course", thousandths(0, 359_999)),
		HDOP:           drawOpt(t, "hdop", thousandths(0, 99_000)),
		Odometer:       drawOpt(t, "odometer", thousandths(0, 1<<42)),
		ExternalVolts:  drawOpt(t, "external", thousandths(-100, 60_000)),
		BatteryVolts:   drawOpt(t, "battery", thousandths(-100, 60_000)),
		BatteryPercent: drawOpt(t, "percent", thousandths(0, 100_000)),
		Satellites:     drawOpt(t, "satellites", rapid.IntRange(0, 99)),
		SignalPercent:  drawOpt(t, "signal", rapid.IntRange(0, 100)),
		Ignition:       drawOpt(t, "ignition", rapid.Bool()),
		ICCID:          rapid.StringMatching(`[0-9F]{0,20}`).Draw(t, "iccid"),
		IMSI:           rapid.StringMatching(`[0-9]{0,15}`).Draw(t, "imsi"),
		Alarms:         protocols.Alarms(rapid.Uint64Range(0, 1<<35-1).Draw(t, "alarms")),
	}
	if p.Located = rapid.Bool().Draw(t, "located"); p.Located {
		p.Latitude = float64(rapid.IntRange(-90e7, 90e7).Draw(t, "latitude")) / 1e7
		p.Longitude = float64(rapid.IntRange(-180e7, 180e7).Draw(t, "longitude")) / 1e7
		p.Valid = rapid.Bool().Draw(t, "valid")
	}
	if rapid.Bool().Draw(t, "cell said") {
		p.Cell = protocols.Some(protocols.Cell{MCC: rapid.Uint16().Draw(t, "mcc"), MNC: rapid.Uint16().Draw(t, "mnc"),
			LAC: rapid.Uint32().Draw(t, "lac"), CID: rapid.Uint64().Draw(t, "cid")})
	}
	names := rapid.SampledFrom([]string{"rpm", "fuel_l", "io217", "external_v", "température", "a b\"c"})
	for range rapid.IntRange(0, 6).Draw(t, "attributes") {
		p.Attributes = append(p.Attributes, protocols.Attr(names.Draw(t, "name"), drawValue(t)))
	}
	return p
}

// TestRoundTrip stores any positions, and reads them back with Go and with the view's SQL.
func TestRoundTrip(t *testing.T) {
	s := open(t)
	org, devices := withDevices(t, s, 1)
	at := noon()
	rapid.Check(t, func(rt *rapid.T) {
		at = at.Add(time.Second)
		f := fleet.Fix{Position: drawPosition(rt, at), Device: devices[0].ID, Flags: fleet.Flags(rapid.Uint16Range(0, 63).Draw(rt, "flags"))}
		delay := rapid.Int64Range(-600_000, 1000*86400*400).Draw(rt, "delay in ms")
		f.Received = at.Add(time.Duration(delay) * time.Millisecond)
		b := batchOf(t, s, 0, "j", f)
		b.States[0].Last.Time = at // as it was drawn: whether it counts is not for the store
		mustWrite(t, s, b)
		var got []fleet.Fix
		err := s.Fixes(t.Context(), org, devices[0].Vehicle, at, at.Add(time.Millisecond), 0, func(f *fleet.Fix) error {
			got = append(got, *f)
			return nil
		})
		if err != nil || len(got) != 1 {
			rt.Fatalf("got %d fixes, %v", len(got), err)
		}
		sameFix(rt, &got[0], &f)
		state, err := s.State(t.Context(), org, devices[0].ID)
		if err != nil {
			rt.Fatal(err)
		}
		f.Attributes = nil
		sameFix(rt, &state.Last, &f)
		sameInSQL(rt, s, &got[0])
	})
}

func sameFix(t *rapid.T, got, want *fleet.Fix) {
	t.Helper()
	if g, w := string(got.Position.AppendJSON(nil)), string(want.Position.AppendJSON(nil)); g != w {
		t.Fatalf("got  %s\nwant %s", g, w)
	}
	for i := range got.Attributes {
		if got.Attributes[i] != want.Attributes[i] {
			t.Fatalf("attribute %d: got %#v, want %#v", i, got.Attributes[i], want.Attributes[i])
		}
	}
	if got.Flags != want.Flags || got.Device != want.Device {
		t.Fatalf("got flags %v of %d, want %v of %d", got.Flags, got.Device, want.Flags, want.Device)
	}
	off := got.Received.Sub(want.Received).Abs()
	if late := want.Received.Sub(want.Time); off != 0 && (late < 24*24*time.Hour || off >= time.Second) {
		t.Fatalf("received %v, want %v", got.Received, want.Received)
	}
}

// sameInSQL compares the view's row with the JSON of the fix.
func sameInSQL(t *rapid.T, s *Store, f *fleet.Fix) {
	t.Helper()
	var raw, flags []byte
	var ewkt *string
	err := s.pool.QueryRow(t.Context(), `SELECT attributes || jsonb_strip_nulls(jsonb_build_object('valid', valid,
			'altitude_m', altitude_m, 'speed_kmh', speed_kmh, 'course_deg', course_deg)) || coalesce(nullif(
				attributes, '{}') - (SELECT array_agg(k) FROM jsonb_object_keys(attributes) k
				WHERE k NOT IN ('altitude_m', 'speed_kmh', 'course_deg')), '{}'),
			ST_AsEWKT(geom), to_jsonb(flags)
		FROM drover.positions WHERE device_id = $1 AND time = $2`, f.Device, f.Time).Scan(&raw, &ewkt, &flags)
	if err != nil {
		t.Fatal(err)
	}
	got, want := numbers(t, raw), numbers(t, f.Position.AppendJSON(nil))
	flat(t, f, want)
	for name := range want {
		if !equal(got[name], want[name]) {
			t.Fatalf("%s: SQL says %v, want %v\n%s", name, got[name], want[name], raw)
		}
		delete(got, name)
	}
	if len(got) > 0 {
		t.Fatalf("SQL also says %v", got)
	}
	if (ewkt != nil) != f.Located {
		t.Fatalf("geom is %v", ewkt)
	}
	if w, _ := json.Marshal(f.Flags.Names()); !reflect.DeepEqual(numberList(t, flags), numberList(t, w)) {
		t.Fatalf("flags are %s, want %s", flags, w)
	}
}

// flat moves the attributes beside the typed fields, where SQL has them, and takes out what the view has in columns of
// its own.
func flat(t *rapid.T, f *fleet.Fix, want map[string]any) {
	seen := map[string]int{}
	for name := range want {
		seen[name]++
	}
	for _, name := range []string{"time", "latitude", "longitude", "attributes"} {
		delete(want, name)
		delete(seen, name)
	}
	for _, a := range f.Attributes {
		name := a.Name
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s_%d", name, seen[name])
		}
		value := numbers(t, []byte(`{"v":`+string(a.Value.AppendJSON(nil))+`}`))["v"]
		if a.Value.Kind() == protocols.KindText && strings.ContainsRune(a.Value.Raw(), 0) {
			value = escaped(a.Value.Raw())
		}
		want[name] = value
	}
}

// escaped is what PostgreSQL's encode(…, 'escape') makes of s.
func escaped(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		switch {
		case c == '\\':
			b.WriteString(`\\`)
		case c == 0 || c >= 0x80:
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func numbers(t *rapid.T, raw []byte) map[string]any {
	var v map[string]any
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return v
}

func numberList(t *rapid.T, raw []byte) []any {
	return numbers(t, []byte(`{"v":`+string(raw)+`}`))["v"].([]any)
}

// equal compares JSON values; numbers by what they are worth.
func equal(a, b any) bool {
	switch x := a.(type) {
	case json.Number:
		y, ok := b.(json.Number)
		p, _ := new(big.Rat).SetString(x.String())
		q, _ := new(big.Rat).SetString(y.String())
		return ok && p != nil && q != nil && p.Cmp(q) == 0
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for k := range x {
			if !equal(x[k], y[k]) {
				return false
			}
		}
		return true
	default:
		return reflect.DeepEqual(a, b)
	}
}
