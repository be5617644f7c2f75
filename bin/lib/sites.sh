# shellcheck shell=bash
# Sites, made from a dump of one that has everything but our app.

# Those of ERPNext, Payments and Non Profit that the bench has: all, when bin/demo made it.
site_apps() {
	local app
	for app in erpnext payments non_profit; do
		if grep -qx "$app" "$BENCH_DIR/sites/apps.txt"; then echo "$app"; fi
	done
}

site_exists() { [ -f "$BENCH_DIR/sites/$1/site_config.json" ]; }

# A database of its own name for each bench, so that a bench never takes another one's database, and
# may take what was left behind by a bench that stood in the same place.
db_name() { printf 'm%s\n' "$(short_hash "$BENCH_DIR $1")"; }

new_site() { # new_site SITE [bench new-site options]
	local site=$1
	shift
	as_bench bench new-site "$site" --force --db-name "$(db_name "$site")" \
		--db-root-username "$(bench_config root_login)" --admin-password "$ADMIN_PASSWORD" "$@"
}

drop_site() {
	as_bench bench drop-site "$1" --force --no-backup --db-root-username "$(bench_config root_login)" \
		--archived-sites-path "$CACHE_DIR/dropped"
	as_bench rm -rf "$CACHE_DIR/dropped"
}

# The answers that ERPNext's set-up wizard asks for.
wizard_answers() {
	local year
	year=$(date +%Y)
	cat <<JSON
{"args": {
	"language": "English", "country": "United States", "timezone": "America/New_York", "currency": "USD",
	"full_name": "Administrator", "email": "",
	"company_name": "Example Association", "company_abbr": "EXA", "chart_of_accounts": "Standard",
	"fy_start_date": "$year-01-01", "fy_end_date": "$year-12-31",
	"enable_telemetry": 0, "setup_demo": 0
}}
JSON
}

finish_wizard() {
	as_bench bench --site "$1" execute frappe.desk.page.setup_wizard.setup_wizard.setup_complete --kwargs "$(wizard_answers)"
}

base_dump() {
	local app key
	key=$({
		for app in frappe $(site_apps); do as_bench git -C "apps/$app" rev-parse HEAD; done
		wizard_answers
	} | sha256sum | cut -c1-12)
	printf '%s/base-%s.sql\n' "$CACHE_DIR" "$key"
}

make_base_dump() { # make_base_dump FILE
	local app base=mentor-base.localhost
	new_site "$base"
	for app in $(site_apps); do as_bench bench --site "$base" install-app "$app"; done
	finish_wizard "$base"
	as_bench sh -c "rm -f '$CACHE_DIR'/base-*.sql"
	MYSQL_PWD=$(bench_config root_password) mariadb-dump --user "$(bench_config root_login)" \
		--single-transaction --quick --skip-comments "$(db_name "$base")" | as_bench tee "$1.new" >/dev/null
	as_bench mv "$1.new" "$1"
	drop_site "$base"
}

# fill_site SITE DUMP: ERPNext, Payments and Non Profit from the dump. No mail leaves these sites;
# it stays in the Email Queue, where one can read it.
fill_site() {
	new_site "$1" --source-sql "$2"
	as_bench bench --site "$1" set-admin-password "$ADMIN_PASSWORD"
	as_bench bench --site "$1" set-config --parse mute_emails 1
	as_bench bench --site "$1" set-config --parse developer_mode 0
	as_bench touch "sites/$1/made-by-mentor-ispe"
}

ensure_base_dump() { with_lock base-dump ensure_base_dump_alone; }

ensure_base_dump_alone() {
	local dump
	dump=$(base_dump)
	[ -s "$dump" ] || step "Making a base site with $(site_apps | paste -sd ' '), once" make_base_dump "$dump"
}

site_is_unfinished() { [ -e "$STATE_DIR/unfinished-$1" ]; }

# make_site SITE: without our app. The mark outlives an interruption.
make_site() {
	ensure_base_dump
	as_bench sh -c "mkdir -p '$STATE_DIR' && touch '$STATE_DIR/unfinished-$1'"
	step "Making the site $1" fill_site "$1" "$(base_dump)"
	as_bench rm "$STATE_DIR/unfinished-$1"
}

install_app_on() {
	as_bench bench --site "$1" install-app --force mentor_ispe # whatever an interrupted one left
	settle "$BENCH_DIR/sites/$1/mentor-ispe.schema" "$(schema_digest)"
}

# Tests make more users within an hour than Frappe's limit of 60 lets through.
allow_tests_on() {
	grep -q throttle_user_limit "$BENCH_DIR/sites/$1/site_config.json" && return 0
	as_bench bench --site "$1" set-config --parse allow_tests 1
	as_bench bench --site "$1" set-config --parse throttle_user_limit 1000000
}

site_has_app() { as_bench bench --site "$1" list-apps 2>/dev/null | grep -q '^mentor_ispe\b'; }

# A site that exists keeps what it has: only our app is added, or migrated when it changed.
ensure_site() { # ensure_site SITE
	local schema mark=$BENCH_DIR/sites/$1/mentor-ispe.schema
	if ! site_exists "$1" || site_is_unfinished "$1"; then
		make_site "$1"
	fi
	schema=$(schema_digest)
	changed_since "$mark" "$schema" || return 0
	if site_has_app "$1"; then
		step "Migrating $1" as_bench bench --site "$1" migrate
		settle "$mark" "$schema"
	else
		step "Installing the app on $1" install_app_on "$1"
	fi
}

remove_site() { # remove_site SITE: only one that these scripts made
	site_exists "$1" || return 0
	[ -f "$BENCH_DIR/sites/$1/made-by-mentor-ispe" ] || site_is_unfinished "$1" ||
		die "$1 was not made by these scripts" "If it may go: cd $BENCH_DIR && bench drop-site $1"
	step "Dropping the site $1" drop_site "$1"
}
