"""Who is told of a concern; never what it is about, nor in which group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe.utils import cstr, get_url_to_form

from mentor_ispe.domain.concerns import ConcernRaised, ConcernUpdated
from mentor_ispe.domain.notices import make_key
from mentor_ispe.mails import coordinators, outbox
from mentor_ispe.mails.default_templates.concerns import CONCERN_RAISED, CONCERN_STEP

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_concern.mentoring_concern import MentoringConcern


def concern_raised(doc: MentoringConcern, event: ConcernRaised) -> None:
	"""Tell those who may read it that there is a new one."""
	program = cstr(frappe.db.get_value("Mentoring Group", doc.mentoring_group, "program"))
	coordinators.notify(
		make_key("concern", doc.name),
		CONCERN_RAISED,
		{"program": program, "desk_url": get_url_to_form(doc.doctype, doc.name)},
		(doc.doctype, doc.name),
	)


def concern_updated(doc: MentoringConcern, event: ConcernUpdated) -> None:
	"""Tell the person who raised it that there is news; they read it where they raised it."""
	outbox.enqueue(
		key=make_key("concern-step", doc.name, len(doc.steps)),
		template=CONCERN_STEP,
		profile=doc.raised_by,
		reference=(doc.doctype, doc.name),
	)
