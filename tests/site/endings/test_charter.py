"""The charter: written together, agreed to by everybody, asked anew after a change."""

from __future__ import annotations

from datetime import date

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates import groups as templates
from mentor_ispe.services.groups import charter, ending
from mentor_ispe.services.groups.commands import open_group
from mentor_ispe.services.membership.commands import restore_person, suspend_person
from tests.site.endings.groups import RUNNING, on, started, stored, told

WORDS = {
	"charter_expectations": "We are on time.",
	"charter_meet_every": 2,
	"charter_meet_every_unit": "Week",
}


def version(group: str) -> str:
	return charter.read(group)["version"]


def written(here, **values) -> str:
	charter.write(here.group, here.profiles[0], values or WORDS, version(here.group))
	return version(here.group)


def test_both_sides_agree():
	here = started()
	_mentor, mentee = here.profiles
	with on(RUNNING):
		now = written(here)  # whoever writes agrees by that
	assert stored(here.group).charter_agreed_on is None
	with on(date(2031, 6, 5)):
		charter.agree(here.group, mentee, now)
		charter.agree(here.group, mentee, now)
	doc = stored(here.group)
	assert (doc.mentors[0].charter_agreed_on, doc.charter_agreed_on) == (RUNNING, date(2031, 6, 5))


@pytest.mark.parametrize("by", ["write", "form"])
def test_a_change_asks_everybody_again(by):
	here = started()
	for profile in here.profiles:
		charter.agree(here.group, profile, written(here))
	frappe.db.delete("Mentoring Notice")
	if by == "write":
		charter.write(here.group, here.profiles[1], {"charter_place": "Library"}, version(here.group))
		assert told(templates.CHARTER_TO_AGREE) == [here.profiles[0]]
	else:
		doc = open_group(here.group)
		doc.charter_place = "Library"
		doc.save()
		assert sorted(told(templates.CHARTER_TO_AGREE)) == sorted(here.profiles)
	doc = stored(here.group)
	assert doc.charter_agreed_on is None
	assert doc.mentors[0].charter_agreed_on is None
	assert bool(doc.members[0].charter_agreed_on) == (by == "write"), "whoever writes agrees by that"


def test_two_who_write_at_once_lose_nothing():
	here = started()
	read = version(here.group)
	charter.write(here.group, here.profiles[0], {"charter_place": "Library"}, read)
	with pytest.raises(RuleViolation, match="changed the charter while you were writing"):
		charter.write(here.group, here.profiles[1], {"charter_boundaries": "No calls at night"}, read)
	assert stored(here.group).charter_place == "Library"
	charter.write(
		here.group, here.profiles[1], {"charter_boundaries": "No calls at night"}, version(here.group)
	)
	doc = stored(here.group)
	assert (doc.charter_place, doc.charter_boundaries) == ("Library", "No calls at night")


def test_nobody_agrees_to_words_they_have_not_read():
	here = started()
	read = written(here)
	charter.write(here.group, here.profiles[1], {"charter_place": "Library"}, read)
	with pytest.raises(RuleViolation, match="changed since you read it"):
		charter.agree(here.group, here.profiles[0], read)


def test_an_empty_charter_is_not_agreed_to():
	here = started()
	with pytest.raises(RuleViolation, match="still empty"):
		charter.agree(here.group, here.profiles[0], version(here.group))


def test_only_those_active_in_the_group_write_and_agree():
	here, other = started("Group", members=3), started()
	suspend_person(here.profiles[1], "Lapsed")
	now = written(here)
	for profile in (here.profiles[1], other.profiles[0]):
		with pytest.raises(RuleViolation, match="active people in a running group"):
			charter.write(here.group, profile, {"charter_place": "Mine"}, now)
		with pytest.raises(RuleViolation, match="active people in a running group"):
			charter.agree(here.group, profile, now)


def test_one_who_leaves_or_is_suspended_does_not_hold_up_the_others():
	here = started("Group", members=4)
	now = written(here)
	for profile in here.profiles[:3]:
		charter.agree(here.group, profile, now)
	assert stored(here.group).charter_agreed_on is None
	suspend_person(here.profiles[3], "Lapsed")
	assert stored(here.group).charter_agreed_on is None
	ending.leave(here.group, here.profiles[4], "No time")
	assert stored(here.group).charter_agreed_on
	restore_person(here.profiles[3])
	assert stored(here.group).charter_agreed_on is None
	charter.agree(here.group, here.profiles[3], now)
	assert stored(here.group).charter_agreed_on


@pytest.mark.parametrize(
	"values",
	[{"health": 3}, {"charter_meet_every": -1}, {"charter_meet_every": 1, "charter_meet_every_unit": "Day"}],
)
def test_only_what_belongs_to_a_charter(values):
	here = started()
	with pytest.raises(RuleViolation):
		charter.write(here.group, here.profiles[0], values, version(here.group))
