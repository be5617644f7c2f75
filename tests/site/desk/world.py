"""A program in which something of everything waits for a coordinator, written straight to the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import frappe

from mentor_ispe.roles import COMMITTEE, COORDINATOR
from tests import factories as make
from tests.site.permissions.records import make_person, make_user, store

DAY = date(2031, 8, 20)
NOW = datetime(2031, 8, 20, 10)

# What `make_world` puts there: kind of need → (records, earliest day, late ones).
WAITING = {
	"open_concerns": (2, date(2031, 1, 1), 0),
	"mentor_applications": (1, date(2031, 8, 1), 0),
	"mentee_applications": (2, date(2031, 6, 1), 1),
	"unmatched_mentees": (2, date(2031, 5, 1), 1),
	"unmatched_mentors": (1, date(2031, 8, 2), 0),
	"cycles_to_match": (1, date(2031, 7, 31), 1),
	"matches_unanswered": (2, date(2031, 8, 5), 1),
	"groups_to_start": (1, date(2031, 8, 6), 0),
	"alarms": (1, date(2031, 7, 1), 0),
	"no_first_meeting": (1, date(2031, 7, 1), 0),
	"low_health": (1, date(2031, 8, 10), 0),
	"without_mentor": (1, date(2031, 8, 18), 0),
	"without_moderator": (2, date(2031, 7, 1), 0),
	"lapsed_members": (2, date(2031, 8, 1), 0),
	"lapsing_members": (2, date(2031, 8, 15), 1),
	"feedback_overdue": (2, date(2031, 8, 1), 1),
	"speakers_to_arrange": (2, date(2031, 1, 1), 1),
	"workshops_to_fill": (2, date(2031, 8, 25), 0),
	"workshops_to_record": (1, date(2031, 8, 19), 0),
	"mentors_untrained": (2, None, 1),
	"mentees_untrained": (3, date(2031, 6, 15), 2),
	"moderators_untrained": (1, date(2031, 6, 15), 0),
}


def make_world(
	day: date = DAY, call: Callable[[str], str] = str, entitle: Callable[[str], str] = str
) -> SimpleNamespace:
	"""The program and its cycles, with its own coordinator and committee member; its people and groups.

	`day` is today; `call` makes names of programs and cycles out of plain ones, `entitle` those of people and
	groups, in which anything may be.
	"""
	mark = frappe.generate_hash(length=6)
	rules = {"first_meeting_days": 30, "health_threshold": 60, "requires_moderator": 1}
	name = call(f"Needs {mark}")
	program = store(
		"Mentoring Program",
		name=name,
		program_name=name,
		format="Group",
		status="Published",
		**rules,
		training_for_mentors=1,
		training_for_mentees=1,
		training_for_moderators=1,
	).name
	world = SimpleNamespace(
		program=program,
		later=day - DAY,
		call=call,
		entitle=entitle,
		status={},
		coordinator=make_user("cora", COORDINATOR, user_type="System User"),
		committee=make_user("colin", COMMITTEE, user_type="System User"),
	)
	world.running = _cycle(world, "Running", start_date=date(2031, 7, 1))
	world.open = _cycle(world, "Open", start_date=date(2031, 12, 1))
	world.matching = _cycle(
		world, "Matching", start_date=date(2031, 8, 15), application_until=date(2031, 7, 31)
	)
	world.over = _cycle(world, "Completed", start_date=date(2030, 1, 1))
	_applications(world)
	_groups(world)
	_meetings_and_learning(world)
	return world


def _store(world, doctype: str, **values: Any):
	"""As `store`, with every date so much later as the world's day is than DAY."""
	return store(doctype, **{name: _later(world, value) for name, value in values.items()})


def _later(world, value: Any) -> Any:
	return value + world.later if isinstance(value, date) else value


