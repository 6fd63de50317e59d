package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"drover/server/internal/store"
	"drover/simulators/trackers"
)

// historyTrial opens views of a map with the tracks of a year of one vehicle, and of a day of many.
type historyTrial struct {
	Vehicles int           `help:"Vehicles that have a day." default:"10000"`
	Every    time.Duration `help:"How often these report on the road." default:"30s"`
	Days     int           `help:"Days of the one vehicle, which reports every 10 s." default:"365"`
	Rounds   int           `help:"How often each view is opened." default:"5"`
}

const (
	historyFloor = 2 * time.Second // from the first request of a view to the last byte of its last tile, p95
	viewWidth    = 1600.0          // pixels
	viewHeight   = 900.0
	tileWidth    = 512.0
	atOnce       = 6 // requests of a browser to one server
)

// Run prints how long such views take.
func (t *historyTrial) Run(ctx context.Context, out io.Writer) (err error) {
	r, err := newRig(ctx, out)
	if err != nil {
		return err
	}
	defer r.close(&err)
	if err := t.fill(ctx, out, r); err != nil {
		return err
	}
	if err := r.startServer(); err != nil {
		return err
	}
	address, err := r.address(ctx)
	if err != nil {
		return err
	}
	password, err := r.user(ctx, "history@example.com")
	if err != nil {
		return err
	}
	client, err := signIn(address, "history@example.com", password)
	if err != nil {
		return err
	}
	today := time.Now().UTC().Truncate(24 * time.Hour)
	year, err := t.open(ctx, out, r, client, address, "a year of one vehicle", yearViews, url.Values{
		"vehicle": {"1"}, "from": {today.AddDate(0, 0, -t.Days).Format(time.RFC3339)}, "to": {today.Format(time.RFC3339)}})
	if err != nil {
		return err
	}
	day, err := t.open(ctx, out, r, client, address, fmt.Sprintf("a day of %d vehicles", t.Vehicles), dayViews, url.Values{
		"from": {today.AddDate(0, 0, -1).Format(time.RFC3339)}, "to": {today.Format(time.RFC3339)}})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "p95 of opening a view of 1600 x 900 pixels: a year of one vehicle %s, "+
		"a day of %d vehicles %s (at most %s)\n",
		year.Round(time.Millisecond), t.Vehicles, day.Round(time.Millisecond), historyFloor)
	return floor(max(year, day) <= historyFloor, "%s and %s", year, day)
}

