"""The profile of the person who is signed in: what it starts with, what they say of themselves, how often we write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.geo.country_info import get_country_info
from frappe.utils import get_system_timezone

from mentor_ispe.clock import today
from mentor_ispe.domain.profile_fields import LIST, OWN_FIELDS
from mentor_ispe.domain.time_zones import guess_zone, zone_named
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.readers import ONE_A_DAY, ONLY_NEEDED
from mentor_ispe.membership.base import fold
from mentor_ispe.membership.registry import name_on_record
from mentor_ispe.permissions import signed_links
from mentor_ispe.readings.profiles import profile_of
from mentor_ispe.services.members.logins import link_waiting, save_confirmed

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_profile.mentoring_profile import MentoringProfile

PROFILE = "Mentoring Profile"
CONTACT, ADDRESS = "Contact", "Address"
EACH_AT_ONCE = "Each at Once"

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
	_refuse_too_long(values)
	if values.get("time_zone", doc.time_zone) != doc.time_zone:
		doc.keeps_time_zone = 0  # who moves is asked again when their device does
	for field, value in values.items():
		if field in LISTS:
			doc.set(field, [{LISTS[field]: item} for item in value or ()])
		else:
			doc.set(field, value)
	doc.time_zone = doc.time_zone or zone_of_country(doc.country)
	if doc.is_new():
		save_confirmed(doc)
	else:
		doc.save(ignore_permissions=True)
	return doc


def _refuse_too_long(values: Mapping[str, Any]) -> None:
	meta = frappe.get_meta(PROFILE)
	longest = frappe.db.VARCHAR_LEN
	for field in OWN_FIELDS:
		value = values.get(field.name)
		is_short = meta.get_field(field.name).fieldtype == "Data"
		if is_short and isinstance(value, str) and len(value) > longest:
			frappe.throw(
				_("{0}: use {1} characters or fewer. You have {2}.").format(
					_(field.question), longest, len(value)
				),
				exc=RuleViolation,
			)


def zone_of_country(country: str | None) -> str:
	"""The time zone to start with where a person's device says none: that of most people of their country."""
	return guess_zone(country, get_country_info(country).get("timezones") or ()) if country else ""


def choose_time_zone(profile: str, zone: str | None) -> None:
	"""Take over the zone of the person's device; None: never ask them again whether they want to."""
	doc = frappe.get_doc(PROFILE, profile, for_update=True)
	if zone is None:
		doc.keeps_time_zone = 1
	elif zone_named(zone):
		doc.time_zone = zone
	else:
		frappe.throw(
			_("{0} is not a time zone. Choose one in your profile.").format(frappe.utils.escape_html(zone)),
			exc=RuleViolation,
		)
	doc.save(ignore_permissions=True)


def mail_frequency(profile: str) -> str:
	"""What the person chose; each at once when they never did."""
	return frappe.db.get_value(PROFILE, profile, "mail_rhythm") or EACH_AT_ONCE


def needs_only(profile: str) -> bool:
	"""Whether the person wants no optional mails."""
	return mail_frequency(profile) == ONLY_NEEDED


def choose_mail_frequency(profile: str, rhythm: str) -> None:
	"""Write down the choice; it holds for what is announced from now on."""
	if rhythm not in (EACH_AT_ONCE, ONE_A_DAY, ONLY_NEEDED):
		frappe.throw(_("Choose each email right away, one a day, or only what is needed."), exc=RuleViolation)
	doc = frappe.get_doc(PROFILE, profile, for_update=True)
	doc.mail_rhythm = rhythm
	doc.save(ignore_permissions=True)


def stop_optional_mails(key: str) -> bool:
	"""What the link of a mail does for whoever it was sent to, however often; False when it is no good any more.

	The one thing it does is to send less: it shows nothing and opens nothing.
	"""
	profile = signed_links.read_short(signed_links.OPTIONAL_MAILS, key, today())
	if not profile or not frappe.db.exists(PROFILE, profile):
		return False
	if not needs_only(profile):
		choose_mail_frequency(profile, ONLY_NEEDED)
	return True


def starting_values(user: str) -> dict[str, Any]:
	"""Fields of a profile from the login, the membership record and the contact; what isn't known is left out."""
	login = frappe.db.get_value(
		"User", user, ["email", "full_name", "time_zone", "language", "location"], as_dict=True
	)
	email = fold(login.email)
	known = {
		"full_name": name_on_record(email) or login.full_name,
		# Frappe gives every new login the zone of the site; only another one was chosen.
		"time_zone": login.time_zone if login.time_zone != get_system_timezone() else "",
		"city": login.location,
		"languages": [login.language] if login.language else [],
	}
	known.update(_contact(email))
	known["time_zone"] = known["time_zone"] or zone_of_country(known.get("country"))
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
