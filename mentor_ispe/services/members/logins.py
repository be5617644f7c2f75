"""Which login is a person's: linked when its owner signs in, moved when both addresses confirm it.

A login of Frappe is called by the address that it was made with, and its owner gets in by what was mailed
there. So a session is the proof of the address, and a login that somebody merely made is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _

from mentor_ispe.concurrency.retries import RETRYABLE_ERRORS
from mentor_ispe.domain import logins as domain
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.roll import normalise_email
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates.members import SIGN_IN_CHANGED
from mentor_ispe.membership.places import places_of
from mentor_ispe.membership.status import is_known_under
from mentor_ispe.mentor_ispe.doctype.mentoring_profile.identity import leave_trace
from mentor_ispe.permissions.own_session import is_own_session
from mentor_ispe.readings.profiles import profile_of
from mentor_ispe.roles import MEMBER

if TYPE_CHECKING:
	from frappe.auth import LoginManager
	from frappe.core.doctype.user.user import User
	from frappe.model.document import Document

	from mentor_ispe.mentor_ispe.doctype.mentoring_profile.mentoring_profile import MentoringProfile

PROFILE, CONTACT = "Mentoring Profile", "Contact"
SYSTEM_MANAGER = "System Manager"
_SAVEPOINT = "mentoring_link_login"


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


def refuse_own_profile(doc: User, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Nobody renames or merges a member's login into the one they are signed in with; called by Frappe."""
	if new == frappe.session.user and profile_of(old):
		raise_violations(domain.check(None, domain.Identity(new, new), domain.Actor(new, True, True)))


def refuse_two_profiles(doc: Document, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Two records of one person aren't merged while each belongs to another profile; called by Frappe."""
	if not merge:
		return
	ours = [_profiles_with(doc.doctype, name) for name in (old, new)]
	places = 1 if doc.doctype in ("User", CONTACT) else places_of(doc.doctype, new)
	if all(ours) and places is not None and len(ours[0]) + len(ours[1]) > places:
		frappe.throw(
			_(
				"{0} and {1} belong to two mentoring profiles: {2} and {3}. Merge the profiles first, with “Merge profiles” "
				"in one of them, then merge these."
			).format(old, new, ours[0][0], ours[1][0]),
			exc=RuleViolation,
		)


def follow_rename(doc: User, method: str, old: str, new: str, merge: bool = False) -> None:
	"""A login got another name: its address follows, a trace is left, the old one is told; called by Frappe.

	The membership stays found: under the new address where the source knows it, else under the old one.
	"""
	name = profile_of(new)
	# Erasing a person renames their login too; they hear of that from Frappe.
	if not name or frappe.db.exists("Personal Data Deletion Request", {"email": old}):
		return
	leave_trace(name, _("Login"), old, new)
	profile = frappe.get_doc(PROFILE, name, for_update=True)
	address = normalise_email(new)
	others = any(profile.other_profile(field, address) for field in ("email", "membership_email"))
	if profile.email != normalise_email(old) or others:
		raise_events(profile, [domain.AddressLeft(old, new)])
		return
	if not (profile.membership_record or profile.membership_email or is_known_under(name, address)):
		profile.membership_email = profile.email
	profile.email = address
	save_confirmed(profile)


def _profiles_with(doctype: str, record: str) -> list[str]:
	filters = {
		"User": {"user": record},
		CONTACT: {"contact": record},
	}.get(doctype, {"membership_doctype": doctype, "membership_record": record})
	return frappe.get_all(PROFILE, filters, pluck="full_name", order_by="full_name")


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
