#!/usr/bin/env bash
# Runs the page's tests in Chromium against a server of its own with simulated vehicles; pictures land in web/test-results.
# With the argument "screenshot", one of them becomes docs/screenshot.png.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x bin/drover ] || make --no-print-directory build
work=$(mktemp -d)
chmod 755 "$work" # PostgreSQL runs as another user when root starts it
server= fleet=

finish() {
	[ -z "$fleet" ] || kill "$fleet" 2>/dev/null || true
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	wait
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Free ports, so that a server that runs already is not disturbed.
ports=$(node -e '
const net = require("net");
const names = process.argv.slice(1);
Promise.all(names.map((name) => new Promise((done) => {
  const s = net.createServer().listen(0, "127.0.0.1", () => done([name, s]));
}))).then((all) => {
  console.log(all.map(([name, s]) => name + "=" + s.address().port).join(","));
  all.forEach(([, s]) => s.close());
});' teltonika gt06 h02)
flags=()
for pair in ${ports//,/ }; do flags+=(--port "${pair%%=*}=127.0.0.1:${pair#*=}"); done

env -u DATABASE_URL bin/drover serve --data "$work/data" --listen 127.0.0.1:0 "${flags[@]}" >"$work/out" 2>"$work/log" &
server=$!
until bin/drover health --data "$work/data" >/dev/null 2>&1; do
	kill -0 "$server" 2>/dev/null || { cat "$work/out" "$work/log"; exit 1; }
	sleep 0.2
done
bin/simulators devices -n 200 | bin/drover device import --data "$work/data" - >/dev/null
bin/simulators trackers -n 200 --interval 2s --ports "$ports" --quiet >"$work/fleet" 2>&1 &
fleet=$!

export DROVER_URL DROVER_EMAIL DROVER_PASSWORD
DROVER_URL=$(sed -n 's/.*is ready: //p' "$work/out")
DROVER_EMAIL=admin@drover.local
DROVER_PASSWORD=$(sed -n 's/.*with the password \([^ ]*\).*/\1/p' "$work/out")
(cd web && npm run --silent e2e)
if [ "${1:-}" = screenshot ]; then cp web/test-results/desk-dark.png docs/screenshot.png; fi
