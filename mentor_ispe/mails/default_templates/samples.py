"""Values to show a mail with while no real one of its kind has been announced."""

from __future__ import annotations

from typing import Any

from mentor_ispe.mails.default_templates import TEMPLATES
from mentor_ispe.mails.default_templates.digests import COMMITTEE_REPORT, YOUR_DAY
from mentor_ispe.mails.default_templates.extension import INVITATION
from mentor_ispe.mails.default_templates.feedback import FEEDBACK_REMINDER, GROUP_ALARM
from mentor_ispe.mails.default_templates.matches import MATCH_ACCEPTED

GROUP, CYCLE, PROGRAM = "Mara Lindqvist and Tom Okafor", "Mentoring 2031", "Mentoring"
DESK = "https://mentoring.example.org/app"

# By the name of the value, which means the same in every template but for those in OWN.
VALUES: dict[str, Any] = {
	"about": GROUP,
	"active_until": "2031-01-31",
	"agenda": "How the first weeks went\nWhat comes next",
	"agreements": ["Code of conduct"],
	"answer": "She has a whole hour for you.",
	"answer_by": "2031-02-28",
	"approved": True,
	"because": "The last meeting was 41 days ago; 31 are allowed.",
	"before": "Kim Adeyemi",
	"by": "Kim Adeyemi",
	"count": 2,
	"cycle": CYCLE,
	"description": "How to begin, how to listen, how to end.",
	"desk_url": DESK,
	"due_on": "2031-02-28",
	"end_date": "2031-12-31",
	"expectations_html": "<p>Be there, and listen.</p>",
	"focus": "The next career step",
	"given_up": False,
	"goals_met": False,
	"goes_on": True,
	"grace_until": "2031-03-02",
	"group": GROUP,
	"groups": [GROUP],
	"guest_speaker": "Dr. Ines Moreau",
	"host": "Mara Lindqvist",
	"kickoff_on": "2031-02-03 18:00:00",
	"kind": "Check-in",
	"lapsed_since": "2031-02-01",
	"last": False,
	"least": 3,
	"left": 2,
	"link": "https://meet.example.org/mentoring",
	"location": "",
	"match_reason": "You share two topics and the industry.",
	"members": ["Tom Okafor"],
	"members_decide": False,
	"mentor": "Mara Lindqvist",
	"message": "How a plant is started up.",
	"minutes": 60,
	"mode": "Online",
	"moved_up": False,
	"new_address": "mara@example.org",
	"next_cycle": "Mentoring 2032",
	"note": "Welcome!",
	"open_items": 2,
	"opened_by": "A coordinator",
	"opened_on": "2031-02-11 09:30:00",
	"needs": [{"label": "Applications", "count": 3, "oldest": "2031-01-28", "url": DESK}],
	"partners": ["Mara Lindqvist", "Tom Okafor"],
	"people": ["Mara Lindqvist", "Tom Okafor"],
	"period": "1 December 2030 to 31 January 2031",
	"person": "Tom Okafor",
	"place": "https://meet.example.org/mentoring",
	"places": 20,
	"program": PROGRAM,
	"programs": [PROGRAM],
	"reason": "A new job leaves no time.",
	"removed": False,
	"reply_weeks": 4,
	"required": True,
	"resources": [{"title": "A first meeting", "url": "https://example.org/first-meeting"}],
	"respond_by": "2031-02-14",
	"role": "Mentee",
	"rule": "Regular Meetings",
	"scheme": "HRCI",
	"session_on": "2031-02-10",
	"sign_up_until": "2031-02-07 12:00:00",
	"speaker": "Dr. Ines Moreau",
	"start": "2032-01-12",
	"start_date": "2031-01-20",
	"starts_on": "2031-02-10 17:00:00",
	"status": "Arranged",
	"topic": "Starting up a plant",
	"topics": ["Careers", "Leadership"],
	"training": ["Mentor"],
	"total": 3,
	"until": "2031-12-15",
	"waiting": ["Tom Okafor"],
	"waits_again": True,
	"willing": ["Tom Okafor"],
	"wished_from": "2031-03-01",
	"wished_until": "2031-04-30",
	"workshop": "Mentoring for beginners",
	"zone": "Europe/Berlin",
}

OWN: dict[str, dict[str, Any]] = {
	COMMITTEE_REPORT: {"figures": {}},
	FEEDBACK_REMINDER: {
		"requests": [
			{"kind": "Check-in", "about": GROUP, "cycle": CYCLE, "due_on": "2031-02-28", "last": False},
			{"kind": "Session", "about": GROUP, "cycle": CYCLE, "due_on": "2031-02-20", "last": True},
		]
	},
	GROUP_ALARM: {
		"groups": [
			{
				"group": GROUP,
				"cycle": CYCLE,
				"alarm": "No First Meeting",
				"words": "No first meeting in 40 days; 30 are allowed.",
				"group_url": DESK,
			},
			{
				"group": "Circle of four",
				"cycle": CYCLE,
				"alarm": "Low Health",
				"words": "The health is 35 of 100.",
				"group_url": DESK,
			},
		]
	},
	INVITATION: {"before": "Mentoring 2030"},
	MATCH_ACCEPTED: {
		"groups": [
			{
				"group": GROUP,
				"cycle": CYCLE,
				"people": ["Mara Lindqvist", "Tom Okafor"],
				"group_url": DESK,
			}
		]
	},
	YOUR_DAY: {
		"matters": [
			{
				"subject": f"Agenda: {GROUP}",
				"body_html": f"<p>{GROUP} meets on February 10, 2031, 17:00 (Europe/Berlin), for 60 minutes.</p>",
			},
			{
				"subject": f"Still open: your feedback on {GROUP}",
				"body_html": "<p>We asked you for feedback and would still like to hear from you.</p>",
			},
		]
	},
}


def sample(template: str) -> dict[str, Any]:
	"""Everything that the template was promised, with made-up values."""
	known = {**VALUES, **OWN.get(template, {})}
	return {
		key: known[key] if key in known or not key.endswith("_html") else "<p>…</p>"
		for key in TEMPLATES[template].values
	}


def rows(template: str) -> list[dict[str, Any]]:
	"""The same as the contexts of notices: several, for a template that joins them."""
	together = TEMPLATES[template].together
	return sample(template)[together] if together else [sample(template)]
