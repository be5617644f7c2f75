"""Let somebody off from a piece of feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe

from mentor_ispe.services.feedback.names import REQUEST

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_feedback_request.mentoring_feedback_request import (
		MentoringFeedbackRequest,
	)


def waive(request: str) -> MentoringFeedbackRequest:
	"""Waive an open or missed request; nobody is reminded of it any more, an answer stays welcome."""
	doc = frappe.get_doc(REQUEST, request, for_update=True)
	doc.status = "Waived"
	return doc.save()
