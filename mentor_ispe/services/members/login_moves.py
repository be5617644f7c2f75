"""Move a profile to another login: someone asks, then both addresses confirm by a link that works once.

The links' keys are mailed and kept as hashes only, as Frappe does for a new password. They don't pass
through Mentoring Notice, whose records coordinators read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import add_to_date, get_url, now_datetime, validate_email_address
from frappe.utils.data import sha256_hash

from mentor_ispe.domain.logins import MergeConfirmed
from mentor_ispe.domain.roll import normalise_email
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import sending
from mentor_ispe.mails.default_templates.members import CONFIRM_LOGIN_MOVE, CONFIRM_NEW_ADDRESS
from mentor_ispe.mails.rendering import render
from mentor_ispe.mentor_ispe.doctype.mentoring_profile.identity import is_staff
from mentor_ispe.services.members import logins

MOVE, PROFILE = "Mentoring Login Move", "Mentoring Profile"
PAGE = "/mentoring/move"
HOURS = 72
LONGEST_ADDRESS = 140
OLD, NEW = "old", "new"
_SAVEPOINT = "mentoring_merge"


@dataclass(frozen=True)
class MoveView:
	"""What the page behind a link shows; `side` is OLD or NEW, the address that the link was mailed to."""

	side: str
	status: str
	confirmed: bool
	expired: bool
	new_address: str


def ask(profile: str, address: str, merge: str | None = None) -> str:
	"""Mail a link to the login's address and to the new one; return the new address as it was understood.

	Nothing tells whether the new address belongs to somebody: that shows once both have confirmed. Raises
	RuleViolation. The caller has checked that the user may ask for this profile. With `merge`, the profile is merged
	into the one that has the new address, instead of moving.
	"""
	new = normalise_email(address)
	if len(new) > LONGEST_ADDRESS or not validate_email_address(new):
		frappe.throw(_("Enter a valid email address."), exc=RuleViolation)
	old = frappe.db.get_value(PROFILE, profile, "user", for_update=True)
	if not old:
		frappe.throw(
			_("Nobody signs in to this profile yet. Change its email address instead."), exc=RuleViolation
		)
	if is_staff(old):
		# Otherwise a coordinator could step out of a profile, and out of the conflicts of interest with it.
		frappe.throw(
			_("This login belongs to a coordinator. Ask a System Manager to change it."), exc=RuleViolation
		)
	if new == old:
		frappe.throw(_("The profile already has this login."), exc=RuleViolation)
	if new == frappe.session.user:
		frappe.throw(_("You can't move another person's profile to your own login."), exc=RuleViolation)
	if not sending.can_send():
		frappe.throw(
			_("This site can't send emails right now, so nobody could confirm. Please try again later."),
			exc=RuleViolation,
		)
	frappe.db.set_value(MOVE, {"profile": profile, "status": "Waiting"}, "status", "Replaced")
	keys = {side: frappe.generate_hash(length=40) for side in (OLD, NEW)}
	move = frappe.new_doc(MOVE)
	move.update(
		{
			"profile": profile,
			"old_address": old,
			"new_address": new,
			"requested_by": frappe.session.user,
			"merge": merge,
			"expires_on": add_to_date(now_datetime(), hours=HOURS),
			"old_key": sha256_hash(keys[OLD]),
			"new_key": sha256_hash(keys[NEW]),
		}
	)
	move.insert(ignore_permissions=True)
	_mail(CONFIRM_LOGIN_MOVE, old, keys[OLD], move.expires_on, new_address=new)
	_mail(CONFIRM_NEW_ADDRESS, new, keys[NEW], move.expires_on)
	return new


def look(key: str) -> MoveView | None:
	"""What the link with this key is about; None: there is no such link."""
	found = _find(key)
	if not found:
		return None
	name, side = found
	move = frappe.get_doc(MOVE, name)
	return MoveView(
		side=side,
		status=move.status,
		confirmed=bool(move.get(f"{side}_confirmed_on")),
		expired=move.status == "Waiting" and move.expires_on < now_datetime(),
		new_address=move.new_address,
	)


def confirm(key: str) -> None:
	"""Confirm one address; once both are, the login moves. Raises RuleViolation for a link that doesn't work."""
	move, side = _open(key)
	move.set(f"{side}_confirmed_on", now_datetime())
	if move.old_confirmed_on and move.new_confirmed_on:
		done = _merge(move) if move.merge else _move_login(move)
		move.status = "Moved" if done else "Not Possible"
	move.save(ignore_permissions=True)


def refuse_move(key: str) -> None:
	"""Stop the move, from either address. Raises RuleViolation for a link that doesn't work."""
	move, _side = _open(key)
	move.status = "Refused"
	if move.merge:
		frappe.db.set_value("Mentoring Merge", move.merge, "status", "Refused")
	move.save(ignore_permissions=True)


def _open(key: str):
	"""The locked move and the side of this key; two that confirm at the same moment come one after the other."""
	found = _find(key)
	if not found:
		frappe.throw(_("This link isn't valid. Open the one in the email again."), exc=RuleViolation)
	name, side = found  # type: ignore[misc]  # frappe.throw never returns
	move = frappe.get_doc(MOVE, name, for_update=True)
	if move.status != "Waiting" or move.get(f"{side}_confirmed_on"):
		frappe.throw(_("This link has already been used, or a newer one was sent."), exc=RuleViolation)
	if move.expires_on < now_datetime():
		frappe.throw(
			_("This link has expired. Change your login again on the My data page."), exc=RuleViolation
		)
	if frappe.session.user not in ("Guest", move.old_address, move.new_address):
		frappe.throw(
			_("You are signed in as {0}. Sign out, then open the link again.").format(frappe.session.user),
			exc=RuleViolation,
		)
	return move, side


def _find(key: str) -> tuple[str, str] | None:
	hashed = sha256_hash(key)
	for side in (OLD, NEW):
		if name := frappe.db.get_value(MOVE, {f"{side}_key": hashed}, "name"):
			return name, side
	return None


def _merge(move) -> bool:
	"""Whether the two profiles are one now; a rule may stand in the way since it was asked for."""
	frappe.db.savepoint(_SAVEPOINT)
	try:
		raise_events(move, [MergeConfirmed(move.merge)])
	except RuleViolation:
		frappe.db.rollback(save_point=_SAVEPOINT)
		frappe.clear_messages()
		frappe.db.set_value("Mentoring Merge", move.merge, "status", "Not Possible")
		return False
	return True


def _move_login(move) -> bool:
	"""Whether the profile has the new login now; not when that one, or its address, belongs to another profile."""
	doc = frappe.get_doc(PROFILE, move.profile, for_update=True)
	old, new = move.old_address, move.new_address
	taken = any(doc.other_profile(field, new) for field in ("user", "email", "membership_email"))
	if doc.user != old or taken:
		return False
	if not frappe.db.exists("User", new):
		logins.make_login(new, doc.full_name, welcome=True)
	if not (doc.membership_record or doc.membership_email):
		# The association knows the person by the address that they had.
		doc.membership_email = doc.email
	doc.update({"user": new, "email": new})
	logins.save_confirmed(doc)
	logins.remove_member_role(old)
	return True


def _mail(template: str, address: str, key: str, until: datetime, **values: str) -> None:
	link = get_url(f"{PAGE}?key={key}")
	context = frappe.as_json({"link": link, "until": until, **values}, indent=None)
	mail = render(template, context, None, address)
	sending.send_alone(mail, address)
