"""The login and the address of a profile: who may change them, and what a change leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _

from mentor_ispe.domain import logins as domain
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.roles import COORDINATOR

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_profile.mentoring_profile import MentoringProfile

PROFILE = "Mentoring Profile"
SYSTEM_MANAGER = "System Manager"


def check_identity(doc: MentoringProfile) -> None:
	"""Refuse a change of login or address by whoever may not make it; called when a profile is validated."""
	if doc.flags.identity_confirmed:
		return
	stored = _stored(doc)
	before = domain.Identity(stored.user or None, stored.email) if stored else None
	by = domain.Actor(frappe.session.user, is_system_manager=is_system_manager(), is_staff=is_staff())
	raise_violations(domain.check(before, domain.Identity(doc.user or None, doc.email), by))


def is_system_manager() -> bool:
	"""Whether the user who is signed in is one."""
	return SYSTEM_MANAGER in frappe.get_roles()


def is_staff(user: str | None = None) -> bool:
	"""Whether the user (None: who is signed in) is a coordinator or a System Manager."""
	return bool({SYSTEM_MANAGER, COORDINATOR} & set(frappe.get_roles(user)))


def note_change(doc: MentoringProfile) -> list[domain.AddressLeft]:
	"""Leave a trace of a changed login or address; returns what happened. Called once a profile is saved."""
	before = doc.get_doc_before_save()
	if before is None:
		return []
	changes = [
		(label, before.get(field), doc.get(field))
		for field, label in (("user", _("Login")), ("email", _("Address")))
		if (before.get(field) or None) != (doc.get(field) or None)
	]
	for label, old, new in changes:
		leave_trace(doc.name, label, old, new)
	left = sorted({old for _label, old, _new in changes if old} - {doc.email})
	return [domain.AddressLeft(address, str(doc.modified)) for address in left]


def _stored(doc: MentoringProfile) -> frappe._dict | None:
	if doc.is_new():
		return None
	return frappe.db.get_value(PROFILE, doc.name, ["user", "email"], as_dict=True)


def leave_trace(profile: str, label: str, old: str | None, new: str | None) -> None:
	"""A comment on the profile that says who changed it, and how."""
	text = _("{0} changed from {1} to {2} by {3}").format(label, old or "–", new or "–", frappe.session.user)
	frappe.get_doc(
		{
			"doctype": "Comment",
			"comment_type": "Info",
			"reference_doctype": PROFILE,
			"reference_name": profile,
			"content": frappe.utils.escape_html(text),
		}
	).insert(ignore_permissions=True)
