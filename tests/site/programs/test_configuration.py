"""The programs' own files make the matches that their documents describe."""

from __future__ import annotations

from typing import Any

import frappe
import pytest

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services import apply
from tests import factories as make
from tests.site.programs.world import World, match_and_publish

ENGLISH = {"languages": [{"language": "en"}]}


def make_topic(word: str) -> str:
	return frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique(word)}).insert().name


def make_industry(word: str) -> str:
	return frappe.get_doc({"doctype": "Mentoring Industry", "industry": make.unique(word)}).insert().name


def add(world: World, cycle: str, role: str, person: dict[str, Any], **application: Any) -> str:
	stage = "Senior" if role == "Mentor" else "Student"
	profile = world.person(**{"career_stage": stage, **person})
	return world.join(cycle, role, profile, sign=False, **application)


def matched(world: World, cycle: str) -> dict[str, str]:
	"""Mentee → mentor of every match that was proposed, pairs only."""
	world.pass_days(30)
	match_and_publish(world, cycle)
	groups = frappe.get_all("Mentoring Group", {"cycle": cycle, "status": "Proposed"}, ["name", "mentor"])
	mentor_of = {group.name: group.mentor for group in groups}
	rows = frappe.get_all("Mentoring Group Member", {"parent": ("in", list(mentor_of))}, ["mentee", "parent"])
	return {row.mentee: mentor_of[row.parent] for row in rows}


def alike(quality: str) -> tuple[tuple[dict, dict], tuple[dict, dict]]:
	"""Two people who differ in one quality: values of their profiles and of their applications."""
	if quality == "topics":
		topics = make_topic("Validation"), make_topic("Supply")
		values = [([{"topic": each}]) for each in topics]
		return tuple(({"topics": each}, {"topics": each}) for each in values)
	pool = {
		"industry": (make_industry("Vaccines"), make_industry("Devices")),
		"country": ("Germany", "Peru"),
		"learning_style": ("Visual", "Hands-on"),
	}[quality]
	return tuple(({quality: each}, {}) for each in pool)


@pytest.mark.parametrize(
	("program", "quality"),
	[
		("ISPE One-to-One", "industry"),
		("ISPE One-to-One", "topics"),
		("ISPE One-to-One", "country"),
		("Boston Area Chapter Mentoring", "industry"),
		("Boston Area Chapter Mentoring", "topics"),
		("ASHP Guided Mentorship", "industry"),
		("ASHP Guided Mentorship", "topics"),
		("ASHP Guided Mentorship", "country"),
		("PHRMA Partnerships", "industry"),
		("PHRMA Partnerships", "topics"),
		("PHRMA Partnerships", "learning_style"),
	],
)
def test_people_are_matched_by_what_the_document_names(program, quality):
	world = World(program)
	cycle = world.open_cycle()
	wanted: dict[str, str] = {}
	# Four of each kind in turn, so that they hardly find each other by chance.
	for person, application in alike(quality) * 4:
		mentor = add(world, cycle, "Mentor", person, **application)
		wanted[mentor] = person.get(quality) or str(application)
	mentees: dict[str, str] = {}
	for person, application in tuple(reversed(alike_again(wanted, quality))) * 4:
		mentee = add(world, cycle, "Mentee", person, **application)
		mentees[mentee] = person.get(quality) or str(application)
	pairs = matched(world, cycle)
	assert len(pairs) == 8
	assert {mentees[mentee] == wanted[mentor] for mentee, mentor in pairs.items()} == {True}
