"""What the days of a cycle bring: completion, invitations, and the clock of those who wait."""

from __future__ import annotations

from datetime import date, timedelta

import frappe
import pytest
from frappe.utils import getdate

from mentor_ispe.jobs import cycles as job
from mentor_ispe.mails.default_templates import applications as waiting_templates
from mentor_ispe.mails.default_templates import extension as templates
from mentor_ispe.services.applications import commands, queries, waiting
from mentor_ispe.services.desk import worklist
from mentor_ispe.services.groups import ending, extension
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.programs import commands as programs
from tests import factories as make
from tests.site.endings.groups import (
	CLOSES,
	END,
	OPENS,
	START,
	cycle_of,
	next_cycle_of,
	on,
	person,
	started,
	stored,
	told,
)
from tests.site.membership.records import counted_queries

AFTER = END + timedelta(days=1)


def move(day: date) -> dict[str, int]:
	with on(day, hour=1):
		return job.process_cycles()


def status(cycle: str) -> str:
	return frappe.db.get_value("Mentoring Cycle", cycle, "status")


def test_groups_complete_after_the_last_day_and_then_their_cycle():
	here = started("Group", members=3)
	with on(OPENS):
		late, mentor = make.make_mentee(here.cycle, profile=person().name), None
		other = make.make_mentor(here.cycle, profile=person().name, seats_offered=2)
		mentor = propose(
			here.cycle, [late.name, make.make_mentee(here.cycle, profile=person().name).name], other.name
		)
	assert move(END)["closed"] == 0
	assert (status(here.cycle), stored(here.group).status) == ("Running", "Active")
	assert move(AFTER)["closed"] == 2
	assert (status(here.cycle), stored(here.group).status) == ("Completed", "Completed")
	assert stored(mentor.name).status == "Cancelled"
	assert frappe.db.get_value("Mentee", here.mentees[0].name, "status") == "Completed"
	assert frappe.db.get_value("Mentor", here.mentor.name, ["status", "seats_taken"]) == ("Completed", 0)
	assert move(AFTER) == {"cycles": 0, "started": 0, "closed": 0}


@pytest.mark.parametrize(("months", "last"), [(6, date(2031, 6, 30)), (12, date(2031, 12, 31))])
def test_a_cycle_lasts_as_long_as_its_program_unless_it_says_otherwise(months, last):
	program = make.make_program(length_months=months).name
	assert getdate(cycle_of(program, end_date=None).end_date) == last
	assert getdate(cycle_of(program, end_date=date(2031, 5, 1)).end_date) == date(2031, 5, 1)


def test_one_group_that_cannot_close_keeps_the_others_from_nothing(monkeypatch):
	first = started()
	with on(START):
		other_mentor = make.make_mentor(first.cycle, profile=person().name)
		other = propose(
			first.cycle, [make.make_mentee(first.cycle, profile=person().name).name], other_mentor.name
		)
	close = programs.close_group

	def broken(group):
		if group == first.group:
			frappe.throw("Not today")
		return close(group)

	monkeypatch.setattr(programs, "close_group", broken)
	move(AFTER)
	assert (stored(first.group).status, stored(other.name).status) == ("Active", "Cancelled")
	assert status(first.cycle) == "Running"
	monkeypatch.setattr(programs, "close_group", close)
	move(AFTER)
	assert status(first.cycle) == "Completed"


def test_applications_close_and_the_cycle_starts_on_its_day():
	program = make.make_program().name
	with on(START - timedelta(days=60)):
		cycle = cycle_of(program).name
	move(START - timedelta(days=30))
	assert status(cycle) == "Open"
	move(START - timedelta(days=29))
	assert status(cycle) == "Matching"
	move(START - timedelta(days=1))
	assert status(cycle) == "Matching"
	move(START)
	assert status(cycle) == "Running"


# ---- invitations


def look(day: date) -> dict[str, int]:
	with on(day, hour=1):
		return job.process_next_cycles()


def finished(**program):
	"""A pair whose cycle is over, in a program whose groups don't go on unless said otherwise."""
	here = started(**{"may_extend": 0, **program})
	with on(OPENS):
		here.next = next_cycle_of(here.program).name
	return here


