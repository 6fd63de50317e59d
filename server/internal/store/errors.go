package store

import (
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// What callers tell apart with errors.Is.
var (
	ErrNotFound    = errors.New("there is no such thing")        // nor is there if it is another organization's
	ErrExists      = errors.New("there is one already")          // an identity, e-mail or name is taken
	ErrInvalid     = errors.New("invalid")                       // the text says what
	ErrHeld        = errors.New("not empty")                     // the text says what it still holds
	ErrMoved       = errors.New("another writer was here first") // load the position and the states anew
	ErrStale       = errors.New("changed by somebody else")      // since the revision that the caller knows
	ErrUnreachable = errors.New("the database cannot be used")
	ErrPostGIS     = errors.New("the database has no PostGIS")
	ErrNewer       = errors.New("the database was made by a newer version of drover")
)

// The codes of PostgreSQL's errors that are told apart, from its manual's appendix A.
const (
	codeCheck       = "23514" // also: no partition for a row
	codeUnique      = "23505"
	codeForeignKey  = "23503"
	codeNoRights    = "42501"
	codeNoDatabase  = "3D000"
	codeBadPassword = "28P01"
	codeBadLogin    = "28000"
	codeNoFile      = "58P01"
	codeUnsupported = "0A000"
	codeCanceled    = "57014"
	codeRaised      = "P0001" // RAISE EXCEPTION without a code

	classConnection = "08"
	classData       = "22"
	classResources  = "53"
	classOperator   = "57" // intervention: shutting down, starting up
	classInternal   = "XX" // PostGIS's own errors
)

func hasCode(err error, code string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == code
}

// told makes the sentinels of what the database said; what is the noun that the sentence is about.
func told(err error, what string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrNoRows):
		return fmt.Errorf("%s: %w", what, ErrNotFound)
	case hasCode(err, codeUnique):
		return fmt.Errorf("%s: %w", what, ErrExists)
	case hasCode(err, codeForeignKey):
		return fmt.Errorf("%s: %w", what, ErrNotFound)
	case hasCode(err, codeCheck), hasClass(err, classData):
		var pg *pgconn.PgError
		errors.As(err, &pg)
		return fmt.Errorf("%w %s: %s", ErrInvalid, what, pg.Message)
	case isAway(err):
		return fmt.Errorf("%s: %w: %w", what, ErrUnreachable, err)
	default:
		return fmt.Errorf("%s: %w", what, err)
	}
}

// ofTransaction is told for what a transaction gave, parts of which were told already.
func ofTransaction(err error, what string) error {
	if isRefusal(err) || errors.Is(err, ErrUnreachable) {
		return err
	}
	return told(err, what)
}

// isRefusal says whether err is about what was asked for, rather than about the database.
func isRefusal(err error) bool {
	return errors.Is(err, ErrExists) || errors.Is(err, ErrInvalid) || errors.Is(err, ErrNotFound) ||
		errors.Is(err, ErrStale) || errors.Is(err, ErrHeld)
}

// IsOwn says whether err is of the store: about what was asked for, or about the database.
func IsOwn(err error) bool { return isRefusal(err) || errors.Is(err, ErrUnreachable) || isAway(err) }

// isAway says whether the database cannot be reached, or is starting, stopping or full.
func isAway(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) ||
		pgconn.SafeToRetry(err) || hasClass(err, classConnection) || hasClass(err, classResources) ||
		hasClass(err, classOperator) && !hasCode(err, codeCanceled)
}

// hasClass says whether err is of a class of PostgreSQL's errors: the first two characters of their codes.
func hasClass(err error, class string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code[:2] == class
}
