#!/usr/bin/env bash
# Fuzzes each decoder for FUZZTIME: a time, or so many inputs as 20000x. Each with one worker, so that a second of it
# is a second of one CPU, and none of it goes into making inputs smaller; as many decoders at once as there are CPUs.
set -euo pipefail
cd "$(dirname "$0")/.."

fuzz() {
	local words
	words=$(mktemp)
	if ! go test -run '^$' -fuzz '^FuzzCodec$' -fuzztime "$FUZZTIME" -fuzzminimizetime 0s -parallel 1 \
		"./protocols/$1" >"$words" 2>&1; then
		# When the time ends within an input, Go's fuzzer fails without having found one.
		if grep -q 'Failing input' "$words" || ! grep -q 'context deadline exceeded' "$words"; then
			cat "$words"
			rm "$words"
			return 255 # xargs starts no more
		fi
	fi
	tail -n 1 "$words"
	rm "$words"
}
export -f fuzz
export FUZZTIME

# shellcheck disable=SC2086 # a list of words
printf '%s\n' $PROTOCOLS | xargs -P "$(getconf _NPROCESSORS_ONLN)" -I{} bash -c 'fuzz "$1"' fuzz {}