def test_last_years_participants_are_invited_once():
	here = finished()
	with on(START - timedelta(days=50)):
		gone = make.make_mentee(here.cycle, profile=person().name)
		commands.withdraw("Mentee", gone.name, "Moving")
	assert look(OPENS - timedelta(days=1))["invited"] == 0
	assert look(OPENS)["invited"] == 2
	assert look(OPENS + timedelta(days=1))["invited"] == 0
	assert sorted(told(templates.INVITATION)) == sorted(here.profiles)


def test_members_only_are_invited_and_nobody_who_applied():
	here = finished()
	with on(OPENS):
		commands.apply(here.profiles[0], here.next, "Mentor")
	email = frappe.db.get_value("Mentoring Profile", here.profiles[1], "email")
	frappe.db.set_value("Membership Roll Entry", {"email": email}, "to_date", "2031-03-01")
	assert look(OPENS)["invited"] == 0
	frappe.db.set_value("Membership Roll Entry", {"email": email}, "to_date", None)
	look(OPENS + timedelta(days=1))
	assert told(templates.INVITATION) == [here.profiles[1]]


def test_who_may_go_on_with_their_group_is_asked_that_and_not_invited():
	here = finished(may_extend=1)
	assert look(OPENS) == {"asked": 2, "invited": 0, "made": 0}
	with on(OPENS):
		for profile in here.profiles:
			extension.say(here.group, profile, "Yes")
	assert look(OPENS + timedelta(days=1)) == {"asked": 0, "invited": 0, "made": 0}


def test_who_parted_is_invited():
	here = finished(may_extend=1)
	ending.end(here.group, "Not Working", "x")
	assert look(OPENS)["invited"] == 2


def test_last_years_answers_are_filled_in():
	here = finished()
	topic = frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique("Topic")}).insert().name
	record = frappe.get_doc("Mentor", here.mentor.name)
	record.update({"motivation": "Give back", "goals": "Listen better", "topics": [{"topic": topic}]})
	record.save()
	values = queries.prefill(here.profiles[0], here.next, "Mentor")
	assert values == {
		"seats_offered": 2,
		"motivation": "Give back",
		"goals": "Listen better",
		"topics": [topic],
	}
	with on(OPENS):
		again = commands.apply(here.profiles[0], here.next, "Mentor", values)
	assert (again.motivation, [row.topic for row in again.topics]) == ("Give back", [topic])
	assert queries.prefill(person().name, here.next, "Mentee") == {}


def test_the_number_of_queries_does_not_grow_with_the_people():
	counts = []
	for members in (2, 2, 6):  # the first one warms the caches
		here = finished(format="Group", members=members)
		with on(OPENS):
			cycle = next(row for row in programs.open_cycles(OPENS) if row.name == here.next)
			with counted_queries() as statements:
				people = [each for batch in programs.people_to_invite(cycle) for each in batch]
				assert programs.invite_people(cycle, people) == members + 1
		counts.append(len(statements))
	assert counts[1] == counts[2]


# ---- the waiting clock

WEEKS = 4
APPLIED = START - timedelta(days=80)
PROMISED = APPLIED + timedelta(weeks=WEEKS)


@pytest.fixture
def cycle():
	frappe.db.set_single_value("Mentoring Settings", "waiting_warning_days", 7)
	with on(APPLIED):
		return cycle_of(make.make_program(reply_weeks=WEEKS).name).name


def applied(cycle: str, role: str = "Mentee", day: date = APPLIED):
	with on(day):
		return commands.apply(person().name, cycle, role)


def names(cycle: str, day: date) -> list[tuple[str, int | None]]:
	with on(day):
		return [(each.name, each.days_left) for each in waiting.waiting(cycle)]


def tell(day: date) -> dict[str, int]:
	with on(day, hour=1):
		return job.process_promises()


def test_the_promise_is_counted_from_the_application(cycle):
	assert applied(cycle).answer_by == PROMISED
	assert applied(cycle, "Mentor").answer_by == PROMISED
	free = make.make_cycle(make.make_program(reply_weeks=0).name).name
	assert make.make_mentee(free, approved=False).answer_by is None


