"""Who is told what when an application moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe.utils import cstr

from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.participants import ApplicationMoved
from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates import applications

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor

TEMPLATE_OF = {
	"Applied": applications.APPLICATION_RECEIVED,
	"Approved": applications.APPLICATION_APPROVED,
	"Rejected": applications.APPLICATION_REJECTED,
}


def status_changed(doc: Mentor | Mentee, event: ApplicationMoved) -> None:
	"""Enqueue the mail that the new status calls for; the time of the step makes it a new occasion."""
	if event.told or event.new not in TEMPLATE_OF:
		return
	outbox.enqueue(
		key=make_key("application", doc.doctype, doc.name, doc.status, doc.modified),
		template=TEMPLATE_OF[doc.status],
		profile=doc.profile,
		context={
			"cycle": doc.cycle,
			"role": doc.doctype,
			"note": cstr(doc.decision_note),
			"reply_weeks": frappe.get_cached_value("Mentoring Program", doc.program, "reply_weeks"),
		},
		reference=(doc.doctype, doc.name),
	)
