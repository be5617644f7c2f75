"""Give feedback and change it; let somebody off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.domain.feedback.kinds import STORY
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_feedback.private_answers import PRIVATE_FIELDS
from mentor_ispe.mentor_ispe.doctype.mentoring_feedback.rules import SHARED_FIELDS

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_feedback.mentoring_feedback import MentoringFeedback
	from mentor_ispe.mentor_ispe.doctype.mentoring_feedback_request.mentoring_feedback_request import (
		MentoringFeedbackRequest,
	)

FEEDBACK, REQUEST = "Mentoring Feedback", "Mentoring Feedback Request"


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
	return give(profile, values, kind=STORY.code, group=group, cycle=cycle)


def waive(request: str) -> MentoringFeedbackRequest:
	"""Waive an open or missed request; nobody is reminded of it any more, an answer stays welcome."""
	doc = frappe.get_doc(REQUEST, request, for_update=True)
	doc.status = "Waived"
	return doc.save()


def _say(doc: MentoringFeedback, values: Mapping[str, Any]) -> None:
	"""Put what is for everybody who reads it into the feedback, and the rest beside it."""
	doc.update({field: values[field] for field in SHARED_FIELDS if field in values})
	doc.flags.private = {field: values[field] for field in PRIVATE_FIELDS if field in values}


def _refuse_unknown(values: Mapping[str, Any]) -> None:
	if not isinstance(values, dict):
		frappe.throw(_("Send your feedback as fields and their values."), exc=RuleViolation)
	unknown = sorted(set(values) - {*SHARED_FIELDS, *PRIVATE_FIELDS})
	if unknown:
		frappe.throw(_("Feedback has no field {0}.").format(", ".join(unknown)), exc=RuleViolation)


def _own_request(profile: str, request: str) -> frappe._dict:
	fields = ["profile", "kind", "mentoring_group", "session", "cycle"]
	asked = frappe.db.get_value(REQUEST, request, fields, as_dict=True)
	if not asked or cstr(asked.profile) != profile:
		raise frappe.PermissionError(_("You weren't asked for this."))
	return asked