def test_who_waits_longest_is_on_top_and_who_was_answered_is_off(cycle):
	later = applied(cycle, day=APPLIED + timedelta(days=3))
	first, decided = applied(cycle), applied(cycle, "Mentor")
	with on(APPLIED):
		commands.reject("Mentor", decided.name, "Full")
		commands.approve("Mentee", first.name)
	assert names(cycle, PROMISED) == [(first.name, 0), (later.name, 3)]
	with on(APPLIED):
		mentor = make.make_mentor(cycle, profile=person().name)
		assert mentor.name in [each.name for each in waiting.waiting(cycle)]
		propose(cycle, [first.name], mentor.name)
	assert names(cycle, PROMISED) == [(later.name, 3)]


def test_coordinators_are_told_once_before_and_once_after(cycle):
	applied(cycle)
	assert tell(PROMISED - timedelta(days=8))["soon"] == 0
	assert tell(PROMISED - timedelta(days=7)) == {"soon": 1, "overdue": 0, "people": 0}
	assert tell(PROMISED - timedelta(days=3))["soon"] == 0
	assert tell(PROMISED)["soon"] == 0
	assert tell(PROMISED + timedelta(days=1))["overdue"] == 1
	assert tell(PROMISED + timedelta(days=2))["overdue"] == 0
	assert told(waiting_templates.WAITING_SOON) == ["coordinator@example.org"]
	assert told(waiting_templates.WAITING_OVERDUE) == ["coordinator@example.org"]


def test_more_promised_days_cost_no_query_more(cycle):
	counts = []
	for days in range(4):
		applied(cycle, day=APPLIED + timedelta(days=days))
		tell(PROMISED + timedelta(days=10))
		with on(PROMISED + timedelta(days=10)), counted_queries() as statements:
			job.process_promises()
		counts.append(len(statements))
	assert len(set(counts)) == 1, counts


def test_who_waits_gets_a_word_on_the_last_day(cycle):
	waits, answered = applied(cycle), applied(cycle)
	with on(APPLIED):
		commands.reject("Mentee", answered.name, "Full")
	tell(PROMISED - timedelta(days=1))
	assert told(waiting_templates.STILL_WAITING) == []
	tell(PROMISED)
	tell(PROMISED + timedelta(days=1))
	assert told(waiting_templates.STILL_WAITING) == [waits.profile]


def test_who_parted_is_promised_an_answer_anew():
	here = started(reply_weeks=WEEKS)
	with on(OPENS):
		ending.end(here.group, "Not Working", "x")
	for doctype, record in (("Mentee", here.mentees[0]), ("Mentor", here.mentor)):
		promised = frappe.db.get_value(doctype, record.name, "answer_by")
		assert getdate(promised) == OPENS + timedelta(weeks=WEEKS)
	with on(CLOSES):
		assert {each.name for each in waiting.waiting(here.cycle)} == {here.mentor.name, here.mentees[0].name}


def test_nobody_waits_in_a_cycle_that_is_over(cycle):
	applied(cycle)
	frappe.db.set_value("Mentoring Cycle", cycle, "status", "Cancelled")
	with on(PROMISED):
		assert cycle not in {each.cycle for each in waiting.waiting()}


def test_the_coordinators_start_page_counts_who_waits_longer_than_promised(cycle):
	late, _mentor = applied(cycle), applied(cycle, "Mentor")
	applied(cycle, day=APPLIED + timedelta(days=30))
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	with on(PROMISED):
		assert worklist.need("mentee_applications", program).late == 0
	with on(PROMISED + timedelta(days=1)):
		need = worklist.need("mentee_applications", program)
		assert (need.count, need.late) == (2, 1)
		assert frappe.get_list("Mentee", need.late_filters, pluck="name") == [late.name]
		assert worklist.need("mentor_applications", program).late == 1
		commands.reject("Mentee", late.name, "Full")
		assert worklist.need("mentee_applications", program).late == 0