def _cycle(world, status: str, **values: Any) -> str:
	name = world.call(f"Cycle {frappe.generate_hash(length=6)}")
	dates = {"application_from": date(2031, 1, 1), "application_until": date(2031, 9, 30)}
	dates |= {"end_date": date(2032, 6, 30), **values}
	world.status[name] = status
	return _store(
		world,
		"Mentoring Cycle",
		name=name,
		cycle_name=name,
		program=world.program,
		status=status,
		format="Group",
		**dates,
	).name


def _person(world, name: str):
	person = make_person(name)
	person.full_name = world.entitle(person.full_name)
	frappe.db.set_value("Mentoring Profile", person.profile, "full_name", person.full_name)
	return person


def _part(world, doctype: str, cycle: str, status: str, person=None, **values: Any):
	person = person or _person(world, doctype.lower())
	return _store(
		world,
		doctype,
		profile=person.profile,
		full_name=person.full_name,
		cycle=cycle,
		cycle_status=world.status[cycle],
		program=world.program,
		status=status,
		**{"training_completed": 1, "moderator_training_completed": 1, **values}
		if doctype == "Mentee"
		else {"training_completed": 1, "seats_offered": 3, **values},
	)


def _applications(world) -> None:
	late, soon = date(2031, 8, 1), date(2031, 8, 30)
	_part(world, "Mentor", world.open, "Applied", applied_on=datetime(2031, 8, 1, 9), answer_by=soon)
	_part(world, "Mentee", world.open, "Applied", applied_on=datetime(2031, 6, 1, 9), answer_by=late)
	_part(world, "Mentee", world.matching, "Applied", applied_on=datetime(2031, 8, 1, 9), answer_by=soon)
	_part(world, "Mentee", world.over, "Applied", applied_on=datetime(2030, 1, 1, 9), answer_by=late)
	waits = {
		"applied_on": datetime(2031, 3, 1, 9),
		"waiting_since": datetime(2031, 5, 1, 9),
		"answer_by": late,
	}
	_part(world, "Mentee", world.open, "Approved", **waits)
	untrained = {"waiting_since": datetime(2031, 8, 9), "training_completed": 0}
	_part(world, "Mentee", world.matching, "Approved", applied_on=datetime(2031, 8, 2), **untrained)
	_part(world, "Mentor", world.matching, "Approved", applied_on=datetime(2031, 8, 2), training_completed=0)


def _group(world, status: str = "Active", moderator: str = "Active", **values: Any):
	"""A mentor, a moderator and another mentee; `seats` are the states of their seats."""
	seats = values.pop("seats", ("Active", moderator, "Active"))
	training = values.pop("trained", 1)
	people = [_person(world, name) for name in ("mentor", "mona", "mia")]
	mentor = _part(
		world, "Mentor", world.running, "Active", people[0], training_completed=training, seats_taken=2
	)
	group = frappe._dict(name=frappe.generate_hash(length=10))
	parts = [
		_part(
			world,
			"Mentee",
			world.running,
			"Active",
			person,
			mentoring_group=group.name,
			training_completed=training,
			moderator_training_completed=training,
			decided_on=datetime(2031, 6, 15, 9),
		)
		for person in people[1:]
	]
	rows = [
		{
			"doctype": "Mentoring Group Member",
			"parentfield": "seats",
			"idx": index,
			**make.seat(part.name, "Mentor" if index == 1 else "Mentee"),
			"profile": part.profile,
			"full_name": part.full_name,
			"status": seat,
			"is_moderator": int(index == 2),
		}
		for index, (part, seat) in enumerate(zip((mentor, *parts), seats, strict=True), 1)
	]
	_store(
		world,
		"Mentoring Group",
		**{
			"name": group.name,
			"title": world.entitle(f"Group {group.name}"),
			"cycle": world.running,
			"program": world.program,
			"mentor": mentor.name,
			"status": status,
			"unanswered": seats.count("Proposed"),
			"seats": rows,
			**values,
		},
	)
	return SimpleNamespace(name=group.name, people=people, mentor=mentor, parts=parts)


