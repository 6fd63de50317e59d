// Package migrations is the database's schema as numbered SQL, embedded in the binary.
//
// A file is never changed once released: what is wrong with it is put right by the next one. There is no way down; a
// backup is. Everything lives in the schema drover, and functions name it, so that they work under any search_path.
package migrations

import "embed"

// Files are the migrations, named NNNNN_subject.sql, numbered from 1 without a gap.
//
//go:embed *.sql
var Files embed.FS
