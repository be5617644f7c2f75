"""One meeting of a group: when it is for everyone, agenda, what is to be done, the record and the notes."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from mentor_ispe.clock import moment_text
from mentor_ispe.domain.plain_text import editor_text
from mentor_ispe.portal import chosen_time, group_page, page
from mentor_ispe.readings.faces import faces
from mentor_ispe.services.library import resources
from mentor_ispe.services.sessions import finding, queries

no_cache = 1


def get_context(context):
	view = group_page.open_group(context, "meetings")
	session = cstr(frappe.form_dict.get("session"))
	# A meeting of another group is no page of this one, also for somebody who is in both.
	if frappe.db.get_value("Mentoring Session", session, "mentoring_group") != view.name:
		page.not_found()
	context.meeting = meeting = frappe._dict(queries.agenda(session, view.me.profile))
	for local in meeting.local_times:
		local["time"] = moment_text(local["starts_on"], local["zone"])
		local["mark"] = chosen_time.mark(local["part"], local["weekend"])
	context.title = _("Meeting on {0}").format(context.clock.day(meeting.starts_on))
	context.now = now = now_datetime()
	context.faces = faces([person["profile"] for person in meeting.people])
	context.agenda_words = editor_text(meeting.agenda)
	context.begun = meeting.starts_on <= now
	context.whose = [("", _("Everyone")), *((one.profile, one.full_name) for one in view.active)]
	context.open_items = [item for item in meeting.carried_items if item["status"] == "Open"]
	context.rows = _rows(meeting, view)
	group_page.name_managers(context)
	if view.writes and meeting.status == "Cancelled" and meeting.may_move:
		# Its own time if that is still to come, else the next one by the group's rhythm.
		context.again = (
			meeting.starts_on if meeting.starts_on > now else finding.propose_next(view.name).starts_on
		)
		_show_clocks(context, "plan-again", context.again)
	if view.writes and meeting.status == "Planned" and not context.begun:
		_offer_hosts(context, view, meeting)
	if view.writes and meeting.status == "Planned":
		_show_clocks(context, "change", meeting.starts_on)
		context.readable = [(row["name"], row["title"]) for row in resources.resources_for(view.name)]
		listed = {row.name for row in meeting.resources}
		known = {name for name, _title in context.readable}
		context.readable += [(row.name, row.title) for row in meeting.resources if row.name not in known]
		context.chosen = sorted(listed)
	return context


def _show_clocks(context, form, starts_on) -> None:
	people = finding.people_named(one.profile for one in context.view.active)
	chosen_time.fill(context, people, form, starts_on, context.meeting.duration_minutes)


def _offer_hosts(context, view, meeting) -> None:
	"""Whom the reader may choose as the host, and with which other meeting its host may swap."""
	here = [person["profile"] for person in meeting.people]
	context.hosts = [("", _("Nobody"))] * (view.group.format != "Peer Circle") + [
		(person["profile"], person["full_name"]) for person in meeting.people
	]
	context.swaps = [
		(
			row["name"],
			_("{0}, who hosts on {1}").format(row["host_name"], context.clock.when(row["starts_on"])),
		)
		for row in reversed(queries.sessions_of(view.name, view.me.profile))
		if row["status"] == "Planned" and row["starts_on"] > context.now
		if meeting.host and row["host"] in here and row["host"] != meeting.host
		if context.may_manage or view.me.profile in (meeting.host, row["host"])
	]


def _rows(meeting, view) -> list[dict]:
	"""Everyone whose minutes are asked: who is on the list, and who is in the group but wasn't invited."""
	held = meeting.status == "Held"
	rows = [
		{
			**person,
			"minutes": person["minutes"]
			if held
			else (0 if person["answer"] == "No" else meeting.duration_minutes),
		}
		for person in meeting.people
	]
	listed = {person["profile"] for person in meeting.people}
	others = [one for one in view.active if one.profile not in listed]
	return rows + [{"profile": one.profile, "full_name": one.full_name, "minutes": 0} for one in others]
