"""Which providers of meeting links there are, and the link that a meeting gets.

Another app adds its own in hooks.py: `mentoring_meeting_links = {"Name": "app.module.Class"}`.
"""

from __future__ import annotations

import frappe

from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.domain.web_links import is_web_link
from mentor_ispe.meeting_links.base import Call, LinkProvider
from mentor_ispe.meeting_links.built_in import JitsiRoom, OwnRoom

HOOK = "mentoring_meeting_links"
BUILT_IN: tuple[type[LinkProvider], ...] = (JitsiRoom, OwnRoom)


def providers() -> dict[str, str | type[LinkProvider]]:
	"""Each provider's class, or the path of it, by its name; ours can't be replaced by a hook."""
	added = frappe.get_hooks(HOOK) or {}
	# Frappe collects the values of a dict hook in lists, one for each app that sets the key.
	paths = {name: path[-1] if isinstance(path, list) else path for name, path in added.items()}
	return paths | {provider.name: provider for provider in BUILT_IN}


def options() -> list[str]:
	"""Their names, for the field of the program."""
	return ["", *providers()]


def check(name: str | None) -> list[Violation]:
	"""Whether a program can choose this; an empty one is none."""
	known = providers()
	if not name or name in known:
		return []
	words = N_("There is no meeting link provider called {name}. Choose one of: {known}.")
	return [Violation("links_unknown", words, {"name": name, "known": sorted(known)})]


def make_link(name: str, call: Call) -> str:
	"""The link of this provider; empty when it gives none, or can't: then staff find why in the Error Log."""
	found = providers().get(name)
	try:
		if found is None:
			raise LookupError(f"{name} isn't installed")
		provider = (frappe.get_attr(found) if isinstance(found, str) else found)()
		link = provider.make_link(call)
		if link and not is_web_link(link):
			raise ValueError(f"{name} gave what is no address of a page")
	except Exception:
		frappe.log_error(
			f"Mentoring: no meeting link from {name}",
			reference_doctype="Mentoring Group",
			reference_name=call.group,
		)
		return ""
	return link or ""
