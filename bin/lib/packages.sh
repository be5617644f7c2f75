# shellcheck shell=bash
# What has to be on the machine: Debian packages, yarn, bench, and the user whose bench it is.

PACKAGES=(
	mariadb-server mariadb-client libmariadb-dev redis-server
	git curl ca-certificates rsync openssl
	python3-venv python3-dev build-essential pkg-config
	wkhtmltopdf fonts-dejavu-core
)
YARN_VERSION=1.22.22
AXE_VERSION=4.14.1

require_debian() {
	command -v apt-get >/dev/null ||
		die "this needs Debian or a system with its packages" "On another system make a bench yourself, see docs/platform.md."
	[ "$ME" = "$BENCH_USER" ] || [ "$ME" = root ] ||
		die "BENCH_USER is $BENCH_USER and you are $ME" "Run this as root, or leave BENCH_USER out."
}

require_python() {
	/usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null ||
		die "/usr/bin/python3 is older than 3.10" "Frappe 15 needs 3.10 to 3.13."
}

missing_packages() {
	local name
	for name in "$@"; do
		dpkg-query -W -f='${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || printf '%s\n' "$name"
	done
}

install_packages() {
	as_root apt-get update
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

ensure_packages() { # ensure_packages NAME …
	local missing
	mapfile -t missing < <(missing_packages "$@")
	[ ${#missing[@]} -eq 0 ] || step "Installing Debian packages: ${missing[*]}" install_packages "${missing[@]}"
}

node_is_new_enough() {
	as_bench node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null
}

ensure_node() {
	if ! node_is_new_enough; then
		ensure_packages nodejs npm
		node_is_new_enough || die "node is older than 18" "Remove the one that $BENCH_USER finds first in PATH: $(command -v node)"
	elif ! as_bench npm --version >/dev/null 2>&1; then
		ensure_packages npm
	fi
	if [ "$(as_bench yarn --version 2>/dev/null)" != "$YARN_VERSION" ]; then
		STEP_HINT="npm reads its registry from NPM_CONFIG_REGISTRY." \
			step "Installing yarn $YARN_VERSION" as_root npm install --global "yarn@$YARN_VERSION"
	fi
}

ensure_bench_user() {
	if ! getent passwd "$BENCH_USER" >/dev/null; then
		as_root useradd --create-home --shell /bin/bash "$BENCH_USER"
		default_settings
	fi
}

make_bench_cli() {
	as_bench rm -rf "$BENCH_CLI"
	as_bench /usr/bin/python3 -m venv "$BENCH_CLI"
	as_bench "$BENCH_CLI/bin/pip" install --quiet --disable-pip-version-check frappe-bench
}

ensure_bench_cli() {
	as_bench "$BENCH_CLI/bin/bench" --version >/dev/null 2>&1 ||
		STEP_HINT="pip reads its index from PIP_INDEX_URL." step "Installing bench" make_bench_cli
}

# For tests/browser.
ensure_browser() {
	ensure_packages chromium
	ensure_axe
}

# The accessibility checks; the tests read the script from MENTOR_AXE.
ensure_axe() {
	local folder=$CACHE_DIR/axe-core-$AXE_VERSION
	export MENTOR_AXE=$folder/node_modules/axe-core/axe.min.js
	as_bench test -s "$MENTOR_AXE" || STEP_HINT="npm reads its registry from NPM_CONFIG_REGISTRY." \
		step "Getting axe-core $AXE_VERSION" as_bench npm install --prefix "$folder" \
		--no-save --no-audit --no-fund --ignore-scripts "axe-core@$AXE_VERSION"
}

ensure_machine() {
	require_debian
	ensure_bench_user
	open_log
	ensure_packages "${PACKAGES[@]}"
	require_python
	ensure_node
	ensure_bench_cli
}
