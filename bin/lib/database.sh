# shellcheck shell=bash
# MariaDB as Frappe wants it, and the account with which this bench makes and drops databases.

DB_CONFIG=/etc/mysql/mariadb.conf.d/90-frappe.cnf
DB_ADMIN=bench_$(short_hash "$BENCH_DIR")

database_settings() {
	cat <<'CNF'
# Written by bin/demo. Frappe needs this character set.
[mysqld]
character-set-client-handshake = FALSE
character-set-server = utf8mb4
collation-server = utf8mb4_unicode_ci

# For speed on a development machine: a crash of the machine may lose the last second.
innodb_flush_log_at_trx_commit = 2
CNF
	if [ "$(awk '/MemTotal/ {print int($2 / 1048576)}' /proc/meminfo)" -ge 6 ]; then
		echo "innodb_buffer_pool_size = 1G"
	fi
	printf '\n[mysql]\ndefault-character-set = utf8mb4\n'
}

configure_database() {
	database_settings | as_root tee "$DB_CONFIG"
	as_root service mariadb restart
}

# The password stands in the bench's configuration alone, which only the bench user can read.
make_db_admin() {
	local password
	password=$(openssl rand -hex 20)
	as_root mariadb <<SQL
CREATE OR REPLACE USER '$DB_ADMIN'@'localhost' IDENTIFIED BY '$password';
GRANT ALL PRIVILEGES ON *.* TO '$DB_ADMIN'@'localhost' WITH GRANT OPTION;
SQL
	as_bench chmod 600 sites/common_site_config.json
	as_bench bench set-config --global root_login "$DB_ADMIN"
	as_bench bench set-config --global root_password "$password"
	as_bench chmod 600 sites/common_site_config.json
}

db_admin_works() {
	local login
	login=$(bench_config root_login)
	[ -n "$login" ] && MYSQL_PWD=$(bench_config root_password) mariadb --user "$login" -e 'SELECT 1' >/dev/null 2>&1
}

ensure_db_admin() {
	local login
	db_admin_works && return 0
	login=$(bench_config root_login)
	case $login in
	"" | "$DB_ADMIN") step "Making the database account of the bench" make_db_admin ;;
	*) die "MariaDB refuses root_login \"$login\" of $BENCH_DIR/sites/common_site_config.json" \
		"Correct it and root_password there, or remove both for a new account." ;;
	esac
}

ensure_database() {
	if [ ! -f "$DB_CONFIG" ]; then
		step "Configuring MariaDB" configure_database
	fi
	start_mariadb
}
