"""What only a service or a job sets in a group can't be brought in by any entry point."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.mentor_ispe.doctype.mentoring_group.protected_fields import (
	PROTECTED_FIELDS,
	PROTECTED_OF_SEATS,
)
from mentor_ispe.services.groups import charter
from tests import factories as make
from tests.site.endings.groups import started, stored
from tests.site.entry_points.cases import VALUES, Step
from tests.site.entry_points.entry_points import ENTRY_POINTS

UPDATING = [
	name for name, entry_point in ENTRY_POINTS.items() if VALUES in entry_point.kinds and name != "own_api"
]
SMUGGLED = {
	"health": 99,
	"health_on": "2031-01-01 10:00:00",
	"health_signs": "[1]",
	"alarm": "Fire",
	"charter_agreed_on": "2031-01-01",
}


def kept(group: str) -> list:
	doc = stored(group)
	return [
		*(doc.get(field) for field in PROTECTED_FIELDS),
		*(row.get(field) for row in doc.seats for field in PROTECTED_OF_SEATS),
	]


@pytest.mark.parametrize("entry_point", UPDATING)
def test_entry_point_puts_back_what_only_services_set(entry_point):
	here, other = started(), started()
	charter.write(
		here.group, here.profiles[0], {"charter_place": "Library"}, charter.read(here.group)["version"]
	)
	charter.agree(here.group, here.profiles[0], charter.read(here.group)["version"])
	before = kept(here.group)
	values = {
		**SMUGGLED,
		"extends": other.group,
		"extended_to": other.group,
		"extension_cycle": make.make_cycle().name,
		"seats": [
			{
				"name": row.name,
				**make.seat(row.participant, row.role, status=row.status),
				"charter_agreed_on": "2031-01-01",
				"extends": "Yes",
			}
			for row in stored(here.group).seats
		],
		"title": "Another title",
	}
	step = Step("Mentoring Group", here.group, values, "", lambda: None, cycle=here.cycle)
	assert ENTRY_POINTS[entry_point].enter(step).accepted
	assert stored(here.group).title == "Another title"
	assert kept(here.group) == before


def test_a_new_group_starts_with_none_of_them():
	here = started()
	cycle = make.make_cycle(here.program).name
	doc = frappe.new_doc("Mentoring Group")
	doc.update({**SMUGGLED, "cycle": cycle, "extends": here.group})
	said = {"charter_agreed_on": "2031-01-01", "extends": "Yes"}
	doc.append("seats", make.seat(make.make_mentor(cycle).name, "Mentor", **said))
	doc.append("seats", make.seat(make.make_mentee(cycle).name, **said))
	doc.insert()
	assert not any(kept(doc.name))


def test_the_answer_that_was_promised_is_the_apps():
	cycle = make.make_cycle().name
	for record in (
		make.make_mentor(cycle, answer_by="2099-01-01"),
		make.make_mentee(cycle, answer_by="2099-01-01"),
	):
		promised = record.answer_by
		assert str(promised) < "2099"
		record.answer_by = "2099-01-01"
		record.save()
		assert record.answer_by == promised
