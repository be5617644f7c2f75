# shellcheck shell=bash
# The bench: Frappe, and the apps that ours stands on.

SOURCES_HINT="Two git dependencies of Frappe come from GUNICORN_SOURCE and AIR_DATEPICKER_SOURCE, Python packages by
pip's and JavaScript packages by npm's settings. Behind a proxy or with a mirror, see docs/platform.md."

git_address() { if [ -d "$1" ]; then printf 'file://%s\n' "$(realpath "$1")"; else printf '%s\n' "$1"; fi; }

# require_source VARIABLE SOURCE BRANCH: said before the long work starts.
require_source() {
	local address
	address=$(git_address "$2")
	as_bench env GIT_TERMINAL_PROMPT=0 git ls-remote --exit-code --heads "$address" "$3" >>"$LOG" 2>&1 ||
		die "the branch $3 of $address can't be read" "$(tail -n 1 "$LOG")" \
			"Behind a proxy or with a mirror, set $1; see docs/platform.md for this and for the other sources."
}

# Frappe with its git dependencies replaced, as a repository that bench can clone. The commit carries
# the date of the one below it, so that the same sources give the same commit.
stage_frappe() {
	local staging=$CACHE_DIR/frappe
	as_bench rm -rf "$staging"
	as_bench git clone --quiet --depth 1 --branch "$FRAPPE_BRANCH" "$(git_address "$FRAPPE_SOURCE")" "$staging"
	replace_git_dependencies "$staging"
	as_bench sh -c "cd '$staging' &&
		GIT_AUTHOR_DATE=\$(git log -1 --format=%cI) GIT_COMMITTER_DATE=\$(git log -1 --format=%cI) \
		git -c user.name=bench -c user.email=bench@localhost commit --quiet --all \
			--message 'Replace git dependencies by those of this installation'"
}

replace_git_dependencies() { # replace_git_dependencies FRAPPE_DIR
	as_bench python3 - "$1" "$GUNICORN_SOURCE" "$AIR_DATEPICKER_SOURCE" <<'PYTHON'
import re, sys
from pathlib import Path

frappe, gunicorn, air_datepicker = Path(sys.argv[1]), *sys.argv[2:]

def replace(name, pattern, replacement):
    path = frappe / name
    text, found = re.subn(pattern, lambda _: replacement, path.read_text(), flags=re.MULTILINE)
    if not found:
        sys.exit(f"{name} of Frappe has no {pattern}: is its replacement still needed?")
    path.write_text(text)

if gunicorn:
    replace("pyproject.toml", r'"gunicorn @ git\+[^"]*"', f'"{gunicorn}"')
if air_datepicker:
    replace("package.json", r'"air-datepicker": "[^"]*"', f'"air-datepicker": "{air_datepicker}"')
    replace("yarn.lock", r'^"?air-datepicker@.*:\n(?:  .*\n)*\n', "")  # yarn enters it anew
PYTHON
}

bench_has_frappe() {
	[ -f "$BENCH_DIR/sites/common_site_config.json" ] && [ -f "$BENCH_DIR/Procfile" ] &&
		[ -f "$BENCH_DIR/apps/frappe/node_modules/.yarn-integrity" ] &&
		as_bench env/bin/python -c 'import frappe' 2>/dev/null
}

init_bench() {
	local source
	source=$(git_address "$FRAPPE_SOURCE")
	if [ -n "$GUNICORN_SOURCE$AIR_DATEPICKER_SOURCE" ]; then
		stage_frappe
		source=file://$CACHE_DIR/frappe
	fi
	as_bench sh -c "cd '$(dirname "$BENCH_DIR")' && bench init --skip-assets --no-backups --python /usr/bin/python3 \
		--frappe-path '$source' --frappe-branch '$FRAPPE_BRANCH' '$BENCH_DIR'"
	as_bench bench set-config --global --parse server_script_enabled 1
	as_bench bench set-config --global --parse webserver_port "$WEB_PORT"
	choose_ports
}

# Another bench on this machine may have the usual ports.
choose_ports() {
	local queue cache socketio
	queue=$(free_port_from 11000)
	cache=$(free_port_from 13000)
	socketio=$(free_port_from 9000)
	as_bench bench set-config --global redis_queue "redis://127.0.0.1:$queue"
	as_bench bench set-config --global redis_cache "redis://127.0.0.1:$cache"
	as_bench bench set-config --global redis_socketio "redis://127.0.0.1:$cache"
	as_bench bench set-config --global --parse socketio_port "$socketio"
	as_bench bench setup redis
}

ensure_frappe() {
	bench_has_frappe && return 0
	if [ -e "$BENCH_DIR" ]; then
		if compgen -G "$BENCH_DIR/sites/*/site_config.json" >/dev/null; then
			die "$BENCH_DIR has sites, but its Frappe does not work" "Mend it by hand (bench setup requirements), or set BENCH_DIR to another place."
		fi
		[ -d "$BENCH_DIR/sites" ] || [ -z "$(ls -A "$BENCH_DIR")" ] || die "$BENCH_DIR is no bench" "Set BENCH_DIR to another place."
		as_bench rm -rf "$BENCH_DIR" # an init that was interrupted
	fi
	require_source FRAPPE_SOURCE "$FRAPPE_SOURCE" "$FRAPPE_BRANCH"
	STEP_HINT=$SOURCES_HINT step "Making the bench with Frappe ($FRAPPE_BRANCH)" init_bench
}

bench_has_app() {
	grep -qx "$1" "$BENCH_DIR/sites/apps.txt" && as_bench env/bin/python -c "import $1" 2>/dev/null
}

get_app() { # get_app NAME SOURCE BRANCH
	as_bench rm -rf "apps/$1" # a download that was interrupted
	as_bench bench get-app --skip-assets --branch "$3" "$(git_address "$2")"
}

ensure_app() { # ensure_app NAME SOURCE BRANCH
	bench_has_app "$1" && return 0
	if grep -qx "$1" "$BENCH_DIR/sites/apps.txt"; then
		die "$1 is on the bench, but its Python does not load" "Mend it: cd $BENCH_DIR && bench setup requirements $1"
	fi
	require_source "${1^^}_SOURCE" "$2" "$3"
	STEP_HINT=$SOURCES_HINT step "Getting $1 ($3)" get_app "$@"
}

assets_are_built() { grep -qs desk.bundle "$BENCH_DIR/sites/assets/assets.json" && grep -qs erpnext.bundle "$BENCH_DIR/sites/assets/assets.json"; }

ensure_bench() {
	ensure_frappe
	as_bench mkdir -p "$STATE_DIR"
	ensure_db_admin
	ensure_app erpnext "$ERPNEXT_SOURCE" "$ERPNEXT_BRANCH"
	ensure_app payments "$PAYMENTS_SOURCE" "$PAYMENTS_BRANCH" # Non Profit imports it
	ensure_app non_profit "$NON_PROFIT_SOURCE" "$NON_PROFIT_BRANCH"
	assets_are_built || step "Building assets" as_bench bench build --production
}

# Machine, database and bench, whatever of it is missing; then its services.
ensure_platform() {
	ensure_machine
	ensure_database
	ensure_bench
	start_redis >/dev/null
}

bench_is_there() {
	[ -x "$BENCH_DIR/env/bin/python" ] && [ -f "$BENCH_DIR/sites/apps.txt" ] &&
		{ [ "$ME" = root ] || [ "$ME" = "$BENCH_USER" ]; }
}

require_bench() {
	bench_is_there || die "there is no bench at $BENCH_DIR that $ME can use" "Run bin/demo once, or set BENCH_DIR."
}
