"""Forms that can't be done as they came: from a guest, without the session's token, or from another site.

Frappe refuses these before anything of ours runs, with data or with a page that says no more than
"Not permitted". Whoever filled in a form reads here what happened and what to do, and gets back what was
typed. A form from another site is refused, token or not, and nothing of it is kept or shown.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import frappe
from frappe import _
from frappe.website.serve import get_response
from werkzeug.wrappers import Request, Response

from mentor_ispe.portal import html_form

REFUSED = (400, 401, 403)
OWN, FOREIGN, UNKNOWN = "own", "foreign", "unknown"


def check_request() -> None:
	"""Refuse what a page of another site sends, and a form of a session that has no token yet: it can't carry it."""
	request = frappe.local.request
	if request.method != "POST" or not html_form.is_ours(request):
		return
	# No page of another site can send a key without having been given one.
	by_key = bool(request.headers.get("Authorization"))
	a_form = html_form.is_html_form(request)
	if comes_from(request) == FOREIGN and (a_form or not by_key):
		raise frappe.PermissionError(_("This form was sent from another site."))
	if not a_form or by_key or frappe.session.user == "Guest":
		return
	if not frappe.session.data.csrf_token and not frappe.conf.ignore_csrf:
		raise frappe.CSRFTokenError(_("This form belongs to an earlier sign-in."))


def answer_in_words(response: Response | None = None, request: Request | None = None) -> None:
	"""Put a page in place of what Frappe says of a refused form; called with every answer."""
	if request is None or response is None or response.status_code not in REFUSED:
		return
	if not html_form.is_html_form(request):
		return
	origin = comes_from(request)
	if origin != FOREIGN and frappe.session.user != "Guest":
		if response.status_code == 400:  # the token, nothing else
			_go_back(response, typed=origin == OWN)
		return
	frappe.local.flags.mentoring_refused_form = {
		"foreign": origin == FOREIGN,
		"action": request.path,
		"fields": [] if origin == FOREIGN else _fields(request),
	}
	shown = get_response("mentoring/again", http_status_code=403)
	response.status_code = 403
	response.set_data(shown.get_data())
	response.headers.pop("Link", None)  # what Frappe's own page would have loaded
	response.headers["Content-Type"] = "text/html; charset=utf-8"


def comes_from(request: Request) -> str:
	"""Whether the site's own pages sent this, by what browsers say of it; UNKNOWN when they say nothing.

	Hosts are compared without their ports, which a proxy in front of the site may take off.
	"""
	origin = request.headers.get("Origin")
	if not origin or origin == "null":
		return FOREIGN if request.headers.get("Sec-Fetch-Site") == "cross-site" else UNKNOWN
	named = (f"//{request.host}", f"//{request.headers.get('X-Forwarded-Host', '')}", frappe.utils.get_url())
	own = {urlsplit(address).hostname for address in named} - {None}
	return OWN if urlsplit(origin).hostname in own else FOREIGN


def _go_back(response: Response, typed: bool) -> None:
	"""Back to the page of the form, which has the token of the session that holds now."""
	words = (
		_("You signed in again, so this form wasn't sent. Check what you typed and send it again.")
		if typed
		else _("You signed in again, so this form wasn't sent. Please fill it in again.")
	)
	html_form.keep_flash("refused", words, html_form.entered() if typed else {})
	response.status_code = 303
	response.set_data(b"")
	response.headers["Location"] = f"{html_form.own_page(frappe.form_dict.get('back'))}#said"


def _fields(request: Request) -> list[tuple[str, str]]:
	"""What was sent, but the token of the session that is over."""
	return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
