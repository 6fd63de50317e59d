package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/rs/zerolog"

	"drover/migrations"
)

// oldestServer is the PostgreSQL that the schema needs.
const oldestServer = 15

// Migrate brings the schema up to date and says from which version to which. It never goes down.
//
// Processes take turns by an advisory lock of a session, which the server frees when the process dies.
func Migrate(ctx context.Context, url string, log zerolog.Logger) (from, to int64, err error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return 0, 0, explain(err, nil)
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return 0, 0, explain(err, config)
	}
	defer hangUp(ctx, conn)
	if err := lockSchema(ctx, conn, log); err != nil {
		return 0, 0, err
	}
	schema, err := postGIS(ctx, conn)
	if err != nil {
		return 0, 0, err
	}
	if _, err := conn.Exec(ctx, `CREATE SCHEMA IF NOT EXISTS drover`); err != nil {
		return 0, 0, explain(err, config)
	}
	config.RuntimeParams["search_path"] = "drover," + pgx.Identifier{schema}.Sanitize()
	return up(ctx, config)
}

func lockSchema(ctx context.Context, conn *pgx.Conn, log zerolog.Logger) error {
	const key = `hashtext('drover.schema')`
	var alone bool
	if err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock(`+key+`)`).Scan(&alone); err != nil {
		return explain(err, conn.Config())
	}
	if alone {
		return nil
	}
	log.Info().Msg("another process is changing the database's schema; waiting for it")
	_, err := conn.Exec(ctx, `SELECT pg_advisory_lock(`+key+`)`)
	return err
}

func up(ctx context.Context, config *pgx.ConnConfig) (from, to int64, err error) {
	db := stdlib.OpenDB(*config)
	defer db.Close()
	provider, err := provider(db)
	if err != nil {
		return 0, 0, err
	}
	if from, to, err = provider.GetVersions(ctx); err != nil {
		return 0, 0, explain(err, config)
	}
	if from > to {
		return 0, 0, newer(from, to)
	}
	if _, err := provider.Up(ctx); err != nil {
		return from, 0, explain(err, config)
	}
	return from, to, nil
}

func provider(db *sql.DB) (*goose.Provider, error) {
	return goose.NewProvider(goose.DialectPostgres, db, migrations.Files,
		goose.WithTableName("drover.goose_db_version"), goose.WithDisableGlobalRegistry(true))
}

func newer(is, known int64) error {
	return fmt.Errorf("%w: its schema has version %d, this binary knows %d; start a newer drover, or restore a backup",
		ErrNewer, is, known)
}

// prepare makes the schema fit, and says where PostGIS is.
func prepare(ctx context.Context, url string, o Options) (schema string, err error) {
	if !o.NoMigrate {
		from, to, err := Migrate(ctx, url, o.Log)
		if err != nil {
			return "", err
		}
		if from != to {
			o.Log.Info().Int64("from", from).Int64("to", to).Msg("the database's schema is brought up to date")
		}
	}
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return "", explain(err, nil)
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return "", explain(err, config)
	}
	defer hangUp(ctx, conn)
	if o.NoMigrate {
		if err := checkVersion(ctx, conn); err != nil {
			return "", err
		}
	}
	if err := checkTenant(ctx, conn); err != nil {
		return "", err
	}
	return postGIS(ctx, conn)
}

// checkTenant makes sure that the role is there under which callers' questions are asked: it is not part of a backup of
// one database.
func checkTenant(ctx context.Context, conn *pgx.Conn) error {
	var there bool
	err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_roles
		WHERE rolname = $1 AND pg_has_role(current_user, oid, 'MEMBER')
		AND has_schema_privilege(oid, 'drover', 'USAGE'))`, tenant).Scan(&there)
	if err != nil {
		return explain(err, conn.Config())
	}
	if !there {
		return fmt.Errorf("%w: the role %s, or its rights, are not there: restore backups with their roles and grants "+
			"(pg_dumpall --roles-only), after CREATE ROLE %[2]s NOLOGIN; GRANT %[2]s TO %[3]s",
			ErrUnreachable, tenant, conn.Config().User)
	}
	return nil
}

