"""Propose a group: make it, or add people to one that stands, and ask everyone in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import frappe
from frappe.utils import add_days, getdate

from mentor_ispe.clock import today
from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.services.groups.open_group import open_group

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup


def propose(
	cycle: str,
	mentees: Sequence[str],
	mentor: str | Sequence[str] | None = None,
	group: str | None = None,
	reasons: Mapping[str, str] | None = None,
	moderator: str | None = None,
	title: str | None = None,
	match_run: str | None = None,
	announce_on: datetime | None = None,
	as_member: bool = False,
) -> MentoringGroup:
	"""Propose `mentees` (and `mentor`, or several) to each other in a new group, or add them to `group`.

	`reasons` says for each mentee in words why they fit. Until `announce_on` nobody is told and members
	don't see the group. `as_member`: the caller has checked that this person may ask. Raises
	RuleViolation with every broken rule.
	"""
	if group:
		doc = open_group(group)
	else:
		doc = frappe.new_doc("Mentoring Group")
		doc.update(
			{
				"cycle": cycle,
				"title": title,
				"status": "Proposed",
				"match_run": match_run,
				"announce_on": announce_on,
			}
		)
	for name in (mentor,) if isinstance(mentor, str) else mentor or ():
		doc.append("seats", {"role": MENTOR, "participant": name, "status": "Proposed"})
	for mentee in mentees:
		doc.append(
			"seats",
			{
				"role": MENTEE,
				"participant": mentee,
				"status": "Proposed",
				"match_reason": (reasons or {}).get(mentee),
				"is_moderator": int(mentee == moderator),
			},
		)
	set_deadline(doc)
	return doc.save(ignore_permissions=as_member)


def propose_group(name: str) -> MentoringGroup:
	"""Ask everyone in a drafted group."""
	doc = open_group(name)
	doc.status = "Proposed"
	set_deadline(doc)
	return doc.save()


def set_deadline(doc: MentoringGroup) -> None:
	"""Give everybody who is asked now the days to answer that the program gives."""
	program = frappe.get_cached_value("Mentoring Cycle", doc.cycle, "program")
	days = frappe.get_cached_value("Mentoring Program", program, "answer_days") if program else 0
	told_on = getdate(doc.announce_on) if doc.announce_on else today()
	doc.respond_by = add_days(told_on, days) if days else None
