"""A person's own data: a copy of everything the app keeps of them, and who may see which part of it."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe.utils import now_datetime

from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.mails.written_words import MAILING, filled
from mentor_ispe.permissions import gate
from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.readings.identity import own_records
from mentor_ispe.services.conversation import personal_data
from mentor_ispe.services.feedback.queries import my_feedback
from mentor_ispe.services.groups import charter, group_view
from mentor_ispe.services.groups.goals import every_goal_of
from mentor_ispe.services.members import member_status
from mentor_ispe.services.polls import queries as polls
from mentor_ispe.services.sessions import action_items, notes

PROFILE = "Mentoring Profile"
# DocType → the field that says whose record it is. Concerns are those that the person raised.
OWN = {
	"Mentor": "profile",
	"Mentee": "profile",
	"Mentoring Application Draft": "profile",
	"Mentoring Agreement Acceptance": "profile",
	"Mentoring Feedback Request": "profile",
	"Mentoring Employer Change": "profile",
	"Mentoring Login Move": "profile",
	"Mentoring Mailing": "profile",  # to them alone; what went to many is with the notices
	"Mentoring Import Row": "profile",
	"Mentoring Read Mark": "profile",
	"Mentoring Push Device": "profile",
	"Mentoring Profile Change": "profile",
	"Mentoring Merge": "profile",
	"Mentoring Concern": "raised_by",
	"Guest Speaker Request": "requested_by",
}
# The keys to the calendar, to the login and to devices, what coordinators note for themselves about a concern, and
# who else was chosen for a letter and got none.
LEFT_OUT = {
	"Mentee": ("declined_mentors",),  # who of the others said no
	PROFILE: ("calendar_token", "calendar_token_hash"),
	"Mentoring Login Move": ("old_key", "new_key"),
	"Mentoring Push Device": ("address", "public_key", "secret", "cookie_hash"),
	"Mentoring Mailing": ("recipients", "left_out", "left_out_reasons", "chosen_from"),
	"Mentoring Concern": ("steps", "step_note", "assigned_to"),
}
# Read by hand, each in its own way, see `export_personal_data`.
GATHERED = (
	"Mentoring Goal",
	"Mentoring Feedback",
	"Mentoring Private Answer",  # with the feedback
	"Mentoring Group",
	"Mentoring Session",
	"Mentoring Message",
	"Mentoring Poll",
	"Mentoring Notice",
)
_OF_MAIL = ("template", "recipient", "status", "queued_on", "creation")
OF_FRAPPE = ("doctype", "owner", "modified_by", "idx", "docstatus", "parent", "parentfield", "parenttype")


def export_personal_data(profile: str) -> dict[str, Any]:
	"""Everything that is kept of the person, as plain data; what others said in private isn't theirs.

	Notes, action items and messages are those of the groups whose notes the person may read, in clear; so they are
	signed in themselves.
	"""
	require_own_session()
	return {
		"made_on": now_datetime(),
		PROFILE: _plain(frappe.get_doc(PROFILE, profile)),
		**{doctype: _records(doctype, {field: profile}) for doctype, field in OWN.items()},
		**{
			doctype: [_plain(frappe.get_doc(doctype, name)) for name in names]
			for doctype, names in own_records(profile).items()
		},
		"Mentoring Goal": every_goal_of(profile),
		"Mentoring Feedback": my_feedback(profile),
		"Mentoring Group": _groups(profile),
		"Mentoring Session": _sessions(profile),
		"Mentoring Message": personal_data.export(profile, _readable(profile)),
		"Mentoring Poll": polls.export(profile),
		"Mentoring Workshop": _workshops(profile),
		"Mentoring Notice": _mails(profile),
	}


def readers(profile: str) -> list[dict[str, Any]]:
	"""Who shares a group with the person now: {"group", "title", "program", "people"}; three queries."""
	groups = [row for row in member_status.groups_of(profile) if row["seat"] in LIVE_SEATS]
	people = group_view.names_in({row["name"] for row in groups})
	return [
		{**row, "people": [name for other, name in people.get(row["name"], ()) if other != profile]}
		for row in groups
	]


def _groups(profile: str) -> list[dict[str, Any]]:
	"""Their groups; with whom, the charter, and what was agreed to be done, where they may read it.

	Who left a group isn't told who sits there since.
	"""
	found = []
	rows = member_status.groups_of(profile)
	people = group_view.names_in({row["name"] for row in rows})
	for row in rows:
		group = dict(row)
		if row["seat"] in gate.SHARED:
			group["people"] = [name for _profile, name in people.get(row["name"], ())]
		if row["seat"] in gate.READ:
			group["charter"] = charter.read(row["name"])
			group["action_items"] = action_items.of_group(row["name"], profile)
		found.append(group)
	return found


def _sessions(profile: str) -> list[dict[str, Any]]:
	"""The meetings whose list the person is on, with the notes they may read."""
	session, row = frappe.qb.DocType("Mentoring Session"), frappe.qb.DocType("Mentoring Session Attendance")
	fields = [
		*("name", "mentoring_group", "group_title", "status", "starts_on", "duration_minutes", "mode"),
		*("location", "link", "focus", "agenda"),
	]
	rows = (
		frappe.qb.from_(session)
		.join(row)
		.on((row.parent == session.name) & (row.parenttype == "Mentoring Session"))
		.select(*(session[field] for field in fields), row.answer, row.attended, row.minutes)
		.where((row.profile == profile) & session.mentoring_group.isin(_readable(profile) or [""]))
		.orderby(session.starts_on)
	).run(as_dict=True)
	return [{**each, "notes": notes.read(each.name, profile)} for each in rows]


def _readable(profile: str) -> list[str]:
	"""The groups whose words the person reads."""
	return sorted({each["name"] for each in member_status.groups_of(profile) if each["seat"] in gate.READ})


def _workshops(profile: str) -> list[dict[str, Any]]:
	workshop = frappe.qb.DocType("Mentoring Workshop")
	row = frappe.qb.DocType("Mentoring Workshop Participant")
	return (
		frappe.qb.from_(workshop)
		.join(row)
		.on((row.parent == workshop.name) & (row.parenttype == "Mentoring Workshop"))
		.select(workshop.title, workshop.program, workshop.starts_on, row.status, row.signed_up_on)
		.where(row.profile == profile)
		.orderby(workshop.starts_on)
	).run(as_dict=True)


def _mails(profile: str) -> list[dict[str, Any]]:
	"""The mails they got; what coordinators wrote themselves with its words."""
	notices = frappe.get_all(
		"Mentoring Notice",
		{"profile": profile},
		[*_OF_MAIL, "reference_doctype", "reference_name", "context"],
		order_by="creation",
	)
	found = []
	for notice in notices:
		about, name, context = (notice.pop(key) for key in ("reference_doctype", "reference_name", "context"))
		words = filled(name, json.loads(context or "{}")) if about == MAILING else None
		found.append({**notice, **(words or {})})
	return found


def _records(doctype: str, filters: dict[str, str]) -> list[dict[str, Any]]:
	names = frappe.get_all(doctype, filters, pluck="name", order_by="creation, name")
	return [_plain(frappe.get_doc(doctype, name)) for name in names]


def _plain(doc) -> dict[str, Any]:
	"""The record with its rows as it is stored, without what only Frappe needs."""
	hidden = {*OF_FRAPPE, *LEFT_OUT.get(doc.doctype, ())}
	values = {}
	for field, value in doc.as_dict(no_default_fields=False, convert_dates_to_str=True).items():
		if field in hidden or value is None:
			continue
		if isinstance(value, list):
			value = [
				{key: item for key, item in row.items() if key not in {*OF_FRAPPE, "parent"}} for row in value
			]
		values[field] = value
	return values
