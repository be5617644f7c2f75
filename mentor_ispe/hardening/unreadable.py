"""A request that can't be read is refused in words.

The hole: a body that is no JSON, or an address that isn't UTF-8, breaks Frappe before it asks who is there
and before any hook: status 500, with the traceback. Seen on Frappe 15.101. This can go when
`frappe.app.make_form_dict` refuses what it can't read.
"""

from __future__ import annotations

import json
from html import escape

import frappe
from frappe import _
from werkzeug.wrappers import Request, Response

BROKEN = (417, 500)


def note_that_it_was_read() -> None:
	"""Called as soon as Frappe has read a request."""
	frappe.local.flags.mentoring_request_was_read = True


def answer(response: Response | None = None, request: Request | None = None) -> None:
	"""Put words in place of the traceback, where Frappe got no further than reading; called with every answer."""
	if request is None or response is None or response.status_code not in BROKEN:
		return
	if frappe.local.flags.mentoring_request_was_read:
		return
	words = _("This request can't be read. Send a form or a JSON object in UTF-8.")
	response.status_code = 400
	if request.path.startswith("/api/"):
		messages = json.dumps([json.dumps({"message": words})])
		response.set_data(json.dumps({"exc_type": "ValidationError", "_server_messages": messages}))
		response.headers["Content-Type"] = "application/json; charset=utf-8"
	else:
		response.set_data(f"<!DOCTYPE html><title>400</title><p>{escape(words)}</p>")
		response.headers["Content-Type"] = "text/html; charset=utf-8"
