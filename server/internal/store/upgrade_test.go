package store

import (
	"context"
	"fmt"
	"net/url"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"drover/server/internal/fleet"
	"drover/server/internal/postgres/postgrestest"
)

// TestGroupsWerePathsBefore brings up to date a schema in which the groups of vehicles were texts.
func TestGroupsWerePathsBefore(t *testing.T) {
	database := postgrestest.New(t)
	config, err := pgx.ParseConfig(database)
	ok(t, err)
	config.RuntimeParams["search_path"] = "drover, public"
	db := stdlib.OpenDB(*config)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), `CREATE SCHEMA drover`)
	ok(t, err)
	before, err := provider(db)
	ok(t, err)
	_, err = before.UpTo(t.Context(), 3)
	ok(t, err)
	_, err = db.ExecContext(t.Context(), `INSERT INTO drover.organizations (name) VALUES ('A'), ('B');
		INSERT INTO drover.vehicles (organization_id, name, fleet_group) VALUES (1, '1', 'North/Depot 2'), (1, '2', 'north'),
			(1, '3', ''), (1, '4', ' / '), (2, '5', 'North'), (1, '6', ' North / Depot 2 ')`)
	ok(t, err)
	s, err := Open(t.Context(), database, Options{})
	ok(t, err)
	defer s.Close()
	for of, want := range map[fleet.OrganizationID]string{
		1: "1 North/Depot 2, 2 North, 3 , 4 , 6 North/Depot 2, ", 2: "5 North, ",
	} {
		list, _, err := s.Vehicles(t.Context(), fleet.Scope{Organization: of}, Page{})
		ok(t, err)
		got := ""
		for _, v := range list {
			got += fmt.Sprintf("%s %s, ", v.Name, v.Path)
		}
		if got != want {
			t.Errorf("organization %d has %q, want %q", of, got, want)
		}
	}
}

// TestAnOrdinaryUserIsEnough opens a database as a user who is no superuser, once without and once with the role.
func TestAnOrdinaryUserIsEnough(t *testing.T) {
	admin := postgrestest.New(t)
	conn, err := pgx.Connect(t.Context(), admin)
	ok(t, err)
	defer conn.Close(context.WithoutCancel(t.Context()))
	name := "owner_" + conn.Config().Database
	for _, sql := range []string{
		`CREATE ROLE ` + name + ` LOGIN PASSWORD 'owner'`,
		`GRANT CREATE ON DATABASE ` + conn.Config().Database + ` TO ` + name,
		`DO $$ BEGIN CREATE ROLE drover_tenant NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
	} {
		_, err := conn.Exec(t.Context(), sql)
		ok(t, err)
	}
	t.Cleanup(func() { dropRole(t, admin, name) })
	owner := changed(t, admin, func(u *url.URL) { u.User = url.UserPassword(name, "owner") })
	refused(t, owner, Options{}, ErrUnreachable, "GRANT drover_tenant TO "+name)
	_, err = conn.Exec(t.Context(), `GRANT drover_tenant TO `+name)
	ok(t, err)
	s, err := Open(t.Context(), owner, Options{})
	ok(t, err)
	defer s.Close()
	of, devices := withDevices(t, s, 1)
	other, _ := withDevices(t, s, 0)
	_, err = s.UpdateDevice(t.Context(), of, devices[0].ID, DeviceChange{Vehicle: ptr(fleet.VehicleID(0))}, 0)
	ok(t, err)
	for _, c := range []struct {
		of   fleet.Scope
		want int
	}{{of, 1}, {other, 0}, {fleet.Scope{}, 0}} {
		if list, _, err := s.Vehicles(t.Context(), c.of, Page{}); err != nil || len(list) != c.want {
			t.Errorf("%+v sees %v, %v, want %d", c.of, list, err, c.want)
		}
	}
	_, err = conn.Exec(t.Context(), `REVOKE USAGE ON SCHEMA drover FROM drover_tenant`)
	ok(t, err)
	refused(t, owner, Options{}, ErrUnreachable, "pg_dumpall --roles-only")
}
