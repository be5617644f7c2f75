"""The nightly sweep: who is told, whose seat is suspended, whose is given back."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_days

from mentor_ispe.api import coordinator
from mentor_ispe.clock import today
from mentor_ispe.mails.default_templates import members
from mentor_ispe.membership.roll import ENTRY
from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import accept, propose
from mentor_ispe.services.membership import commands as sweeping
from mentor_ispe.services.membership.commands import sweep
from tests.factories import (
	accept_all,
	make_cycle,
	make_mentee,
	make_mentor,
	make_profile,
	make_program,
	make_roll_entry,
)
from tests.site.membership.records import counted_queries, use_source

NOTICE = "Mentoring Notice"
PROFILE = "Mentoring Profile"


@pytest.fixture(autouse=True)
def own_people():
	"""Nobody but the test's own people, on the roll, with 30 days of grace."""
	use_source("Membership Roll", grace_days=30)
	for doctype in (PROFILE, "Mentoring Group", "Mentoring Group Member", "Mentor", "Mentee"):
		frappe.db.delete(doctype)


def ended(profile: str, days_ago: int) -> None:
	"""The person's membership ended so many days ago; a negative number is ahead."""
	email = frappe.db.get_value(PROFILE, profile, "email")
	frappe.db.set_value(ENTRY, {"email": email}, "to_date", add_days(today(), -days_ago))


def make_pair(start: bool = True, **program):
	"""A running pair: (group, mentor's profile, mentee's profile)."""
	cycle = make_cycle(make_program(**program).name)
	mentor, mentee = make_mentor(cycle.name), make_mentee(cycle.name)
	group = propose(cycle.name, [mentee.name], mentor.name)
	accept_all(group.name)
	if start:
		commands.activate(group.name)
	frappe.db.delete(NOTICE)
	return group.name, mentor.profile, mentee.profile


def seats(group: str) -> tuple[str, str]:
	doc = frappe.get_doc("Mentoring Group", group)
	return doc.mentors[0].status, doc.members[0].status


def notices(profile: str) -> list[str]:
	return frappe.get_all(NOTICE, {"profile": profile}, pluck="template", order_by="creation, name")


def test_an_active_member_is_left_alone_and_remembered():
	group, mentor, mentee = make_pair()
	result = sweep()
	assert (result.people, result.changed) == (2, 2)
	assert (result.told_of_grace, result.suspended, result.restored, result.failed) == (0, 0, 0, [])
	assert seats(group) == ("Active", "Active")
	assert notices(mentor) == notices(mentee) == []
	stored = frappe.db.get_value(PROFILE, mentee, ["membership_state", "active_until"])
	assert stored == ("Active", add_days(today(), 265))
	assert sweep().changed == 0


def test_a_member_in_grace_is_told_once_and_keeps_the_seat():
	group, _mentor, mentee = make_pair()
	ended(mentee, days_ago=1)
	assert sweep().told_of_grace == 1
	assert sweep(on=add_days(today(), 5)).told_of_grace == 0
	assert notices(mentee) == [members.MEMBERSHIP_IN_GRACE]
	assert seats(group) == ("Active", "Active")
	context = frappe.parse_json(frappe.db.get_value(NOTICE, {"profile": mentee}, "context"))
	assert context["active_until"] == str(add_days(today(), -1))
	assert context["grace_until"] == str(add_days(today(), 29))


def test_the_last_day_of_grace_still_keeps_the_seat():
	group, _mentor, mentee = make_pair()
	ended(mentee, days_ago=30)
	sweep()
	assert seats(group) == ("Active", "Active")
	sweep(on=add_days(today(), 1))
	assert seats(group) == ("Active", "Suspended")


def test_a_lapsed_members_seat_is_suspended_once_and_the_other_carries_on():
	group, mentor, mentee = make_pair()
	ended(mentee, days_ago=31)
	assert sweep().suspended == 1
	assert sweep().suspended == 0
	assert seats(group) == ("Active", "Suspended")
	assert frappe.db.get_value("Mentoring Group", group, "status") == "Active"
	assert notices(mentee) == [members.SEAT_SUSPENDED]
	assert notices(mentor) == []
	context = frappe.parse_json(frappe.db.get_value(NOTICE, {"profile": mentee}, "context"))
	assert context["lapsed_since"] == str(add_days(today(), -30))
	assert context["groups"] == [frappe.db.get_value("Mentoring Group", group, "title")]


