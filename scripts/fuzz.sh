#!/usr/bin/env bash
# Fuzzes each decoder for FUZZTIME: a time, or so many inputs as 20000x. With one worker, so that a second of it is a
# second of one CPU, and none of it goes into making inputs smaller.
set -euo pipefail
cd "$(dirname "$0")/.."
words=$(mktemp)
trap 'rm -f "$words"' EXIT
for protocol in $PROTOCOLS; do
	echo "fuzzing $protocol for $FUZZTIME"
	if ! go test -run '^$' -fuzz '^FuzzCodec$' -fuzztime "$FUZZTIME" -fuzzminimizetime 0s -parallel 1 \
		"./protocols/$protocol" >"$words" 2>&1; then
		# When the time ends within an input, Go's fuzzer fails without having found one.
		if grep -q 'Failing input' "$words" || ! grep -q 'context deadline exceeded' "$words"; then
			cat "$words"
			exit 1
		fi
	fi
	tail -n 1 "$words"
done
