"""The meetings of a group: to come, to record, past and cancelled; plan one or a series; open actions."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from mentor_ispe.permissions.own_session import sign_in_words
from mentor_ispe.portal import chosen_time, group_page
from mentor_ispe.services.members import next_steps
from mentor_ispe.services.polls import queries as polls
from mentor_ispe.services.sessions import action_items, finding, queries

no_cache = 1


def get_context(context):
	view = group_page.open_group(context, "meetings")
	context.now = now = now_datetime()
	rows = queries.sessions_of(view.name, view.me.profile)
	planned = [row for row in reversed(rows) if row["status"] == "Planned"]
	context.coming = [row for row in planned if row["starts_on"] > now]
	context.to_record = [row for row in planned if row["starts_on"] <= now]
	context.past = [row for row in rows if row["status"] != "Planned"]
	context.answers_to = queries.answers_to([row["name"] for row in context.coming])
	context.sign_in = sign_in_words()
	items = [] if context.sign_in else action_items.of_group(view.name, view.me.profile)
	context.open_items = [item for item in items if item["status"] == "Open"]
	group_page.name_managers(context)
	if view.writes:
		context.unsigned = next_steps.unsigned_in(view.name, view.me.profile, context.today)
		context.poll = polls.current(view.name, view.me.profile)
		context.why_not_yet = polls.why_not_yet(view.name, view.me.profile)
		asked = cstr(frappe.form_dict.get("move"))
		context.moves = next((frappe._dict(row) for row in context.coming if row["name"] == asked), None)
		known = finding.planning_of(view.name)
		proposal = known.propose_next()
		context.suggested = chosen_time.suggested(known, view.me.profile)
		context.by_night = any(one["at_night"] for one in context.suggested)
		starts_on = chosen_time.asked_for() or proposal.starts_on
		context.by_rhythm = proposal.starts_on
		for form in ("plan-one", "plan-series"):
			chosen_time.fill(context, known.people, form, starts_on, proposal.duration_minutes)
		context.proposal = frappe._dict(
			starts_on=starts_on,
			duration_minutes=proposal.duration_minutes,
			mode=proposal.mode,
			location=proposal.location,
			link=proposal.link,
			focus="",
		)
		context.unplanned_rows = [
			{
				"profile": one.profile,
				"full_name": one.full_name,
				"minutes": 0 if one.is_away(context.today) else proposal.duration_minutes,
			}
			for one in view.active
		]
		context.whose = [("", _("Everyone")), *((one.profile, one.full_name) for one in view.active)]
	return context
