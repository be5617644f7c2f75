"""Many people and their memberships, written in bulk."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe.utils import now

FIRST, LAST = "2026-07-01", "2027-12-31"
TABLES = (
	"Mentoring Profile",
	"Membership Roll Entry",
	"Member",
	"Membership",
	"Customer",
	"Portal User",
	"Contact",
	"Contact Email",
	"Dynamic Link",
	"Subscription",
	"Subscription Plan Detail",
	"Sales Invoice",
)


def empty_tables() -> None:
	"""Leave nobody else in the tables, so that what is measured is what was made."""
	for doctype in TABLES:
		frappe.db.delete(doctype)


def put(doctype: str, fields: list[str], rows: Iterable[tuple]) -> None:
	moment = now()
	frappe.db.bulk_insert(
		doctype,
		["owner", "modified_by", "creation", "modified", "name", *fields],
		[("Administrator", "Administrator", moment, moment, *row) for row in rows],
	)


def email(number: int) -> str:
	return f"member-{number:06}@example.org"


def put_people(people: int) -> list[str]:
	"""Make the profiles and return their names."""
	names = [f"bench{number:06}" for number in range(people)]
	put(
		"Mentoring Profile",
		["full_name", "email", "employer", "country", "career_stage"],
		[
			(name, f"Member {number}", email(number), f"Employer {number % 300}", None, "Senior")
			for number, name in enumerate(names)
		],
	)
	return names


def put_roll(people: int) -> None:
	put(
		"Membership Roll Entry",
		["member_number", "full_name", "email", "membership_type", "from_date", "to_date", "cancelled"],
		[
			(f"M{number:06}", f"M{number:06}", f"Member {number}", email(number), "Full", FIRST, LAST, 0)
			for number in range(people)
		],
	)


def put_memberships(people: int) -> None:
	put(
		"Member",
		["member_name", "email_id"],
		[(f"MEM{number:06}", f"Member {number}", email(number)) for number in range(people)],
	)
	put(
		"Membership",
		["member", "membership_type", "from_date", "to_date", "membership_status", "paid"],
		[
			(f"MSH{number:06}", f"MEM{number:06}", "Full", FIRST, LAST, "Current", 1)
			for number in range(people)
		],
	)


def put_subscriptions(people: int) -> None:
	put("Customer", ["customer_name"], [(f"C{number:06}", f"Member {number}") for number in range(people)])
	put(
		"Portal User",
		["parent", "parenttype", "parentfield", "idx", "user"],
		[
			(f"PU{number:06}", f"C{number:06}", "Customer", "portal_users", 1, email(number))
			for number in range(people)
		],
	)
	put(
		"Subscription",
		["party_type", "party", "status", "start_date"],
		[(f"SUB{number:06}", "Customer", f"C{number:06}", "Active", FIRST) for number in range(people)],
	)
	put(
		"Subscription Plan Detail",
		["parent", "parenttype", "parentfield", "idx", "plan", "qty"],
		[
			(f"SPD{number:06}", f"SUB{number:06}", "Subscription", "plans", 1, "Full", 1)
			for number in range(people)
		],
	)


SOURCES = {"Membership Roll": put_roll, "Non Profit": put_memberships, "Subscription": put_subscriptions}
