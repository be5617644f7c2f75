"""Somebody's address or name changed in another record: the membership follows, the rest a coordinator decides.

Logins, Contacts, Members and entries of the roll are kept by others. The membership that was found by the old
address stays found, since its record is linked to the profile. Where we write to, and what a person is called, is
a question for a coordinator: the list Mentoring Profile Change, with what was found and what is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, now_datetime

from mentor_ispe.domain.roll import normalise_email
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.membership.base import any_case
from mentor_ispe.membership.places import lock_holders, places_of
from mentor_ispe.mentor_ispe.doctype.mentoring_profile.identity import leave_trace
from mentor_ispe.permissions.gate import works_in_the_desk
from mentor_ispe.services.members import login_moves, logins, names

PROFILE, CHANGE = "Mentoring Profile", "Mentoring Profile Change"
ADDRESS, NAME = "Address", "Name"
OPEN, TAKEN_OVER, KEPT = "Open", "Taken Over", "Kept as It Was"
FIELDS = {ADDRESS: "email", NAME: "full_name"}
WATCHED = {
	"User": ("email", "full_name"),
	"Contact": ("email_id", "full_name"),
	"Member": ("email_id", "member_name"),
	"Membership Roll Entry": ("email", "full_name"),
}
"""Where each record keeps the address and the name."""
MEMBERSHIPS = ("Member", "Membership Roll Entry")


@dataclass(frozen=True)
class Before:
	"""A record that was changed, and what it said before and says now."""

	doctype: str
	name: str
	old: tuple[str, str]
	new: tuple[str, str]

	@property
	def address_changed(self) -> bool:
		return normalise_email(self.old[0]) != normalise_email(self.new[0])

	@property
	def name_changed(self) -> bool:
		return _one_line(self.old[1]) != _one_line(self.new[1])


def note_change(doc: Document, method: str | None = None) -> None:
	"""See what a saved record says now of somebody with a profile; called by Frappe."""
	before = doc.get_doc_before_save()
	if before is None or not works_in_the_desk():
		return  # what website users make of their own login and Contacts proves nothing
	fields = WATCHED[doc.doctype]
	follow([Before(doc.doctype, doc.name, _values(before, fields), _values(doc, fields))])


def follow(records: Iterable[Before]) -> None:
	"""The same for many records; a query each for those alone that say something else than before."""
	for record in records:
		if record.address_changed or record.name_changed:
			for profile in _people(record):
				if record.address_changed and record.doctype in MEMBERSHIPS:
					_keep_membership(profile, record)
				_ask(profile, record)


def take_over(change: str) -> str:
	"""Give the profile what was found; returns what happened, in words. Raises RuleViolation.

	A person who signs in confirms a new address themselves: both addresses get a link.
	"""
	doc = _open(change)
	profile = frappe.get_doc(PROFILE, doc.profile, for_update=True)
	if doc.what == NAME:
		names.rename(profile, doc.new_value)
		told = _("The name has been changed.")
	elif profile.user in (None, "", doc.new_value):
		profile.email = doc.new_value
		# The login's own name is an address that was confirmed.
		(logins.save_confirmed if profile.user else Document.save)(profile)
		told = _("The address has been changed.")
	else:
		login_moves.ask(profile.name, doc.new_value)
		told = _("Both addresses get a link. The address changes when both have confirmed.")
	_decide(doc, TAKEN_OVER)
	return told


def keep(changes: Iterable[str]) -> None:
	"""Remember that the profile stays as it is."""
	for change in sorted(set(changes)):
		_decide(_open(change), KEPT)


def _open(change: str) -> Document:
	doc = frappe.get_doc(CHANGE, change, for_update=True)
	if doc.status != OPEN:
		frappe.throw(_("This has already been decided. Reload the page to see how."), exc=RuleViolation)
	return doc


def _decide(doc: Document, status: str) -> None:
	doc.update({"status": status, "decided_by": frappe.session.user, "decided_on": now_datetime()})
	doc.save(ignore_permissions=True)


def _values(doc: Document, fields: tuple[str, str]) -> tuple[str, str]:
	return cstr(doc.get(fields[0])), cstr(doc.get(fields[1]))


def _people(record: Before) -> Iterator[frappe._dict]:
	"""The profiles that the record is about: linked to it, or known by the address that it had."""
	profile = frappe.qb.DocType(PROFILE)
	old = normalise_email(record.old[0])
	linked = {
		"User": profile.user == record.name,
		"Contact": profile.contact == record.name,
	}.get(
		record.doctype,
		(profile.membership_doctype == record.doctype) & (profile.membership_record == record.name),
	)
	known = linked
	if old and record.doctype != "User":
		known |= any_case(profile.email, [old]) | any_case(profile.membership_email, [old])
	yield from (
		frappe.qb.from_(profile)
		.select("name", "full_name", "email", "user", "membership_email", "membership_record")
		.where(known)
		.orderby(profile.name)
	).run(as_dict=True)


def _keep_membership(profile: frappe._dict, record: Before) -> None:
	"""Link the record that was found by the address which it no longer has."""
	if profile.membership_record or (profile.membership_email or profile.email) != normalise_email(
		record.old[0]
	):
		return
	places = places_of(record.doctype, record.name)
	if places is None or len(lock_holders(record.doctype, record.name)) < places:
		values = {"membership_doctype": record.doctype, "membership_record": record.name}
		frappe.db.set_value(PROFILE, profile.name, values)
		leave_trace(profile.name, _("Membership"), profile.email, f"{_(record.doctype)} {record.name}")


def _ask(profile: frappe._dict, record: Before) -> None:
	found = []
	if record.address_changed and profile.email == normalise_email(record.old[0]):
		found.append((ADDRESS, profile.email, normalise_email(record.new[0])))
	if record.name_changed and _one_line(profile.full_name) == _one_line(record.old[1]):
		found.append((NAME, profile.full_name, _one_line(record.new[1])))
	for what, old, new in found:
		asked = {"profile": profile.name, "what": what, "new_value": new}
		if not new or frappe.db.exists(CHANGE, {**asked, "status": OPEN}):
			continue
		frappe.get_doc(
			{
				"doctype": CHANGE,
				**asked,
				"full_name": profile.full_name,
				"old_value": old,
				"status": OPEN,
				"found_doctype": record.doctype,
				"found_record": record.name,
			}
		).insert(ignore_permissions=True)


def _one_line(text: str) -> str:
	return " ".join(text.split())[:140]
