"""Give feedback, change it, and read what was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.domain.feedback.owed import STORY
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.services.feedback import private_answers
from mentor_ispe.services.feedback.answering import last_days_to_change
from mentor_ispe.services.feedback.names import FEEDBACK, PRIVATE_FIELDS, REQUEST, SHARED_FIELDS

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_feedback.mentoring_feedback import MentoringFeedback

_SHOWN = (
	"name",
	"kind",
	"cycle",
	"mentoring_group",
	"session",
	"rating",
	"comment",
	"may_publish",
	"creation",
)


def give(
	profile: str,
	values: Mapping[str, Any],
	request: str | None = None,
	kind: str | None = None,
	group: str | None = None,
	session: str | None = None,
	cycle: str | None = None,
) -> MentoringFeedback:
	"""Give feedback for `profile`: the answer to a request, or about `kind` and what it is about.

	`values` are SHARED_FIELDS and PRIVATE_FIELDS; ratings are shares of 1, so five stars are 1.0. Late answers are welcome: a
	request that was missed or waived is given by them too.
	"""
	_refuse_unknown(values)
	doc = frappe.new_doc(FEEDBACK)
	if request:
		asked = _own_request(profile, request)
		kind, group, session, cycle = asked.kind, asked.mentoring_group, asked.session, asked.cycle
		doc.flags.request = request
	doc.update(
		{
			"profile": profile,
			"kind": kind,
			"cycle": cycle,
			"mentoring_group": group,
			"session": session,
		}
	)
	_say(doc, values)
	# Whoever gives it needs no right on the record: it is their own (checked by the rules).
	return doc.insert(ignore_permissions=True)


def change(profile: str, feedback: str, values: Mapping[str, Any]) -> MentoringFeedback:
	"""Change one's own answer, as long as the program allows."""
	_refuse_unknown(values)
	if frappe.db.get_value(FEEDBACK, feedback, "profile") != profile:
		raise frappe.PermissionError(_("This feedback isn't yours."))
	doc = frappe.get_doc(FEEDBACK, feedback, for_update=True)
	_say(doc, values)
	return doc.save(ignore_permissions=True)


def tell_story(
	profile: str,
	story: str,
	group: str | None = None,
	cycle: str | None = None,
	may_publish: bool = False,
) -> MentoringFeedback:
	"""Tell a success story; it is shown outside the group only with `may_publish`."""
	values = {"comment": story, "may_publish": int(may_publish)}
	return give(profile, values, kind=STORY, group=group, cycle=cycle)


def my_requests(profile: str) -> list[dict[str, Any]]:
	"""What the person was asked and hasn't answered: open ones first, then missed ones, which stay open to them."""
	rows = frappe.get_all(
		REQUEST,
		filters={"profile": profile, "status": ("in", ("Open", "Missed"))},
		fields=["name", "kind", "status", "due_on", "cycle", "mentoring_group", "session", "reminders"],
		order_by="due_on asc, name asc",
	)
	return sorted(rows, key=lambda row: row.status != "Open")


def my_feedback(profile: str) -> list[dict[str, Any]]:
	"""Everything the person gave, what they said in private included, newest first; for themselves alone."""
	require_own_session()
	rows = frappe.get_all(
		FEEDBACK,
		filters={"profile": profile},
		fields=_SHOWN,
		order_by="creation desc, name desc",
	)
	until = last_days_to_change(rows)
	private = private_answers.stored_of(row.name for row in rows)
	return [
		{**row, **private.get(row.name, private_answers.NOTHING), "change_until": until[row.name]}
		for row in rows
	]


def group_feedback(group: str) -> list[dict[str, Any]]:
	"""What the people of a group said to it, for one of them; nothing private. The caller has asked the gate."""
	return frappe.get_all(
		FEEDBACK,
		filters={"mentoring_group": group, "kind": ("!=", "Program")},
		fields=["profile", "full_name", *_SHOWN],
		order_by="creation desc, name desc",
	)


def stories(program: str | None = None, cycle: str | None = None) -> list[dict[str, Any]]:
	"""The success stories that may be published, newest first: who tells them, of which cycle, the words."""
	feedback, of = frappe.qb.DocType(FEEDBACK), frappe.qb.DocType("Mentoring Cycle")
	query = (
		frappe.qb.from_(feedback)
		.join(of)
		.on(of.name == feedback.cycle)
		.select(feedback.name, feedback.full_name, feedback.cycle, feedback.comment, feedback.creation)
		.where((feedback.kind == STORY) & (feedback.may_publish == 1))
		.orderby(feedback.creation, order=frappe.qb.desc)
		.orderby(feedback.name)
	)
	if program:
		query = query.where(of.program == program)
	if cycle:
		query = query.where(feedback.cycle == cycle)
	return query.run(as_dict=True)


def _say(doc: MentoringFeedback, values: Mapping[str, Any]) -> None:
	"""Put what is for everybody who reads it into the feedback, and the rest beside it."""
	doc.update({field: values[field] for field in SHARED_FIELDS if field in values})
	doc.flags.private = {field: values[field] for field in PRIVATE_FIELDS if field in values}


def _refuse_unknown(values: Mapping[str, Any]) -> None:
	if not isinstance(values, dict):
		frappe.throw(_("Say what you give as fields and their values."), exc=RuleViolation)
	unknown = sorted(set(values) - {*SHARED_FIELDS, *PRIVATE_FIELDS})
	if unknown:
		frappe.throw(_("Feedback has no field {0}.").format(", ".join(unknown)), exc=RuleViolation)


def _own_request(profile: str, request: str) -> frappe._dict:
	fields = ["profile", "kind", "mentoring_group", "session", "cycle"]
	asked = frappe.db.get_value(REQUEST, request, fields, as_dict=True)
	if not asked or cstr(asked.profile) != profile:
		raise frappe.PermissionError(_("You weren't asked this."))
	return asked