def test_a_lapsed_mentors_seat_is_suspended_too():
	group, mentor, _mentee = make_pair()
	ended(mentor, days_ago=31)
	sweep()
	assert seats(group) == ("Suspended", "Active")
	assert notices(mentor) == [members.SEAT_SUSPENDED]


def test_a_renewal_gives_the_seat_back():
	group, _mentor, mentee = make_pair()
	ended(mentee, days_ago=31)
	sweep()
	ended(mentee, days_ago=-300)
	assert sweep().restored == 1
	assert sweep().restored == 0
	assert seats(group) == ("Active", "Active")
	assert notices(mentee) == [members.SEAT_SUSPENDED, members.SEAT_RESTORED]


def back_since_today(profile: str) -> None:
	"""A second entry, under the same address: the membership of last year stays as it was."""
	email = frappe.db.get_value(PROFILE, profile, "email")
	make_roll_entry(email.upper(), from_date=today(), to_date=add_days(today(), 364))


def history_of(group: str, profile: str) -> dict:
	(row,) = (row for row in frappe.get_doc("Mentoring Group", group).seats if row.profile == profile)
	return {
		field: row.get(field)
		for field in ("name", "role", "proposed_on", "responded_on", "joined_on", "left_on")
	}


def test_lapsed_last_year_and_back_today_in_the_middle_of_a_cycle():
	group, _mentor, mentee = make_pair()
	before = history_of(group, mentee)
	ended(mentee, days_ago=60)
	sweep()
	assert seats(group) == ("Active", "Suspended")
	back_since_today(mentee)
	assert coordinator.refresh_standing(mentee)["state"] == "Active"  # the button in the profile
	assert seats(group) == ("Active", "Active")
	assert history_of(group, mentee) == before
	assert notices(mentee) == [members.SEAT_SUSPENDED, members.SEAT_RESTORED]
	assert (sweep().restored, sweep().suspended) == (0, 0)


def test_back_before_the_night_that_would_have_suspended():
	group, _mentor, mentee = make_pair()
	ended(mentee, days_ago=60)
	back_since_today(mentee)
	assert sweep().suspended == 0
	assert seats(group) == ("Active", "Active")


def test_back_while_the_night_is_at_work(monkeypatch):
	"""The batch was asked for a moment ago; before a seat is touched its person is asked for once more."""
	group, _mentor, mentee = make_pair()
	ended(mentee, days_ago=60)
	original = sweeping.store_membership_status

	def renew_meanwhile(standings):
		back_since_today(mentee)
		return original(standings)

	monkeypatch.setattr(sweeping, "store_membership_status", renew_meanwhile)
	assert sweep().suspended == 0
	assert seats(group) == ("Active", "Active")


def test_asking_by_hand_suspends_nobody():
	group, _mentor, mentee = make_pair()
	ended(mentee, days_ago=60)
	assert coordinator.refresh_standing(mentee)["state"] == "Lapsed"
	assert seats(group) == ("Active", "Active")


def test_a_seat_that_was_only_accepted_comes_back_as_accepted():
	group, _mentor, mentee = make_pair(start=False)
	ended(mentee, days_ago=31)
	sweep()
	assert seats(group) == ("Accepted", "Suspended")
	ended(mentee, days_ago=-300)
	sweep()
	assert seats(group) == ("Accepted", "Accepted")


def test_the_next_lapse_is_announced_again():
	_group, _mentor, mentee = make_pair()
	ended(mentee, days_ago=31)
	sweep()
	ended(mentee, days_ago=-10)
	sweep()
	assert sweep(on=add_days(today(), 50)).suspended == 1
	assert notices(mentee).count(members.SEAT_SUSPENDED) == 2


def test_each_program_has_its_own_grace():
	long_group, _mentor, mentee = make_pair(own_grace_days=1, grace_days=90)
	program = make_program(own_grace_days=1, grace_days=0)
	cycle = make_cycle(program.name)
	mentor = make_mentor(cycle.name)
	short_group = propose(cycle.name, [make_mentee(cycle.name, profile=mentee).name], mentor.name).name
	accept(short_group, mentor.profile)
	accept(short_group, mentee)
	commands.activate(short_group)
	frappe.db.delete(NOTICE)
	ended(mentee, days_ago=10)
	result = sweep()
	assert (result.told_of_grace, result.suspended) == (1, 1)
	assert seats(long_group) == ("Active", "Active")
	assert seats(short_group) == ("Active", "Suspended")
	assert sorted(notices(mentee)) == [members.MEMBERSHIP_IN_GRACE, members.SEAT_SUSPENDED]


