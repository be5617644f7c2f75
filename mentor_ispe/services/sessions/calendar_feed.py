"""A person's own calendar, to subscribe to under an address that only they know."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex

import frappe
from frappe import _
from frappe.utils import get_url
from frappe.utils.password import get_decrypted_password, set_encrypted_password

from mentor_ispe.domain.calendar import Event, feed
from mentor_ispe.domain.workshops import HOLDING_ON
from mentor_ispe.mails import calendar_events
from mentor_ispe.mails.rendering import use_language
from mentor_ispe.permissions import gate

PROFILE, SESSION, WORKSHOP = "Mentoring Profile", "Mentoring Session", "Mentoring Workshop"
TOKEN, HASH = "calendar_token", "calendar_token_hash"
TOKEN_BYTES = 32
ENDPOINT = "/api/method/mentor_ispe.api.calendar.feed"
MEETING = (
	*("name", "status", "starts_on", "duration_minutes", "mode", "location", "link"),
	*("cancel_reason", "calendar_sequence", "modified"),
)


@dataclass(frozen=True)
class Feed:
	"""The calendar as text, and a tag that changes when it does."""

	text: str
	tag: str


def address(profile: str) -> str:
	"""The address of the person's calendar; made when there is none."""
	token = get_decrypted_password(PROFILE, profile, TOKEN, raise_exception=False)
	if not token or _hash(token) != frappe.db.get_value(PROFILE, profile, HASH):
		return renew(profile)
	return _address(token)


def renew(profile: str) -> str:
	"""Give the calendar a new address; whoever has the old one gets nothing there any more."""
	token = token_hex(TOKEN_BYTES)
	frappe.db.get_value(PROFILE, profile, "name", for_update=True)
	set_encrypted_password(PROFILE, profile, token, TOKEN)
	frappe.db.set_value(PROFILE, profile, {TOKEN: "*" * 10, HASH: _hash(token)}, update_modified=False)
	return _address(token)


def read(token: str) -> Feed | None:
	"""The calendar under this token: every session and workshop of the person, also cancelled ones.

	None for an unknown token, and for a person whose login is disabled or gone. Four queries, however
	many meetings there are.
	"""
	owner = _owner(token)
	if not owner:
		return None
	profile, language = owner
	with use_language(language):
		events = [*_sessions(profile), *_workshops(profile)]
		events.sort(key=lambda event: (event.starts_at, event.uid))
		text = feed(events, _("Mentoring"))
	return Feed(text, sha256(text.encode()).hexdigest()[:32])


def meeting(session: str, profile: str) -> str | None:
	"""One meeting as a file for the person's calendar; None when they aren't on its list.

	It is the entry that the invitation makes: whoever has both has it once.
	"""
	events = _sessions(profile, session)
	return feed(events, _("Mentoring")) if events else None


def _owner(token: str) -> tuple[str, str | None] | None:
	"""The profile, and the language of its login."""
	if not (isinstance(token, str) and len(token) == 2 * TOKEN_BYTES):
		return None
	profile, user = frappe.qb.DocType(PROFILE), frappe.qb.DocType("User")
	found = (
		frappe.qb.from_(profile)
		.join(user)
		.on(user.name == profile.user)
		.select(profile.name, user.language)
		.where((profile[HASH] == _hash(token)) & (user.enabled == 1))
	).run()
	return found[0] if found else None


def _sessions(profile: str, only: str | None = None) -> list[Event]:
	"""Those on whose list the person is, of groups where they hold a seat that sees meetings."""
	session, row = frappe.qb.DocType(SESSION), frappe.qb.DocType("Mentoring Session Attendance")
	group, speaker = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Guest Speaker")
	query = (
		frappe.qb.from_(session)
		.join(row)
		.on((row.parent == session.name) & (row.parenttype == SESSION))
		.join(group)
		.on(group.name == session.mentoring_group)
		.left_join(speaker)
		.on(speaker.name == session.guest_speaker)
		.select(
			*(session[field] for field in MEETING),
			*(session.focus, session.agenda),
			*(session.calendar_uid, row.calendar_uid.as_("own_uid")),
			group.title.as_("group_title"),
			speaker.full_name.as_("speaker_name"),
		)
		.where(row.profile == profile)
		.where(group.name.isin(gate.groups_of(profile, gate.SHARED)))
	)
	rows = (query.where(session.name == only) if only else query).run(as_dict=True)
	for one in rows:
		one.calendar_uid = one.own_uid or one.calendar_uid
	return [
		calendar_events.session_event(one, NOBODY, stamp=one.modified, speaker_name=one.speaker_name or "")
		for one in rows
	]


def _workshops(profile: str) -> list[Event]:
	"""Those in which the person has a place, or had one."""
	workshop, row = frappe.qb.DocType(WORKSHOP), frappe.qb.DocType("Mentoring Workshop Participant")
	rows = (
		frappe.qb.from_(workshop)
		.join(row)
		.on((row.parent == workshop.name) & (row.parenttype == WORKSHOP))
		.select(*(workshop[field] for field in MEETING), workshop.title, workshop.description)
		.where((row.profile == profile) & row.status.isin(sorted(HOLDING_ON - {"Waiting"})))
		.run(as_dict=True)
	)
	return [calendar_events.workshop_event(one, NOBODY, stamp=one.modified) for one in rows]


def _address(token: str) -> str:
	return get_url(f"{ENDPOINT}?token={token}")


def _hash(token: str) -> str:
	return sha256(token.encode()).hexdigest()


# A feed names nobody: whoever gets hold of an address learns of no other person's.
NOBODY = calendar_events.Attendee("", "")
