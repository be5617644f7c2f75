"""Which login is a person's: linked when its owner signs in, moved when both addresses confirm it.

A login of Frappe is called by the address that it was made with, and its owner gets in by what was mailed
there. So a session is the proof of the address, and a login that somebody merely made is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

from mentor_ispe.concurrency.retries import RETRYABLE_ERRORS
from mentor_ispe.domain import logins as domain
from mentor_ispe.domain.notices import make_key
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates.members import ADDRESS_CHANGED, SIGN_IN_CHANGED
from mentor_ispe.permissions.own_session import is_own_session
from mentor_ispe.roles import COORDINATOR, MEMBER

if TYPE_CHECKING:
	from frappe.auth import LoginManager
	from frappe.core.doctype.user.user import User

	from mentor_ispe.mentor_ispe.doctype.mentoring_profile.mentoring_profile import MentoringProfile

PROFILE = "Mentoring Profile"
SYSTEM_MANAGER = "System Manager"
_SAVEPOINT = "mentoring_link_login"


def profile_of(user: str) -> str | None:
	"""Name of the profile whose login is `user`, None when there is none."""
	return frappe.db.get_value(PROFILE, {"user": user}, "name")


def link_at_sign_in(login_manager: LoginManager) -> None:
	"""Give whoever signs in the profile that waits under their address; called by Frappe.

	Nobody is kept from signing in because their profile can't be linked.
	"""
	frappe.db.savepoint(_SAVEPOINT)
	try:
		link_waiting(login_manager.user)
	except RETRYABLE_ERRORS:
		raise
	except Exception:
		frappe.db.rollback(save_point=_SAVEPOINT)
		frappe.clear_messages()
		frappe.log_error("Mentoring: a login couldn't be linked to its profile")


def link_waiting(user: str) -> str | None:
	"""Link the profile without a login whose address is `user`, a login that is signed in; return its name."""
	if user in frappe.STANDARD_USERS or profile_of(user):
		return None
	waiting = frappe.db.get_value(PROFILE, {"email": user.lower(), "user": ("is", "not set")}, "name")
	if not waiting:
		return None
	doc = frappe.get_doc(PROFILE, waiting, for_update=True)
	if doc.user or doc.email != user.lower():
		return None
	doc.user = user
	save_confirmed(doc)
	# Some sign-ins are a GET, which Frappe rolls back at its end.
	frappe.local.flags.commit = True
	return waiting


def save_confirmed(doc: MentoringProfile) -> None:
	"""Save a profile whose login or address the person themselves confirmed just now."""
	doc.flags.identity_confirmed = True
	try:
		doc.save(ignore_permissions=True)
	finally:
		doc.flags.identity_confirmed = False


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


def note_change(doc: MentoringProfile) -> None:
	"""Leave a trace of a changed login or address, and tell the old one; called once a profile is saved."""
	before = doc.get_doc_before_save()
	if before is None:
		return
	changes = [
		(label, before.get(field), doc.get(field))
		for field, label in (("user", _("Login")), ("email", _("Address")))
		if (before.get(field) or None) != (doc.get(field) or None)
	]
	for label, old, new in changes:
		_comment(doc.name, label, old, new)
	for old in sorted({old for _label, old, _new in changes if old} - {doc.email}):
		_tell_old_address(doc.name, old, str(doc.modified))


def refuse_own_profile(doc: User, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Nobody renames or merges a member's login into the one they are signed in with; called by Frappe."""
	if new == frappe.session.user and profile_of(old):
		raise_violations(domain.check(None, domain.Identity(new, new), domain.Actor(new, True, True)))


def follow_rename(doc: User, method: str, old: str, new: str, merge: bool = False) -> None:
	"""A login got another name: leave the trace and tell the old address; called by Frappe."""
	profile = profile_of(new)
	# Erasing a person renames their login too; they hear of that from Frappe.
	if profile and not frappe.db.exists("Personal Data Deletion Request", {"email": old}):
		_comment(profile, _("Login"), old, new)
		_tell_old_address(profile, old, new)


def tell_of_new_password(doc: User, method: str | None = None) -> None:
	"""Tell a member whose password somebody else sets, or the key that lets one set it; called by Frappe.

	Before it validates: Frappe takes the password out of the record there.
	"""
	if doc.is_new() or (doc.name == frappe.session.user and is_own_session()):
		return
	key_set = doc.reset_password_key and doc.has_value_changed("reset_password_key")
	profile = profile_of(doc.name) if doc.new_password or key_set else None
	if profile:
		by = frappe.db.get_value("User", frappe.session.user, "full_name") or frappe.session.user
		occasion = frappe.generate_hash(length=10)
		outbox.enqueue(
			make_key("password-set", profile, occasion),
			SIGN_IN_CHANGED,
			profile,
			context={"by": by},
			reference=(PROFILE, profile),
		)


def make_login(email: str, full_name: str, welcome: bool = False) -> User:
	"""A new login for a member; with `welcome` Frappe mails the link to set a password."""
	first_name, _space, last_name = full_name.partition(" ")
	user = frappe.new_doc("User")
	user.update(
		{
			"email": email,
			"first_name": first_name,
			"last_name": last_name,
			"send_welcome_email": int(welcome),
			"roles": [{"role": MEMBER}],
		}
	)
	user.flags.no_welcome_mail = not welcome
	return user.insert(ignore_permissions=True)


def remove_member_role(user: str) -> None:
	"""Take the members' role from a login that has no profile any more."""
	doc = frappe.get_doc("User", user)
	doc.flags.ignore_permissions = True
	doc.remove_roles(MEMBER)


def _stored(doc: MentoringProfile) -> frappe._dict | None:
	if doc.is_new():
		return None
	return frappe.db.get_value(PROFILE, doc.name, ["user", "email"], as_dict=True)


def _comment(profile: str, label: str, old: str | None, new: str | None) -> None:
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


def _tell_old_address(profile: str, old: str, occasion: Any) -> None:
	"""The mail says neither the name nor the new address: an old one may have been somebody else's."""
	outbox.enqueue(
		make_key("address-changed", profile, old, occasion),
		ADDRESS_CHANGED,
		recipient=old,
		reference=(PROFILE, profile),
	)
