"""Many records at once: each whole or not at all, said why, and the same again when pressed twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.api import bulk as api
from mentor_ispe.demo import clock
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs import bulk as jobs
from mentor_ispe.roles import COMMITTEE, COORDINATOR
from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.site.permissions.entry_points import logged_in
from tests.site.permissions.records import make_user

NOTICE = "Mentoring Notice"
NOW = datetime(2031, 3, 3, 10)


@pytest.fixture(autouse=True)
def coordinator(site):
	make.use_membership_roll()
	with clock.at(NOW), logged_in(make_user("cora", COORDINATOR, user_type="System User")):
		yield


def do(action: str, doctype: str, names: list[str], **args):
	answered = api.do(action, doctype, names, args)
	return answered["done"], {row["name"]: row["reason"] for row in answered["refused"]}


def applications(number: int = 3, **cycle) -> list[str]:
	with logged_in("Administrator"):
		name = make.make_cycle(**cycle).name
		return [make.make_mentee(name, approved=False).name for _ in range(number)]


def status(doctype: str, name: str) -> str:
	return frappe.db.get_value(doctype, name, "status")


def told(template: str, **filters) -> int:
	return frappe.db.count(NOTICE, {"template": ["like", f"%{template}"], **filters})


def proposed(mentees: int = 1, **program) -> SimpleNamespace:
	with logged_in("Administrator"):
		cycle = make.make_cycle(make.make_program(**program).name).name
		mentor = make.make_mentor(cycle, seats_offered=mentees)
		parts = [make.make_mentee(cycle, willing_to_moderate=1) for _ in range(mentees)]
		group = propose(cycle, [part.name for part in parts], mentor.name).name
	return SimpleNamespace(name=group, cycle=cycle, mentor=mentor, parts=parts)


def test_what_one_application_is_refused_for_holds_up_no_other(site):
	first, lapsed, last = applications()
	make.lapse(frappe.db.get_value("Mentee", lapsed, "profile"))
	done, refused = do("approve", "Mentee", [first, lapsed, last], note="Welcome")
	assert done == [first, last]
	assert [*refused] == [lapsed]
	assert "membership" in refused[lapsed].lower()
	assert [status("Mentee", name) for name in (first, lapsed, last)] == ["Approved", "Applied", "Approved"]
	assert frappe.local.message_log == []
	assert told("Approved", reference_name=["in", [first, lapsed, last]]) == 2


def test_the_last_place_goes_to_the_first_and_the_count_stays_right(site):
	names = applications(3, places=2)
	done, refused = do("approve", "Mentee", names)
	assert (done, [*refused]) == (names[:2], names[2:])
	cycle = frappe.db.get_value("Mentee", names[0], "cycle")
	assert frappe.db.get_value("Mentoring Cycle", cycle, "places_taken") == 2


def test_pressing_twice_approves_once_and_tells_once(site):
	names = applications(2)
	do("approve", "Mentee", [*names, names[0]])
	done, refused = do("approve", "Mentee", names)
	assert (sorted(done), refused) == (sorted(names), {})
	assert told("Approved", reference_name=["in", names]) == 2


def test_rejecting_needs_words_before_anything_is_done(site):
	names = applications(2)
	with pytest.raises(RuleViolation, match="Enter a reason"):
		do("reject", "Mentee", names, note="  ")
	assert {status("Mentee", name) for name in names} == {"Applied"}
	done, _refused = do("reject", "Mentee", names, note="The cycle is full this year.")
	assert sorted(done) == sorted(names)
	assert told("Rejected", reference_name=["in", names]) == 2


def test_moved_applications_keep_what_was_said_and_promised_and_whether_they_were_approved(site):
	with logged_in("Administrator"):
		program = make.make_program(reply_weeks=4).name
		here, there = make.make_cycle(program).name, make.make_cycle(program).name
		with clock.at(NOW - timedelta(days=9)):
			waits = make.make_mentee(here, approved=False, goals="To lead a team.")
		taken = make.make_mentee(here)
	promised = frappe.db.get_value("Mentee", waits.name, "answer_by")
	done, refused = do("move", "Mentee", [waits.name, taken.name], cycle=there)
	assert (done, refused) == ([waits.name, taken.name], {})
	assert {status("Mentee", name) for name in done} == {"Withdrawn"}
	moved = {
		row.profile: row
		for row in frappe.get_all("Mentee", {"cycle": there}, ["profile", "status", "goals", "answer_by"])
	}
	assert (moved[waits.profile].status, moved[taken.profile].status) == ("Applied", "Approved")
	assert (moved[waits.profile].goals, moved[waits.profile].answer_by) == ("To lead a team.", promised)
	assert told("Approved", profile=taken.profile) == 2  # here and there
	_done, refused = do("move", "Mentee", [waits.name], cycle=there)
	assert "Withdrawn" in refused[waits.name]


def test_nobody_is_moved_out_of_a_group_to_another_program_or_into_a_full_cycle(site):
	group = proposed()
	with logged_in("Administrator"):
		elsewhere = make.make_cycle().name
		full = make.make_cycle(frappe.db.get_value("Mentoring Cycle", group.cycle, "program"), places=1).name
		make.make_mentee(full)
		free = make.make_mentee(group.cycle)
	assert "place" in do("move", "Mentee", [group.parts[0].name], cycle=full)[1][group.parts[0].name]
	assert "another program" in do("move", "Mentee", [free.name], cycle=elsewhere)[1][free.name]
	assert do("move", "Mentee", [free.name], cycle=full)[1]
	assert status("Mentee", free.name) == "Approved", "nothing half done"


def test_those_who_owe_an_answer_are_reminded_once_a_day(site):
	group = proposed(mentees=2, format="Group")
	group_commands.accept(group.name, group.mentor.profile)
	assert do("remind_answers", "Mentoring Group", [group.name]) == ([group.name], {})
	reminded = set(frappe.get_all(NOTICE, {"template": ["like", "%Match Reminder"]}, pluck="profile"))
	assert {part.profile for part in group.parts} <= reminded
	assert group.mentor.profile not in reminded
	assert "today" in do("remind_answers", "Mentoring Group", [group.name])[1][group.name]
	with clock.at(NOW + timedelta(days=1)):
		assert do("remind_answers", "Mentoring Group", [group.name])[0] == [group.name]
	for part in group.parts:
		group_commands.accept(group.name, part.profile)
	assert "an answer due" in do("remind_answers", "Mentoring Group", [group.name])[1][group.name]


def test_nobody_is_reminded_of_a_match_before_it_is_announced(site):
	group = proposed()
	frappe.db.set_value("Mentoring Group", group.name, "announce_on", NOW + timedelta(days=2))
	assert "announced" in do("remind_answers", "Mentoring Group", [group.name])[1][group.name]


def test_unanswered_seats_are_counted_as_people_answer(site):
	group = proposed(mentees=2, format="Group")
	assert frappe.db.get_value("Mentoring Group", group.name, "unanswered") == 3
	group_commands.accept(group.name, group.mentor.profile)
	group_commands.decline(group.name, group.parts[0].profile, "No time")
	assert frappe.db.get_value("Mentoring Group", group.name, "unanswered") == 1


def test_cancelled_proposals_free_everybody_and_running_groups_stay(site):
	one, running = proposed(), None
	with logged_in("Administrator"):
		running = make.make_active_group(members=1)
	with pytest.raises(RuleViolation):
		do("cancel_groups", "Mentoring Group", [one.name], reason="")
	done, refused = do("cancel_groups", "Mentoring Group", [one.name, running.name], reason="A new run")
	assert (done, [*refused]) == ([one.name], [running.name])
	assert status("Mentoring Group", one.name) == "Cancelled"
	assert frappe.db.get_value("Mentor", one.mentor.name, "seats_taken") == 0


def test_groups_in_which_everybody_answered_are_started(site):
	ready, waits = proposed(), proposed()
	for profile in (ready.mentor.profile, ready.parts[0].profile):
		group_commands.accept(ready.name, profile)
	done, refused = do("start_groups", "Mentoring Group", [ready.name, waits.name])
	assert (done, [*refused]) == ([ready.name], [waits.name])


def test_a_group_without_moderator_gets_the_first_who_is_willing(site):
	with logged_in("Administrator"):
		group = make.make_active_group(members=2, requires_moderator=0)
	assert "has offered to moderate" in do("next_moderator", "Mentoring Group", [group.name])[1][group.name]
	frappe.db.set_value("Mentee", group.parts[1], "willing_to_moderate", 1)
	assert do("next_moderator", "Mentoring Group", [group.name])[0] == [group.name]
	assert (
		frappe.db.get_value(
			"Mentoring Group Member", {"parent": group.name, "is_moderator": 1}, "participant"
		)
		== group.parts[1]
	)
	assert "moderates" in do("next_moderator", "Mentoring Group", [group.name])[1][group.name]


def test_feedback_is_reminded_of_once_a_day_and_waived(site):
	with logged_in("Administrator"):
		group = make.make_active_group(members=1)
		requests = [
			frappe.get_doc(
				{
					"doctype": "Mentoring Feedback Request",
					"request_key": f"{group.name}-{number}",
					"profile": group.people[0],
					"kind": "Group Update",
					"status": "Open",
					"due_on": NOW.date(),
					"cycle": group.cycle,
					"mentoring_group": group.name,
				}
			)
			.insert()
			.name
			for number in range(2)
		]
		frappe.db.set_value("Mentoring Feedback Request", requests[1], "status", "Given")
	done, refused = do("remind_feedback", "Mentoring Feedback Request", requests)
	assert (done, [*refused]) == (requests[:1], requests[1:])
	assert frappe.db.get_value("Mentoring Feedback Request", requests[0], "reminders") == 1
	assert "today" in do("remind_feedback", "Mentoring Feedback Request", requests[:1])[1][requests[0]]
	assert do("waive_feedback", "Mentoring Feedback Request", requests[:1])[0] == requests[:1]


@pytest.mark.parametrize(
	("action", "doctype", "args"),
	[
		("approve", "Mentoring Group", {}),
		("delete", "Mentee", {}),
		("approve", "Mentee", {"status": "Active"}),
		("move", "Mentee", {}),
	],
)
def test_what_no_list_offers_is_refused_whole(site, action, doctype, args):
	names = applications(1)
	with pytest.raises(RuleViolation):
		do(action, doctype, names, **args)


def test_committee_and_members_do_nothing_in_bulk(site, monkeypatch):
	names = applications(1)
	monkeypatch.setitem(frappe.flags, "in_test", False)  # Frappe lets tests pass
	for user in (
		make_user("colin", COMMITTEE, user_type="System User"),
		make_user("mia", "Mentoring Member"),
	):
		with logged_in(user), pytest.raises(frappe.PermissionError):
			do("approve", "Mentee", names)


def test_many_are_done_by_a_job_that_tells_how_far_it_is(site, monkeypatch):
	names, queued = applications(4), []
	make.lapse(frappe.db.get_value("Mentee", names[1], "profile"))
	monkeypatch.setattr(api, "AT_ONCE", 3)
	monkeypatch.setattr(jobs, "TOLD_EVERY", 1)
	monkeypatch.setattr(frappe, "enqueue", lambda method, **kwargs: queued.append(kwargs))
	answered = api.do("approve", "Mentee", names, {"note": "Welcome"})
	assert answered["done"] == []
	assert api.progress(answered["job"]) == {"so_far": 0, "of": 4, "finished": False}
	work = {key: queued[0][key] for key in ("job", "action", "doctype", "names", "args")}
	with logged_in(make_user("other", COORDINATOR, user_type="System User")), pytest.raises(RuleViolation):
		api.progress(answered["job"])
	jobs.run(**work)
	told_so = api.progress(answered["job"])
	assert (told_so["so_far"], told_so["of"], told_so["finished"]) == (4, 4, True)
	assert told_so["done"] == [names[0], names[2], names[3]]
	assert [row["name"] for row in told_so["refused"]] == [names[1]]
	assert api.do("approve", "Mentee", names, {"note": "Welcome"})["job"] == answered["job"]


def test_a_job_that_dies_has_done_what_it_has_done_and_goes_on_when_asked_again(site, monkeypatch):
	names, approve = applications(3), commands.approve

	def dies(doctype, name, note=""):
		if name == names[1]:
			raise MemoryError
		return approve(doctype, name, note)

	action = jobs_action("approve", dies)
	monkeypatch.setitem(api.bulk.ACTIONS, "approve", action)
	work = {"job": "x", "action": "approve", "doctype": "Mentee", "names": names, "args": {}}
	with pytest.raises(MemoryError):
		jobs.run(**work)
	assert jobs.progress("x")["done"] == names[:1]
	monkeypatch.setitem(api.bulk.ACTIONS, "approve", jobs_action("approve", approve))
	assert jobs.run(**work)["done"] == names
	assert told("Approved", reference_name=["in", names]) == 3


def jobs_action(name: str, step):
	known = api.bulk.ACTIONS[name]
	return type(known)(known.doctypes, step, known.takes)
