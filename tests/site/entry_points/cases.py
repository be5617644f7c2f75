"""What people try against the rules: each case makes its records and says which step to take.

The same cases are tried through every entry point, in this process and over HTTP.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import frappe
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.services.groups import commands, ending
from mentor_ispe.services.groups.commands import propose
from tests import factories as make

SETTINGS = "Mentoring Settings"
API = "mentor_ispe.api.coordinator"

Call = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Step:
	"""Values for the record `name`, or for a new one; `api` is the same step in the app's own API.

	`words` are part of what the refusal says. `keep` puts right what the rule refuses; it returns
	another step when that takes other values.
	"""

	doctype: str
	name: str | None
	values: dict[str, Any]
	words: str
	keep: Callable[[], Step | None]
	api: Call | None = None
	cycle: str = field(kw_only=True)


INSERT, STATUS, VALUES, ROWS = "a new record", "another status", "other values", "other rows"


@dataclass(frozen=True)
class Case:
	"""`kind` says what of a record the step writes, `in_api` whether the app's own API has it."""

	rule: str
	name: str
	kind: str
	in_api: bool
	make: Callable[[], Step]


CASES: list[Case] = []


def case(rule: str, kind: str, in_api: bool = True) -> Callable[[Callable[[], Step]], Callable[[], Step]]:
	def add(function: Callable[[], Step]) -> Callable[[], Step]:
		CASES.append(Case(rule, function.__name__, kind, in_api, function))
		return function

	return add


def renew(profile: str) -> None:
	email = frappe.db.get_value("Mentoring Profile", profile, "email")
	names = frappe.get_all("Membership Roll Entry", {"email": email}, pluck="name")
	if not names:
		make.make_roll_entry(email)
	for name in names:
		frappe.db.set_value("Membership Roll Entry", name, "to_date", add_days(nowdate(), 100))


def strike_off(profile: str) -> None:
	"""Take the person off the roll, as if they had never been on it."""
	email = frappe.db.get_value("Mentoring Profile", profile, "email")
	frappe.db.delete("Membership Roll Entry", {"email": email})


def choose_source(name: str) -> None:
	frappe.db.set_single_value(SETTINGS, "membership_source", name)


def offer(mentor: str, seats: int) -> None:
	doc = frappe.get_doc("Mentor", mentor)
	doc.seats_offered = seats
	doc.save()


def cancel(group: str) -> None:
	commands.cancel(group)


def pair(seats: int = 1, **program: Any):
	"""A cycle of pairs with an approved mentor and mentee."""
	cycle = make.make_cycle(make.make_program(**program).name).name
	return cycle, make.make_mentor(cycle, seats_offered=seats), make.make_mentee(cycle)


def new_group(cycle: str, mentor: str, mentee: str, words: str, keep, **row: Any) -> Step:
	"""A proposed group that doesn't exist yet."""
	return Step(
		"Mentoring Group",
		None,
		{
			"cycle": cycle,
			"status": "Proposed",
			"seats": [{"role": "Mentor", "participant": mentor}, {"participant": mentee, **row}],
		},
		words,
		keep,
		None if row else (f"{API}.propose", {"cycle": cycle, "mentor": mentor, "mentees": [mentee]}),
		cycle=cycle,
	)


def drafted_group(cycle: str, mentor: str, mentee: str, words: str, keep) -> Step:
	"""A drafted group that shall be proposed."""
	group = make_draft(cycle, mentor, mentee).name
	return Step(
		"Mentoring Group",
		group,
		{"status": "Proposed"},
		words,
		keep,
		(f"{API}.propose_group", {"group": group}),
		cycle=cycle,
	)


def make_draft(cycle: str, mentor: str, *mentees: str):
	doc = frappe.new_doc("Mentoring Group")
	people = [{"role": "Mentor", "participant": mentor}, *({"participant": name} for name in mentees)]
	doc.update({"cycle": cycle, "seats": people})
	return doc.insert()


