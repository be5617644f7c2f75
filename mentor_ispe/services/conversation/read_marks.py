"""How far each has read the conversation, and the mails about new messages that follow from it.

A mail goes out with the first message that somebody hasn't read; no other until they have read, and in a talk to
and fro at most one an hour. One that waits for its hour is taken back when the message has been read by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import cint, now_datetime

from mentor_ispe.concurrency import locks
from mentor_ispe.domain.conversations import MAIL_EVERY, MessageWritten, mail_after
from mentor_ispe.mentor_ispe.doctype.mentoring_message.mentoring_message import MentoringMessage
from mentor_ispe.notifications import conversation
from mentor_ispe.permissions import group_records

MARK, MESSAGE, PROFILE = "Mentoring Read Mark", "Mentoring Message", "Mentoring Profile"


@dataclass(frozen=True)
class Mark:
	"""How far somebody who shows it has read."""

	full_name: str
	number: int


def tell_others(doc: MentoringMessage, event: MessageWritten) -> None:
	"""Mail those who weren't told since they last read; the group's row is locked."""
	marks = _locked(doc.mentoring_group, event.others, read_so_far=doc.number - 1)
	_tell(doc.mentoring_group, marks, doc.number, doc.written_by)


def mark_read(group: str, profile: str, number: int) -> None:
	"""Note that the person has read up to the message of this number; never goes back.

	A message that came since the page was made is told now: whoever wrote it found that the person had been told of an
	earlier one and hadn't read.
	"""
	if not number or cint(frappe.db.get_value(MARK, _name(group, profile), "read_number")) >= number:
		return
	locks.lock_group(group)
	(mark,) = _locked(group, [profile], read_so_far=0)
	if mark.read_number >= number:
		return
	values = {"read_number": number, "read_on": now_datetime()}
	if mark.read_number < mark.mailed_number <= number and conversation.take_back(
		group, profile, mark.mailed_number
	):
		values["mailed_on"] = mark.mailed_on - MAIL_EVERY  # when the one before it went out, or earlier
	frappe.db.set_value(MARK, mark.name, values, update_modified=False)
	mark.update(values)
	filters = {"mentoring_group": group, "number": (">", number), "written_by": ("!=", profile)}
	came = frappe.db.get_value(
		MESSAGE, filters, ("number", "written_by"), as_dict=True, order_by="number", for_update=True
	)
	if came:
		_tell(group, [mark], came.number, came.written_by)


def of_others(group: str, profile: str) -> list[Mark]:
	"""How far the others have read, of those who show it; one query."""
	mark, person = DocType(MARK), DocType(PROFILE)
	rows = (
		frappe.qb.from_(mark)
		.join(person)
		.on(person.name == mark.profile)
		.select(person.full_name, mark.read_number)
		.where((mark.mentoring_group == group) & (mark.profile != profile))
		.where((person.hides_read_marks == 0) & (mark.read_number > 0))
		.orderby(person.full_name)
	).run()
	return [Mark(*row) for row in rows]


def unread(profile: str, groups: Collection[str]) -> dict[str, tuple[int, str]]:
	"""Of each group with messages that the person hasn't read: how many, and who wrote the first of them; two queries."""
	message, mark, person = DocType(MESSAGE), DocType(MARK), DocType(PROFILE)
	theirs = (mark.mentoring_group == message.mentoring_group) & (mark.profile == profile)
	new = (message.number > mark.read_number) & (message.written_by != profile) & message.deleted_on.isnull()
	query = (
		frappe.qb.from_(message)
		.join(mark)
		.on(theirs)
		.where(message.mentoring_group.isin(sorted(groups) or [""]) & new)
	)
	counts = query.select(message.mentoring_group, Count("*")).groupby(message.mentoring_group).run()
	if not counts:
		return {}
	writers = (
		query.join(person)
		.on(person.name == message.written_by)
		.select(message.mentoring_group, person.full_name)
		.orderby(message.number, order=frappe.qb.desc)
		.limit(200)
	).run()
	first = dict(writers)
	return {group: (count, first.get(group, "")) for group, count in counts}


def _tell(group: str, marks: Iterable[frappe._dict], number: int, writer: str) -> None:
	"""Write down that these people are told of this message, but those who were told and haven't read."""
	now, due = now_datetime(), defaultdict(list)
	for mark in marks:
		moment = mail_after(mark.read_number, mark.mailed_number, mark.mailed_on, now)
		if moment is not None:
			due[moment].append(mark.profile)
	if due:
		moments = {profile: moment for moment, profiles in due.items() for profile in profiles}
		conversation.message_written(group, moments, number, writer)
	for moment, profiles in due.items():
		filters = {"name": ("in", [_name(group, profile) for profile in profiles])}
		values = {"mailed_number": number, "mailed_on": moment}
		frappe.db.set_value(MARK, filters, values, update_modified=False)


def _name(group: str, profile: str) -> str:
	return sha256(f"{group}\n{profile}".encode()).hexdigest()[:20]


def _locked(group: str, profiles: Collection[str], read_so_far: int) -> list[frappe._dict]:
	"""The marks of these people, locked; made where there are none. The group's row is locked, so there are never two."""
	fields = ("name", "profile", "read_number", "mailed_number", "mailed_on")
	filters = {"name": ("in", [_name(group, profile) for profile in profiles] or [""])}
	marks = list(frappe.db.get_values(MARK, filters, fields, as_dict=True, for_update=True))
	for profile in sorted({*profiles} - {mark.profile for mark in marks}):
		doc = frappe.new_doc(MARK)
		doc.update({"mentoring_group": group, "profile": profile, "read_number": max(0, read_so_far)})
		doc.mailed_number = 0
		group_records.insert(doc, _name(group, profile))
		marks.append(frappe._dict({field: doc.get(field) for field in fields}))
	return marks
