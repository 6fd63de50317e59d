#!/bin/sh
# Makes ../basemap.pmtiles anew: fetches the sources with npm and apt (Debian or Ubuntu), then runs generate.mjs.
# WORLD_MAP=FILE names a world_map.gpkg in place of the one in Debian's package qgis-common.
set -eu
cd "$(dirname "$0")"
[ -d node_modules ] || npm ci --no-progress
if [ -z "${WORLD_MAP-}" ]; then
	command -v apt-get >/dev/null || {
		echo "basemap: no apt-get to fetch qgis-common with; name its world_map.gpkg as WORLD_MAP=FILE" >&2
		exit 1
	}
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	chmod 755 "$work" # apt downloads as a user of its own
	(cd "$work" && apt-get download -q qgis-common && dpkg -x qgis-common_*.deb .)
	WORLD_MAP=$work/usr/share/qgis/resources/data/world_map.gpkg
fi
node generate.mjs "$WORLD_MAP" ../basemap.pmtiles
