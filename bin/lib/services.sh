# shellcheck shell=bash
# MariaDB and the two Redis servers of the bench, started where nothing else starts them.

bench_config() { # bench_config KEY: its value in the bench's common_site_config.json, or nothing
	as_bench python3 - "$1" <<'PYTHON'
import json, sys
try:
    print(json.load(open("sites/common_site_config.json")).get(sys.argv[1], ""))
except FileNotFoundError:
    print("")
PYTHON
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port_from() { # free_port_from PORT: the first from there on that nothing listens on
	local port=$1
	while port_is_taken "$port"; do port=$((port + 1)); done
	printf '%s\n' "$port"
}

redis_port() { bench_config "redis_$1" | sed 's/.*://'; }

redis_answers() { redis-cli -p "$1" ping 2>/dev/null | grep -q PONG; }

# Starts what is not running; prints the names of what it started.
start_redis() {
	local name port
	for name in cache queue; do
		port=$(redis_port "$name")
		if ! redis_answers "$port"; then
			as_bench redis-server "config/redis_$name.conf" --daemonize yes >>"$LOG" 2>&1
			wait_until 20 redis_answers "$port" ||
				die "the bench's Redis for $name does not answer on port $port" "Look into $LOG."
			say "$name"
		fi
	done
}

stop_redis() { # stop_redis cache|queue
	redis-cli -p "$(redis_port "$1")" shutdown nosave >/dev/null 2>&1 || true
}

mariadb_answers() { mariadb-admin --connect-timeout=2 ping 2>&1 | grep -Eq 'alive|Access denied'; }

start_mariadb() {
	mariadb_answers && return 0
	as_root service mariadb start >>"$LOG" 2>&1 || true
	wait_until 60 mariadb_answers ||
		die "MariaDB does not answer" "Start it (service mariadb start) and read its log (/var/log/mysql, journalctl)."
}
