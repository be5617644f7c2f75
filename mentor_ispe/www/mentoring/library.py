"""The library: what one may read, by phase, and the workshops with their sign-up."""

from __future__ import annotations

from itertools import groupby

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.domain.plain_text import editor_text
from mentor_ispe.domain.violations import N_
from mentor_ispe.portal import page
from mentor_ispe.services.library import resources
from mentor_ispe.services.readiness import workshops

no_cache = 1
MINE = {
	"Signed Up": N_("You have a place."),
	"Waiting": N_("You're on the waiting list."),
	"Attended": N_("You attended."),
	"Missed": N_("You missed it."),
	"Cancelled": N_("You canceled your place."),
}
AUDIENCES = ("Everyone", "Mentors", "Mentees", "Moderators")


def get_context(context):
	profile = page.require_profile(context, _("Library"), "/mentoring/library")
	phase, audience, topic = (cstr(frappe.form_dict.get(name)) for name in ("phase", "audience", "topic"))
	phase = phase if phase in resources.PHASES else ""
	found = resources.library(profile, topic or None, audience or None, phase or None)
	context.by_phase = [(name, list(rows)) for name, rows in groupby(found, lambda row: row["phase"])]
	topics = frappe.get_all("Mentoring Topic", pluck="name", order_by="name", limit=0)
	context.asked = {"phase": phase, "audience": audience, "topic": topic}
	context.phases = [("", _("All phases")), *((name, _(name)) for name in resources.PHASES)]
	context.audiences = [("", _("All audiences")), *((name, _(name)) for name in AUDIENCES[1:])]
	context.topics = [("", _("All topics")), *((name, name) for name in topics)]
	context.plain = editor_text
	context.my_words = _my_words
	context.workshops = workshops.offered_to(profile)
	return context


def _my_words(status: str) -> str:
	return _(MINE[status]) if status in MINE else status
