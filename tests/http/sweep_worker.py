"""Run by test_sweep_killed.py in processes of its own, which it kills: `sweep_worker.py SITE STEP`.

prepare: 20,000 profiles on the roll, some in grace, some lapsed, some renewed
run:     the nightly job and the mail job, to their end
check:   print what is there as JSON
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from itertools import count, islice

import frappe
from frappe.utils import add_days, now

from mentor_ispe.clock import today
from mentor_ispe.jobs.mails import flush_notices
from mentor_ispe.jobs.membership import process_memberships

PEOPLE, GRACE, LAPSED, RENEWED = 20_000, 400, 60, 20
NOTICE = "Mentoring Notice"


def main(site: str, step: str) -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	frappe.enqueue = lambda *args, **kwargs: None  # no other process may do the work
	if step == "run":
		tell_of_commits()
	try:
		STEPS[step]()
	finally:
		frappe.destroy()


def tell_of_commits() -> None:
	"""Let whoever wants to kill this process know how far it is."""
	original = frappe.db.commit

	def commit() -> None:
		original()
		print("committed", flush=True)

	frappe.db.commit = commit


def put(doctype: str, fields: list[str], rows: Iterable[tuple]) -> None:
	moment = now()
	frappe.db.bulk_insert(
		doctype,
		["owner", "modified_by", "creation", "modified", "name", *fields],
		[("Administrator", "Administrator", moment, moment, *row) for row in rows],
	)


def prepare() -> None:
	frappe.db.set_single_value(
		"Mentoring Settings", {"membership_source": "Membership Roll", "default_grace_days": 30}
	)
	put(
		"Email Account",
		["email_id", "enable_outgoing", "default_outgoing"],
		[("Sweep", "sweep@example.org", 1, 1)],
	)
	put_people()
	program, cycle = make_cycle()
	numbers = count()
	put(
		"Mentee",
		["profile", "full_name", "cycle", "program", "status"],
		[(f"ME{n}", person(n), f"Person {n}", cycle, program, "Applied") for n in take(numbers, GRACE)],
	)
	put_pairs(take(numbers, LAPSED), "Active", program, cycle)
	put_pairs(take(numbers, RENEWED), "Suspended", program, cycle)
	frappe.db.commit()


def take(numbers: Iterable[int], many: int) -> list[int]:
	return list(islice(numbers, many))


def person(number: int) -> str:
	return f"p{number:06}"


def last_day(number: int) -> str:
	"""The first ones are in grace, the next ones lapsed, all others members for a year to come."""
	days = -5 if number < GRACE else -60 if number < GRACE + LAPSED else 365
	return str(add_days(today(), days))


def put_people() -> None:
	put(
		"Mentoring Profile",
		["full_name", "email"],
		[(person(n), f"Person {n}", f"person-{n}@example.org") for n in range(PEOPLE)],
	)
	put(
		"Membership Roll Entry",
		["member_number", "full_name", "email", "from_date", "to_date"],
		[
			(f"M{n}", f"M{n}", f"Person {n}", f"person-{n}@example.org", "2020-01-01", last_day(n))
			for n in range(PEOPLE)
		],
	)


def make_cycle() -> tuple[str, str]:
	from tests.factories import make_cycle, make_program

	program = make_program().name
	return program, make_cycle(program, status="Open").name


def put_pairs(numbers: list[int], seat: str, program: str, cycle: str) -> None:
	"""Running pairs of these people, whose seat is `seat`, each with a mentor from the end of the list."""
	put(
		"Mentor",
		["profile", "full_name", "cycle", "program", "status", "seats_offered", "seats_taken"],
		[(f"MR{n}", person(PEOPLE - 1 - n), "A mentor", cycle, program, "Active", 1, 1) for n in numbers],
	)
	put(
		"Mentee",
		["profile", "full_name", "cycle", "program", "status", "mentoring_group"],
		[(f"ME{n}", person(n), f"Person {n}", cycle, program, "Active", f"G{n}") for n in numbers],
	)
	put(
		"Mentoring Group",
		["title", "cycle", "program", "format", "status", "mentor", "mentor_name"],
		[
			(f"G{n}", f"Pair {n}", cycle, program, "One-on-One", "Active", f"MR{n}", "A mentor")
			for n in numbers
		],
	)
	put(
		"Mentoring Group Member",
		[
			*("parent", "parenttype", "parentfield", "idx", "role", "participant_type", "participant"),
			*("profile", "status", "suspended_from"),
		],
		[
			(f"{key}{n}", f"G{n}", "Mentoring Group", "seats", idx, kind, kind, name, profile, status, before)
			for n in numbers
			for key, idx, kind, name, profile, status, before in (
				("T", 1, "Mentor", f"MR{n}", person(PEOPLE - 1 - n), "Active", ""),
				("S", 2, "Mentee", f"ME{n}", person(n), seat, "Active"),
			)
		],
	)


def run() -> None:
	print("sweeping", flush=True)
	result = process_memberships()
	print("flushing", flush=True)
	flush_notices()
	print(json.dumps(result), flush=True)


def check() -> None:
	notices = frappe.get_all(NOTICE, ["name", "template", "profile", "status", "notice_key"])
	mails = frappe.get_all("Email Queue", {"message_id": ("like", "mentoring-%")}, pluck="message_id")
	seats = frappe.get_all("Mentoring Group Member", {"role": "Mentee"}, ["profile", "status"])
	states = frappe.get_all("Mentoring Profile", pluck="membership_state")
	print(
		json.dumps(
			{
				"notices": [[notice.template, notice.profile, notice.status] for notice in notices],
				"names": [notice.name for notice in notices],
				"mails": [mail.split("@")[0].removeprefix("mentoring-") for mail in mails],
				"seats": {seat.profile: seat.status for seat in seats},
				"states": {state or "": states.count(state) for state in set(states)},
			}
		)
	)


STEPS = {"prepare": prepare, "run": run, "check": check}

if __name__ == "__main__":
	main(*sys.argv[1:])
