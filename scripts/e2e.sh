#!/usr/bin/env bash
# Runs the page's tests in Chromium against a server of its own with simulated vehicles; pictures land in web/test-results.
# Arguments are Playwright's. With "tour" alone, the pictures of docs/desk.md are taken anew.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/stand.sh
# Enough for some vehicles of every family; people who take pictures want a fuller island.
if [ "${1:-}" = tour ]; then stand 200 2s --demo; else stand 120 2s --demo; fi

export DROVER_URL DROVER_EMAIL DROVER_PASSWORD DROVER_TRACKER_PORT=$port
DROVER_URL=$url
DROVER_EMAIL=admin@drover.local
DROVER_PASSWORD=$(sed -n 's/.*with the password \([^ ]*\).*/\1/p' "$work/out")
if [ "${1:-}" = tour ]; then
	# A quarter of an hour on the streets, so that there is a day to look at.
	echo "the simulated fleet drives for ${TOUR_WAIT:-900} s"
	sleep "${TOUR_WAIT:-900}"
	(cd web && npm run --silent e2e -- e2e/tour.spec.ts)
	cp web/test-results/tour/*.jpg docs/screenshots/
else
	(cd web && npm run --silent e2e -- "$@")
fi
