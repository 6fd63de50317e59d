package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"drover/protocols"
)

// kind says how a stored value is read; the order is that of drover.attributes in the migrations and never changes.
type kind uint8

const (
	kindNumber   kind = iota // mantissa ≥ 0
	kindNegative             // minus the mantissa
	kindFalse                // nothing follows
	kindTrue
	kindText   // length, UTF-8 without NUL
	kindOctets // length, any other text
	kindBytes  // length, bytes
	kindCell   // MCC, MNC, LAC, CID
	kindAlarms // protocols.Alarms
	kinds      // how many there are
)

var kindNames = [kinds]string{"number", "negative", "false", "true", "text", "octets", "bytes", "cell", "alarms"}

// The numbers of the typed fields, as in drover.attribute_names.
const (
	idSatellites       = 1
	idHDOP1            = 2
	idHDOP2            = 3
	idHDOP6            = 4
	idOdometer         = 5
	idOdometer6        = 6
	idIgnitionOff      = 7
	idIgnitionOn       = 8
	idExternal3        = 9
	idExternal6        = 10
	idBattery3         = 11
	idBattery6         = 12
	idPercent          = 13
	idPercent6         = 14
	idSignal           = 15
	idCell             = 16
	idICCID            = 17
	idIMSI             = 18
	idAlarms           = 19
	idAltitude         = 20
	idAltitudeNegative = 21
	idSpeed3           = 22
	idSpeed6           = 23
	idCourse           = 24
	idExternalNegative = 25
	idBatteryNegative  = 26

	firstAttribute = 32 // the typed fields' numbers end before it
)

const (
	maxNames      = 20_000 // in the dictionary; a device that goes on inventing names has them written out in its rows
	maxNameLength = 200    // bytes
)

// entry is what a number in fixes.data stands for.
type entry struct {
	name  string
	kind  kind
	scale uint8
}

// names is a dictionary at one moment; read-only.
type names struct {
	ids     map[entry]uint32 // attributes only
	typed   map[entry]uint32 // typed fields only: the values of a state may use them
	entries []entry          // by id; name "" where there is none
}

// full says that no more names are to be learned.
func (n *names) full() bool { return len(n.ids) >= maxNames }

func (n *names) entry(id uint64) (entry, bool) {
	if id >= uint64(len(n.entries)) || n.entries[id].name == "" {
		return entry{}, false
	}
	return n.entries[id], true
}

// dictionary is drover.attribute_names in memory. It only grows, and a number once given is never given again.
type dictionary struct {
	pool *pgxpool.Pool
	now  atomic.Pointer[names]
	mu   sync.Mutex // of learn
}

func newDictionary(ctx context.Context, pool *pgxpool.Pool) (*dictionary, error) {
	d := &dictionary{pool: pool}
	return d, d.load(ctx)
}

// load reads the table anew.
func (d *dictionary) load(ctx context.Context) error {
	rows, err := d.pool.Query(ctx, `SELECT id, name, kind, scale FROM drover.attribute_names ORDER BY id`)
	if err != nil {
		return fmt.Errorf("reading the attributes' names: %w", err)
	}
	defer rows.Close()
	n := &names{ids: map[entry]uint32{}, typed: map[entry]uint32{}}
	for rows.Next() {
		var id, scale int32
		var e entry
		var kindName string
		if err := rows.Scan(&id, &e.name, &kindName, &scale); err != nil {
			return fmt.Errorf("reading the attributes' names: %w", err)
		}
		e.scale = uint8(scale)
		for e.kind < kinds && kindNames[e.kind] != kindName {
			e.kind++
		}
		for len(n.entries) <= int(id) {
			n.entries = append(n.entries, entry{})
		}
		n.entries[id] = e
		if id < firstAttribute {
			n.typed[e] = uint32(id)
		} else {
			n.ids[e] = uint32(id)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading the attributes' names: %w", err)
	}
	d.now.Store(n)
	return nil
}

// learn gives numbers to new names, in a transaction of its own: a number is there before the first row that uses it.
func (d *dictionary) learn(ctx context.Context, missing map[entry]struct{}) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	room := maxNames - len(d.now.Load().ids)
	var name, kindName []string
	var scale []int16
	for e := range missing {
		if _, known := d.now.Load().ids[e]; !known && len(name) < room {
			name, kindName, scale = append(name, e.name), append(kindName, kindNames[e.kind]), append(scale, int16(e.scale))
		}
	}
	err := pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('drover.attribute_names'))`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO drover.attribute_names (id, name, kind, scale)
			SELECT (SELECT greatest(max(id), $4 - 1) FROM drover.attribute_names) +
				row_number() OVER (ORDER BY n.name, n.kind, n.scale), n.name, n.kind, n.scale
			FROM unnest($1::text[], $2::text[], $3::int2[]) AS n (name, kind, scale)
			WHERE NOT EXISTS (SELECT FROM drover.attribute_names k
				WHERE (k.name, k.kind, k.scale) = (n.name, n.kind, n.scale) AND k.id >= $4)`,
			name, kindName, scale, firstAttribute)
		return err
	})
	if err != nil {
		return fmt.Errorf("naming attributes: %w", err)
	}
	return d.load(ctx)
}

// entryOf gives the entry that stands for a value under a name.
func entryOf(name string, v protocols.Value) entry {
	e := entry{name: name, scale: v.Scale()}
	switch v.Kind() {
	case protocols.KindBool:
		e.kind = kindFalse
		if v.Mantissa() != 0 {
			e.kind = kindTrue
		}
	case protocols.KindText:
		e.kind = kindOctets
		if isText(v.Raw()) {
			e.kind = kindText
		}
	case protocols.KindBytes:
		e.kind = kindBytes
	default:
		e.kind = kindNumber
		if v.Mantissa() < 0 {
			e.kind = kindNegative
		}
	}
	return e
}

// isText says whether PostgreSQL takes s for a text.
func isText(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c == 0 || c >= utf8.RuneSelf {
			return utf8.ValidString(s) && !strings.Contains(s, "\x00")
		}
	}
	return true
}

// cleanName is name as the dictionary takes it.
func cleanName(name string) string {
	if len(name) <= maxNameLength && name != "" && isText(name) {
		return name
	}
	if name == "" {
		return "_"
	}
	name = strings.ReplaceAll(strings.ToValidUTF8(name, "\uFFFD"), "\x00", "\uFFFD")
	for len(name) > maxNameLength {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name
}

// reading is the dictionary as one query's rows are read with it.
type reading struct {
	of  *dictionary
	now *names
}

func (s *Store) reading() *reading { return &reading{s.dictionary, s.dictionary.now.Load()} }

// retry calls fn, and again with a fresh dictionary if a number was unknown: another process may have given it since.
func (r *reading) retry(ctx context.Context, fn func(*names) error) error {
	err := fn(r.now)
	var unnamed errUnnamed
	if !errors.As(err, &unnamed) {
		return err
	}
	if err := r.of.load(ctx); err != nil {
		return err
	}
	r.now = r.of.now.Load()
	return fn(r.now)
}