func checkVersion(ctx context.Context, conn *pgx.Conn) error {
	db := stdlib.OpenDB(*conn.Config())
	defer db.Close()
	provider, err := provider(db)
	if err != nil {
		return err
	}
	var is int64
	var there bool
	err = conn.QueryRow(ctx, `SELECT to_regclass('drover.goose_db_version') IS NOT NULL`).Scan(&there)
	if err == nil && there {
		err = conn.QueryRow(ctx, `SELECT coalesce(max(version_id), 0) FROM drover.goose_db_version`).Scan(&is)
	}
	if err != nil {
		return explain(err, conn.Config())
	}
	sources := provider.ListSources()
	known := sources[len(sources)-1].Version
	if is > known {
		return newer(is, known)
	}
	if is < known {
		return fmt.Errorf("%w: its schema has version %d, this binary needs %d: run drover migrate",
			ErrUnreachable, is, known)
	}
	return nil
}

// postGIS makes sure that PostGIS is there, and says in which schema.
func postGIS(ctx context.Context, conn *pgx.Conn) (schema string, err error) {
	var version int
	if err := conn.QueryRow(ctx, `SELECT current_setting('server_version_num')::int / 10000`).Scan(&version); err != nil {
		return "", explain(err, conn.Config())
	}
	if version < oldestServer {
		return "", fmt.Errorf("%w: it is PostgreSQL %d, and drover needs %d or newer", ErrUnreachable, version, oldestServer)
	}
	const where = `SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'postgis'`
	err = conn.QueryRow(ctx, where).Scan(&schema)
	if errors.Is(err, pgx.ErrNoRows) {
		if _, err := conn.Exec(ctx, `CREATE EXTENSION postgis WITH SCHEMA public`); err != nil {
			return "", noPostGIS(err, conn.Config(), version)
		}
		err = conn.QueryRow(ctx, where).Scan(&schema)
	}
	if err != nil {
		return "", explain(err, conn.Config())
	}
	return schema, nil
}

func noPostGIS(err error, config *pgx.ConnConfig, version int) error {
	switch {
	case hasCode(err, codeNoFile), hasCode(err, codeUnsupported):
		return fmt.Errorf("%w, nor has its machine: install it there "+
			"(Debian, Ubuntu: apt-get install postgresql-%d-postgis-3)", ErrPostGIS, version)
	case hasCode(err, codeNoRights):
		return fmt.Errorf("%w, and %s may not add it: run CREATE EXTENSION postgis in database %s as a superuser",
			ErrPostGIS, config.User, config.Database)
	default:
		return fmt.Errorf("%w: %w", ErrPostGIS, err)
	}
}

// explain turns a failure to connect or to change the schema into a sentence that helps. config is nil if it was not
// understood.
func explain(err error, config *pgx.ConnConfig) error {
	var network net.Error
	var connect *pgconn.ConnectError
	switch {
	case config == nil:
		return fmt.Errorf("%w: DATABASE_URL is not understood, it is like postgres://user:password@host:5432/database: %w",
			ErrUnreachable, err)
	case hasCode(err, codeNoDatabase):
		return fmt.Errorf("%w: there is no database %q at %s:%d: create it, or correct DATABASE_URL",
			ErrUnreachable, config.Database, config.Host, config.Port)
	case hasCode(err, codeBadPassword), hasCode(err, codeBadLogin):
		return fmt.Errorf("%w: %s:%d does not let user %q in: correct user and password in DATABASE_URL",
			ErrUnreachable, config.Host, config.Port, config.User)
	case hasCode(err, codeNoRights):
		return fmt.Errorf("%w: user %q lacks the right to create in database %q: "+
			"GRANT CREATE ON DATABASE, or make it the owner: %w", ErrUnreachable, config.User, config.Database, err)
	case hasCode(err, codeRaised): // by a migration, in words for the operator
		var pg *pgconn.PgError
		errors.As(err, &pg)
		return fmt.Errorf("%w: %s", ErrUnreachable, pg.Message)
	case errors.As(err, &connect), errors.As(err, &network):
		return fmt.Errorf("%w: nothing that speaks PostgreSQL answers at %s:%d: is it running, and is DATABASE_URL right? %w",
			ErrUnreachable, config.Host, config.Port, err)
	default:
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
}
