"""Other ways to a match beside the run: members rank, members ask, answers that stay away."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from mentor_ispe.api import member as api
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs import matching as jobs
from mentor_ispe.services.groups.commands import accept, propose
from mentor_ispe.services.matching import candidates, for_members, proposal_reminders
from tests import factories as make
from tests.site.membership.records import counted_queries


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def make_cycle(**program):
	return make.make_cycle(make.make_program(**program).name).name


def make_signed_in_mentee(cycle: str):
	profile = make.make_profile(user=make.make_user().name)
	mentee = make.make_mentee(cycle, profile=profile.name)
	return mentee, profile


def test_wishes_reach_the_engine_in_their_order():
	cycle = make_cycle(mentees_rank=1)
	first, second = make.make_mentor(cycle), make.make_mentor(cycle)
	mentee = make.make_mentee(cycle)
	for_members.rank(mentee.profile, cycle, "Mentee", [second.name, first.name])
	(learner,) = candidates.pool_of(cycle).mentees
	assert learner.wishes == (second.name, first.name)


def test_members_rank_only_where_the_program_lets_them():
	cycle = make_cycle(mentees_rank=0)
	mentor, mentee = make.make_mentor(cycle), make.make_mentee(cycle)
	with pytest.raises(RuleViolation):
		for_members.rank(mentee.profile, cycle, "Mentee", [mentor.name])


@pytest.mark.parametrize("fault", ["twice", "six", "another cycle"])
def test_wishes_are_few_different_and_of_the_same_cycle(fault):
	cycle = make_cycle(mentees_rank=1)
	mentee = make.make_mentee(cycle)
	names = {
		"twice": lambda: [make.make_mentor(cycle).name] * 2,
		"six": lambda: [make.make_mentor(cycle).name for _ in range(6)],
		"another cycle": lambda: [make.make_mentor(make_cycle()).name],
	}[fault]()
	with pytest.raises(RuleViolation):
		for_members.rank(mentee.profile, cycle, "Mentee", names)


def test_cards_show_mentors_with_free_seats_and_no_address():
	cycle = make_cycle(mentees_ask=1)
	free, full = make.make_mentor(cycle), make.make_mentor(cycle)
	propose(cycle, [make.make_mentee(cycle).name], full.name)
	_, profile = make_signed_in_mentee(cycle)
	frappe.set_user(profile.user)
	(card,) = api.mentor_cards(cycle)
	assert card["name"] == free.name
	assert "email" not in card
	assert "employer" not in card


def test_a_mentee_asks_a_mentor_who_then_answers():
	cycle = make_cycle(mentees_ask=1)
	mentor = make.make_mentor(cycle)
	_mentee, profile = make_signed_in_mentee(cycle)
	frappe.set_user(profile.user)
	asked = api.ask_mentor(mentor.name)
	frappe.set_user("Administrator")
	group = frappe.get_doc("Mentoring Group", asked["name"])
	assert (group.mentors[0].status, group.members[0].status) == ("Proposed", "Accepted")
	assert frappe.db.get_value("Mentor", mentor.name, "seats_taken") == 1


def test_asking_a_mentor_keeps_the_rules():
	cycle = make_cycle(mentees_ask=1)
	mentor = make.make_mentor(cycle)
	propose(cycle, [make.make_mentee(cycle).name], mentor.name)
	_, profile = make_signed_in_mentee(cycle)
	frappe.set_user(profile.user)
	with pytest.raises(RuleViolation) as error:
		api.ask_mentor(mentor.name)
	assert error.value.codes == ["capacity"]


def test_nobody_asks_where_the_association_proposes():
	cycle = make_cycle(mentees_ask=0)
	mentor = make.make_mentor(cycle)
	_, profile = make_signed_in_mentee(cycle)
	frappe.set_user(profile.user)
	with pytest.raises(RuleViolation):
		api.ask_mentor(mentor.name)


def test_a_match_is_hidden_until_it_is_announced():
	cycle = make_cycle()
	mentor = make.make_mentor(cycle)
	mentee, profile = make_signed_in_mentee(cycle)
	later = add_days(frappe.utils.now_datetime(), 2)
	group = propose(cycle, [mentee.name], mentor.name, announce_on=later)
	frappe.set_user(profile.user)
	assert api.my_status()["groups"] == []
	with pytest.raises(frappe.PermissionError):
		api.accept(group.name)
	frappe.db.set_value(
		"Mentoring Group", group.name, "announce_on", add_days(frappe.utils.now_datetime(), -1)
	)
	assert [line["name"] for line in api.my_status()["groups"]] == [group.name]
	assert api.accept(group.name)["status"] == "Proposed"


def propose_on(days_ago: int, answered: str | None = None):
	cycle = make_cycle(answer_days=14)
	mentor, mentee = make.make_mentor(cycle), make.make_mentee(cycle)
	group = propose(cycle, [mentee.name], mentor.name)
	if answered == "mentee":
		accept(group.name, mentee.profile)
	began = add_days(nowdate(), -days_ago)
	frappe.db.set_value(
		"Mentoring Group", group.name, {"proposed_on": began, "respond_by": add_days(began, 14)}
	)
	frappe.db.set_value("Mentoring Group Member", {"parent": group.name}, "proposed_on", began)
	return group.name, mentor, mentee


def reminders(group: str) -> list[str]:
	return frappe.get_all(
		"Mentoring Notice",
		{"reference_name": group, "template": "Mentoring: Match Reminder"},
		pluck="recipient",
		order_by="recipient",
	)


def test_two_reminders_go_to_whoever_has_not_answered_and_none_twice():
	group, mentor, _mentee = propose_on(7, answered="mentee")
	address = frappe.db.get_value("Mentoring Profile", mentor.profile, "email")
	proposal_reminders.remind()
	proposal_reminders.remind()
	assert reminders(group) == [address]
	proposal_reminders.remind(getdate(add_days(nowdate(), 6)))
	assert reminders(group) == [address] * 2


def test_more_people_who_were_reminded_cost_no_query_more():
	counts = []
	for _each in range(3):
		propose_on(7)
		proposal_reminders.remind()
		with counted_queries() as statements:
			assert proposal_reminders.remind() == 0
		counts.append(len(statements))
	assert len(set(counts)) == 1, counts


def test_an_answer_that_stays_away_frees_the_seat_and_the_pair_may_meet_again():
	group, mentor, mentee = propose_on(15)
	assert group in proposal_reminders.expire()
	doc = frappe.get_doc("Mentoring Group", group)
	assert (doc.status, doc.mentors[0].status, doc.members[0].status) == ("Cancelled", "Expired", "Expired")
	assert frappe.db.get_value("Mentor", mentor.name, "seats_taken") == 0
	assert propose(doc.cycle, [mentee.name], mentor.name).status == "Proposed"


def test_the_last_day_to_answer_counts():
	group, *_ = propose_on(14)
	assert group not in proposal_reminders.expire()


@pytest.fixture
def undone(monkeypatch) -> list[bool]:
	"""Rolling back would undo the people of the test as well, so it is only noted."""
	noted: list[bool] = []
	monkeypatch.setattr(frappe.db, "rollback", lambda *args, **kwargs: noted.append(True))
	return noted


@pytest.mark.parametrize("lost", [frappe.QueryDeadlockError, frappe.QueryTimeoutError])
def test_a_group_that_the_database_gave_up_in_favour_of_others_expires_all_the_same(
	undone, monkeypatch, lost
):
	group, *_ = propose_on(15)
	opened, failures = proposal_reminders.open_group, [lost, lost]

	def gives_way(name):
		if name == group and failures:
			raise failures.pop()
		return opened(name)

	monkeypatch.setattr(proposal_reminders, "open_group", gives_way)
	assert group in proposal_reminders.expire()
	assert (failures, len(undone)) == ([], 2)
	assert frappe.db.get_value("Mentoring Group", group, "status") == "Cancelled"


@pytest.mark.parametrize("error", [RuleViolation, ZeroDivisionError, frappe.QueryDeadlockError])
def test_one_group_that_cannot_expire_keeps_nobody_else_waiting_and_is_logged(undone, monkeypatch, error):
	(first, *_), (bad, *_), (last, *_) = sorted((propose_on(15) for _ in range(3)), key=lambda made: made[0])
	opened = proposal_reminders.open_group

	def breaks(name):
		if name == bad:
			raise error
		return opened(name)

	monkeypatch.setattr(proposal_reminders, "open_group", breaks)
	expired = proposal_reminders.expire()
	assert {first, last} <= set(expired)
	assert bad not in expired
	assert frappe.db.exists("Error Log", {"reference_doctype": "Mentoring Group", "reference_name": bad})


def test_reminders_that_break_off_keep_no_overdue_answer_waiting(undone, monkeypatch):
	group, *_ = propose_on(15)

	def breaks():
		raise ZeroDivisionError

	monkeypatch.setattr(proposal_reminders, "remind", breaks)
	assert jobs.process_answers()["reminded"] == 0
	assert frappe.db.get_value("Mentoring Group", group, "status") == "Cancelled"
