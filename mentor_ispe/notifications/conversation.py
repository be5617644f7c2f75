"""What people hear of the conversation of their group: that somebody wrote, and that staff opened it; never its words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import frappe
from frappe.utils import cstr, get_url, now_datetime

from mentor_ispe.domain.conversations import ConversationOpened
from mentor_ispe.domain.notices import make_key, notice_name
from mentor_ispe.domain.pages import group_path
from mentor_ispe.mails import outbox
from mentor_ispe.mails.calendar_events import in_zone
from mentor_ispe.mails.default_templates.messages import CONVERSATION_OPENED, NEW_MESSAGE
from mentor_ispe.mails.readers import AT_MOST_ONE_A_DAY
from mentor_ispe.permissions import gate
from mentor_ispe.readings.seats import profiles_in

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_note_opening.mentoring_note_opening import (
		MentoringNoteOpening,
	)

GROUP, PROFILE = "Mentoring Group", "Mentoring Profile"


def message_written(group: str, due: Mapping[str, datetime], number: int, writer: str) -> None:
	"""Tell these people that there is a message of this number; not before their `due`, or in their one mail a day."""
	filters = {"name": ("in", [*due, writer])}
	people = {row.name: row for row in frappe.get_all(PROFILE, filters, ["name", "full_name", "mail_rhythm"])}
	now = now_datetime()
	context = {
		"group": cstr(frappe.db.get_value(GROUP, group, "title")),
		"person": cstr(people[writer].full_name) if writer in people else "",
		"pair": len(profiles_in(group, ("Accepted", *gate.READ))) == 2,
		"conversation_url": _url(group),
	}
	outbox.enqueue_all(
		outbox.Notice(
			_key(group, profile, number),
			NEW_MESSAGE,
			profile,
			context=context,
			reference=(GROUP, group),
			not_before=None if at <= now or people[profile].mail_rhythm in AT_MOST_ONE_A_DAY else at,
		)
		for profile, at in due.items()
		if profile in people  # whoever was erased or merged away meanwhile reads no more
	)


def take_back(group: str, profile: str, number: int) -> bool:
	"""The message was read, so its mail isn't needed; False when it has gone out already."""
	name = notice_name(_key(group, profile, number))
	if frappe.db.get_value(outbox.NOTICE, name, "status", for_update=True) != "Pending":
		return False
	frappe.db.delete(outbox.NOTICE, {"name": name})
	return True


def conversation_opened(opening: MentoringNoteOpening, event: ConversationOpened) -> None:
	"""Tell the group who opened its conversation and why; not a word of it."""
	title = cstr(frappe.db.get_value(GROUP, opening.mentoring_group, "title"))
	who = frappe.db.get_value("User", opening.opened_by, "full_name") or opening.opened_by
	outbox.enqueue_all(
		outbox.Notice(
			make_key("conversation-opened", opening.name, profile),
			CONVERSATION_OPENED,
			profile,
			context={
				"group": title,
				"opened_by": who,
				"opened_on": cstr(in_zone(opening.opened_on, zone)[0]),
				"zone": in_zone(opening.opened_on, zone)[1],
				"reason": opening.reason,
				"conversation_url": _url(opening.mentoring_group),
			},
			reference=(opening.doctype, opening.name),
		)
		for profile, zone in event.zones.items()
	)


def _key(group: str, profile: str, number: int) -> str:
	return make_key("message", group, profile, number)


def _url(group: str) -> str:
	return get_url(group_path(group, "messages")) + "#newest"
