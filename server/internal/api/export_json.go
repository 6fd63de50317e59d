package api

import (
	"strconv"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// jsonExport writes {"vehicle","from","to","fixes":[…]}.
type jsonExport struct{ some bool }

func (e *jsonExport) begin(b []byte, h *history) []byte {
	b = append(b, `{"vehicle":`...)
	b = strconv.AppendInt(b, int64(h.vehicle.ID), 10)
	b = h.from.UTC().AppendFormat(append(b, `,"from":"`...), protocols.TimeLayout)
	b = h.to.UTC().AppendFormat(append(b, `","to":"`...), protocols.TimeLayout)
	return append(b, `","fixes":[`...)
}

func (e *jsonExport) fix(b []byte, f *fleet.Fix) []byte {
	if e.some {
		b = append(b, ',')
	}
	e.some = true
	return appendFix(append(b, '\n'), f)
}

func (e *jsonExport) end(b []byte) []byte { return append(b, "\n]}\n"...) }
