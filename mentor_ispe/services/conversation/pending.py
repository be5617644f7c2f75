"""What a person's conversations ask of them: to read what is new, and to say hello where nobody has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.domain.conversations import people_who_write
from mentor_ispe.readings.seats import seats_by_group
from mentor_ispe.services.conversation import read_marks

IN_TOUCH = ("Mentoring Message", "Mentoring Session")


def steps(profile: str, groups: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
	"""(kind, words, title of the group, path), of groups as `member_status.groups_of` gives them.

	The number of queries doesn't depend on how many groups there are.
	"""
	titles = {row["name"]: cstr(row["title"]) for row in groups if row["seat"] in ("Accepted", "Active")}
	if not titles:
		return
	new = read_marks.unread(profile, list(titles))
	for group, (count, writer) in new.items():
		words = (
			_("{0} wrote to you.").format(writer) if count == 1 else _("Read {0} new messages.").format(count)
		)
		yield "Message", words, titles[group], _page(group)
	for group, others in _silent(profile, set(titles) - set(new)).items():
		words = (
			_("Say hello to {0}.").format(others[0]) if len(others) == 1 else _("Say hello to your group.")
		)
		yield "Hello", words, titles[group], _page(group)


def _silent(profile: str, groups: set[str]) -> dict[str, list[str]]:
	"""The groups in which nobody has written and no meeting was ever planned, with those who could be greeted."""
	for doctype in IN_TOUCH:
		if groups:
			filters = {"mentoring_group": ("in", sorted(groups))}
			groups -= set(
				frappe.get_all(doctype, filters, pluck="mentoring_group", distinct=True, order_by="")
			)
	if not groups:
		return {}
	statuses = dict(
		frappe.get_all("Mentoring Group", {"name": ("in", sorted(groups))}, ["name", "status"], as_list=True)
	)
	found = {}
	for group, seats in seats_by_group(sorted(groups)).items():
		writers = people_who_write(statuses[group], seats)
		if profile in writers:
			names = {seat.profile: seat.full_name for seat in seats}
			found[group] = [names[one] for one in writers if one != profile]
	return {group: others for group, others in found.items() if others}


def _page(group: str) -> str:
	return f"/mentoring/groups/{quote(group)}/messages"
