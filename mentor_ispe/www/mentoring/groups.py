"""One's groups: what is next over all of them and in each, the moderator's queue, a mentor's seats."""

from __future__ import annotations

from frappe import _
from frappe.utils import now_datetime

from mentor_ispe.domain.pages import GROUPS, group_path
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.portal import page
from mentor_ispe.readings.faces import faces
from mentor_ispe.services.feedback.queries import about_programs
from mentor_ispe.services.groups import group_view
from mentor_ispe.services.members import member_status, next_steps

no_cache = 1


def get_context(context):
	profile = page.require_profile(context, _("My groups"), GROUPS)
	status = member_status.status_of(profile)
	steps = next_steps.next_steps(profile, status)
	groups = [row for row in status["groups"] if _was_in(row)]
	meetings = group_view.next_meetings([row["name"] for row in groups], profile, now_datetime())
	names = group_view.names_in([row["name"] for row in groups])
	shown = []
	for row in groups:
		base, moderates = group_path(row["name"]), _part(row) == "Moderator"
		here = [step for step in steps if step.link == base or step.link.startswith((f"{base}/", f"{base}#"))]
		shown.append(
			{
				**row,
				"link": f"/mentoring/match/{row['name']}" if row["seat"] == "Proposed" else base,
				"part": _part(row),
				"people": [name for other, name in names.get(row["name"], ()) if other != profile],
				# Photos are for those who share a group.
				"faces": []
				if row["seat"] == "Proposed"
				else [other for other, _name in names.get(row["name"], ())],
				"steps": [step for step in here if not (moderates and step.keeps_going)],
				"tasks": [step for step in here if moderates and step.keeps_going],
				"meeting": meetings.get(row["name"]),
			}
		)
	context.steps = steps
	context.faces = faces({each for group in shown for each in group["faces"]})
	context.groups = [row for row in shown if row["seat"] in LIVE_SEATS]
	context.past = [row for row in shown if row["seat"] not in LIVE_SEATS]
	context.mentoring = group_view.mentoring_of(profile)
	context.owed = about_programs(profile)
	return context


def _was_in(row: dict) -> bool:
	"""Whether the group is, or was, the reader's: who withdrew before it began never was in it."""
	return row["seat"] not in ("Declined", "Expired") and (
		row["seat"] != "Withdrawn" or bool(row["joined_on"])
	)


def _part(row: dict) -> str:
	"""As what the reader is in the group, as its own pages call it."""
	if row["role"] == "Mentor":
		return "Mentor"
	if row.get("is_moderator"):
		return "Moderator"
	return "Peer" if row["format"] == "Peer Circle" else "Mentee"
