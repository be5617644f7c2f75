"""Remind those who owe an answer to a match, because a coordinator says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import cstr, get_datetime, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.domain.notices import make_key
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates import matches
from mentor_ispe.services.groups.commands import open_group

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup


def remind_answers(group: str) -> MentoringGroup:
	"""Post a reminder to everybody who hasn't answered, once a day at most. Raises RuleViolation."""
	doc = open_group(group)
	people = unanswered(doc)
	if not people:
		frappe.throw(_("Nobody in {0} owes an answer.").format(doc.title), exc=RuleViolation)
	if doc.announce_on and get_datetime(doc.announce_on) > now_datetime():
		frappe.throw(
			_("{0} is announced on {1}; nobody knows of it yet.").format(
				doc.title, frappe.format(doc.announce_on, "Datetime")
			),
			exc=RuleViolation,
		)
	day = today()
	posted = outbox.enqueue_all(
		outbox.Notice(
			make_key("match-reminder", "by-hand", doc.name, profile, day),
			matches.MATCH_REMINDER,
			profile,
			context={"cycle": doc.cycle, "group": doc.title, "respond_by": cstr(doc.respond_by)},
			reference=(doc.doctype, doc.name),
		)
		for profile in people
	)
	if not posted:
		frappe.throw(
			_("Everybody in {0} who owes an answer was reminded today.").format(doc.title), exc=RuleViolation
		)
	return doc


def unanswered(doc: MentoringGroup) -> list[str]:
	"""The profiles of those who were asked and haven't answered, mentors first."""
	if doc.status not in ("Proposed", "Active"):
		return []
	return [row.profile for row in (*doc.mentors, *doc.members) if row.status == "Proposed"]
