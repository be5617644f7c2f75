# shellcheck shell=bash disable=SC2034 # the other files use these
# Where everything is. The environment wins, then what an earlier run remembered, then the default.

CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
ME=$(id -un)

if [ "$ME" = root ]; then
	SETTINGS_FILE=${MENTOR_SETTINGS:-/etc/mentor-ispe/platform.env}
else
	SETTINGS_FILE=${MENTOR_SETTINGS:-${XDG_CONFIG_HOME:-$HOME/.config}/mentor-ispe/platform.env}
fi

# Every setting that a run may be given by the environment, and that the next run remembers.
SETTINGS=(
	BENCH_USER BENCH_DIR SITE WEB_PORT WEB_BIND ADMIN_PASSWORD
	FRAPPE_SOURCE FRAPPE_BRANCH ERPNEXT_SOURCE ERPNEXT_BRANCH
	PAYMENTS_SOURCE PAYMENTS_BRANCH NON_PROFIT_SOURCE NON_PROFIT_BRANCH
	GUNICORN_SOURCE AIR_DATEPICKER_SOURCE
)

GIVEN_SETTINGS=()

read_settings() {
	local name value
	declare -A remembered=()
	if [ -r "$SETTINGS_FILE" ]; then
		while IFS='=' read -r name value; do
			[[ $name =~ ^[A-Z_]+$ ]] && remembered[$name]=$value
		done <"$SETTINGS_FILE"
	fi
	for name in "${SETTINGS[@]}"; do
		if [ -n "${!name-}" ]; then
			GIVEN_SETTINGS+=("$name")
		else
			printf -v "$name" '%s' "${remembered[$name]-}"
		fi
	done
}

# A checkout that is itself an app of a bench belongs to that bench.
bench_around_checkout() {
	local around
	around=$(dirname "$(dirname "$CHECKOUT")")
	if [ -f "$around/sites/common_site_config.json" ]; then
		printf '%s\n' "$around"
	fi
}

default_settings() {
	: "${BENCH_DIR:=$(bench_around_checkout)}"
	if [ -z "$BENCH_USER" ] && [ -n "$BENCH_DIR" ] && [ -d "$BENCH_DIR" ]; then
		BENCH_USER=$(stat -c %U "$BENCH_DIR")
	fi
	if [ -z "$BENCH_USER" ]; then
		if [ "$ME" = root ]; then BENCH_USER=frappe; else BENCH_USER=$ME; fi
	fi
	BENCH_HOME=$(getent passwd "$BENCH_USER" | cut -d: -f6 || true)
	: "${BENCH_HOME:=/home/$BENCH_USER}"
	: "${BENCH_DIR:=$BENCH_HOME/frappe-bench}"

	: "${SITE:=mentoring.localhost}"
	: "${TEST_SITE:=test.localhost}"
	SERVED_SITE=served-$TEST_SITE
	: "${WEB_PORT:=8000}"
	: "${WEB_BIND:=127.0.0.1}"
	: "${ADMIN_PASSWORD:=admin}"

	: "${FRAPPE_SOURCE:=https://github.com/frappe/frappe}"
	: "${FRAPPE_BRANCH:=version-15}"
	: "${ERPNEXT_SOURCE:=https://github.com/frappe/erpnext}"
	: "${ERPNEXT_BRANCH:=version-15}"
	: "${PAYMENTS_SOURCE:=https://github.com/frappe/payments}"
	: "${PAYMENTS_BRANCH:=version-15}"
	: "${NON_PROFIT_SOURCE:=https://github.com/frappe/non_profit}"
	: "${NON_PROFIT_BRANCH:=version-15}"

	CACHE_DIR=$BENCH_HOME/.cache/mentor-ispe
	BENCH_CLI=$BENCH_HOME/.local/share/mentor-ispe/bench-cli
	APP_DIR=$BENCH_DIR/apps/mentor_ispe
	STATE_DIR=$BENCH_DIR/config/mentor-ispe
	LOG=$CACHE_DIR/platform.log
	TEST_REPORTS=("$BENCH_DIR/logs/$TEST_SITE.xml" "$BENCH_DIR/logs/$SERVED_SITE.xml")
}

# Only what the environment gave is remembered, so that a default can change with the next version.
remember_settings() {
	local name value
	[ ${#GIVEN_SETTINGS[@]} -gt 0 ] || return 0
	mkdir -p "$(dirname "$SETTINGS_FILE")"
	(
		umask 077
		{
			echo "# Settings given to bin/demo; remove a line to go back to its default."
			for name in "${SETTINGS[@]}"; do
				if [[ " ${GIVEN_SETTINGS[*]} " == *" $name "* ]]; then
					value=${!name}
				else
					value=$(sed -n "s/^$name=//p" "$SETTINGS_FILE" 2>/dev/null || true)
				fi
				[ -z "$value" ] || printf '%s=%s\n' "$name" "$value"
			done
		} >"$SETTINGS_FILE.new"
	)
	mv "$SETTINGS_FILE.new" "$SETTINGS_FILE"
}

read_settings
default_settings
