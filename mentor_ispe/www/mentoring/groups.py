"""One's groups: what is next in each, the moderator's queue over all of them, a mentor's seats."""

from __future__ import annotations

from frappe import _
from frappe.utils import now_datetime

from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.portal import page
from mentor_ispe.portal.group_page import GROUPS, address
from mentor_ispe.services import group_view, member_status, next_steps
from mentor_ispe.services.feedback.chosen import about_programs

no_cache = 1


def get_context(context):
	profile = page.require_profile(context, _("My groups"), GROUPS)
	status = member_status.status_of(profile)
	steps = next_steps.next_steps(profile, status)
	queue = [step for step in steps if step.kind.startswith("Queue ")]
	groups = [row for row in status["groups"] if row["seat"] not in ("Declined", "Expired", "Withdrawn")]
	meetings = group_view.next_meetings([row["name"] for row in groups], profile, now_datetime())
	shown = []
	for row in groups:
		base = address(row["name"])
		asked = [step for step in steps if step.link.startswith(base) and step not in queue]
		link = f"/mentoring/match/{row['name']}" if row["seat"] == "Proposed" else base
		shown.append({**row, "link": link, "steps": asked, "meeting": meetings.get(row["name"])})
	context.groups = [row for row in shown if row["seat"] in LIVE_SEATS]
	context.past = [row for row in shown if row["seat"] not in LIVE_SEATS]
	context.queue = _by_group(queue, context.groups)
	context.mentoring = group_view.mentoring_of(profile)
	context.owed = about_programs(profile)
	return context


def _by_group(queue: list, groups: list[dict]) -> list[dict]:
	"""The moderator's queue, group by group."""
	found = []
	for row in groups:
		tasks = [step for step in queue if step.link.startswith(row["link"])]
		if tasks:
			found.append({"title": row["title"], "link": row["link"], "tasks": tasks})
	return found
