package api

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"drover/server/internal/enrol"
	"drover/server/internal/store"
)

// simsPage is how many SIMs of an export are read at once.
const simsPage = 1000

// simColumns are the columns of an export: those of an import, but for the PIN.
const simColumns = "iccid,imsi,msisdn,operator,apn,plan,state,device,budget_bytes,budget_messages,note\r\n"

func (a *api) addSIMTables() {
	csv := map[string]*huma.MediaType{"text/csv": {Schema: &huma.Schema{Type: huma.TypeString}}}
	register(a, huma.Operation{
		OperationID: "import-sims", Method: http.MethodPost, Path: "/api/sims/import", Tags: []string{"sims"},
		Summary: "Add or change SIMs from CSV",
		Description: "A header row names the columns: iccid, and any of imsi, msisdn, operator, apn, plan, state, pin, " +
			"device (the identity of the one that it should be in), budget_bytes (50 MB is understood), budget_messages, " +
			"note, in any order, separated by commas, semicolons or tabs. A row with an error is left out and the others are " +
			"kept. A known SIM is changed; what is empty in the file stays as it was.",
		RequestBody:      &huma.RequestBody{Required: true, Content: csv},
		SkipValidateBody: true, BodyReadTimeout: importLife, Middlewares: huma.Middlewares{prolong},
	}, a.importSIMs)
	register(a, huma.Operation{
		OperationID: "export-sims", Method: http.MethodGet, Path: "/api/sims/export", Tags: []string{"sims"},
		Summary: "The SIMs as CSV", Description: "With the columns of an import, but for the PIN.",
		Responses: streamedResponse(map[string]*huma.Schema{"text/csv": {Type: huma.TypeString}}),
	}, a.exportSIMs)
}

func (a *api) importSIMs(ctx context.Context, in *importInput) (*body[imported], error) {
	done, err := enrol.SIMImport{
		Most: importRows, Seal: a.sealPIN,
		Write: func(ctx context.Context, list []store.NewSIM) (store.Imported, error) {
			return a.Store.ImportSIMs(ctx, scope(ctx), list, in.Try)
		},
	}.Read(ctx, request(ctx).Body)
	if err != nil {
		return nil, importProblem(err)
	}
	return answer(importedOf(done, in.Try)), nil
}

func (a *api) exportSIMs(ctx context.Context, _ *struct{}) (*streamOutput, error) {
	of := scope(ctx)
	header := http.Header{
		"Content-Type":        {"text/csv; charset=utf-8"},
		"Content-Disposition": {`attachment; filename="sims.csv"`},
	}
	return a.streamed(header, func(ctx context.Context, s *stream) error {
		s.buffer = append(s.buffer, simColumns...)
		for q := (store.SIMQuery{Page: store.Page{Limit: simsPage}}); ; {
			rows, next, err := a.Store.SIMs(ctx, of, q)
			if err != nil {
				return err
			}
			for i := range rows {
				s.buffer = appendSIM(s.buffer, &rows[i])
				if err := s.sent(); err != nil {
					return err
				}
			}
			if q.After = next; next == "" {
				return nil
			}
		}
	}), nil
}

func appendSIM(b []byte, m *store.SIMRow) []byte {
	for i, text := range []string{m.ICCID, m.IMSI, m.MSISDN, m.Operator, m.APN, m.Plan, string(m.State), m.Identity,
		numberOrNothing(m.BudgetBytes), numberOrNothing(int64(m.BudgetMessages)), m.Note} {
		if i > 0 {
			b = append(b, ',')
		}
		b = csvText(b, text)
	}
	return append(b, "\r\n"...)
}

// numberOrNothing is a number as text; "" for 0.
func numberOrNothing(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
