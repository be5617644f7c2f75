"""The members' pages as an app on the home screen: what the worker of a browser may keep of them, and for how long.

A browser keeps pages for the session that read them (`READER` names it without telling it), as long as Frappe
lets a session sleep (`KEEP`, seconds). Nothing of it is left when somebody signs out, anywhere on the site, or when
somebody else signs in: the answer then tells the browser to clear what it stored for the site, its own cache too, and
no notifications go to it any more.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import unquote

import frappe
from frappe.sessions import get_expiry_in_seconds
from werkzeug.wrappers import Request, Response

from mentor_ispe.portal.html_form import HOME
from mentor_ispe.services.members import devices

READER, KEEP = "X-Mentoring-Reader", "X-Mentoring-Keep"
CLEAR = ("Clear-Site-Data", '"cache", "storage"')


def signed_out(login_manager: Any = None) -> None:
	"""Frappe's hook on_logout."""
	_clear_browser()


def signed_in(login_manager: Any = None) -> None:
	"""Frappe's hook on_session_creation: somebody signs in who wasn't the last to do so in this browser."""
	last = unquote(frappe.request.cookies.get("user_id", "")) if frappe.request else ""
	if last != frappe.session.user and not devices.is_own_browser(frappe.session.user):
		_clear_browser()


def _clear_browser() -> None:
	"""With it goes the worker, and what it had agreed with a push service."""
	frappe.local.flags.mentoring_clear_browser = True
	devices.remove_this_browser()


def add_headers(response: Response | None = None, request: Request | None = None) -> None:
	"""Called with every answer."""
	if response is None or request is None:
		return
	if frappe.local.flags.mentoring_clear_browser:
		response.headers.set(*CLEAR)
	elif _is_page(request.path) and frappe.session.get("sid", "Guest") != "Guest":
		response.headers[READER] = sha256(frappe.session.sid.encode()).hexdigest()[:16]
		response.headers[KEEP] = str(get_expiry_in_seconds())


def _is_page(path: str) -> bool:
	return path == HOME or path.startswith(f"{HOME}/")
