"""Pages that every guest reads alike are sent once: a browser asks whether the one that it has is still the same.

Only guests are told the mark of a page, and only guests' marks are looked at, so nobody is shown a page that was read
by somebody who was signed in, or the other way about. Nothing but the browser keeps it.
"""

from __future__ import annotations

import frappe
from werkzeug.wrappers import Request, Response

from mentor_ispe.portal.html_form import HOME

PROGRAMS = f"{HOME}/programs/"


def mark(response: Response | None = None, request: Request | None = None) -> None:
	"""Called with every answer, as the last of ours."""
	if response is None or request is None or not _is_for_every_guest(response, request):
		return
	response.headers["Cache-Control"] = "private, no-cache"
	response.headers["Vary"] = "Cookie, Accept-Language"
	for name in ("Expires", "Pragma"):
		response.headers.pop(name, None)
	response.add_etag(overwrite=True)
	response.make_conditional(request)


def _is_for_every_guest(response: Response, request: Request) -> bool:
	path = request.path.rstrip("/")
	return (
		request.method in ("GET", "HEAD")
		and (path == HOME or path.startswith(PROGRAMS))
		and response.status_code == 200
		and response.mimetype == "text/html"
		and frappe.session.user == "Guest"
	)
