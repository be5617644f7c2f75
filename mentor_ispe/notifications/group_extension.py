"""Who is told what about going on in the next cycle."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import cstr

from mentor_ispe.domain import events
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.sessions.readiness import required_of
from mentor_ispe.mails import coordinators, outbox
from mentor_ispe.mails.default_templates import extension as templates

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup


def extension_declined(doc: MentoringGroup, event: events.ExtensionDeclined) -> None:
	"""Tell the others that somebody doesn't go on, while they can still apply for themselves; once."""
	values = {"person": event.who.full_name, "until": cstr(event.until), "goes_on": event.goes_on}
	for seat in event.others:
		key = make_key(templates.EXTENSION_NO, doc.name, event.next_cycle, seat.profile, event.who.profile)
		_notify(key, doc, event.next_cycle, seat.profile, templates.EXTENSION_NO, values)


def key_of_extension_off(group: str, next_cycle: str, profile: str) -> str:
	"""The key of the notice that nothing comes of it, to one person."""
	return make_key(templates.EXTENSION_OFF, group, next_cycle, profile)


def extension_off(doc: MentoringGroup, event: events.ExtensionOff) -> None:
	"""Tell those who said yes that nothing comes of it, once the time is over."""
	for seat in event.willing:
		key = key_of_extension_off(doc.name, event.next_cycle, seat.profile)
		_notify(key, doc, event.next_cycle, seat.profile, templates.EXTENSION_OFF, {"reason": event.reason})


def extension_stuck(doc: MentoringGroup, event: events.ExtensionStuck) -> None:
	"""Tell the coordinators what stands in the way; once for each reason."""
	reason = sha256(event.reason.encode()).hexdigest()[:16]
	coordinators.notify(
		make_key("extension-stuck", doc.name, event.next_cycle, reason),
		templates.EXTENSION_STUCK,
		{"group": doc.title, "cycle": doc.cycle, "next_cycle": event.next_cycle, "reason": event.reason},
		(doc.doctype, doc.name),
	)


def group_extended(new: MentoringGroup, event: events.GroupExtended) -> None:
	"""Tell everyone in the next group that it is there, and what to sign anew."""
	members = [row.full_name for row in (*new.mentors, *new.members)]
	program = frappe.get_cached_doc("Mentoring Program", new.program)
	for row in new.seats:
		profile = row.profile
		roles = (
			("Mentor",) if row.role == "Mentor" else ("Mentee", *(("Moderator",) if row.is_moderator else ()))
		)
		asked = required_of(roles)
		agreements = [each.agreement for each in program.agreements if each.required_of in asked]
		titles = (
			frappe.get_all(
				"Mentoring Agreement", {"name": ("in", agreements)}, pluck="title", order_by="title"
			)
			if agreements
			else []
		)
		values = {"start": cstr(event.start), "members": members, "agreements": titles}
		key = make_key(templates.EXTENDED, new.name, new.cycle, profile)
		_notify(key, new, new.cycle, profile, templates.EXTENDED, values)


def _notify(
	key: str, doc: MentoringGroup, next_cycle: str, profile: str, template: str, values: dict[str, Any]
) -> None:
	outbox.enqueue(
		key=key,
		template=template,
		profile=profile,
		context={"group": doc.title, "cycle": doc.cycle, "next_cycle": next_cycle, **values},
		reference=(doc.doctype, doc.name),
	)