def test_an_applicant_in_grace_is_told_and_someone_who_takes_no_part_is_not():
	applicant = make_mentee(make_cycle().name, approved=False).profile
	bystander = make_profile().name
	for profile in (applicant, bystander):
		ended(profile, days_ago=3)
	frappe.db.delete(NOTICE)
	sweep()
	assert notices(applicant) == [members.MEMBERSHIP_IN_GRACE]
	assert notices(bystander) == []
	assert frappe.db.get_value(PROFILE, bystander, "membership_state") == "Grace"


def test_a_membership_that_was_cancelled_suspends_without_grace():
	group, _mentor, mentee = make_pair()
	frappe.db.set_value(ENTRY, {"email": frappe.db.get_value(PROFILE, mentee, "email")}, "cancelled", 1)
	sweep()
	assert seats(group) == ("Active", "Suspended")
	assert notices(mentee) == [members.SEAT_SUSPENDED]


def test_nothing_changes_while_the_source_can_not_be_asked():
	group, _mentor, mentee = make_pair()
	sweep()
	ended(mentee, days_ago=31)
	use_source("Gone with its app")
	result = sweep()
	assert (result.unknown, result.suspended) == (2, 0)
	assert seats(group) == ("Active", "Active")
	assert frappe.db.get_value(PROFILE, mentee, "membership_state") == "Active"


def test_a_source_that_fails_is_logged_once_a_sweep(monkeypatch):
	monkeypatch.setattr(sweeping, "BATCH", 1)
	for _ in range(3):
		make_profile()
	use_source("Gone with its app")
	errors = {"method": "Mentoring: the membership source can't be asked"}
	before = frappe.db.count("Error Log", errors)
	assert sweep().unknown == 3
	assert frappe.db.count("Error Log", errors) == before + 1


def test_a_group_that_can_not_be_saved_keeps_nobody_else_from_theirs(monkeypatch):
	stuck, _mentor, unlucky = make_pair()
	group, _mentor, mentee = make_pair()
	for profile in (unlucky, mentee):
		ended(profile, days_ago=31)
	original = sweeping.suspend_person

	def suspend(profile, *args):
		changed = original(profile, *args)
		if profile == unlucky:
			raise frappe.ValidationError("a rule of the site's own")
		return changed

	monkeypatch.setattr(sweeping, "suspend_person", suspend)
	result = sweep()
	assert result.failed == [unlucky]
	assert seats(stuck) == ("Active", "Active")
	assert notices(unlucky) == []
	assert seats(group) == ("Active", "Suspended")
	monkeypatch.undo()
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	assert sweep().suspended == 1
	assert seats(stuck) == ("Active", "Suspended")


def test_a_database_that_gives_way_is_asked_again(monkeypatch):
	_group, _mentor, mentee = make_pair()
	ended(mentee, days_ago=31)
	monkeypatch.setattr(frappe.db, "rollback", lambda **kwargs: None)
	original, tries = sweeping.suspend_person, []

	def suspend(*args):
		tries.append(args)
		if len(tries) < 3:
			raise frappe.QueryDeadlockError
		return original(*args)

	monkeypatch.setattr(sweeping, "suspend_person", suspend)
	assert sweep().suspended == 1
	assert len(tries) == 3


def test_when_the_time_is_up_it_says_where_to_go_on(monkeypatch):
	monkeypatch.setattr(sweeping, "BATCH", 2)
	names = sorted(make_profile().name for _ in range(5))
	first = sweep(limit_seconds=0)
	assert (first.people, first.resume_after) == (2, names[1])
	rest = sweep(after=first.resume_after)
	assert (rest.people, rest.resume_after) == (3, None)


def test_a_batch_asks_as_much_for_many_as_for_few(monkeypatch):
	for _ in range(3):
		make_profile()
	sweep()
	with counted_queries() as few:
		sweep()
	for _ in range(30):
		make_profile()
	sweep()
	with counted_queries() as many:
		sweep()
	assert len(many) == len(few)
