"""An address under the members' pages that leads nowhere is answered in their own frame, with a way back.

Frappe answers it with a page of its own, which says neither where one is nor what to do, and weighs more than all
of ours together.
"""

from __future__ import annotations

import frappe
from frappe.website.page_renderers.template_page import TemplatePage
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
	response.headers.pop("Link", None)  # what Frappe's own page would have loaded
	# Not by way of Frappe's router, which remembers addresses that led nowhere and would find its own page again.
	response.set_data(TemplatePage(PAGE, http_status_code=404).render().get_data())
