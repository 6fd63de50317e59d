package store

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"drover/protocols"
	"drover/server/internal/fleet"
)

// TestTheViewReadsOneDay asks the planner how it would read a device's hours through the view.
func TestTheViewReadsOneDay(t *testing.T) {
	s := open(t)
	_, devices := withDevices(t, s, 50)
	for day := range 3 {
		var fixes []fleet.Fix
		for n := range 2000 {
			for _, d := range devices[:10] {
				fixes = append(fixes, sample(d.ID, noon().Add(time.Duration(n-day*8640)*10*time.Second), n))
			}
		}
		b := batchOf(t, s, 0, "j", fixes...)
		mustWrite(t, s, b)
	}
	if _, err := s.pool.Exec(t.Context(), `ANALYZE`); err != nil {
		t.Fatal(err)
	}
	for _, where := range []string{"device_id = 3", "identity = '0000002'"} {
		rows, err := s.pool.Query(t.Context(), `EXPLAIN SELECT * FROM drover.positions WHERE `+where+
			` AND time >= '`+noon().Format(time.RFC3339)+`' AND time < '`+noon().Add(time.Hour).Format(time.RFC3339)+`'`)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		plan := strings.Join(lines, "\n")
		if n := strings.Count(plan, " on fixes_"); strings.Contains(plan, "Seq Scan on fixes") || n == 0 ||
			strings.Contains(plan, partitionName(dayOf(noon())-1)) {
			t.Errorf("%s:\n%s", where, plan)
		}
	}
}

// TestNamesInSQL compares the names that SQL knows with those of Go.
func TestNamesInSQL(t *testing.T) {
	s := open(t)
	for bit := range 64 {
		a := protocols.Alarms(1) << bit
		var got []string
		err := s.pool.QueryRow(t.Context(),
			`SELECT ARRAY(SELECT jsonb_array_elements_text(drover.alarm_names(power(2::numeric, $1::int))))`, bit).Scan(&got)
		if want := a.Names(); err != nil || strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("alarm %d: SQL says %v, %v, want %v: a new alarm needs a migration that changes drover.alarm_names", bit, got, err, want)
		}
	}
	for bit := range 12 {
		f := fleet.Flags(1) << bit
		var got []string
		err := s.pool.QueryRow(t.Context(), `SELECT drover.flag_names($1::int2)`, int16(f<<flagShift)).Scan(&got)
		if want := f.Names(); err != nil || strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("flag %d: SQL says %v, %v, want %v: a new flag needs a migration that changes drover.flag_names", bit, got, err, want)
		}
	}
}

// TestTypedFields compares the dictionary's typed fields with the numbers that the binary uses.
func TestTypedFields(t *testing.T) {
	s := open(t)
	n := s.dictionary.now.Load()
	for id, want := range map[int]entry{
		idSatellites: {"satellites", kindNumber, 0}, idHDOP1: {"hdop", kindNumber, 1}, idHDOP2: {"hdop", kindNumber, 2},
		idHDOP6: {"hdop", kindNumber, 6}, idOdometer: {"odometer_m", kindNumber, 0}, idOdometer6: {"odometer_m", kindNumber, 6},
		idIgnitionOff: {"ignition", kindFalse, 0}, idIgnitionOn: {"ignition", kindTrue, 0},
		idExternal3: {"external_v", kindNumber, 3}, idExternal6: {"external_v", kindNumber, 6},
		idBattery3: {"battery_v", kindNumber, 3}, idBattery6: {"battery_v", kindNumber, 6},
		idPercent: {"battery_percent", kindNumber, 0}, idPercent6: {"battery_percent", kindNumber, 6},
		idSignal: {"signal_percent", kindNumber, 0}, idCell: {"cell", kindCell, 0}, idICCID: {"iccid", kindText, 0},
		idIMSI: {"imsi", kindText, 0}, idAlarms: {"alarms", kindAlarms, 0}, idAltitude: {"altitude_m", kindNumber, 6},
		idAltitudeNegative: {"altitude_m", kindNegative, 6}, idSpeed3: {"speed_kmh", kindNumber, 3},
		idSpeed6: {"speed_kmh", kindNumber, 6}, idCourse: {"course_deg", kindNumber, 6},
		idExternalNegative: {"external_v", kindNegative, 6}, idBatteryNegative: {"battery_v", kindNegative, 6},
	} {
		if got, _ := n.entry(uint64(id)); got != want {
			t.Errorf("number %d is %v in the database, %v here", id, got, want)
		}
	}
	if len(n.typed) != idBatteryNegative {
		t.Errorf("the database has %d typed fields, want %d", len(n.typed), idBatteryNegative)
	}
}
