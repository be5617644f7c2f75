"""The charter: what the group agreed on, who has agreed, and the form to write it."""

from __future__ import annotations

from frappe import _

from mentor_ispe.domain import charters as domain
from mentor_ispe.domain.plain_text import editor_text
from mentor_ispe.domain.sessions.slots import WEEKDAYS
from mentor_ispe.portal import group_page
from mentor_ispe.services.groups import charter as charters

no_cache = 1


def get_context(context):
	view = group_page.open_group(context, "charter")
	context.charter = charter = charters.read(view.name)
	context.charter_words = editor_text(charter["charter"])
	context.empty = domain.is_empty(charter)
	context.agreed = next(
		(one["agreed_on"] for one in charter["people"] if one["profile"] == view.me.profile), None
	)
	context.weekdays = [(day, _(day)) for day in WEEKDAYS]
	context.chosen_days = [day for day in WEEKDAYS if day in charter["charter_days_off"]]
	context.days_off = [_(day) for day in context.chosen_days]
	context.units = [("Week", _("Weeks")), ("Month", _("Months"))]
	return context