def approval(words: str, keep: Callable[[str], None], spoil: Callable[[str], None]) -> Step:
	"""An application to approve; `spoil` is done to the person after they applied."""
	cycle = make.make_cycle().name
	mentee = make.make_mentee(cycle, approved=False)
	spoil(mentee.profile)
	return Step(
		"Mentee",
		mentee.name,
		{"status": "Approved"},
		words,
		lambda: keep(mentee.profile),
		(f"{API}.approve", {"doctype": "Mentee", "names": [mentee.name]}),
		cycle=cycle,
	)


# Rule 1: an active membership at every step that commits someone


@case("membership", INSERT)
def apply_lapsed() -> Step:
	cycle, profile = make.make_cycle().name, make.make_profile().name
	make.lapse(profile)
	values = {"profile": profile, "cycle": cycle}
	return Step(
		"Mentee",
		None,
		values,
		"membership lapsed on",
		lambda: renew(profile),
		(f"{API}.apply_for", {**values, "role": "Mentee"}),
		cycle=cycle,
	)


@case("membership", STATUS)
def approve_lapsed() -> Step:
	return approval("membership lapsed on", renew, make.lapse)


@case("membership", INSERT)
def propose_stranger() -> Step:
	cycle, mentor, mentee = pair()
	strike_off(mentee.profile)
	return new_group(
		cycle, mentor.name, mentee.name, "There is no membership on record for", lambda: renew(mentee.profile)
	)


@case("membership", STATUS)
def propose_draft_with_lapsed_mentor() -> Step:
	cycle, mentor, mentee = pair()
	make.lapse(mentor.profile)
	return drafted_group(
		cycle, mentor.name, mentee.name, "membership lapsed on", lambda: renew(mentor.profile)
	)


@case("membership", ROWS)
def accept_lapsed() -> Step:
	cycle, mentor, mentee = pair()
	group = propose(cycle, [mentee.name], mentor.name)
	make.lapse(mentee.profile)
	return Step(
		"Mentoring Group",
		group.name,
		{
			"seats": [
				{"name": row.name, **make.seat(row.participant, row.role), "status": status}
				for row, status in zip(group.seats, ("Proposed", "Accepted"), strict=True)
			]
		},
		"membership lapsed on",
		lambda: renew(mentee.profile),
		(f"{API}.answer_for", {"group": group.name, "profile": mentee.profile, "accept": 1}),
		cycle=cycle,
	)


@case("membership", STATUS)
def activate_lapsed() -> Step:
	cycle, mentor, mentee = pair()
	group = propose(cycle, [mentee.name], mentor.name).name
	commands.accept(group, mentor.profile)
	commands.accept(group, mentee.profile)
	make.lapse(mentee.profile)
	return Step(
		"Mentoring Group",
		group,
		{"status": "Active"},
		"membership lapsed on",
		lambda: renew(mentee.profile),
		(f"{API}.activate", {"group": group}),
		cycle=cycle,
	)


# Rule 2: what can't be read isn't active, and the chosen source alone counts


@case("source", INSERT)
def apply_unreadable() -> Step:
	cycle, profile = make.make_cycle().name, make.make_profile().name
	choose_source("A source that is gone")
	values = {"profile": profile, "cycle": cycle}
	return Step(
		"Mentee",
		None,
		values,
		"can't be confirmed right now",
		make.use_membership_roll,
		(f"{API}.apply_for", {**values, "role": "Mentee"}),
		cycle=cycle,
	)


@case("source", STATUS)
def approve_unreadable() -> Step:
	return approval(
		"can't be confirmed right now",
		lambda profile: make.use_membership_roll(),
		lambda profile: choose_source("A source that is gone"),
	)


@case("source", STATUS)
def approve_member_of_another_source() -> Step:
	if "non_profit" not in frappe.get_installed_apps():
		pytest.skip("Non Profit isn't installed")
	return approval(
		"There is no membership on record for",
		lambda profile: make.use_membership_roll(),
		lambda profile: choose_source("Non Profit"),
	)


@case("source", INSERT)
def propose_unreadable() -> Step:
	cycle, mentor, mentee = pair()
	choose_source("A source that is gone")
	return new_group(
		cycle, mentor.name, mentee.name, "can't be confirmed right now", make.use_membership_roll
	)


# Rule 3: no more seats than were offered


