"""An address under the members' pages that leads nowhere is answered in their own frame, with a way back.

Frappe answers it with a page of its own, which says neither where one is nor what to do, and weighs more than all
of ours together.
"""

from __future__ import annotations

import frappe
from frappe.website.serve import get_response
from werkzeug.wrappers import Request, Response

from mentor_ispe.portal.html_form import HOME

PAGE = "mentoring/missing"


def answer(response: Response | None = None, request: Request | None = None) -> None:
	"""Put our page in place of Frappe's; called with every answer."""
	if request is None or response is None or response.status_code != 404:
		return
	if request.method != "GET" or response.mimetype != "text/html" or not request.path.startswith(f"{HOME}/"):
		return
	frappe.local.flags.mentoring_missing = True
	response.set_data(get_response(PAGE, http_status_code=404).get_data())
