# shellcheck shell=bash
# Web servers and workers: the demo's in the background, the tests' for as long as they run.

DEMO_PID=$STATE_DIR/demo.pid
DEMO_PROCFILE=$STATE_DIR/demo.procfile
DEMO_WEB_PID=$STATE_DIR/demo-web.pid
DEMO_LOG=$BENCH_DIR/logs/mentor-demo.log

gunicorn_command() { # gunicorn_command BIND WORKERS [options]: the site comes from MENTOR_SERVE_SITE
	local bind=$1 workers=$2
	shift 2
	printf '%s ' "$BENCH_DIR/env/bin/gunicorn" --chdir "$BENCH_DIR/sites" --pythonpath "$APP_DIR/bin/lib" \
		--bind "$bind" --workers "$workers" --timeout 120 "$@" serve_site:application
}

# launch PID_FILE LOG_FILE command …: in a session of its own, so that it outlives this one.
launch() {
	# shellcheck disable=SC2016 # the inner shell expands it
	as_bench setsid --fork sh -c 'echo $$ >"$0"; log=$1; shift; exec "$@" >"$log" 2>&1 </dev/null' "$@"
}

gone() { [ -z "$(tr -d '\0' 2>/dev/null <"/proc/$1/cmdline")" ]; }

# end PID_FILE: politely, then not.
end() {
	local pid
	pid=$(cat "$1" 2>/dev/null) || return 0
	kill "$pid" 2>/dev/null || true
	wait_until 20 gone "$pid" || kill -KILL -- "-$pid" 2>/dev/null || true
	as_bench rm -f "$1"
}

answers() { [ "$(curl --noproxy '*' -fsS "http://$1/api/method/ping" 2>/dev/null)" = '{"message":"pong"}' ]; }

# The demo ------------------------------------------------------------------------------------

demo_runs() {
	local pid
	pid=$(cat "$DEMO_PID" 2>/dev/null) && [ -r "/proc/$pid/cmdline" ] &&
		tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF "$DEMO_PROCFILE"
}

demo_address() { printf '%s:%s\n' "${WEB_BIND/0.0.0.0/127.0.0.1}" "$WEB_PORT"; }

# Bench's own processes, with gunicorn in the place of the development server.
demo_procfile() {
	echo "web: MENTOR_SERVE_SITE=$SITE $(gunicorn_command "$WEB_BIND:$WEB_PORT" 2 --threads 4 --pid "$DEMO_WEB_PID")"
	grep -E '^(socketio|schedule|worker):' "$BENCH_DIR/Procfile"
}

launch_demo() {
	demo_procfile | as_bench tee "$DEMO_PROCFILE" >/dev/null
	launch "$DEMO_PID" "$DEMO_LOG" bench start --procfile "$DEMO_PROCFILE"
	wait_until 90 answers "$(demo_address)"
}

start_demo() {
	demo_runs && answers "$(demo_address)" && return 0
	stop_demo
	if port_is_taken "$WEB_PORT"; then
		die "port $WEB_PORT is taken by another program" "Set WEB_PORT to a free one, e.g. WEB_PORT=8080 bin/demo"
	fi
	STEP_HINT="The servers' output: $DEMO_LOG" step "Starting the servers" launch_demo
}

stop_demo() {
	if demo_runs; then end "$DEMO_PID"; fi
}

# The running demo takes up changed code.
reload_demo() {
	demo_runs || return 0
	kill -HUP "$(cat "$DEMO_WEB_PID")" 2>/dev/null || true
}

# The tests -----------------------------------------------------------------------------------

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Four web workers of a site; the address goes to BASE_URLS[SITE].
declare -A BASE_URLS=()
start_test_server() { # start_test_server SITE
	local address command logs=$BENCH_DIR/logs/$1
	address=127.0.0.1:$(free_port)
	read -ra command <<<"$(gunicorn_command "$address" 4 --preload)"
	BASE_URLS[$1]=http://$address
	MENTOR_SERVE_SITE=$1 launch "$STATE_DIR/test-web-$1-$$.pid" "$logs-web.log" "${command[@]}"
	wait_until 60 answers "$address" || {
		tail -n 25 "$logs-web.log" >&2
		die "the server of $1 does not answer on $address" "Its output: $logs-web.log"
	}
}

# One background worker, for all sites of the bench.
start_test_worker() {
	launch "$STATE_DIR/test-worker-$$.pid" "$BENCH_DIR/logs/$TEST_SITE-worker.log" bench worker
}

stop_test_servers() {
	local site
	for site in "${!BASE_URLS[@]}"; do end "$STATE_DIR/test-web-$site-$$.pid"; done
	end "$STATE_DIR/test-worker-$$.pid"
}
