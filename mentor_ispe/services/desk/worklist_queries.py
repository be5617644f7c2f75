"""Records that need a coordinator and that no filter of a list can describe: found here, named in the filter.

Each is one query, and gives names; what of them a user may read, the list says that they are counted in.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import frappe
from frappe.query_builder import DocType
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

from mentor_ispe.domain.seats import MENTOR
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.readings.seats import query_of_seats
from mentor_ispe.readings.sql import first_meeting_late, health_low

SOON_DAYS = 30
"""What is so many days ahead is near enough to act on: a membership that ends, a workshop."""
_MEMBER = "Mentoring Group Member"
STARTING_CYCLES = ("Matching", "Running")
RUNNING_SEATS = ("Accepted", "Active", "Suspended")


def without_first_meeting(day: date, program: str | None = None) -> set[str]:
	"""Running groups whose first meeting is later than their program wants it."""
	group, rules, session = (
		DocType("Mentoring Group"),
		DocType("Mentoring Program"),
		DocType("Mentoring Session"),
	)
	query = (
		_running(group, program)
		.join(rules)
		.on(rules.name == group.program)
		.left_join(session)
		.on((session.mentoring_group == group.name) & (session.status == "Held"))
		.where(session.name.isnull() & first_meeting_late(group, rules, day))
	)
	return set(query.run(pluck=True))


def under_threshold(program: str | None = None) -> set[str]:
	"""Running groups whose health is known and below what their program wants to be called for."""
	group, rules = DocType("Mentoring Group"), DocType("Mentoring Program")
	query = (
		_running(group, program).join(rules).on(rules.name == group.program).where(health_low(group, rules))
	)
	return set(query.run(pluck=True))


def without_moderator(program: str | None = None) -> set[str]:
	"""Running groups of programs that need a moderator, and where none is active."""
	rules, row = DocType("Mentoring Program"), DocType(_MEMBER)
	return _without(
		(row.is_moderator == 1) & (row.status == "Active"), rules.requires_moderator == 1, program
	)


def without_mentor(program: str | None = None) -> set[str]:
	"""Running groups, but for circles, in which no mentor has a seat and none was asked to take one."""
	rules, row = DocType("Mentoring Program"), DocType(_MEMBER)
	here = (row.role == MENTOR) & row.status.isin(sorted(LIVE_SEATS))
	return _without(here, rules.format != "Peer Circle", program)


def _without(seat: Criterion, asked: Criterion, program: str | None) -> set[str]:
	"""Running groups of the programs that `asked` is true of, in which there is no such `seat`."""
	group, rules, row = DocType("Mentoring Group"), DocType("Mentoring Program"), DocType(_MEMBER)
	query = (
		_running(group, program)
		.join(rules)
		.on(rules.name == group.program)
		.left_join(row)
		.on((row.parent == group.name) & (row.parenttype == "Mentoring Group") & seat)
		.where(asked & row.name.isnull())
	)
	return set(query.run(pluck=True))


def lapsed(program: str | None = None) -> set[str]:
	"""The profiles with a seat whose membership lapsed, as the nightly look found it."""
	profile = DocType("Mentoring Profile")
	return _seated(profile.membership_state == "Lapsed", program)


def about_to_lapse(day: date, program: str | None = None) -> set[str]:
	"""The profiles with a seat that are in their days of grace, or whose membership ends within a month."""
	profile = DocType("Mentoring Profile")
	ends_soon = (
		(profile.membership_state == "Active")
		& (profile.active_until >= day)
		& (profile.active_until <= day + timedelta(days=SOON_DAYS))
	)
	return _seated((profile.membership_state == "Grace") | ends_soon, program)


def workshops_to_fill(now: datetime, program: str | None = None) -> set[str]:
	"""Planned workshops of the next month with free places; without a limit, those nobody signed up for."""
	workshop = DocType("Mentoring Workshop")
	free = (workshop.places_taken < workshop.places) | (workshop.places_taken == 0)
	query = (
		frappe.qb.from_(workshop)
		.select(workshop.name)
		.where((workshop.status == "Planned") & free)
		.where((workshop.starts_on >= now) & (workshop.starts_on < now + timedelta(days=SOON_DAYS)))
	)
	if program:
		query = query.where(workshop.program == program)
	return set(query.run(pluck=True))


def untrained(doctype: str, program: str | None = None) -> set[str]:
	"""The Mentors, or Mentees and peers, of cycles about to start or running who lack their program's training."""
	part, rules = DocType(doctype), DocType("Mentoring Program")
	required = rules.training_for_mentors if doctype == "Mentor" else rules.training_for_mentees
	query = (
		frappe.qb.from_(part)
		.join(rules)
		.on(rules.name == part.program)
		.select(part.name)
		.where(part.cycle_status.isin(STARTING_CYCLES) & part.status.isin(("Approved", "Active")))
		.where((required == 1) & (part.training_completed == 0))
	)
	if program:
		query = query.where(part.program == program)
	return set(query.run(pluck=True))


def untrained_moderators(program: str | None = None) -> set[str]:
	"""The Mentees who moderate a group that hasn't ended, and lack the training their program wants of them."""
	group, rules, row, mentee = (
		DocType("Mentoring Group"),
		DocType("Mentoring Program"),
		DocType(_MEMBER),
		DocType("Mentee"),
	)
	query = (
		frappe.qb.from_(row)
		.join(group)
		.on((group.name == row.parent) & (row.parenttype == "Mentoring Group"))
		.join(rules)
		.on(rules.name == group.program)
		.join(mentee)
		.on(mentee.name == row.participant)
		.select(mentee.name)
		.where(group.status.isin(("Proposed", "Active")) & row.status.isin(RUNNING_SEATS))
		.where((row.is_moderator == 1) & (rules.training_for_moderators == 1))
		.where(mentee.moderator_training_completed == 0)
	)
	if program:
		query = query.where(group.program == program)
	return set(query.run(pluck=True))


def _running(group: Table, program: str | None) -> QueryBuilder:
	query = frappe.qb.from_(group).select(group.name).where(group.status == "Active")
	return query.where(group.program == program) if program else query


def _seated(condition: Criterion, program: str | None) -> set[str]:
	"""The profiles for which the condition holds and that hold a seat, as mentor or as member; one query."""
	profile, row = DocType("Mentoring Profile"), DocType(_MEMBER)
	of_group = {"program": program} if program else {}
	query = (
		query_of_seats(row, statuses=LIVE_SEATS, **of_group)
		.join(profile)
		.on(profile.name == row.profile)
		.select(profile.name)
		.distinct()
		.where(condition)
	)
	return set(query.run(pluck=True))


def with_disabled_login(program: str | None = None) -> set[str]:
	"""The profiles with a seat whose login was disabled: nobody signs in there, and no mail goes out to it."""
	user = DocType("User")
	disabled = frappe.qb.from_(user).select(user.name).where(user.enabled == 0)
	return _seated(DocType("Mentoring Profile").user.isin(disabled), program)
