#!/usr/bin/env bash
# Tries the simulated modems with programs that others wrote: gammu, gammu-smsd and smstools, as Debian packages them.
# Prints a line for each program and step; fails if one of them did. Takes about a minute.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-deps.sh modem
go run ./simulators/modems/clients
