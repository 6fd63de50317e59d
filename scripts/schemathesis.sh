#!/usr/bin/env bash
# Holds a real server with data to its OpenAPI document, with requests that schemathesis makes up: no failure of the
# server, and no answer that the document does not foretell. SECONDS_LONG (75) is how long it tries.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/stand.sh

# The tool, in a folder of its own for each list of versions.
pinned=scripts/schemathesis.requirements.txt
tool=bin/schemathesis-$(cksum <"$pinned" | cut -d' ' -f1)
if [ ! -e "$tool/complete" ]; then
	echo "installing schemathesis"
	rm -rf bin/schemathesis-*
	python3 -m venv "$tool"
	"$tool/bin/pip" install --quiet --disable-pip-version-check --no-deps -r "$pinned"
	touch "$tool/complete"
fi

stand 12 1s
email=fuzz@example.com
password=$("$drover" user add --data "$work/data" --role admin "$email" | sed 's/.* //')
curl -fsS -c "$work/cookies" -o "$work/session" "$url/api/session" -H 'Content-Type: application/json' \
	-d "{\"email\":\"$email\",\"password\":\"$password\"}"
DROVER_FUZZ_SESSION=$(awk '$6 == "drover_session" { print $7 }' "$work/cookies")
until curl -fsS -b "drover_session=$DROVER_FUZZ_SESSION" "$url/api/fixes/last" | grep -q '"latitude"'; do sleep 0.2; done

# Left out is only what ends the session itself, and what is answered without an end.
export SCHEMATHESIS_HOOKS=scripts/schemathesis_hooks.py DROVER_FUZZ_SESSION DROVER_FUZZ_USER
DROVER_FUZZ_USER=$(grep -o '"id":[0-9]*' "$work/session" | head -1 | cut -d: -f2)
status=0
# One worker: with two, Python 3.11.2 mixes up the depths of two threads that parse at once (SystemError).
"$tool/bin/schemathesis" run "$url/api/openapi.json" \
	--workers 1 --max-time "${SECONDS_LONG:-75}" --seed 1 \
	--checks not_a_server_error,status_code_conformance,content_type_conformance \
	--checks response_headers_conformance,response_schema_conformance,unsupported_method,allow_header_conformance \
	--exclude-operation-id sign-out --exclude-operation-id end-session --exclude-operation-id watch-frames \
	--continue-on-failure --no-color --request-timeout 20 --output-truncate true \
	"$@" || status=$?
curl -fsS -o "$work/session" -b "drover_session=$DROVER_FUZZ_SESSION" "$url/api/session" ||
	{ echo "schemathesis: the session ended on the way, so the rest was asked of a closed door"; status=1; }
if grep '"level":"error"' "$work/log"; then
	echo "schemathesis: the server's log has errors"
	status=1
fi
exit "$status"
