"""Forms of the members' pages, which work without JavaScript: a post does its step, then shows a page.

The same endpoint answers a program with data (`api/endpoint.py`). A browser that sends a form asks for a page,
and goes back to the one that the form's hidden fields name: `back`, and `form`, its id there; with `next` it goes
on to that page when all went well. What went wrong, and what had been typed, waits for that page in the cache of
the session; it is shown once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr
from werkzeug.wrappers import Request

from mentor_ispe.exceptions import error_text
from mentor_ispe.permissions import signed_links

HOME = "/mentoring"
API = "mentor_ispe.api."
KEEP_SECONDS = 900
NOT_ENTERED = ("csrf_token", "cmd", "back", "form", "next")
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")

Asked = dict[str, Any]
"""The arguments of the endpoint, by name."""


@dataclass(frozen=True)
class HtmlForm:
	"""What the form of a page needs beside its endpoint.

	`flash` is said on the next page: a marked text, or a function of the answer and what was asked that gives
	it in the reader's language. `page` is where to go on, or a function of the same; without it, back.
	`fields` may change what was asked before the endpoint gets it. `anchor`: where on the page to go on when all went
	well. `keep`: the form only asks for something, and comes back as it was filled in.
	"""

	flash: str | Callable[[Any, Asked], str] = ""
	page: str | Callable[[Any, Asked], str] = ""
	fields: Callable[[Asked], Asked] | None = None
	anchor: str = "said"
	keep: bool = False


class Noted(str):
	"""What is said of a step that was done and didn't bring what people hoped for."""


def is_html_form(request: Request | None) -> bool:
	"""Whether a browser sent a form to one of our endpoints and waits for a page."""
	return bool(
		request
		and request.method == "POST"
		and request.mimetype in FORM_TYPES
		and "text/html" in request.headers.get("Accept", "")
		and not frappe.local.is_ajax
		and is_ours(request)
	)


def has_form_fields(request: Request | None) -> bool:
	"""Whether a request has the fields of a page's form: sent by the browser, or by a script of the page."""
	return is_html_form(request) or bool(request and request.method == "POST" and "form" in request.form)


def is_ours(request: Request) -> bool:
	"""Whether the request is for one of our endpoints."""
	asked = frappe.form_dict.get("cmd") or request.path.rpartition("/method/")[2]
	return str(asked).startswith(API)


def answer(form: HtmlForm, read: Callable[[], Asked], do: Callable[[Asked], Any]) -> None:
	"""Answer with a page instead of data; a refusal changes nothing and keeps what was typed.

	An endpoint that returns nothing has answered by itself, with a file.
	"""
	back = own_page(frappe.form_dict.get("back"))
	try:
		asked = read()
		result = do(asked)
		words, page = _said(form.flash, result, asked), _said(form.page, result, asked)
	except (frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError) as error:
		frappe.db.rollback()
		frappe.clear_messages()
		keep_flash(
			"refused",
			error_text(error) or _("This couldn't be done. Reload the page and try again."),
			entered(),
		)
		_go(f"{back}#said")
		return
	frappe.clear_messages()
	if result is None:
		return
	if further := frappe.form_dict.get("next"):
		_go(own_page(further))  # where nothing is said, so that nothing empty takes the focus
		return
	if words:
		kind = "noted" if isinstance(words, Noted) else "done"
		keep_flash(kind, words, entered() if form.keep else {})
	_go(f"{own_page(page) if page else back}#{form.anchor}")


def _said(declared: str | Callable[[Any, Asked], str], result: Any, asked: Asked) -> str:
	if callable(declared):
		return declared(result, asked)
	return _(declared) if declared and not declared.startswith("/") else declared


def own_page(path: Any) -> str:
	"""The path, if it is one of the members' pages; else their first page."""
	path = path.split("#")[0] if isinstance(path, str) else ""
	if ".." in path or "\\" in path or not path.isprintable():
		return HOME
	return path if path == HOME or path.startswith((f"{HOME}/", f"{HOME}?")) else HOME


def entered() -> dict[str, list[str]]:
	"""Every value of the posted form, as lists: a name may come several times."""
	fields = frappe.request.form.to_dict(flat=False) if frappe.request else {}
	return {name: values for name, values in fields.items() if name not in NOT_ENTERED}


def take_flash() -> dict[str, Any] | None:
	"""What the last form of this session said; it is forgotten by that."""
	key = _key()
	if not key:
		return None
	said = frappe.cache.get_value(key)
	if said:
		frappe.cache.delete_value(key)
	return said


def keep_flash(kind: str, words: str, typed: Mapping[str, list[str]]) -> None:
	"""Keep for the next page what there is to say ("done", "noted" or "refused"), and what was typed into which form."""
	said = {"kind": kind, "words": words, "form": frappe.form_dict.get("form") or "", "entered": typed}
	if key := _key():
		frappe.cache.set_value(key, said, expires_in_sec=KEEP_SECONDS)


def _key() -> str | None:
	"""Where it is kept: with the session; of a guest, with the link of the mail by which they came, while it holds."""
	if frappe.session.user != "Guest":
		return f"mentoring_said:{frappe.session.sid}"
	token = cstr(frappe.form_dict.get("token"))
	if token and signed_links.read(signed_links.POLL, token):
		return f"mentoring_said:{sha256(token.encode()).hexdigest()}"
	return None


def _go(location: str) -> None:
	frappe.local.response["type"] = "redirect"
	frappe.local.response["location"] = location
