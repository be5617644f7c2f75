"""The profile of the person who is signed in: what it starts with, what they say of themselves, how often we write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

from mentor_ispe.domain.profile_fields import LIST, OWN_FIELDS
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.membership.base import fold
from mentor_ispe.membership.registry import name_on_record
from mentor_ispe.readings.profiles import profile_of
from mentor_ispe.services.members.logins import link_waiting, save_confirmed

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_profile.mentoring_profile import MentoringProfile

PROFILE = "Mentoring Profile"
CONTACT, ADDRESS = "Contact", "Address"
EACH_AT_ONCE, ONE_A_DAY = "Each at Once", "One a Day"

LISTS = {field.name: field.row for field in OWN_FIELDS if field.kind == LIST}


def save_own(values: Mapping[str, Any]) -> MentoringProfile:
	"""Make or change the signed-in person's profile; `values` are the OWN_FIELDS, lists as lists."""
	user = frappe.session.user
	if user == "Guest":
		frappe.throw(_("Please sign in first."), exc=frappe.PermissionError)
	unknown = sorted(set(values) - {field.name for field in OWN_FIELDS})
	if unknown:
		frappe.throw(
			_("A profile has no field {0} that you can set.").format(", ".join(unknown)), exc=RuleViolation
		)
	name = profile_of(user) or link_waiting(user)
	if name:
		doc = frappe.get_doc("Mentoring Profile", name)
	else:
		doc = frappe.new_doc("Mentoring Profile")
		full_name = frappe.db.get_value("User", user, "full_name")
		# The login's own name is the address that was confirmed, whatever else the login says.
		doc.update({"user": user, "email": user, "full_name": full_name, "country": None})
	for field, value in values.items():
		if field in LISTS:
			doc.set(field, [{LISTS[field]: item} for item in value or ()])
		else:
			doc.set(field, value)
	if doc.is_new():
		save_confirmed(doc)
	else:
		doc.save(ignore_permissions=True)
	return doc


def mail_frequency(profile: str) -> str:
	"""What the person chose; each at once when they never did."""
	return frappe.db.get_value(PROFILE, profile, "mail_rhythm") or EACH_AT_ONCE


def choose_mail_frequency(profile: str, rhythm: str) -> None:
	"""Write down the choice; it holds for what is announced from now on."""
	if rhythm not in (EACH_AT_ONCE, ONE_A_DAY):
		frappe.throw(_("Choose each email right away, or one a day."), exc=RuleViolation)
	doc = frappe.get_doc(PROFILE, profile, for_update=True)
	doc.mail_rhythm = rhythm
	doc.save(ignore_permissions=True)


def starting_values(user: str) -> dict[str, Any]:
	"""Fields of a profile from the login, the membership record and the contact; what isn't known is left out."""
	login = frappe.db.get_value(
		"User", user, ["email", "full_name", "time_zone", "language", "location"], as_dict=True
	)
	email = fold(login.email)
	known = {
		"full_name": name_on_record(email) or login.full_name,
		"time_zone": login.time_zone,
		"city": login.location,
		"languages": [login.language] if login.language else [],
	}
	known.update(_contact(email))
	return {field: value for field, value in known.items() if value}


def _contact(email: str) -> dict[str, Any]:
	rows = frappe.get_all(
		CONTACT,
		{"email_id": email},
		["company_name", "designation", "address"],
		order_by="modified desc",
		limit=1,
	)
	if not rows:
		return {}
	known = {"employer": rows[0].company_name, "job_title": rows[0].designation}
	if rows[0].address:
		place = frappe.db.get_value(ADDRESS, rows[0].address, ["city", "country"], as_dict=True)
		known.update(place or {})
	return {field: value for field, value in known.items() if value}
