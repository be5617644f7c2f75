"""The forms of a meeting: what was changed in them, what is said afterwards, and on which page."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.concurrency.locks import SESSION
from mentor_ispe.domain.pages import group_path
from mentor_ispe.domain.plain_text import editor_text
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal.html_form import Asked
from mentor_ispe.portal.times import Clock


def as_edited(asked: Asked) -> Asked:
	"""What was changed in the form: the rest may have been changed by somebody else since the page was opened."""
	sent = frappe.form_dict
	edited = {
		name: value
		for name, value in asked["values"].items()
		if f"shown:{name}" not in sent or sent[f"shown:{name}"] != sent.get(name)
	}
	return _without_same_words({**asked, "values": edited})


def _without_same_words(asked: Asked) -> Asked:
	"""An agenda whose words weren't changed in the form keeps the markup that it has from the Desk."""
	stored = frappe.db.get_value(SESSION, asked["session"], "agenda")
	if editor_text(asked["values"].get("agenda")) == editor_text(stored):
		asked["values"].pop("agenda", None)
	return asked


def meeting_page(done: dict, asked: Asked) -> str:
	return group_path(asked["group"], "meetings", done["name"])


def _when(meeting: dict) -> str:
	return Clock.of(own_profile()).when(meeting["starts_on"])


def is_planned(done: dict, _asked: Asked) -> str:
	return _("The meeting on {0} is scheduled. Everyone has been invited.").format(_when(done))


def are_planned(done: list[dict], _asked: Asked) -> str:
	return _("{0} meetings are scheduled. The last one is on {1}.").format(len(done), _when(done[-1]))


def is_changed(_done: dict, asked: Asked) -> str:
	prepared = "resources" in asked["values"] or "agenda" in asked["values"]
	return _("The agenda has been saved.") if prepared else _("The meeting has been changed.")


def is_planned_again(done: dict, _asked: Asked) -> str:
	return _("The meeting has been rescheduled for {0}. Everyone has been invited.").format(_when(done))
