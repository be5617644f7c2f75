"""Every component of the members' pages with made-up values, for staff: what they look like in this site's theme."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import frappe
from frappe import _
from frappe.utils import now_datetime

from mentor_ispe.domain.year_line import halfway, year_line
from mentor_ispe.permissions.gate import is_staff
from mentor_ispe.portal import page
from mentor_ispe.readings.faces import without_photo
from mentor_ispe.services.members.next_steps import Step

no_cache = 1
PEOPLE = ("Ada Example", "Bo Sample", "Chi Made-Up", "نور مثال", "Eve " + "Longname" * 24)
COLOURS = (
	*("background", "surface", "tint", "text", "muted", "link"),
	*("border", "outline", "primary", "on-primary", "primary-edge"),
)


def get_context(context):
	if frappe.session.user == "Guest":
		frappe.local.flags.redirect_location = "/login?redirect-to=/mentoring-styleguide"
		raise frappe.Redirect
	if not is_staff():
		raise frappe.PermissionError(_("Only coordinators can open this page."))
	page.base_context(context, _("Style guide"))
	now = now_datetime()
	context.colours = COLOURS
	context.people = [without_photo(name) for name in PEOPLE]
	context.faces = {face.profile: face for face in context.people}
	context.steps = [
		Step("Answer", _("Will you attend?"), PEOPLE[0], "#", now + timedelta(days=3)),
		Step("Charter", _("Write the charter"), PEOPLE[1], "#"),
		Step("Feedback", _("Give feedback"), PEOPLE[2], "#", now - timedelta(days=3)),
	]
	context.year = year_line(
		[
			(_("Starts"), context.today - timedelta(days=100)),
			(
				_("Halfway"),
				halfway(context.today - timedelta(days=100), context.today + timedelta(days=265)),
			),
			(_("Ends"), context.today + timedelta(days=265)),
		],
		context.today,
	)
	context.flashes = [
		frappe._dict(kind="done", words=_("Saved"), entered={}),
		frappe._dict(kind="refused", words=PEOPLE[4], entered={}),
	]
	context.update(_meeting(now))
	context.messages = [_message(1, PEOPLE[0], False, now), _message(2, PEOPLE[1], True, now)]
	context.pieces = lambda text: [(text, False)]
	return context


def _meeting(now: datetime) -> dict:
	"""What templates/mentoring/group/meeting_line.html needs of one meeting to come."""
	meeting = frappe._dict(
		name="sample",
		status="Planned",
		starts_on=datetime.combine(now.date() + timedelta(days=9), time(16)),
		duration_minutes=60,
		mode="Online",
		focus=PEOPLE[4],
		host_name=PEOPLE[2],
		host=PEOPLE[2],
	)
	answers = [{"profile": name, "answer": "Yes"} for name in PEOPLE[:3]]
	return {
		"meetings": [meeting, frappe._dict(meeting, name="cancelled", status="Cancelled")],
		"answers_to": {"sample": [*answers, {"profile": PEOPLE[3], "answer": ""}]},
		"base": "#",
		"now": now,
		"view": frappe._dict(writes=False),
		"me": frappe._dict(profile=PEOPLE[0]),
	}


def _message(number: int, name: str, mine: bool, now: datetime) -> dict:
	face = without_photo(name)
	return {
		"name": f"sample-{number}",
		"number": number,
		"written_by": face.profile,
		"full_name": face.full_name,
		"initials": face.initials,
		"photo": False,
		"tone": face.tone,
		"written_on": now,
		"mine": mine,
		"deleted": False,
		"text": PEOPLE[4],
		"read_by": [PEOPLE[0]] if mine else [],
	}
