"""Who is told what about going on in the next cycle."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import cstr

from mentor_ispe.domain.extensions import NO, YES, Decision
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.seats import Seat
from mentor_ispe.mails import coordinators, outbox
from mentor_ispe.mails.default_templates import extension as templates

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup


def extension_declined(
	doc: MentoringGroup,
	cycle: frappe._dict,
	answers: Sequence[Seat],
	who: Seat,
	decision: Decision,
) -> None:
	"""Tell the others that somebody doesn't go on, while they can still apply for themselves; once."""
	values = {
		"person": who.full_name,
		"until": cstr(cycle.application_until),
		"goes_on": decision.why_not is None,
	}
	for each in answers:
		if each.profile != who.profile and each.goes_on != NO:
			_notify(doc, cycle.name, each.profile, templates.EXTENSION_NO, values, who.profile)


def extension_off(doc: MentoringGroup, cycle: frappe._dict, answers: Sequence[Seat], reason: str) -> None:
	"""Tell those who said yes that nothing comes of it, once the time is over."""
	for each in answers:
		if each.goes_on == YES:
			_notify(doc, cycle.name, each.profile, templates.EXTENSION_OFF, {"reason": reason})


def keys_of_extension_off(group: str, next_cycle: str, answers: Sequence[Seat]) -> list[str]:
	"""The keys of what `extension_off` tells those who said yes."""
	return [
		_key(templates.EXTENSION_OFF, group, next_cycle, each.profile)
		for each in answers
		if each.goes_on == YES
	]


def extension_stuck(doc: MentoringGroup, cycle: str, reason: str) -> None:
	"""Tell the coordinators what stands in the way; once for each reason."""
	coordinators.notify(
		make_key("extension-stuck", doc.name, cycle, sha256(reason.encode()).hexdigest()[:16]),
		templates.EXTENSION_STUCK,
		{"group": doc.title, "cycle": doc.cycle, "next_cycle": cycle, "reason": reason},
		(doc.doctype, doc.name),
	)


def group_extended(new: MentoringGroup, cycle: frappe._dict) -> None:
	"""Tell everyone in the next group that it is there, and what to sign anew."""
	members = [row.full_name for row in (*new.mentors, *new.members)]
	program = frappe.get_cached_doc("Mentoring Program", new.program)
	asked = {
		"Mentor": ("Everyone", "Mentors"),
		"Mentee": ("Everyone", "Mentees"),
		"Moderator": ("Moderators",),
	}
	for row in new.seats:
		profile = row.profile
		roles = (
			("Mentor",) if row.role == "Mentor" else ("Mentee", *(("Moderator",) if row.is_moderator else ()))
		)
		required = {each for role in roles for each in asked[role]}
		agreements = [row.agreement for row in program.agreements if row.required_of in required]
		titles = (
			frappe.get_all(
				"Mentoring Agreement", {"name": ("in", agreements)}, pluck="title", order_by="title"
			)
			if agreements
			else []
		)
		values = {"start": cstr(cycle.start_date), "members": members, "agreements": titles}
		_notify(new, new.cycle, profile, templates.EXTENDED, values)


def _notify(
	doc: MentoringGroup, next_cycle: str, profile: str, template: str, values: dict[str, Any], *occasion: str
) -> None:
	outbox.enqueue(
		key=_key(template, doc.name, next_cycle, profile, *occasion),
		template=template,
		profile=profile,
		context={"group": doc.title, "cycle": doc.cycle, "next_cycle": next_cycle, **values},
		reference=(doc.doctype, doc.name),
	)


def _key(template: str, group: str, next_cycle: str, profile: str, *occasion: str) -> str:
	return make_key(template, group, next_cycle, profile, *occasion)
