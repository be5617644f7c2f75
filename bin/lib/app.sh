# shellcheck shell=bash
# This checkout as an app of the bench.

digest_of_files() { # digest_of_files DIR find-expression …
	local dir=$1
	shift
	(cd "$dir" && find . -type f "$@" -print0 | LC_ALL=C sort -z | xargs -0r sha256sum | sha256sum | cut -d' ' -f1)
}

# changed_since FILE DIGEST: true unless FILE was last settled with that digest.
changed_since() { [ "$(cat "$1" 2>/dev/null)" != "$2" ]; }

settle() { as_bench sh -c "mkdir -p '$(dirname "$1")' && echo '$2' > '$1'"; }

# What is on the bench equals the checkout, but for bytecode and built assets. Prints what it changed.
copy_checkout() {
	if [ "$CHECKOUT" = "$(realpath -m "$APP_DIR")" ]; then
		return 0
	fi
	if [ -e "$APP_DIR/.git" ]; then
		die "$APP_DIR is a clone of its own, not a copy of $CHECKOUT" \
			"Work there (its bin/test tests it in place), or move it away."
	fi
	local changes ownership=()
	if [ "$ME" = root ]; then
		ownership=(--chown="$BENCH_USER:$(id -gn "$BENCH_USER")")
	fi
	# "p": these don't keep a folder alive that is gone from the checkout
	changes=$(rsync -a --delete --itemize-changes "${ownership[@]}" \
		--filter='-p __pycache__/' --filter='-p *.pyc' --filter='-p *.egg-info' --filter='-p node_modules' \
		--exclude=/.git --exclude=/.venv --exclude=/.pytest_cache --exclude=/.hypothesis --exclude=/.ruff_cache --exclude=/.mypy_cache \
		--exclude=/mentor_ispe/public/dist \
		"$CHECKOUT/" "$APP_DIR/")
	grep -v '^\.d' <<<"$changes" || true
}

# The package with its test requirements, in the bench's Python.
install_package() {
	as_bench env/bin/python -m pip install --quiet --disable-pip-version-check -e "apps/mentor_ispe[test]"
}

list_app() {
	grep -qx mentor_ispe "$BENCH_DIR/sites/apps.txt" && return 0
	{
		awk 1 "$BENCH_DIR/sites/apps.txt" # awk ends the last line
		echo mentor_ispe
	} | as_bench sh -c 'cat >sites/apps.txt.new && mv sites/apps.txt.new sites/apps.txt'
}

link_assets() {
	local link=$BENCH_DIR/sites/assets/mentor_ispe
	if [ "$(readlink -f "$link")" != "$(readlink -f "$APP_DIR/mentor_ispe/public")" ]; then
		as_bench mkdir -p sites/assets
		as_bench ln -sfn "$APP_DIR/mentor_ispe/public" "$link"
	fi
}

# Cached hooks and metadata would outlive the code that they come from, and so would the demo's processes.
forget_old_code() {
	local port
	port=$(redis_port cache)
	if redis_answers "$port"; then
		redis-cli -p "$port" flushall >/dev/null
	fi
	reload_demo
}

sync_app() { with_lock sync sync_app_alone; }

sync_app_alone() {
	local package translations changes
	changes=$(copy_checkout)
	list_app
	link_assets
	package=$(sha256sum <"$CHECKOUT/pyproject.toml" | cut -d' ' -f1)
	if changed_since "$STATE_DIR/package.digest" "$package"; then
		step "Installing the Python package and its test requirements" install_package
		settle "$STATE_DIR/package.digest" "$package"
	fi
	# `bench build` does it elsewhere; tests that need no bundle need German.
	translations=$(digest_of_files "$CHECKOUT/mentor_ispe/locale" -name '*.po')
	if changed_since "$STATE_DIR/translations.digest" "$translations"; then
		step "Compiling the translations" as_bench bench compile-po-to-mo --app mentor_ispe --force
		settle "$STATE_DIR/translations.digest" "$translations"
		changes=yes
	fi
	[ -z "$changes" ] || forget_old_code
}

build_app_assets() {
	local assets
	assets=$(digest_of_files "$CHECKOUT/mentor_ispe/public" -not -path '*/dist/*')
	if changed_since "$STATE_DIR/assets.digest" "$assets"; then
		step "Building the app's assets" as_bench bench build --production --app mentor_ispe
		settle "$STATE_DIR/assets.digest" "$assets"
	fi
}

# What `migrate` looks at. Code alone needs no migration.
schema_digest() {
	digest_of_files "$CHECKOUT/mentor_ispe" \
		\( -name '*.json' -o -name '*.txt' -o -name hooks.py -o -path './setup/*.py' -o -path './patches/*.py' \
		-o -path './mentor_ispe/*.html' -o -path './mentor_ispe/*.md' \) -not -path './public/*'
}
