"""What browsers are told about the pages of this site.

The hole: Frappe itself sends no such header; the web server in front of it may or may not. Seen on Frappe
15.101. The first three can go when Frappe sends them; the policy of our own pages stays.

Scripts run on the members' pages when they are files of this site, or stand in the frame around a page: those
that the association put into its website's settings, and on the documentation those that Frappe writes there.
Between our marks, where members' words are shown, none runs at all.
"""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

FOR_ALL = {
	"X-Content-Type-Options": "nosniff",
	"X-Frame-Options": "SAMEORIGIN",
	"Referrer-Policy": "strict-origin-when-cross-origin",
}
OUR_PAGES = ("/mentoring", "/mentoring-docs", "/mentoring-styleguide")
OUR_ENDPOINTS = ("/api/method/mentor_ispe.", "/api/v2/method/mentor_ispe.")
# They stand around what is ours in templates/mentoring/base.html and www/mentoring_docs.html.
BEGIN, END = "<!-- mentoring: begin -->", "<!-- mentoring: end -->"
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
SOURCE = re.compile(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
POLICY = (
	("default-src", "'self'"),
	("style-src", "'self' 'unsafe-inline' https:"),
	("font-src", "'self' data: https:"),
	("img-src", "'self' data: blob: https:"),
	("object-src", "'none'"),
	("base-uri", "'self'"),
	("form-action", "'self'"),
	("frame-ancestors", "'self'"),
)
OF_DATA = "default-src 'none'; frame-ancestors 'none'"


def add(response: Response | None = None, request: Request | None = None) -> None:
	"""Called with every answer."""
	if response is None or request is None:
		return
	for name, value in FOR_ALL.items():
		response.headers.setdefault(name, value)
	is_page = response.mimetype == "text/html" and not response.direct_passthrough
	page = response.get_data(as_text=True) if is_page else ""
	# One of ours may be the home page of the site, too.
	if is_ours(request.path) or BEGIN in page:
		response.headers["Referrer-Policy"] = "same-origin"
		# Frappe says nothing of it, and a cache between may then keep one reader's page for another. A page isn't kept
		# by the browser either, which would show it again to whoever presses "Back" after its reader has signed out.
		response.headers.setdefault("Cache-Control", "private, no-store" if is_page else "private, no-cache")
		if is_page:
			response.headers["Content-Security-Policy"] = policy_of(page)
		elif response.mimetype == "application/json":
			response.headers["Content-Security-Policy"] = OF_DATA


def is_ours(path: str) -> bool:
	"""Whether one of our pages or endpoints answers at this path."""
	return path.startswith(OUR_ENDPOINTS) or path.rstrip("/").startswith(OUR_PAGES)


def policy_of(page: str) -> str:
	"""The policy that a page keeps.

	A page under our addresses without our marks is Frappe's, which says that there is none: its own scripts run
	there as on the rest of the site, so that its menu works.
	"""
	if BEGIN not in page:
		return "; ".join(f"{name} {value}" for name, value in POLICY if name != "default-src")
	allowed = ["'self'"]
	for attributes, script in SCRIPT.findall(_frame(page)):
		source = SOURCE.search(attributes)
		if not source:
			digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
			allowed.append(f"'sha256-{digest}'")
		elif host := urlsplit(source.group(1)).netloc:
			allowed.append(f"https://{host}")
	scripts = " ".join(dict.fromkeys(allowed))
	return "; ".join(f"{name} {value}" for name, value in (*POLICY, ("script-src", scripts)))


def _frame(page: str) -> str:
	"""The page without what is ours: from the first mark to the last, whatever stands between them."""
	before, _begin, rest = page.partition(BEGIN)
	return before + rest.rpartition(END)[2]
