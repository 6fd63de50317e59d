# shellcheck shell=bash
# Sourced by scripts that try a real server: `stand VEHICLES INTERVAL [flag…]` starts one of its own with a simulated
# fleet in a temporary folder, and ends both with the script. It sets work (the folder, with the server's words in out
# and log), url, and port (the trackers'). Two simulated modems, alpha and beta, reach the vehicles by SMS.
drover=${DROVER:-bin/drover} simulators=${SIMULATORS:-bin/simulators}
[ -x "$drover" ] && [ -x "$simulators" ] || make --no-print-directory build
work=$(mktemp -d)
chmod 755 "$work" # PostgreSQL runs as another user when root starts it
server= fleet=

fall() {
	[ -z "$fleet" ] || kill "$fleet" 2>/dev/null || true
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	wait
	rm -rf "$work"
}
trap fall EXIT
trap 'exit 130' INT TERM

stand() {
	local vehicles=$1 interval=$2 how='balance=*100#;day=200;month=1000'
	shift 2
	# One free port for all protocols, so that a server that runs already is not disturbed; below those of outgoing
	# connections, one of which could take it before the server does (as in server/internal/freeport).
	port=$(python3 - <<-'EOF'
		import random, socket
		while True:
		    try:
		        print(socket.create_server(("127.0.0.1", random.randrange(12_000, 32_000))).getsockname()[1])
		        break
		    except OSError:
		        pass
	EOF
	)
	env -u DATABASE_URL "$drover" serve --data "$work/data" --listen 127.0.0.1:0 \
		--protocols any --port "any=127.0.0.1:$port" \
		--modem "alpha=unix:$work/modem0.sock;$how" --modem "beta=unix:$work/modem1.sock;$how" "$@" \
		>"$work/out" 2>"$work/log" &
	server=$!
	until "$drover" health --data "$work/data" >/dev/null 2>&1; do
		kill -0 "$server" 2>/dev/null || { cat "$work/out" "$work/log"; exit 1; }
		sleep 0.2
	done
	url=$(sed -n 's/.*is ready: //p' "$work/out")
	"$simulators" devices -n "$vehicles" | "$drover" device import --data "$work/data" - >/dev/null
	"$simulators" trackers -n "$vehicles" --interval "$interval" --ports "any=$port" --quiet \
		--modems 2 --modems-at "unix:$work" --modems-control 127.0.0.1:0 >"$work/fleet" 2>&1 &
	fleet=$!
}
