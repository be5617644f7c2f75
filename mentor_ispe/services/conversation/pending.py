"""What a person's conversations ask of them: to read what is new, and to say hello where nobody has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import frappe
from frappe.utils import cstr

from mentor_ispe.domain.conversations import people_who_write
from mentor_ispe.domain.next_steps import Asked
from mentor_ispe.readings.seats import seats_by_group
from mentor_ispe.services.conversation import read_marks

IN_TOUCH = ("Mentoring Message", "Mentoring Session")


def asked(profile: str, groups: Iterable[Mapping[str, Any]]) -> Iterator[Asked]:
	"""Of groups as `member_status.groups_of` gives them; the number of queries doesn't depend on how many."""
	titles = {row["name"]: cstr(row["title"]) for row in groups if row["seat"] in ("Accepted", "Active")}
	if not titles:
		return
	new = read_marks.unread(profile, list(titles))
	for group, (count, writer) in new.items():
		yield Asked("Message", titles[group], count=count, values={"group": group, "name": writer})
	for group, others in _silent(profile, set(titles) - set(new)).items():
		values = {"group": group, "name": others[0]}
		yield Asked("Hello", titles[group], count=len(others), values=values)


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
