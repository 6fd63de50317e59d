#!/usr/bin/env bash
# Fuzzes each decoder for FUZZTIME. With one worker, so that a second of it is a second of one CPU, and none of it goes
# into making inputs smaller.
set -euo pipefail
cd "$(dirname "$0")/.."
for protocol in $PROTOCOLS; do
	echo "fuzzing $protocol for $FUZZTIME"
	go test -run '^$' -fuzz '^FuzzCodec$' -fuzztime "$FUZZTIME" -fuzzminimizetime 0s -parallel 1 "./protocols/$protocol"
done
