"""A group at a glance: what is next, the next meeting, the people, what helps now."""

from __future__ import annotations

from frappe import _
from frappe.utils import now_datetime

from mentor_ispe.portal import group_page, shown_people, year
from mentor_ispe.services.groups import ending
from mentor_ispe.services.library import resources
from mentor_ispe.services.members import next_steps
from mentor_ispe.services.sessions import queries

no_cache = 1


def get_context(context):
	view = group_page.open_group(context, "")
	context.title = view.group.title
	me = view.me.profile
	context.now = now_datetime()
	context.steps = next_steps.steps_in(view.name, me)
	context.may_finish = view.group.status == "Ended Early" and ending.may_finish(me, view.group.cycle)
	context.year = year.of_group(view.group, context.today) if view.running or view.waits else []
	context.coming, context.resources, context.shared = [], [], {}
	context.emails = {}
	if view.reads or view.waits:
		shown_people.fill(context, [one.profile for one in view.people])
	if view.reads:
		planned = [row for row in queries.sessions_of(view.name, me) if row["status"] == "Planned"]
		context.coming = [row for row in reversed(planned) if row["starts_on"] > context.now][:1]
		context.answers_to = queries.answers_to([row["name"] for row in context.coming])
		context.resources = resources.resources_for(view.name)[:8]
	context.description = _("Your group in {0}").format(view.group.cycle)
	return context
