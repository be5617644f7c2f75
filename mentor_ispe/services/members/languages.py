"""The languages that the members' pages can be read in, and which one a reader chose."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import frappe
from frappe import _

import mentor_ispe
from mentor_ispe.exceptions import RuleViolation

TEXTS = Path(mentor_ispe.__file__).parent / "locale"
COOKIE = "preferred_language"


def languages() -> list[tuple[str, str]]:
	"""(code, its name in itself) of every language that all texts are there in and the site has enabled."""
	return [
		(code, name)
		for code in written_languages()
		if frappe.get_cached_value("Language", code, "enabled")
		and (name := frappe.get_cached_value("Language", code, "language_name"))
	]


@cache
def written_languages() -> tuple[str, ...]:
	"""Their codes; English is that of the code."""
	return tuple(sorted({"en", *(file.stem for file in TEXTS.glob("*.po"))}))


def choose_language(code: str) -> None:
	"""Read the pages and the mails in this language from now on; a guest reads them so until the browser is closed."""
	if code not in dict(languages()):
		frappe.throw(_("This site has no such language. Choose one from the list."), exc=RuleViolation)
	user = frappe.session.user
	if user == "Guest":
		# As Frappe's own language chooser does it.
		frappe.local.cookie_manager.set_cookie(COOKIE, code)
		return
	frappe.db.set_value("User", user, "language", code)
	frappe.clear_cache(user=user)
	frappe.local.lang = code
