package atrack

import (
	"bytes"
	"fmt"
	"strings"

	"drover/protocols"
	"drover/protocols/wire"
)

// optionForm names the option that holds the list of AT$FORM.
const optionForm = "form"

var options = []protocols.Option{{
	Name: optionForm,
	About: "The fields that AT$FORM puts behind the fixed ones, as the tracker has them: %SA%MV%BV. " +
		"It need not be said of a tracker that says the list itself.",
	Check: func(list string) error {
		_, err := parseForm([]byte(list))
		return err
	},
}}

var formPrefix = []byte("%CI")

// maxFields is the most fields of a list.
const maxFields = 64

func volts(tenths int64) protocols.Opt[float64] {
	if tenths < 0 || tenths > 65535 {
		return protocols.Opt[float64]{}
	}
	return protocols.Some(float64(tenths) / 10)
}

// parseForm reads %SA%MV…; a key that is not known stays in the list, for the text form can pass it over.
func parseForm(list []byte) ([]*field, error) {
	list = bytes.TrimRight(list, " \r\n")
	if len(list) == 0 || list[0] != '%' {
		return nil, &wire.Error{Field: "form", Offset: 0, Err: wire.ErrValue}
	}
	var form []*field
	for n, key := range strings.Split(string(list[1:]), "%") {
		switch {
		case !isKey(key):
			return nil, fmt.Errorf("field %d of the form, %q, is no capitals and digits", n+1, key)
		case n >= maxFields:
			return nil, fmt.Errorf("the form has more than %d fields", maxFields)
		}
		form = append(form, known(key))
	}
	return form, nil
}

// isKey is whether key is one to four capitals and digits.
func isKey(key string) bool {
	for _, c := range []byte(key) {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return len(key) >= 1 && len(key) <= 4
}

func known(key string) *field {
	for i := range fields {
		if fields[i].key == key {
			return &fields[i]
		}
	}
	return &field{key: key, width: unknownWidth, times: 1, name: "custom_" + strings.ToLower(key)}
}

// unknownWidth is that of a key which the table lacks.
const unknownWidth = 127

// ownForm reads a list that the tracker said in a report; it is kept until it says another one.
func (c *codec) ownForm(list []byte) []*field {
	list = bytes.TrimRight(list, " ")
	if c.own != nil && string(list) == c.said {
		return c.own
	}
	form, err := parseForm(list[len(formPrefix):])
	if err != nil {
		return nil
	}
	c.own, c.said = form, string(list)
	return form
}

// values takes the listed fields of one report.
type values struct {
	b    *batch
	p    *protocols.Position
	cell protocols.Cell
}

// listed is where the open position's listed fields go.
func (b *batch) listed() *values {
	b.values = values{b: b, p: &b.positions[len(b.positions)-1]}
	return &b.values
}

// binary reads the fields of the form; false if the width of one is not known, behind which nothing can be read.
func (v *values) binary(r *wire.Reader, form []*field) bool {
	for _, f := range form {
		switch {
		case f.width == unknownWidth:
			return false
		case r.Len() == 0: // an older list: the rest was not sent
			return true
		case f.width < 0:
			v.b.add(f.name, protocols.Bytes(r.Bytes(f.key, int(-f.width))))
		case f.width == 0:
			v.word(f, cstring(r, f.key))
		default:
			n := r.UintN(f.key, int(f.width))
			if r.Err() != nil {
				return true
			}
			v.take(f, int64(n))
		}
	}
	return true
}

// text reads one field of the text form.
func (v *values) text(f *field, word []byte) {
	n, ok := number(word)
	switch {
	case len(word) == 0:
	case f.width > 0 && f.width < unknownWidth && ok:
		v.take(f, n)
	default:
		v.word(f, word)
	}
}

func (v *values) take(f *field, n int64) {
	if f.set != nil {
		f.set(v, n)
		return
	}
	v.b.add(f.name, protocols.Decimal(n*f.times, f.scale))
}

func (v *values) word(f *field, word []byte) {
	switch {
	case len(word) == 0:
	case f.key == "CD":
		v.p.ICCID = string(word)
	case f.name != "":
		v.b.add(f.name, protocols.Text(string(word)))
	}
}

// network takes country and network as one number of five or six digits.
func (v *values) network(n int64) {
	switch {
	case n > 0 && n < 1e5:
		v.cell.MCC, v.cell.MNC = uint16(n/100), uint16(n%100)
	case n > 0 && n < 1e6:
		v.cell.MCC, v.cell.MNC = uint16(n/1000), uint16(n%1000)
	}
}

func (v *values) harsh(name string, n int64, alarm protocols.Alarms) {
	v.b.add(name, protocols.Int(n))
	if n > 0 {
		v.p.Alarms |= alarm
	}
}

// finish sets the cell once its parts are known.
func (v *values) finish() {
	if v.cell.MCC != 0 && v.cell.CID != 0 {
		v.p.Cell = protocols.Some(v.cell)
	}
}
