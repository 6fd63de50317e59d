package enrol

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"drover/server/internal/store"
)

// book keeps what an import writes, and refuses the identity "taken".
type book struct {
	devices []store.NewDevice
	writes  int
}

func (b *book) write(_ context.Context, devices []store.NewDevice) (done store.Imported, err error) {
	b.writes++
	for i, d := range devices {
		if d.Identity == "taken" {
			done.Failed = append(done.Failed, store.RowError{Row: i, Message: "there is one already"})
			continue
		}
		b.devices = append(b.devices, d)
		done.Added++
	}
	return done, nil
}

func (b *book) read(t *testing.T, most int, file io.Reader) (*Result, error) {
	t.Helper()
	return Import{Protocols: []string{"gt06", "h02"}, Most: most, Write: b.write}.Read(t.Context(), file)
}

func TestImport(t *testing.T) {
	file := "\ufeffIMEI;Name ;Plate;Protocol\r\n" + // 1
		" 1 ;Bus 1;HH-B 1;gt06\r\n" + // 2
		"2;\"Bus; 2\nthe second\";;\r\n" + // 3 and 4: a name of two lines has a control character
		"3;;;klingon\r\n" + // 5
		"\r\n" + // 6: skipped
		"4;Bus 4\r\n" + // 7
		"1;Again;;\r\n" + // 8
		";Nameless;;\r\n" + // 9
		"taken;;;\r\n" + // 10
		"5;;;\r\n" // 11
	var b book
	done, err := b.read(t, 0, strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if want := []store.NewDevice{
		{Identity: "1", Name: "Bus 1", Plate: "HH-B 1", Protocol: "gt06"}, {Identity: "5"},
	}; !reflect.DeepEqual(b.devices, want) {
		t.Errorf("wrote %+v, want %+v", b.devices, want)
	}
	var at []string
	for _, e := range done.Errors {
		at = append(at, fmt.Sprint(e.Line, " ", e.Column))
	}
	if want := []string{"3 name", "5 protocol", "7 ", "8 identity", "9 identity", "10 "}; !reflect.DeepEqual(at, want) {
		t.Errorf("errors at %q, want %q: %+v", at, want, done.Errors)
	}
	if done.Added != 2 || done.Updated != 0 || done.Failed != 6 {
		t.Errorf("%+v", done)
	}
}

func TestSeparators(t *testing.T) {
	for _, separator := range []string{",", ";", "\t"} {
		var b book
		file := strings.ReplaceAll("plate|identity|group|model|phone\nP|1|G|M|+49\n", "|", separator)
		_, err := b.read(t, 0, strings.NewReader(file))
		want := []store.NewDevice{{Identity: "1", Plate: "P", Group: "G", Model: "M", Phone: "+49"}}
		if err != nil || !reflect.DeepEqual(b.devices, want) {
			t.Errorf("%q: %+v, %v", separator, b.devices, err)
		}
	}
}

func TestFilesThatAreNoTables(t *testing.T) {
	for name, c := range map[string]struct {
		file, place string
		line        int
	}{
		"nothing":           {"", "header", 1},
		"no identity":       {"name,plate\na,b\n", "identity", 1},
		"unknown column":    {"identity,colour\n1,red\n", `"colour"`, 1},
		"a column twice":    {"identity,name,name\n1,a,b\n", `"name"`, 1},
		"two words for one": {"identity,imei\n1,2\n", `"imei"`, 1},
		"a stray quote":     {"identity,name\n1,a\"b\n", "character 4", 2},
		"an open quote":     {"identity,name\n1,\"ab\n", "character 7", 2},
	} {
		_, err := new(book).read(t, 0, strings.NewReader(c.file))
		var wrong *FileError
		if !errors.As(err, &wrong) || wrong.Place != c.place || wrong.Line != c.line {
			t.Errorf("%s: %v, want line %d, %s", name, err, c.line, c.place)
		}
	}
}

func TestBatches(t *testing.T) {
	var file strings.Builder
	file.WriteString("identity\n")
	for i := range 2*batchRows + 1 {
		fmt.Fprintln(&file, i)
	}
	for i := range toldErrors + 20 {
		fmt.Fprintln(&file, "bad", i)
	}
	var b book
	done, err := b.read(t, 0, strings.NewReader(file.String()))
	if err != nil || b.writes != 3 || done.Added != 2*batchRows+1 ||
		done.Failed != toldErrors+20 || len(done.Errors) != toldErrors {
		t.Errorf("%d writes, %+v, %v", b.writes, done, err)
	}
}

func TestWhatEndsAnImport(t *testing.T) {
	var long *LengthError
	if _, err := new(book).read(t, 2, strings.NewReader("identity\n1\n2\n3\n")); !errors.As(err, &long) || long.Line != 4 {
		t.Errorf("too many rows: %v", err)
	}
	if _, err := new(book).read(t, 3, strings.NewReader("identity\n1\n2\n3\n")); err != nil {
		t.Errorf("as many rows as are taken: %v", err)
	}
	away := errors.New("the line is cut")
	broken := io.MultiReader(strings.NewReader("identity\n1\n"), iotest.ErrReader(away))
	if _, err := new(book).read(t, 0, broken); !errors.Is(err, ErrBroken) || !errors.Is(err, away) {
		t.Errorf("a file that breaks off: %v", err)
	}
	full := func(context.Context, []store.NewDevice) (store.Imported, error) { return store.Imported{}, away }
	if _, err := (Import{Write: full}).Read(t.Context(), strings.NewReader("identity\n1\n")); !errors.Is(err, away) {
		t.Errorf("a store that fails: %v", err)
	}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		device store.NewDevice
		member string
	}{
		{store.NewDevice{Identity: " 862061048020001 ", Protocol: "gt06"}, ""},
		{store.NewDevice{Identity: "862061048020001"}, ""},
		{store.NewDevice{}, "identity"},
		{store.NewDevice{Identity: "8620 61"}, "identity"},
		{store.NewDevice{Identity: "é"}, "identity"},
		{store.NewDevice{Identity: strings.Repeat("1", 65)}, "identity"},
		{store.NewDevice{Identity: "1", Name: strings.Repeat("é", 200)}, ""},
		{store.NewDevice{Identity: "1", Name: strings.Repeat("é", 201)}, "name"},
		{store.NewDevice{Identity: "1", Plate: "a\x00"}, "plate"},
		{store.NewDevice{Identity: "1", Group: "\xff"}, "group"},
		{store.NewDevice{Identity: "1", Protocol: "klingon"}, "protocol"},
	} {
		fault := Check(&c.device, []string{"gt06"})
		if (fault == nil) != (c.member == "") || fault != nil && fault.Member != c.member {
			t.Errorf("%+v: %v, want %q", c.device, fault, c.member)
		}
		if strings.TrimSpace(c.device.Identity) != c.device.Identity {
			t.Errorf("%q is not trimmed", c.device.Identity)
		}
	}
}
