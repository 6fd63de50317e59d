package api

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

func testImport(t *testing.T, w *world) {
	as := w.session("dispatcher")
	file := "\ufeffIdentity;Name;Plate;Protocol;Phone\r\n" + // 1
		"862061048020001;Bus 1;HH-B 1;gt06;+49170\r\n" + // 2
		"862061048020002;\"Bus; 2\nthe second\";HH-B 2;;\r\n" + // 3 and 4: a name of two lines has a control character
		"862061048020003;Bus 3;HH-B 3;klingon;\r\n" + // 5
		"\r\n" + // 6: skipped
		"862061048020004;Bus 4\r\n" + // 7
		"862061048020001;Again;;;\r\n" + // 8
		";Nameless;;;\r\n" + // 9
		"352093081452210;Theirs;;;\r\n" + // 10: another organization's
		"352093081452200;Renamed;;gt06;\r\n" // 11: known
	var got imported
	w.ask(as, "POST", "/api/devices/import", file).want(t, http.StatusOK).into(t, &got)
	if got.Added != 1 || got.Updated != 1 || got.Failed != 6 {
		t.Errorf("got %+v", got)
	}
	var at []string
	for _, e := range got.Errors {
		at = append(at, fmt.Sprint(e.Line, " ", e.Column))
	}
	if want := []string{"3 name", "5 protocol", "7 ", "8 identity", "9 identity", "10 "}; !reflect.DeepEqual(at, want) {
		t.Errorf("errors at %q, want %q: %+v", at, want, got.Errors)
	}
	w.ask(as, "GET", "/api/vehicles?search=HH-B", "").want(t, http.StatusOK).contains(t, `"name":"Bus 1"`)
	w.ask(as, "GET", "/api/vehicles/"+w.vehicleID(0), "").want(t, http.StatusOK).
		contains(t, `"name":"Renamed"`, `"plate":"HH-00"`, `"protocol":"gt06"`, `"model":"FMB920"`)
}

func TestImports(t *testing.T) {
	w := newWorld(t)
	w.share(t, map[string]func(*testing.T, *world){
		"import refuses what is no table": testImportRefusesWhatIsNoTable,
		"import in batches":               testImportInBatches,
		"import":                          testImport,
	})
}

func testImportRefusesWhatIsNoTable(t *testing.T, w *world) {
	as := w.session("dispatcher")
	for name, c := range map[string]struct {
		file   string
		status int
		says   string
	}{
		"nothing":        {"\n", 422, "header"},
		"no identity":    {"name,plate\na,b\n", 422, "line 1, identity"},
		"unknown column": {"identity,colour\n1,red\n", 422, "colour"},
		"a column twice": {"identity,name,name\n1,a,b\n", 422, "each column once"},
		"a stray quote":  {"identity,name\n1,a\"b\n", 422, "line 2, character"},
		"an open quote":  {"identity,name\n1,\"ab\n", 422, "line 2"},
		"too large":      {"identity,name\n1," + strings.Repeat("x", maxBody) + "\n", 413, "16777216"},
	} {
		t.Run(name, func(t *testing.T) {
			w.ask(as, "POST", "/api/devices/import", c.file).want(t, c.status).contains(t, c.says)
		})
	}
}

func testImportInBatches(t *testing.T, w *world) {
	const importedRows, toldErrors = 500, 100 // enrol's batch, and the errors it tells
	var file strings.Builder
	file.WriteString("identity,name\n")
	for i := range 2*importedRows + 1 {
		fmt.Fprintf(&file, "86206104%07d,Bus %d\n", i, i)
	}
	for i := range toldErrors + 20 {
		fmt.Fprintf(&file, "bad identity %d,\n", i)
	}
	var got imported
	w.ask(w.token("admin"), "POST", "/api/devices/import", file.String()).want(t, http.StatusOK).into(t, &got)
	if got.Added != 2*importedRows+1 || got.Failed != toldErrors+20 || len(got.Errors) != toldErrors {
		t.Errorf("added %d, failed %d, %d errors", got.Added, got.Failed, len(got.Errors))
	}
	var page struct{ Items []struct{} }
	w.ask(w.token("admin"), "GET", "/api/devices?limit=1000&search=86206104", "").want(t, http.StatusOK).into(t, &page)
	if len(page.Items) != 1000 {
		t.Errorf("a page of %d", len(page.Items))
	}
}

// TestImportIsNoDevice: the path of imports takes no method of a device.
func TestImportIsNoDevice(t *testing.T) {
	w := newWorld(t)
	for _, method := range []string{"GET", "PATCH", "DELETE", "OPTIONS"} {
		w.ask(w.session("dispatcher"), method, "/api/devices/import", "").want(t, http.StatusMethodNotAllowed).
			contains(t, "it takes POST")
	}
}

// TestReplayIsNoMisread: nor does that of replays.
func TestReplayIsNoMisread(t *testing.T) {
	w := newWorld(t)
	for _, method := range []string{"DELETE", "OPTIONS"} {
		w.ask(w.session("admin"), method, "/api/misreads/replay", "").want(t, http.StatusMethodNotAllowed).
			contains(t, "it takes POST")
	}
}
