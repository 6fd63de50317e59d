package places

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestName(t *testing.T) {
	for _, c := range []struct {
		at   orb.Point
		want string
	}{
		{orb.Point{2.655, 48.540}, "in Melun, FR"},
		{orb.Point{2.700, 48.567}, "4 km NE of Melun, FR"},
		{orb.Point{2.3522, 48.8566}, "in Paris, FR"},
		{orb.Point{2.4483, 48.8638}, "in Montreuil, FR"}, // not in Paris, though that reaches so far
		{orb.Point{13.405, 52.52}, "in Berlin, DE"},
		{orb.Point{-73.98, 40.75}, "in Manhattan, US"},
		{orb.Point{-180, 0}, ""}, // at sea
		{orb.Point{-30, 30}, ""},
		{orb.Point{0, 90}, ""},
		{orb.Point{math.NaN(), 0}, ""},
		{orb.Point{0, math.NaN()}, ""},
		{orb.Point{0, 91}, ""},
		{orb.Point{2.655 + 360, 48.540}, "in Melun, FR"},
	} {
		if got := Name(World{}, c.at); got != c.want {
			t.Errorf("%v is %q, want %q", c.at, got, c.want)
		}
	}
}

func TestString(t *testing.T) {
	for _, c := range []struct {
		place Place
		want  string
	}{
		{Place{Name: "Ring, Port Null", Inside: true}, "Ring, Port Null"},
		{Place{Name: "Melun", Country: "FR", Distance: 300, Bearing: 359}, "1 km N of Melun, FR"},
		{Place{Name: "Melun", Country: "FR", Distance: 12_600, Bearing: 200}, "13 km S of Melun, FR"},
		{Place{Name: "Melun", Country: "FR", Distance: 1500, Bearing: 315, Inside: true}, "in Melun, FR"},
	} {
		if got := c.place.String(); got != c.want {
			t.Errorf("%+v is %q, want %q", c.place, got, c.want)
		}
	}
}

type island struct{}

func (island) Nearest(at orb.Point) (Place, bool) {
	return Place{Name: "Ring, Port Null", Inside: true}, math.Abs(at.Lon()) < 1 && math.Abs(at.Lat()) < 1
}

func TestBook(t *testing.T) {
	book := Book{island{}, World{}}
	for at, want := range map[orb.Point]string{
		{0.1, 0.1}: "Ring, Port Null", {2.655, 48.540}: "in Melun, FR", {-30, 30}: "",
	} {
		if got := Name(book, at); got != want {
			t.Errorf("%v is %q, want %q", at, got, want)
		}
	}
}

// The bands leave out nothing: asking every town of the world gives the same.
func TestNearestIsTheBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-78, 78).Draw(t, "lat")}
		if rapid.Bool().Draw(t, "near a town") {
			near := readTown(townsAt() + townSize*rapid.IntRange(0, towns()-1).Draw(t, "town")).at
			at = orb.Point{near[0] + (at[0] / 600), near[1] + at[1]/600}
		}
		got, ok := World{}.Nearest(at)
		all := search{at: at, score: Reach}
		for i := range towns() {
			all.try(townsAt()+townSize*i, 0)
		}
		if ok != all.found || ok && got != seen(all.best, at) {
			t.Fatalf("%v: %+v, %t; of all towns %+v, %t", at, got, ok, all.best, all.found)
		}
		if ok && (got.Distance > Reach || got.Bearing < 0 || got.Bearing >= 360 || got.Name == "") {
			t.Fatalf("%v: %+v", at, got)
		}
	})
}

// The date line is no wall: Taveuni in Fiji lies on it.
func TestAcrossTheDateLine(t *testing.T) {
	east, ok := World{}.Nearest(orb.Point{-179.99, -16.8})
	west, okWest := World{}.Nearest(orb.Point{179.99, -16.8})
	if !ok || !okWest || east.Name != west.Name {
		t.Errorf("east of it %+v %t, west of it %+v %t", east, ok, west, okWest)
	}
}

func TestFile(t *testing.T) {
	if !strings.HasPrefix(file, "DRPL") || len(file) != namesAt()+number(9) || first(0) != 0 || first(bands) != towns() {
		t.Fatalf("%d bytes, bands from %d to %d of %d", len(file), first(0), first(bands), towns())
	}
	if towns() < 130_000 {
		t.Errorf("only %d towns", towns())
	}
	for band := range bands {
		for i := first(band); i < first(band+1); i++ {
			entry := townsAt() + townSize*i
			tn := readTown(entry)
			if got := int((tn.at.Lat() + 90) / bandHeight); got != band {
				t.Fatalf("town %d of band %d is in band %d", i, band, got)
			}
			if i > first(band) && longitude(entry) < longitude(entry-townSize) {
				t.Fatalf("town %d is west of the one before", i)
			}
			if !utf8.ValidString(tn.name()) || tn.name() == "" || len(tn.country()) != 2 || tn.radius < 500 {
				t.Fatalf("town %d: %q, %q, radius %g", i, tn.name(), tn.country(), tn.radius)
			}
		}
	}
}

func TestNearestAllocatesNothing(t *testing.T) {
	var g Gazetteer = World{}
	at := orb.Point{2.7, 48.567}
	if n := testing.AllocsPerRun(100, func() { g.Nearest(at) }); n != 0 {
		t.Errorf("Nearest: %g allocations", n)
	}
	if n := testing.AllocsPerRun(100, func() { _ = Name(g, at) }); n > 1 {
		t.Errorf("Name: %g allocations, one for the string was expected", n)
	}
}

func FuzzNearest(f *testing.F) {
	f.Add(0.0, 0.0)
	f.Add(180.0, -90.0)
	f.Add(1e300, 89.9)
	f.Fuzz(func(t *testing.T, lon, lat float64) {
		p, ok := World{}.Nearest(orb.Point{lon, lat})
		if ok && !(p.Distance >= 0 && p.Distance <= Reach) {
			t.Errorf("%g, %g: %+v", lon, lat, p)
		}
	})
}

func BenchmarkNearest(b *testing.B) {
	for _, c := range []struct {
		name       string
		west, east float64
		south      float64
	}{
		{"Europe", -3, 20, 44}, {"ocean", -160, -120, 0}, {"China", 105, 120, 25}, {"arctic", -170, 170, 70},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				i++
				lon := c.west + math.Mod(float64(i)*0.377, c.east-c.west)
				World{}.Nearest(orb.Point{lon, c.south + math.Mod(float64(i)*0.123, 8)})
			}
		})
	}
	b.Run("String", func(b *testing.B) {
		b.ReportAllocs()
		p, _ := World{}.Nearest(orb.Point{2.7, 48.567})
		for b.Loop() {
			_ = p.String()
		}
	})
}
