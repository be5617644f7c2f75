"""The memberships of the demo's people, in the source that this site asks."""

from __future__ import annotations

import contextlib
import io
from datetime import date

import frappe
from frappe import _

from mentor_ispe.demo.manifest import find_or_make, made, make, note
from mentor_ispe.demo.people import MEMBERSHIP_TYPES, DemoPerson

SETTINGS = "Mentoring Settings"
NON_PROFIT, ROLL = "Non Profit", "Membership Roll"
SOURCE_BEFORE = "membership_source"


def choose_source() -> str:
	"""Non Profit where the site asks it; otherwise the app's own roll, which the site then has to ask."""
	source = frappe.db.get_single_value(SETTINGS, "membership_source")
	if source in (NON_PROFIT, ROLL):
		return source
	note(SOURCE_BEFORE, source or "")
	frappe.db.set_single_value(SETTINGS, "membership_source", ROLL)
	return ROLL


def write(person: DemoPerson, source: str, today: date) -> tuple[str, str] | None:
	"""Write one person's memberships; return the record to link the profile to, None when there is none."""
	return (_in_non_profit if source == NON_PROFIT else _in_the_roll)(person, today)


def prepare(source: str) -> None:
	"""Make the kinds of membership that Non Profit needs to know."""
	if source == NON_PROFIT:
		for name, fee in MEMBERSHIP_TYPES.items():
			find_or_make("Membership Type", name, {"membership_type": name, "amount": fee})


def _in_non_profit(person: DemoPerson, today: date) -> tuple[str, str] | None:
	name = frappe.db.get_value("Member", {"email_id": person.email})
	if made("Member", name):
		return "Member", name
	member = make(
		{
			"doctype": "Member",
			"member_name": person.full_name,
			"email_id": person.email,
			"membership_type": person.membership_type,
		}
	)
	for period in person.periods:
		first, last = period.dates(today)
		with contextlib.redirect_stdout(io.StringIO()):  # Non Profit prints the member's name
			membership = frappe.get_doc(
				{
					"doctype": "Membership",
					"member": member.name,
					"membership_type": person.membership_type,
					"membership_status": "Cancelled" if period.cancelled else _status(first, last, today),
					"from_date": first,
					"to_date": last,
					"paid": int(period.paid),
					"amount": MEMBERSHIP_TYPES[person.membership_type],
					"company": _company(),
				}
			).insert(ignore_permissions=True)
		# Non Profit counts the end from its billing cycle; the demo needs these very days.
		membership.db_set("to_date", last, update_modified=False)
	return "Member", member.name


def _in_the_roll(person: DemoPerson, today: date) -> tuple[str, str] | None:
	first_entry = None
	for number, period in enumerate((period for period in person.periods if period.paid), start=1):
		entry = f"DEMO-{person.number:03d}-{number}"
		first_entry = first_entry or entry
		if made("Membership Roll Entry", entry):
			continue
		first, last = period.dates(today)
		make(
			{
				"doctype": "Membership Roll Entry",
				"member_number": entry,
				"full_name": person.full_name,
				"email": person.email,
				"chapter": person.profile["chapter"],
				"membership_type": person.membership_type,
				"from_date": first,
				"to_date": last,
				"cancelled": int(period.cancelled),
			}
		)
	# Several entries of one person are found by the address, so none of them is linked.
	return None


def _status(first: date, last: date, today: date) -> str:
	if today < first:
		return "New"
	return "Current" if today <= last else "Expired"


def _company() -> str:
	company = (
		frappe.db.get_single_value("Non Profit Settings", "company")
		or frappe.defaults.get_global_default("company")
		or frappe.db.get_value("Company", {})
	)
	if not company:
		frappe.throw(_("Non Profit memberships belong to a company. Create a company first."))
	return company
