#!/usr/bin/env bash
# Starts the server and a simulated fleet beside it, says how to sign in, and ends both on Ctrl-C or SIGTERM.
#
#   DATA=folder         everything that is kept (data)
#   VEHICLES=number     simulated vehicles (200), with two simulated modems to reach them by SMS; 0 for none
#   DROVER_…            settings of the server, as `bin/drover serve --help` lists them
set -euo pipefail
cd "$(dirname "$0")/.."
DATA=${DATA:-data}
VEHICLES=${VEHICLES:-200}
server= fleet=

# PostgreSQL runs as another user when root starts it; that user must reach the folder.
if [ "$(id -u)" = 0 ] && [ -z "${DATABASE_URL:-}" ] && id postgres >/dev/null 2>&1; then
	mkdir -p "$DATA"
	if ! runuser -u postgres -- test -x "$DATA"; then
		echo "the user postgres may not enter $(realpath "$DATA"): keeping the data in /var/lib/drover instead"
		DATA=/var/lib/drover
	fi
fi
mkdir -p "$DATA"

finish() {
	trap '' INT TERM
	trap - EXIT
	[ -z "$fleet" ] || kill "$fleet" 2>/dev/null || true
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	wait
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ "$VEHICLES" != 0 ]; then
	export DROVER_DEMO=${DROVER_DEMO:-true}
	modems=$(realpath "$DATA")/modems
	rm -rf "$modems" && mkdir "$modems" # sockets of a run that was killed
	how='balance=*100#;day=200;month=1000'
	export DROVER_MODEMS=${DROVER_MODEMS:-"north=unix:$modems/modem0.sock;$how south=unix:$modems/modem1.sock;$how"}
fi
bin/drover serve --data "$DATA" 2>>"$DATA/server.log" &
server=$!
until bin/drover health --data "$DATA" >/dev/null 2>&1; do
	if ! kill -0 "$server" 2>/dev/null; then
		wait "$server" || true
		echo "the server did not start; its last words (all of them: $DATA/server.log):"
		tail -n 5 "$DATA/server.log"
		exit 1
	fi
	sleep 0.3
done

if [ "$VEHICLES" != 0 ]; then
	bin/simulators devices -n "$VEHICLES" | bin/drover device import --data "$DATA" -
	bin/simulators sims -n "$VEHICLES" | bin/drover sim import --data "$DATA" -
	bin/simulators trackers -n "$VEHICLES" --interval 3s --quiet --swaps 0.1 --modems 2 --modems-at "unix:$modems" --modems-pace \
		--chatter 20s >>"$DATA/simulators.log" 2>&1 &
	fleet=$!
	echo "$VEHICLES simulated vehicles drive; two simulated modems reach them by SMS. Ctrl-C ends everything; the data stays in $DATA."
fi
wait -n "$server"