// fill stores the fixes as a server would, and draws their tracks.
func (t *historyTrial) fill(ctx context.Context, out io.Writer, r *rig) error {
	s, err := store.Open(ctx, r.cluster.URL(), store.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := r.register(ctx, trackers.Config{Count: t.Vehicles, First: 1, Protocols: []string{"teltonika"}}); err != nil {
		return err
	}
	began := time.Now()
	stored, err := (&pastFleet{store: s, every: t.Every, days: t.Days}).write(ctx, t.Vehicles)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d fixes stored in %s\n", stored, time.Since(began).Round(time.Second))
	conn, err := pgx.Connect(ctx, r.cluster.URL())
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	// So that what is drawn now counts as drawn: it all is committed.
	if _, err := conn.Exec(ctx, `UPDATE drover.track_marks SET marked = marked - interval '1 hour'`); err != nil {
		return err
	}
	began = time.Now()
	hours, err := s.DrawTracks(ctx)
	if err != nil {
		return err
	}
	var bytes int64
	if err := conn.QueryRow(ctx, `SELECT pg_total_relation_size('drover.track_hours') +
		pg_total_relation_size('drover.track_days')`).Scan(&bytes); err != nil {
		return err
	}
	took := time.Since(began)
	fmt.Fprintf(out, "the tracks of %d hours drawn in %s (%.0f fixes/s), %.0f MB, %.1f bytes a fix\n",
		hours, took.Round(time.Second), float64(stored)/took.Seconds(), float64(bytes)/1e6, float64(bytes)/float64(stored))
	_, err = conn.Exec(ctx, `VACUUM (ANALYZE) drover.track_hours, drover.track_days, drover.fixes, drover.installations`)
	return err
}

// aView is what a browser shows: a middle and a zoom.
type aView struct {
	zoom     int
	lat, lon float64
}

// The views from the whole to the street where the first vehicle's town is, and where a part of the fleet's is.
var (
	yearViews = []aView{{8, 52.52, 13.405}, {9, 52.52, 13.405}, {10, 52.52, 13.405}, {11, 52.52, 13.405},
		{12, 52.52, 13.405}, {13, 52.52, 13.405}, {14, 52.52, 13.405}, {16, 52.52, 13.405}}
	dayViews = []aView{{4, 48, 10}, {5, 48, 10}, {6, 48, 10}, {8, 48.2, 16.37}, {9, 48.2, 16.37}, {10, 48.2, 16.37},
		{11, 48.2, 16.37}, {12, 48.2, 16.37}, {13, 48.2, 16.37}, {14, 48.2, 16.37}, {16, 48.2, 16.37}}
)

// open opens each view a few times, and gives the 95th percentile of all.
func (t *historyTrial) open(ctx context.Context, out io.Writer, r *rig, client *http.Client, address, name string,
	views []aView, query url.Values,
) (time.Duration, error) {
	var all []time.Duration
	for _, v := range views {
		var took []time.Duration
		var bytes int64
		tiles := v.tiles()
		before, err := r.processors()
		if err != nil {
			return 0, err
		}
		for range t.Rounds {
			began := time.Now()
			n, err := fetchTiles(ctx, client, address, tiles, query.Encode())
			if err != nil {
				return 0, err
			}
			took, bytes = append(took, time.Since(began)), n
		}
		after, err := r.processors()
		if err != nil {
			return 0, err
		}
		all = append(all, took...)
		fmt.Fprintf(out, "%-26s zoom %2d: %2d tiles, %7.0f kB, p50 %5s, most %5s, %5s of a processor\n", name, v.zoom,
			len(tiles), float64(bytes)/1e3, quantile(took, 0.5).Round(time.Millisecond),
			quantile(took, 1).Round(time.Millisecond), ((after - before) / time.Duration(t.Rounds)).Round(time.Millisecond))
	}
	fmt.Fprintf(out, "%-26s p50 %s, p95 %s\n", name, quantile(all, 0.5).Round(time.Millisecond),
		quantile(all, 0.95).Round(time.Millisecond))
	return quantile(all, 0.95), nil
}

// tiles are those that the view touches.
func (v aView) tiles() (paths []string) {
	n := math.Exp2(float64(v.zoom))
	x := (v.lon + 180) / 360 * n
	y := (1 - math.Asinh(math.Tan(v.lat*math.Pi/180))/math.Pi) / 2 * n
	const right, down = viewWidth / tileWidth / 2, viewHeight / tileWidth / 2
	for i := math.Floor(x - right); i <= x+right; i++ {
		for j := max(0, math.Floor(y-down)); j <= min(y+down, n-1); j++ {
			paths = append(paths, fmt.Sprintf("/api/tracks/%d/%.0f/%.0f?", v.zoom, i, j))
		}
	}
	return paths
}

// fetchTiles asks for tiles as a browser does, and gives their bytes as they came.
func fetchTiles(ctx context.Context, client *http.Client, address string, paths []string, query string) (int64, error) {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	sizes := make([]int64, len(paths))
	for i, path := range paths {
		group.Go(func() (err error) {
			sizes[i], err = fetch(ctx, client, address+path+query)
			return err
		})
	}
	err := group.Wait()
	var sum int64
	for _, n := range sizes {
		sum += n
	}
	return sum, err
}

func fetch(ctx context.Context, client *http.Client, address string) (int64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Accept-Encoding", "gzip") // said by hand, it is not unpacked here
	response, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", address, response.Status)
	}
	return n, err
}

// signIn gives a client with a session.
func signIn(address, email, password string) (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	login, err := json.Marshal(map[string]string{"email": email, "password": password})
	if err != nil {
		return nil, err
	}
	client := &http.Client{Jar: jar}
	response, err := client.Post(address+"/api/session", "application/json", bytes.NewReader(login))
	if err != nil {
		return nil, err
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, errors.New("signing in: " + response.Status)
	}
	return client, nil
}
