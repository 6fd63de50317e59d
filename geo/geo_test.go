package geo

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func drawPoint(t *rapid.T) orb.Point {
	return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-90, 90).Draw(t, "lat")}
}

const halfRound = math.Pi * EarthRadius

func TestDistance(t *testing.T) {
	quarter := halfRound / 2
	for _, c := range []struct {
		name string
		a, b orb.Point
		want float64
	}{
		{"same", orb.Point{13.4, 52.5}, orb.Point{13.4, 52.5}, 0},
		{"equator to pole", orb.Point{0, 0}, orb.Point{77, 90}, quarter},
		{"antipodes", orb.Point{-90, 0}, orb.Point{90, 0}, halfRound},
		{"over the date line", orb.Point{179.5, 0}, orb.Point{-179.5, 0}, quarter / 90},
		{"a degree of longitude at 60° is near half one at 0°", orb.Point{0, 60}, orb.Point{1, 60}, 55_597.0},
		{"Berlin to Paris", orb.Point{13.4050, 52.5200}, orb.Point{2.3522, 48.8566}, 877_464.6},
	} {
		if got := Distance(c.a, c.b); math.Abs(got-c.want) > 0.1 {
			t.Errorf("%s: %.1f m, want %.1f", c.name, got, c.want)
		}
	}
}

func TestDistanceIsAMetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawPoint(t), drawPoint(t), drawPoint(t)
		ab, bc, ac := Distance(a, b), Distance(b, c), Distance(a, c)
		if ab < 0 || ab > halfRound+1e-6 || Distance(a, a) != 0 {
			t.Fatalf("distance %g", ab)
		}
		if math.Abs(ab-Distance(b, a)) > 1e-6 {
			t.Fatalf("%g there, %g back", ab, Distance(b, a))
		}
		if ac > ab+bc+0.1 { // the haversine loses decimetres near the antipode
			t.Fatalf("%g is a detour from %g + %g", ac, ab, bc)
		}
	})
}

func TestBearing(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b orb.Point
		want float64
	}{
		{"north", orb.Point{7, 7}, orb.Point{7, 8}, 0},
		{"east", orb.Point{0, 0}, orb.Point{1, 0}, 90},
		{"south", orb.Point{7, 7}, orb.Point{7, 6}, 180},
		{"west, over the date line", orb.Point{-179.5, 0}, orb.Point{179.5, 0}, 270},
		{"nowhere", orb.Point{7, 7}, orb.Point{7, 7}, 0},
		{"Berlin to Paris", orb.Point{13.4050, 52.5200}, orb.Point{2.3522, 48.8566}, 246.7},
	} {
		if got := Bearing(c.a, c.b); math.Abs(got-c.want) > 0.1 {
			t.Errorf("%s: %.1f°, want %.1f°", c.name, got, c.want)
		}
	}
}

func TestLength(t *testing.T) {
	line := orb.LineString{{0, 0}, {0, 1}, {0, 0}}
	if got, want := Length(line), 2*halfRound/180; math.Abs(got-want) > 0.1 {
		t.Errorf("length %g, want %g", got, want)
	}
	if Length(nil) != 0 || Length(line[:1]) != 0 {
		t.Error("less than two points have a length")
	}
}

func TestBox(t *testing.T) {
	for _, c := range []struct {
		name                     string
		west, south, east, north float64
		in, out                  []orb.Point
	}{
		{
			"plain", 5, 45, 15, 55,
			[]orb.Point{{5, 45}, {15, 55}, {10, 50}},
			[]orb.Point{{4.9, 50}, {15.1, 50}, {10, 56}, {-170, 50}},
		},
		{
			"over the date line", 170, -20, -170, 20,
			[]orb.Point{{170, 0}, {180, 0}, {-180, 0}, {-170, 0}},
			[]orb.Point{{169, 0}, {-169, 0}, {0, 0}},
		},
		{"dragged east", 170, -20, 190, 20, []orb.Point{{175, 0}, {-175, 0}, {-170, 0}}, []orb.Point{{-169, 0}, {0, 0}}},
		{"dragged west", -190, -20, -170, 20, []orb.Point{{175, 0}, {-175, 0}}, []orb.Point{{169, 0}, {0, 0}}},
		{"dragged twice round", 725, 0, 735, 10, []orb.Point{{5, 5}, {15, 5}}, []orb.Point{{16, 5}}},
		{
			"up to the date line", 170, 0, 180, 10,
			[]orb.Point{{170, 5}, {180, 5}, {-180, 5}},
			[]orb.Point{{-179, 5}, {169, 5}},
		},
		{"all round", -180, -90, 180, 90, []orb.Point{{0, 0}, {180, 90}, {-180, -90}, {179.99, 1}}, nil},
		{"more than all", -500, -100, 500, 100, []orb.Point{{0, 90}, {123, -90}}, nil},
		{"a point", 7, 7, 7, 7, []orb.Point{{7, 7}}, []orb.Point{{7.1, 7}, {-173, 7}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			box, err := NewBox(c.west, c.south, c.east, c.north)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range c.in {
				if !box.Contains(p) {
					t.Errorf("%v is not in it", p)
				}
			}
			for _, p := range c.out {
				if box.Contains(p) {
					t.Errorf("%v is in it", p)
				}
			}
		})
	}
}