def _groups(world) -> None:
	asked = {"proposed_on": datetime(2031, 8, 5, 9)}
	due, later = date(2031, 8, 22), date(2031, 9, 2)
	world.unanswered = _group(
		world, "Proposed", seats=("Proposed", "Accepted", "Proposed"), respond_by=due, **asked
	)
	world.half_answered = _group(
		world, "Proposed", seats=("Accepted", "Accepted", "Proposed"), respond_by=later, **asked
	)
	world.answered = _group(
		world,
		"Proposed",
		seats=("Accepted", "Accepted", "Accepted"),
		proposed_on=datetime(2031, 8, 6, 9),
		respond_by=later,
	)
	world.never_met = _group(world, moderator="Suspended", start_date=date(2031, 7, 1), alarm="Nobody meets.")
	world.just_started = _group(
		world, start_date=date(2031, 8, 10), health=59, health_on=NOW, moderator="Withdrawn"
	)
	world.left_alone = _group(world, start_date=date(2031, 8, 18), seats=("Withdrawn", "Active", "Active"))
	world.well = _group(world, start_date=date(2031, 7, 1), health=60, health_on=NOW, trained=0)
	_store(
		world,
		"Mentoring Session",
		mentoring_group=world.well.name,
		cycle=world.running,
		program=world.program,
		status="Held",
		starts_on=datetime(2031, 7, 20, 17),
		duration_minutes=60,
	)
	standings = (
		(world.well.people[0], {"membership_state": "Lapsed", "lapsed_since": date(2031, 8, 1)}),
		(world.well.people[1], {"membership_state": "Grace", "active_until": date(2031, 8, 15)}),
		(world.never_met.people[1], {"membership_state": "Lapsed", "lapsed_since": date(2031, 8, 3)}),
		(world.never_met.people[2], {"membership_state": "Active", "active_until": date(2031, 9, 10)}),
		(world.never_met.people[0], {"membership_state": "Active", "active_until": date(2031, 12, 10)}),
	)
	for person, standing in standings:
		frappe.db.set_value(
			"Mentoring Profile",
			person.profile,
			{name: _later(world, value) for name, value in standing.items()},
		)


def _meetings_and_learning(world) -> None:
	group, person = world.well.name, world.well.people[1].profile
	common = {"mentoring_group": group, "cycle": world.running, "program": world.program}
	for status in ("Open", "In Mediation", "Resolved"):
		_store(world, "Mentoring Concern", raised_by=person, status=status, concern="words", **common)
	for number, (status, due, reminders) in enumerate(
		[("Open", 1, 2), ("Open", 19, 1), ("Open", 20, 0), ("Given", 1, 0)]
	):
		_store(
			world,
			"Mentoring Feedback Request",
			request_key=f"{group} {number}",
			profile=person,
			kind="Group Update",
			status=status,
			due_on=date(2031, 8, due),
			reminders=reminders,
			**common,
		)
	for status, until in (("Requested", 30), ("Approaching", 1), ("Arranged", 1)):
		_store(
			world,
			"Guest Speaker Request",
			requested_by=person,
			status=status,
			wished_until=date(2031, 8, until),
			**common,
		)
	for starts_on, places, taken in (
		(datetime(2031, 8, 25, 17), 10, 9),
		(datetime(2031, 8, 26, 17), 0, 0),
		(datetime(2031, 8, 27, 17), 0, 3),
		(datetime(2031, 8, 28, 17), 10, 10),
		(datetime(2031, 11, 1, 17), 10, 0),
		(datetime(2031, 8, 19, 17), 10, 0),
	):
		_store(
			world,
			"Mentoring Workshop",
			title=world.entitle("Listening"),
			program=world.program,
			status="Planned",
			starts_on=starts_on,
			places=places,
			places_taken=taken,
		)
