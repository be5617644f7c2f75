"""Who hears of a poll: everybody who is to answer, and whoever asked when no time was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe.utils import cstr, get_url

from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.pages import group_path
from mentor_ispe.domain.sessions.polls import PollClosed, PollOpened
from mentor_ispe.mails import outbox
from mentor_ispe.mails.calendar_events import in_zone
from mentor_ispe.mails.default_templates.polls import MEETING_POLL, POLL_CLOSED

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_poll.mentoring_poll import MentoringPoll

GROUP, PROFILE = "Mentoring Group", "Mentoring Profile"


def poll_opened(doc: MentoringPoll, event: PollOpened) -> None:
	"""Ask the others."""
	filters = {"name": ("in", [*event.others, doc.asked_by])}
	people = {row.name: row for row in frappe.get_all(PROFILE, filters, ["name", "full_name", "time_zone"])}
	title, asks = _title(doc), cstr(people[doc.asked_by].full_name)
	outbox.enqueue_all(
		outbox.Notice(
			make_key("poll", doc.name, profile),
			MEETING_POLL,
			profile,
			context={"group": title, "person": asks, **_times(doc, people[profile].time_zone)},
			reference=(doc.doctype, doc.name),
		)
		for profile in event.others
	)


def poll_closed(doc: MentoringPoll, event: PollClosed) -> None:
	"""Tell whoever asked."""
	outbox.enqueue(
		key=make_key("poll-closed", doc.name, doc.asked_by),
		template=POLL_CLOSED,
		profile=doc.asked_by,
		context={
			"group": _title(doc),
			"meetings_url": get_url(group_path(doc.mentoring_group, "meetings")) + "#plan",
		},
		reference=(doc.doctype, doc.name),
	)


def _times(doc: MentoringPoll, zone: str | None) -> dict:
	return {
		"times": [
			{"number": row.idx, "starts_on": cstr(in_zone(row.starts_on, zone)[0])} for row in doc.slots
		],
		"zone": in_zone(doc.ends_on, zone)[1],
		"poll": doc.name,
		"until": cstr(doc.ends_on),
	}


def _title(doc: MentoringPoll) -> str:
	return cstr(frappe.db.get_value(GROUP, doc.mentoring_group, "title"))
