#!/usr/bin/env bash
# Tries the simulated modems with programs that others wrote: gammu, gammu-smsd and smstools, as Debian packages them.
# ModemManager and oFono are tried where they are installed; they are not installed where systemd runs, as they would
# take to real modems with the next boot. Prints a line for each program and step; fails if one of them did. Takes a
# minute or two.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-deps.sh modem
go run ./simulators/modems/clients
