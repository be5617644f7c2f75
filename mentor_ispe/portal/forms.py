"""Forms that work without JavaScript: a post does its step, then the browser goes back to a page.

What went wrong, and what had been typed, waits for that page in the cache of the session; it is shown
once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

import frappe
from frappe import _

from mentor_ispe.services.refusals import plain_words

P = ParamSpec("P")
HOME = "/mentoring"
KEEP_SECONDS = 900
NEVER_KEPT = ("csrf_token", "cmd", "back", "form")


@dataclass(frozen=True)
class Done:
	"""What a form says when it worked, and where to go on; without `page` back to where it was sent from."""

	words: str
	page: str | None = None


def handled(endpoint: Callable[P, Done | None]) -> Callable[P, None]:
	"""Answer a form with a page instead of data; a refusal changes nothing and keeps what was typed.

	The form's hidden fields say where it stands: `back`, the page, and `form`, its id there. An endpoint that
	returns nothing has answered by itself, with a file.
	"""

	@wraps(endpoint)
	def run(*args: P.args, **kwargs: P.kwargs) -> None:
		back = own_page(frappe.form_dict.get("back"))
		try:
			done = endpoint(*args, **kwargs)
		except (frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError) as error:
			frappe.db.rollback()
			frappe.clear_messages()
			words = plain_words(error) or _("This isn't possible.")
			keep("refused", words, entered())
			_go(f"{back}#said")
			return
		frappe.clear_messages()
		if done is None:
			return
		if done.words:
			keep("done", done.words, {})
		_go(f"{own_page(done.page) if done.page else back}#said")

	return run


def own_page(path: Any) -> str:
	"""The path, if it is one of the members' pages; else their first page."""
	path = path.split("#")[0] if isinstance(path, str) else ""
	if ".." in path or "\\" in path or not path.isprintable():
		return HOME
	return path if path == HOME or path.startswith((f"{HOME}/", f"{HOME}?")) else HOME


def entered() -> dict[str, list[str]]:
	"""Every value of the posted form, as lists: a name may come several times."""
	fields = frappe.request.form.to_dict(flat=False) if frappe.request else {}
	return {name: values for name, values in fields.items() if name not in NEVER_KEPT}


def many(name: str) -> list[str]:
	"""All values posted under one name, as checkboxes do, without empty ones."""
	return [value for value in entered().get(name, ()) if value.strip()]


def take_said() -> dict[str, Any] | None:
	"""What the last form of this session said; it is forgotten by that."""
	key = _key()
	if not key:
		return None
	said = frappe.cache.get_value(key)
	if said:
		frappe.cache.delete_value(key)
	return said


def keep(kind: str, words: str, typed: dict[str, list[str]]) -> None:
	"""Keep for the next page what there is to say ("done" or "refused"), and what was typed into which form."""
	said = {"kind": kind, "words": words, "form": frappe.form_dict.get("form") or "", "entered": typed}
	if key := _key():
		frappe.cache.set_value(key, said, expires_in_sec=KEEP_SECONDS)


def _key() -> str | None:
	return f"mentoring_said:{frappe.session.sid}" if frappe.session.user != "Guest" else None


def _go(location: str) -> None:
	frappe.local.response["type"] = "redirect"
	frappe.local.response["location"] = location
