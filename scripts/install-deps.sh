#!/bin/sh
# Installs what Drover needs and the machine lacks: PostgreSQL 15 or newer with PostGIS; with the argument "test" also
# Chromium, fonts and Python's venv for the tests; with "modem" nothing but the programs that the simulated modems are
# tried with. Asks nothing, changes nothing that is there, and starts no server.
#
#   scripts/install-deps.sh [test|modem]
set -eu

say() { printf '%s\n' "$*"; }
fail() {
	printf '%s\n' "install-deps: $*" >&2
	exit 1
}

purpose=${1:-run}
case "$purpose" in
run | test | modem) ;;
*) fail "unknown argument \"$1\"; allowed: test, modem" ;;
esac

# debian_postgis succeeds if some installed PostgreSQL from version 15 on has PostGIS.
debian_postgis() {
	for control in /usr/share/postgresql/*/extension/postgis.control; do
		version=${control#/usr/share/postgresql/}
		version=${version%%/*}
		[ -e "$control" ] && [ "$version" -ge 15 ] && [ -x "/usr/lib/postgresql/$version/bin/initdb" ] && return 0
	done
	return 1
}

chromium_there() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

install_debian() {
	packages=
	if [ "$purpose" = modem ]; then
		command -v gammu >/dev/null || packages="$packages gammu"
		command -v gammu-smsd >/dev/null || packages="$packages gammu-smsd"
		[ -x /usr/sbin/smsd ] || packages="$packages smstools"
		# These take to real modems: not where systemd would start them with the next boot.
		if [ ! -d /run/systemd/system ]; then
			command -v ModemManager >/dev/null || [ -x /usr/sbin/ModemManager ] || packages="$packages modemmanager"
			command -v ofonod >/dev/null || [ -x /usr/sbin/ofonod ] || packages="$packages ofono"
			command -v dbus-daemon >/dev/null || packages="$packages dbus"
		fi
	else
		debian_postgis || packages=" postgresql postgresql-postgis"
	fi
	if [ "$purpose" = test ]; then
		chromium_there >/dev/null || packages="$packages chromium"
		python3 -c 'import ensurepip, venv' 2>/dev/null || packages="$packages python3-venv"
		command -v curl >/dev/null || packages="$packages curl"
		[ -d /usr/share/fonts/truetype/noto ] || packages="$packages fonts-noto-core"
	fi
	if [ -z "$packages" ]; then
		say "install-deps: everything is there"
		return
	fi
	as_root=
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null || fail "missing:$packages. Installing needs root; there is no sudo." \
			"As root: apt-get install$packages"
		sudo -n true 2>/dev/null || [ -t 0 ] || fail "missing:$packages. Installing needs root; sudo wants a" \
			"password. Run: sudo apt-get install$packages"
		as_root=sudo
	fi
	say "install-deps: installing$packages (through apt, some minutes)"
	keep_quiet
	apt update -qq -o DPkg::Lock::Timeout=300
	# shellcheck disable=SC2086 # a list of words
	apt install -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 $packages
	[ "$purpose" = modem ] || debian_postgis || fail "the newest PostgreSQL with PostGIS that apt has is older than" \
		"15: use Debian 12, Ubuntu 24.04 or newer, or give DATABASE_URL"
	say "install-deps: done"
}

apt() {
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get "$@" || fail "apt-get $1 failed, see above"
}

# keep_quiet keeps Debian from making and starting a cluster of its own beside Drover's, or the daemons of the programs
# for modems, while this script runs. A machine's own policy-rc.d stays.
keep_quiet() {
	if [ "$purpose" = modem ]; then
		quiet=/usr/sbin/policy-rc.d
		[ ! -e "$quiet" ] || return 0
		trap '$as_root rm -f "$quiet"' EXIT
		trap 'exit 1' HUP INT TERM
		printf '#!/bin/sh\nexit 101\n' | $as_root tee "$quiet" >/dev/null
		$as_root chmod +x "$quiet"
		return 0
	fi
	quiet=/etc/postgresql-common/createcluster.d/drover-install.conf
	$as_root mkdir -p "${quiet%/*}"
	trap '$as_root rm -f "$quiet"' EXIT
	trap 'exit 1' HUP INT TERM
	printf 'create_main_cluster = false\n' | $as_root tee "$quiet" >/dev/null
}

install_homebrew() {
	[ "$purpose" != modem ] || fail "the programs that modems are tried with are only known as packages of Debian"
	command -v brew >/dev/null || fail "Homebrew is missing: install it, or install PostgreSQL 15 or newer with PostGIS"
	brew list --versions postgis >/dev/null 2>&1 || {
		say "install-deps: installing postgresql@17 and postgis (through Homebrew)"
		brew install postgresql@17 postgis
	}
	if [ "$purpose" = test ] && [ ! -d "/Applications/Chromium.app" ] && [ ! -d "/Applications/Google Chrome.app" ]; then
		say "install-deps: installing chromium (through Homebrew)"
		brew install --cask chromium
	fi
	say "install-deps: everything is there"
}

case "$(uname -s)" in
Darwin) install_homebrew ;;
Linux)
	command -v apt-get >/dev/null || {
		fail "this Linux has no apt-get: install PostgreSQL 15 or newer with PostGIS by hand, or give DATABASE_URL"
	}
	install_debian
	;;
*) fail "only Linux with apt and macOS with Homebrew are known: install PostgreSQL with PostGIS by hand" ;;
esac