func TestBoxErrors(t *testing.T) {
	for _, c := range []struct {
		edges [4]float64
		want  string
	}{
		{[4]float64{math.NaN(), 0, 0, 0}, "box: west is NaN, a number of degrees is allowed"},
		{[4]float64{0, 0, math.Inf(1), 0}, "box: east is +Inf, a number of degrees is allowed"},
		{[4]float64{0, 5, 0, 4}, "box: south is 5, north of north, 4"},
		{[4]float64{0, 95, 0, 99}, "box: south is 95 and north 99, -90 to 90 are allowed"},
	} {
		_, err := NewBox(c.edges[0], c.edges[1], c.edges[2], c.edges[3])
		if err == nil || err.Error() != c.want {
			t.Errorf("%v: error %v, want %q", c.edges, err, c.want)
		}
	}
}

// A box holds its edges, wherever the map was dragged to, and what is in a box is in a wider one.
func TestBoxEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		west := rapid.Float64Range(-1000, 1000).Draw(t, "west")
		width := rapid.Float64Range(0, 359).Draw(t, "width")
		box, err := NewBox(west, -10, west+width, 10)
		if err != nil {
			t.Fatal(err)
		}
		if !box.Contains(orb.Point{west, 10}) || !box.Contains(orb.Point{west + width, -10}) {
			t.Fatal("an edge is outside")
		}
		wider, err := NewBox(west-0.4, -10, west+width+0.4, 10)
		if err != nil {
			t.Fatal(err)
		}
		if p := drawPoint(t); box.Contains(p) && !wider.Contains(p) {
			t.Fatalf("%v is in the box and not in the wider one", p)
		}
	})
}

func TestThin(t *testing.T) {
	corner := orb.LineString{{0, 0}, {1, 0.001}, {2, 0}, {3, 0.001}, {4, 0}, {4, 4}}
	if got, want := Thin(corner, 3), []int{0, 4, 5}; !slices.Equal(got, want) {
		t.Errorf("kept %v, want %v: the corner", got, want)
	}
	// The date line is no detour: the corner stays, not the crossing.
	crossing := orb.LineString{{178, 0}, {179.9, 0.001}, {-179.9, 0}, {-178, 0}, {-178, 4}}
	if got, want := Thin(crossing, 3), []int{0, 3, 4}; !slices.Equal(got, want) {
		t.Errorf("kept %v, want %v: the corner behind the date line", got, want)
	}
	if got := Thin(nil, 5); len(got) != 0 {
		t.Errorf("kept %v of nothing", got)
	}
}

func TestThinKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trail := orb.LineString(rapid.SliceOf(rapid.Custom(func(t *rapid.T) orb.Point {
			return orb.Point{float64(rapid.IntRange(-180, 180).Draw(t, "lon")), float64(rapid.IntRange(-3, 3).Draw(t, "lat"))}
		})).Draw(t, "trail"))
		limit := rapid.IntRange(-1, 50).Draw(t, "limit")
		before := trail.Clone()
		kept := Thin(trail, limit)
		if !slices.Equal(trail, before) {
			t.Fatal("the trail was changed")
		}
		if want := min(len(trail), max(limit, 2)); len(kept) > want {
			t.Fatalf("kept %d of %d points, at most %d were asked for", len(kept), len(trail), want)
		}
		for i, at := range kept {
			if at < 0 || at >= len(trail) || (i > 0 && at <= kept[i-1]) {
				t.Fatalf("indexes %v do not rise within %d", kept, len(trail))
			}
		}
		if len(trail) > 0 && (kept[0] != 0 || kept[len(kept)-1] != len(trail)-1) {
			t.Fatalf("indexes %v leave out an end of %d", kept, len(trail))
		}
	})
}

func BenchmarkThin(b *testing.B) {
	trail := make(orb.LineString, 20_000)
	for i := range trail {
		trail[i] = orb.Point{float64(i) / 1e4, math.Sin(float64(i) / 300)}
	}
	for b.Loop() {
		Thin(trail, 1000)
	}
}
