#!/usr/bin/env bash
# Everything there is to test, in the order of what fails fastest. `make test` calls it.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s (%d s so far)\n' "$1" "$SECONDS"; }

step "the page: types, lint, units, build"
make --no-print-directory build
(cd web && npm run --silent check && npm run --silent test)

step "the code's form"
unformatted=$(gofmt -l protocols geo modem server simulators migrations web/*.go web/basemap/*.go)
[ -z "$unformatted" ] || { echo "gofmt would change: $unformatted"; exit 1; }
go vet ./...
scripts/lint.sh

step "Go, with the race detector, on a real PostGIS"
go run ./server/internal/postgres/postgrestest/run go test -race -timeout 15m ./...

if command -v apt-get >/dev/null; then
	step "the simulated modems, with gammu, gammu-smsd and smstools"
	scripts/modem-clients.sh
fi

step "fuzzing, 20,000 inputs a decoder"
FUZZTIME=20000x scripts/fuzz.sh

step "the page in Chromium, with a real server and simulated vehicles"
scripts/e2e.sh

step "requests that schemathesis makes up, against the OpenAPI document"
scripts/schemathesis.sh

step "done"
