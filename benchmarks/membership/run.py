"""Measure the membership answer: queries and time for many people, against a plain read of the same rows.

	bench_env/bin/python benchmarks/membership/run.py --site NAME --bench BENCH_DIR [--people 20000]

Puts that many people with one membership each into every source, asks for all of them and for one,
reads the same rows with `frappe.get_all`, and rolls everything back. The site must allow tests.
Prints a table; exits 1 when the number of queries depends on the number of people.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent))

import data
import frappe

from mentor_ispe.membership.status import standings

ON = date(2027, 6, 30)
ROUNDS = 7
PROFILE_FIELDS = ["name", "email", "user", "contact", "membership_doctype", "membership_record"]

# What a plain read of the same rows is, by source: every table that the source looks into.
ROWS = {
	"Membership Roll": {
		"Mentoring Profile": PROFILE_FIELDS,
		"Membership Roll Entry": ["name", "email", "membership_type", "from_date", "to_date", "cancelled"],
	},
	"Non Profit": {
		"Mentoring Profile": PROFILE_FIELDS,
		"Member": ["name", "email_id"],
		"Membership": ["name", "member", "membership_type", "from_date", "to_date", "membership_status"],
	},
	"Subscription": {
		"Mentoring Profile": PROFILE_FIELDS,
		"Portal User": ["parent", "user"],
		"Subscription": [
			"name",
			"party",
			"status",
			"start_date",
			"end_date",
			"cancelation_date",
			"trial_period_start",
			"current_invoice_start",
			"current_invoice_end",
			"cancel_at_period_end",
		],
		"Subscription Plan Detail": ["parent", "plan"],
	},
}


def main() -> int:
	options = parse()
	connect(options.site, options.bench)
	try:
		return report(options.people)
	finally:
		frappe.db.rollback()
		frappe.destroy()


def parse() -> argparse.Namespace:
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument(
		"--site", default=os.environ.get("MENTOR_TEST_SITE"), required="MENTOR_TEST_SITE" not in os.environ
	)
	parser.add_argument("--bench", default=os.environ.get("MENTOR_BENCH", "."))
	parser.add_argument("--people", type=int, default=20_000)
	return parser.parse_args()


def connect(site: str, bench: str) -> None:
	os.chdir(os.path.join(bench, "sites"))
	frappe.init(site=site, sites_path=".")
	if not frappe.conf.allow_tests:
		sys.exit(f"{site} doesn't allow tests")
	frappe.connect()


def report(people: int) -> int:
	data.empty_tables()
	profiles = data.put_people(people)
	depends = False
	print(f"{people} people, one membership each; median of {ROUNDS} rounds")
	head = ("source", "queries for 1", f"for {people}", "time", "get_all", "ratio", "one person")
	print("{:<16} {:>13} {:>10} {:>9} {:>9} {:>6} {:>11}".format(*head))
	for source in ROWS:
		data.SOURCES[source](people)
		frappe.db.set_single_value("Mentoring Settings", "membership_source", source)
		few, all_of_them, plain_read = (
			partial(ask, profiles[:1]),
			partial(ask, profiles),
			partial(read, source),
		)
		few()  # metadata is read once and kept
		one, many = count(few), count(all_of_them)
		depends |= one != many
		answer, plain = race(all_of_them, plain_read)
		single = median(few)
		print(
			f"{source:<16} {one:>13} {many:>10} {answer * 1000:>6.0f} ms {plain * 1000:>6.0f} ms"
			f" {answer / plain:>6.2f} {single * 1000:>8.1f} ms"
		)
	return int(depends)


def ask(profiles: list[str]) -> None:
	asked = standings(profiles, on=ON)
	wrong = [name for name, standing in asked.items() if standing.state != "Active"]
	assert len(asked) == len(profiles), (len(asked), len(profiles))
	assert not wrong, asked[wrong[0]]


def read(source: str) -> None:
	for doctype, fields in ROWS[source].items():
		frappe.get_all(doctype, fields=fields)


def count(call: Callable[[], None]) -> int:
	"""How many statements `call` sends to the database, nothing remembered from before."""
	frappe.db.value_cache.clear()
	original, statements = frappe.db.sql, []

	def counting(*args, **kwargs):
		statements.append(args)
		return original(*args, **kwargs)

	frappe.db.sql = counting
	try:
		call()
	finally:
		del frappe.db.sql
	return len(statements)


def median(call: Callable[[], None]) -> float:
	return statistics.median(seconds(call) for _ in range(ROUNDS))


def race(one: Callable[[], None], other: Callable[[], None]) -> tuple[float, float]:
	"""The median times of two calls that take turns, so that both meet the same machine."""
	times = [(seconds(one), seconds(other)) for _ in range(ROUNDS)]
	return statistics.median(first for first, _ in times), statistics.median(second for _, second in times)


def seconds(call: Callable[[], None]) -> float:
	start = perf_counter()
	call()
	return perf_counter() - start


if __name__ == "__main__":
	sys.exit(main())
