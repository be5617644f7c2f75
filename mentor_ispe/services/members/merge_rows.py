"""What belongs to a person beside their applications, brought together when two profiles become one.

Most of it only has to name the other profile. Of some things there is one for each person, by name or by sense: a
signature, a draft, a mail about an occasion, a place in a workshop.
"""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe.utils import cint, cstr

from mentor_ispe.domain.notices import notice_name
from mentor_ispe.domain.sessions.readiness import acceptance_name
from mentor_ispe.domain.violations import N_
from mentor_ispe.domain.workshops import ON_A_PLACE
from mentor_ispe.mentor_ispe.doctype.mentoring_application_draft.mentoring_application_draft import draft_name
from mentor_ispe.readings.copied_fields import copies_of
from mentor_ispe.readings.seats import CALLED_BY_PEOPLE, groups_with
from mentor_ispe.services.members.merge_journal import Journal

PROFILE, GROUP, NOTICE = "Mentoring Profile", "Mentoring Group", "Mentoring Notice"
REQUEST, SIGNED, DRAFT = (
	"Mentoring Feedback Request",
	"Mentoring Agreement Acceptance",
	"Mentoring Application Draft",
)
ATTENDANCE, PLACE = "Mentoring Session Attendance", "Mentoring Workshop Participant"
BEST_FIRST = ("Attended", "Signed Up", "Waiting", "Missed", "Cancelled")

Rank = Callable[[frappe._dict], object]
ONE_EACH: tuple[tuple[str, str, Rank], ...] = (
	("Mentoring Read Mark", "mentoring_group", lambda row: -cint(row.read_number)),
	(ATTENDANCE, "parent", lambda row: (not row.attended, not row.answer)),
	(PLACE, "parent", lambda row: BEST_FIRST.index(row.status)),
)
"""(DocType, what there is one row for, the row that stays first)."""

COUNTED = (
	(N_("Meetings"), ATTENDANCE),
	(N_("Signed agreements"), SIGNED),
	(N_("Goals"), "Mentoring Goal"),
	(N_("Feedback"), "Mentoring Feedback"),
	(N_("Workshops"), PLACE),
	(N_("Emails"), NOTICE),
)
"""What a preview counts. Concerns aren't among it: who raised one is told to nobody."""


def bring_together(journal: Journal, kept: str, merged: str) -> None:
	"""Give everything of `merged` to `kept`, but for the applications."""
	_signatures(journal, kept, merged)
	_drafts(journal, kept, merged)
	_notices(journal, kept, merged)
	_requests(journal, kept, merged)
	for doctype, by, rank in ONE_EACH:
		_one_each(journal, doctype, by, rank, (kept, merged))
	journal.repoint(PROFILE, merged, kept)


def call_by(journal: Journal, profile: str, former: set[str], name: str) -> None:
	"""Write the person's name into the copies that say one of the former ones."""
	records = {PROFILE: [profile]}
	for role in ("Mentor", "Mentee"):
		records[role] = frappe.get_all(role, {"profile": profile}, pluck="name")
	for doctype, field, link, target in copies_of("full_name"):
		if not records.get(target):
			continue
		filters = {link: ("in", records[target]), field: ("in", sorted(former - {name}) or [""])}
		for row in frappe.get_all(doctype, filters, pluck="name"):
			journal.set_values(doctype, row, {field: name})
	for group in groups_with([profile]):
		called = frappe.db.get_value(GROUP, group, CALLED_BY_PEOPLE, as_dict=True)
		for old in sorted(former - {name, ""}, key=len, reverse=True):
			called = {field: cstr(text).replace(old, name) for field, text in called.items()}
		journal.set_values(GROUP, group, called)
		for doctype, field, link, target in copies_of("title"):
			if target == GROUP:
				for row in frappe.get_all(doctype, {link: group}, pluck="name"):
					journal.set_values(doctype, row, {field: called["title"]})


