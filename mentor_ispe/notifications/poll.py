"""Who hears of a poll: everybody who is to answer, and whoever asked when no time was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import frappe
from frappe.utils import cstr, get_url

from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.pages import group_path
from mentor_ispe.domain.sessions.polls import PollClosed, PollOpened, PollWaits
from mentor_ispe.domain.sessions.readiness import said_to
from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import violation_message
from mentor_ispe.mails import outbox
from mentor_ispe.mails.calendar_events import in_zone, start_values
from mentor_ispe.mails.default_templates.polls import MEETING_POLL, POLL_CLOSED
from mentor_ispe.mails.readers import reader_of
from mentor_ispe.mails.rendering import use_language
from mentor_ispe.notifications.meeting import tell_what_is_missing

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_poll.mentoring_poll import MentoringPoll

GROUP, PROFILE = "Mentoring Group", "Mentoring Profile"


def poll_opened(doc: MentoringPoll, event: PollOpened) -> None:
	"""Ask the others; tell those who can't be invited yet what they lack, while there is time."""
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
	tell_what_is_missing(doc.mentoring_group, {doc.asked_by, *event.others})


def poll_waits(doc: MentoringPoll, event: PollWaits) -> None:
	"""Tell whoever asked what the meeting waits for."""
	_tell_who_asked(doc, "poll-waits", event.best, event.why, waits=True)


def poll_closed(doc: MentoringPoll, event: PollClosed) -> None:
	"""Tell whoever asked why there is no meeting, and what to do."""
	_tell_who_asked(doc, "poll-closed", event.best, event.why, waits=False)


def _tell_who_asked(
	doc: MentoringPoll, occasion: str, best: datetime | None, why: Sequence[Violation], waits: bool
) -> None:
	reader = reader_of(doc.asked_by)
	with use_language(reader.language):
		reasons = [violation_message(one) for one in said_to(doc.asked_by, why)]
	start = start_values(best, reader.zone) if best else {"starts_on": "", "zone": ""}
	page = get_url(group_path(doc.mentoring_group, "meetings"))
	outbox.enqueue(
		key=make_key(occasion, doc.name, doc.asked_by),
		template=POLL_CLOSED,
		profile=doc.asked_by,
		context={
			"group": _title(doc),
			"why": reasons,
			"waits": waits,
			**start,
			"plan_url": f"{page}?at={best:%Y-%m-%dT%H:%M}#plan-one" if best else "",
			"meetings_url": f"{page}#{'poll-head' if waits else 'plan'}",
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
