"""Who asks, and whether it is the person themselves, at a browser they signed in with.

What people say in private opens to nobody else: not to an API key or an OAuth token, which somebody else may
have made for them, and not to staff who act as them.
"""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.readings.profiles import profile_of


def own_profile() -> str:
	"""Name of the signed-in person's profile; says what to do when there is none."""
	if frappe.session.user == "Guest":
		frappe.throw(_("Please sign in first."), exc=frappe.PermissionError)
	profile = profile_of(frappe.session.user)
	if not profile:
		frappe.throw(_("You don't have a mentoring profile yet. Fill it in first."), exc=RuleViolation)
	return profile


def is_own_session() -> bool:
	"""Whether this request came with the cookie of a session that its own user began by signing in.

	Code of the server itself, which no request started, has no session and is trusted; a background job is
	not, and neither is a Server Script: both run code or arguments that somebody else chose, as the person.
	"""
	if frappe.flags.in_safe_exec:
		return False
	if not frappe.request:
		return not getattr(frappe.local, "job", None)
	session, resumed = frappe.session, getattr(frappe.local, "session_obj", None)
	if not resumed or session.user in (None, "", "Guest"):
		return False
	# frappe.set_user, which keys, tokens and other apps' auth hooks end in, empties the session's data and
	# puts the user's name where the session's id was. What the cookie resumed is kept in session_obj.
	resumed_from_cookie = (resumed.user, resumed.sid, session.data.get("user"))
	if resumed_from_cookie != (session.user, session.sid, session.user):
		return False
	return not (session.data.get("impersonated_by") or session.data.get("audit_user"))


def require_own_session() -> None:
	"""PermissionError unless the person themselves is signed in."""
	if words := sign_in_words():
		frappe.throw(words, frappe.PermissionError)


def sign_in_words() -> str:
	"""What to do instead of reading private words; empty for the person themselves."""
	return "" if is_own_session() else _("This is private. Sign in yourself to read it.")