@case("capacity", INSERT)
def propose_to_full_mentor() -> Step:
	cycle, mentor, mentee = pair()
	propose(cycle, [mentee.name], mentor.name)
	return new_group(
		cycle, mentor.name, make.make_mentee(cycle).name, "of 1 places", lambda: offer(mentor.name, 2)
	)


@case("capacity", STATUS)
def propose_draft_to_full_mentor() -> Step:
	cycle, mentor, mentee = pair()
	propose(cycle, [mentee.name], mentor.name)
	return drafted_group(
		cycle, mentor.name, make.make_mentee(cycle).name, "of 1 places", lambda: offer(mentor.name, 2)
	)


@case("capacity", ROWS)
def add_row_beyond_seats() -> Step:
	cycle = make.make_cycle(make.make_program(format="Group").name).name
	mentor = make.make_mentor(cycle, seats_offered=2).name
	group = propose(cycle, [make.make_mentee(cycle).name for _ in range(2)], mentor)
	third = make.make_mentee(cycle).name
	rows = [
		{"name": row.name, **make.seat(row.participant, row.role), "status": row.status}
		for row in group.seats
	]
	return Step(
		"Mentoring Group",
		group.name,
		{"seats": [*rows, {"participant": third}]},
		"of 2 places",
		lambda: offer(mentor, 3),
		(f"{API}.propose", {"cycle": cycle, "group": group.name, "mentees": [third]}),
		cycle=cycle,
	)


@case("capacity", VALUES, in_api=False)
def lower_seats_below_taken() -> Step:
	cycle, mentor, mentee = pair(seats=2)
	propose(cycle, [mentee.name], mentor.name)
	group = propose(cycle, [make.make_mentee(cycle).name], mentor.name).name
	return Step(
		"Mentor",
		mentor.name,
		{"seats_offered": 1},
		"places taken, so they have to offer at least that many",
		lambda: cancel(group),
		cycle=cycle,
	)


# Rule 4: one mentor, never both sides, never after a decline


@case("one_mentor", INSERT)
def propose_to_second_mentor() -> Step:
	cycle, mentor, mentee = pair()
	first = propose(cycle, [mentee.name], mentor.name).name
	other = make.make_mentor(cycle).name
	return new_group(cycle, other, mentee.name, "already has a place", lambda: cancel(first))


@case("one_mentor", STATUS)
def propose_draft_to_second_mentor() -> Step:
	cycle, mentor, mentee = pair()
	first = propose(cycle, [mentee.name], mentor.name).name
	other = make.make_mentor(cycle).name
	return drafted_group(cycle, other, mentee.name, "already has a place", lambda: cancel(first))


@case("one_mentor", INSERT)
def sit_on_both_sides() -> Step:
	cycle, mentor, mentee = pair(may_be_both=1)
	both = make.make_mentee(cycle, profile=mentor.profile).name
	kept = new_group(cycle, mentor.name, mentee.name, "", lambda: None)
	return new_group(cycle, mentor.name, both, "can't be both mentor and mentee in one group", lambda: kept)


@case("one_mentor", INSERT)
def propose_again_after_decline() -> Step:
	cycle, mentor, mentee = pair()
	commands.decline(propose(cycle, [mentee.name], mentor.name).name, mentee.profile, "Another field")
	kept = new_group(cycle, make.make_mentor(cycle).name, mentee.name, "", lambda: None)
	return new_group(cycle, mentor.name, mentee.name, "one of them declined", lambda: kept)


@case("one_mentor", INSERT)
def propose_again_after_an_early_ending() -> Step:
	cycle, mentor, mentee = pair()
	group = propose(cycle, [mentee.name], mentor.name).name
	make.accept_all(group)
	commands.activate(group)
	ending.end(group, "Not Working", "We never met", by=mentee.profile)
	kept = new_group(cycle, make.make_mentor(cycle).name, mentee.name, "", lambda: None)
	return new_group(cycle, mentor.name, mentee.name, "one of them declined or left", lambda: kept)


@case("one_mentor", INSERT, in_api=False)
def start_with_a_seat_that_nobody_accepted() -> Step:
	cycle, mentor, mentee = pair()
	kept = new_group(cycle, mentor.name, mentee.name, "", lambda: None)
	return new_group(cycle, mentor.name, mentee.name, "can't start as Active", lambda: kept, status="Active")