def _signatures(journal: Journal, kept: str, merged: str) -> None:
	"""Of two signatures under the same thing the first one stays."""
	for row in frappe.get_all(SIGNED, {"profile": merged}, ["name", "agreement", "cycle", "accepted_on"]):
		name = acceptance_name(row.agreement, kept, row.cycle)
		signed = frappe.db.get_value(SIGNED, name, "accepted_on")
		if signed and signed <= row.accepted_on:
			journal.remove(SIGNED, row.name)
			continue
		if signed:
			journal.remove(SIGNED, name)
		journal.rename(SIGNED, row.name, name)


def _drafts(journal: Journal, kept: str, merged: str) -> None:
	for row in frappe.get_all(DRAFT, {"profile": merged}, ["name", "cycle"]):
		name = draft_name(kept, row.cycle)
		if frappe.db.exists(DRAFT, name):
			journal.remove(DRAFT, row.name)
		else:
			journal.rename(DRAFT, row.name, name)


def _notices(journal: Journal, kept: str, merged: str) -> None:
	"""The key of an occasion names the person, so that no job announces it to them again."""
	rows = frappe.get_all(
		NOTICE, {"notice_key": ("like", f"%{merged}%")}, ["name", "notice_key", "status"], order_by="name"
	)
	for row in rows:
		key = row.notice_key.replace(merged, kept)
		if not frappe.db.exists(NOTICE, notice_name(key)):
			journal.set_values(NOTICE, row.name, {"notice_key": key})
			journal.rename(NOTICE, row.name, notice_name(key))
		elif row.status != "Queued":
			journal.remove(NOTICE, row.name)


def _requests(journal: Journal, kept: str, merged: str) -> None:
	"""Somebody who was asked twice for the same feedback is asked once."""
	for row in frappe.get_all(REQUEST, {"profile": merged}, ["name", "request_key", "status"]):
		key = row.request_key.replace(merged, kept)
		other = frappe.db.get_value(REQUEST, {"request_key": key}, ["name", "status"], as_dict=True)
		if other and row.status != "Given":
			journal.remove(REQUEST, row.name)
		elif other and other.status != "Given":
			journal.remove(REQUEST, other.name)
			journal.set_values(REQUEST, row.name, {"request_key": key})
		elif not other:
			journal.set_values(REQUEST, row.name, {"request_key": key})


def _one_each(journal: Journal, doctype: str, by: str, rank: Rank, profiles: tuple[str, str]) -> None:
	rows = frappe.get_all(doctype, {"profile": ("in", profiles)}, ["*"], order_by="creation, name")
	found: dict[str, list[frappe._dict]] = {}
	for row in rows:
		found.setdefault(row[by], []).append(row)
	for about, same in found.items():
		for row in sorted(same, key=rank)[1:]:  # type: ignore[arg-type]  # ranks of one table compare
			journal.remove(doctype, row.name)
		if len(same) > 1 and doctype == PLACE:
			taken = frappe.db.count(PLACE, {"parent": about, "status": ("in", list(ON_A_PLACE))})
			journal.set_values("Mentoring Workshop", about, {"places_taken": taken})


def give_what_belongs_to_groups(journal: Journal, groups: list[str], old: str, new: str) -> None:
	"""Give what was made in these groups, in the name of one profile, to another one that sits there instead."""
	if not groups:  # an empty list would stand for rows that belong to no group at all
		return
	sessions = frappe.get_all("Mentoring Session", {"mentoring_group": ("in", groups)}, pluck="name")
	feedback = frappe.get_all("Mentoring Feedback", {"mentoring_group": ("in", groups)}, pluck="name")
	within = {"mentoring_group": groups, "session": sessions, "feedback": feedback}
	for doctype in frappe.get_all("DocType", {"module": "Mentor ISPE", "issingle": 0}, pluck="name"):
		meta = frappe.get_meta(doctype)
		about = next((field for field in within if meta.has_field(field)), None)
		for df in meta.get_link_fields():
			if df.options != PROFILE:
				continue
			field, names = (
				("parent", sessions) if doctype == ATTENDANCE else (about, within.get(about or "", []))
			)
			if not (field and names):
				continue
			filters = {df.fieldname: old, field: ("in", names)}
			for row in frappe.get_all(doctype, filters, pluck="name"):
				journal.set_values(doctype, row, {df.fieldname: new})
