# shellcheck shell=bash
# How commands are run and what is said about them.

say() { printf '%s\n' "$*"; }

die() {
	printf '\nStopped: %s\n' "$1" >&2
	shift
	[ $# -eq 0 ] || printf '  %s\n' "$@" >&2
	exit 1
}

# What the tools below are told by the caller's environment: proxies, certificates, package
# registries; and the tests.
is_passed_on() {
	case $1 in
	*_proxy | *_PROXY | PIP_* | UV_* | NPM_CONFIG_* | npm_config_* | YARN_* | NODE_EXTRA_CA_CERTS | NODE_OPTIONS | \
		SSL_CERT_FILE | SSL_CERT_DIR | REQUESTS_CA_BUNDLE | CURL_CA_BUNDLE | GIT_SSL_* | GIT_CONFIG_* | \
		MENTOR_* | PLAYWRIGHT_* | HYPOTHESIS_* | CI | TZ | TERM) return 0 ;;
	*) return 1 ;;
	esac
}

as_root() {
	local name kept=""
	if [ "$ME" = root ]; then
		"$@"
		return
	fi
	command -v sudo >/dev/null || die "this needs root: $*" "Run it as root, or install sudo and allow it to $ME."
	for name in $(compgen -e); do
		if is_passed_on "$name"; then kept+=${kept:+,}$name; fi
	done
	sudo ${kept:+--preserve-env="$kept"} "$@"
}

# Runs a command as the bench user, in the bench when there is one.
as_bench() (
	local name user=$BENCH_USER home=$BENCH_HOME cli=$BENCH_CLI
	cd "$BENCH_DIR" 2>/dev/null || cd /
	if [ "$ME" = root ] && [ "$user" != root ]; then
		set -- /usr/sbin/runuser -u "$user" -- "$@"
	elif [ "$ME" != "$user" ]; then
		die "the bench at $BENCH_DIR belongs to $user" "Run this as $user or as root."
	fi
	for name in $(compgen -e); do
		is_passed_on "$name" || unset "$name"
	done
	exec /usr/bin/env HOME="$home" USER="$user" LOGNAME="$user" LANG=C.UTF-8 \
		PATH="$cli/bin:$home/.local/bin:/usr/local/bin:/usr/bin:/bin" "$@"
)

# The log belongs to the bench user, whoever writes to it.
open_log() {
	as_bench mkdir -p "$CACHE_DIR"
	as_bench touch "$LOG"
}

# step "What" command …: one line on the screen, the output in the log; its end is shown when it fails.
# The command runs in a shell of its own so that `set -e` holds inside it; never call step in a condition.
step() {
	local what=$1 started=$SECONDS status output
	shift
	output=$(mktemp)
	printf '%s … ' "$what"
	set +e
	(
		set -e
		"$@"
	) >"$output" 2>&1 </dev/null
	status=$?
	set -e
	{
		printf '\n== %s: %s\n' "$(date '+%F %T')" "$what"
		cat "$output"
	} >>"$LOG"
	if [ "$status" -eq 0 ]; then
		rm "$output"
		printf 'done (%s s)\n' $((SECONDS - started))
		return 0
	fi
	printf 'failed\n\n' >&2
	tr '\r' '\n' <"$output" >"$output.lines"
	tail -n 25 "$output.lines" >&2
	printf '\n' >&2
	grep -E '^ *(error|fatal|E|ERROR|[A-Za-z.]+Error):? ' "$output.lines" | head -n 5 >&2 || true
	rm "$output" "$output.lines"
	[ -z "${STEP_HINT-}" ] || printf '\n%s\n' "$STEP_HINT" >&2
	die "$what" "The whole output is at the end of $LOG. When it is mended, run the same command again."
}

# with_lock NAME command …: one at a time on this machine. What the command starts doesn't hold the lock.
with_lock() {
	local lock=$CACHE_DIR/$1.lock
	shift
	as_bench touch "$lock"
	(
		flock 8
		"$@" 8>&-
	) 8>"$lock"
}

short_hash() { printf '%s' "$1" | sha256sum | cut -c1-15; }

# wait_until SECONDS command …: polls a condition.
wait_until() {
	local end=$((SECONDS + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$SECONDS" -lt "$end" ] || return 1
		sleep 0.2
	done
}
