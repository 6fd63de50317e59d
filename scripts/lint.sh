#!/usr/bin/env bash
# Runs the linter at the version of the Makefile; builds it first if it is not in bin/.
set -euo pipefail
cd "$(dirname "$0")/.."
linter=bin/golangci-lint-$GOLANGCI
if [ ! -x "$linter" ]; then
	echo "building golangci-lint $GOLANGCI (a minute or two, once)"
	GOBIN=$PWD/bin/lint-build go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$GOLANGCI"
	mv bin/lint-build/golangci-lint "$linter"
	rmdir bin/lint-build
fi
"$linter" run ./...
