"""What is asked of a person now: every kind, the most urgent first, in as many queries for one group as for many."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest
from frappe.utils import add_days, add_to_date, getdate, now_datetime, nowdate

from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import charter, ending, extension
from mentor_ispe.services.groups import commands as commands_of_groups
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.members.member_status import status_of
from mentor_ispe.services.members.next_steps import next_steps, steps_and_news, steps_in, unsigned_in
from mentor_ispe.services.readiness import agreements
from mentor_ispe.services.sessions import action_items
from tests import factories as make
from tests.site.portal.counting import queries


@pytest.fixture(autouse=True)
def roll(site):
	make.use_membership_roll()


def kinds(profile: str) -> list[str]:
	return [step.kind for step in next_steps(profile)]


def news(profile: str) -> list[str]:
	return steps_and_news(profile, status_of(profile))[1]


def one(profile: str, kind: str):
	found = [step for step in next_steps(profile) if step.kind == kind]
	assert len(found) == 1, kinds(profile)
	return found[0]


def test_nothing_is_asked_of_somebody_who_only_has_a_profile():
	assert next_steps(make.make_profile().name) == []


def test_a_match_is_to_be_answered_by_its_last_day():
	cycle, profile = make.make_cycle().name, make.make_profile().name
	group = propose(cycle, [make.make_mentee(cycle, profile=profile).name], make.make_mentor(cycle).name)
	step = one(profile, "Match")
	assert step.link == f"/mentoring/match/{group.name}"
	assert step.day == getdate(group.respond_by)


def test_a_match_that_is_not_announced_yet_is_not_mentioned():
	cycle, profile = make.make_cycle().name, make.make_profile().name
	group = propose(cycle, [make.make_mentee(cycle, profile=profile).name], make.make_mentor(cycle).name)
	frappe.db.set_value("Mentoring Group", group.name, "announce_on", add_to_date(now_datetime(), days=2))
	assert kinds(profile) == []


def test_an_unfinished_application_is_asked_for_until_its_cycle_closes():
	cycle, profile = make.make_cycle(), make.make_profile().name
	commands.keep_draft(profile, cycle.name, {"Mentee": {"goals": "Half"}})
	assert one(profile, "Draft").day == getdate(cycle.application_until)
	frappe.db.set_value("Mentoring Cycle", cycle.name, "application_until", add_days(nowdate(), -1))
	assert kinds(profile) == []


def test_an_agreement_is_asked_for_until_it_is_signed():
	agreement = make.make_agreement()
	program = make.make_program(agreements=[{"agreement": agreement, "required_of": "Mentees"}]).name
	profile = make.make_profile().name
	make.make_mentee(make.make_cycle(program).name, profile=profile)
	assert one(profile, "Agreement").link == "/mentoring/sign"


def test_required_training_is_asked_for_until_one_has_a_place():
	program = make.make_program(training_for_mentees=1).name
	cycle, profile = make.make_cycle(program).name, make.make_profile().name
	mentee = make.make_mentee(cycle, profile=profile)
	assert kinds(profile) == [], "nothing can be done yet"
	assert news(profile) == ["There will be a training. You'll get an email when its date is set."]
	workshop = frappe.new_doc("Mentoring Workshop")
	workshop.update({"title": "Training", "program": program, "audience": "Mentees", "is_training": 1})
	workshop.update({"starts_on": add_to_date(now_datetime(), days=5), "link": "https://example.org/room"})
	workshop.insert()
	assert one(profile, "Training").day == getdate(workshop.starts_on)
	workshop.append("participants", {"profile": profile, "status": "Signed Up"})
	workshop.save()
	assert "Training" not in kinds(profile)
	frappe.db.set_value("Mentee", mentee.name, "training_completed", 1)
	assert kinds(profile) == []


def test_a_lapsed_member_with_a_place_is_asked_to_renew():
	cycle, profile = make.make_cycle().name, make.make_profile().name
	make.make_mentee(cycle, profile=profile)
	make.lapse(profile)
	frappe.db.set_single_value("Mentoring Settings", "renewal_url", "")
	assert one(profile, "Lapsed Applicant").link == "/mentoring#membership"
	frappe.db.set_single_value("Mentoring Settings", "renewal_url", "https://example.org/renew?a=b")
	assert one(profile, "Lapsed Applicant").link == "https://example.org/renew?a=b"
	stranger = make.make_profile().name
	make.lapse(stranger)
	assert kinds(stranger) == []


def test_a_running_group_asks_for_answers_charter_and_what_was_agreed():
	group = make.make_active_group()
	mentor, member = group.people[0], group.people[1]
	session = make.make_session(group.name)
	assert one(member, "Answer").link.startswith(f"/mentoring/groups/{group.name}/meetings")
	charter.write(group.name, mentor, {"charter_place": "Online"}, charter.read(group.name)["version"])
	assert one(member, "Charter").link == f"/mentoring/groups/{group.name}/charter"
	charter.agree(group.name, member, charter.read(group.name)["version"])
	assert "Charter" not in kinds(member)
	action_items.add(
		session.name, mentor, [{"words": "Read", "assigned_to": member, "due_on": add_days(nowdate(), 3)}]
	)
	assert one(member, "Action").day == getdate(add_days(nowdate(), 3))
	assert "Action" not in kinds(mentor)


def test_whoever_is_mailed_to_record_a_meeting_finds_it_among_the_next_steps():
	pair = make.make_active_group(format="One-on-One")
	mentor, mentee = pair.people
	meeting = make.make_session(pair.name)
	yesterday = add_to_date(now_datetime(), days=-1)
	frappe.db.set_value("Mentoring Session", meeting.name, "starts_on", yesterday)
	for profile in (mentor, mentee):
		assert one(profile, "Record").link.endswith(f"/meetings/{meeting.name}#record")
	assert "Schedule" in kinds(mentee)
	assert "Schedule" not in kinds(mentor)


def test_a_completed_group_asks_whether_it_goes_on_and_for_nothing_else():
	pair = make.make_active_group(format="One-on-One", may_extend=1)
	mentor, mentee = pair.people
	meeting = make.make_session(pair.name)
	action_items.add(meeting.name, mentor, [{"words": "Read", "assigned_to": mentee}])
	commands_of_groups.complete(pair.name)
	program = frappe.db.get_value("Mentoring Cycle", pair.cycle, "program")
	make.make_cycle(program, start_date=add_days(nowdate(), 400), end_date=add_days(nowdate(), 800))
	assert kinds(mentee) == ["Extension"]
	extension.say(pair.name, mentee, "Yes")
	assert kinds(mentee) == []


def test_whoever_met_their_goals_is_asked_whether_they_want_another_match():
	pair = make.make_active_group(format="One-on-One")
	ending.end(pair.name, "Goals Met", "Done", by=pair.people[1])
	assert one(pair.people[1], "Goals Met").link == f"/mentoring/groups/{pair.name}#finish-head"
	ending.finish(pair.people[1], pair.cycle)
	assert kinds(pair.people[1]) == []


def test_a_group_that_may_go_on_is_asked_while_the_next_cycle_is_open():
	group = make.make_active_group(may_extend=1)
	program = frappe.db.get_value("Mentoring Cycle", group.cycle, "program")
	frappe.db.set_value("Mentoring Cycle", group.cycle, "application_until", add_days(nowdate(), -1))
	assert "Extension" not in kinds(group.people[1])
	frappe.db.set_value("Mentoring Cycle", group.cycle, "status", "Running")
	later = make.make_cycle(program, start_date=add_days(nowdate(), 400), end_date=add_days(nowdate(), 800))
	step = one(group.people[1], "Extension")
	assert step.day == getdate(later.application_until)
	assert step.link.startswith(f"/mentoring/groups/{group.name}/more")
	make.make_cycle(program, start_date=add_days(nowdate(), 900), end_date=add_days(nowdate(), 1200))
	assert later.name in one(group.people[1], "Extension").words, "the next one, not the one after it"
	frappe.db.set_value("Mentoring Cycle", later.name, "start_date", add_days(nowdate(), -400))
	assert later.name not in one(group.people[1], "Extension").words, "none that began before this one"


def test_a_moderator_is_asked_for_the_agreements_of_moderators():
	agreement = make.make_agreement()
	group = make.make_active_group(agreements=[{"agreement": agreement, "required_of": "Moderators"}])
	row = frappe.db.get_value("Mentoring Group Member", {"parent": group.name, "profile": group.people[1]})
	assert "Agreement" not in kinds(group.people[1])
	frappe.db.set_value("Mentoring Group Member", row, "is_moderator", 1)
	assert one(group.people[1], "Agreement").link == "/mentoring/sign"
	assert "Agreement" not in kinds(group.people[2])


def test_the_most_urgent_comes_first():
	profile = make.make_profile().name
	days = {}
	for days_left in (9, 3, 6):
		cycle = make.make_cycle().name
		mentee = make.make_mentee(cycle, profile=profile)
		group = propose(cycle, [mentee.name], make.make_mentor(cycle).name)
		day = getdate(nowdate()) + timedelta(days=days_left)
		frappe.db.set_value("Mentoring Group", group.name, "respond_by", day)
		days[group.name] = day
	assert [step.day for step in next_steps(profile)] == sorted(days.values())


def test_the_number_of_queries_does_not_grow_with_groups_and_meetings():
	profile = make.make_profile().name

	def join(groups: int, meetings: int) -> None:
		for _number in range(groups):
			group = make.make_active_group(members=1, profiles=[profile])
			for day in range(meetings):
				make.make_session(group.name, f"{add_days(nowdate(), 10 + day)} 17:00:00")

	join(1, 1)
	next_steps(profile)
	few = queries(lambda: next_steps(profile))
	join(7, 3)
	many = queries(lambda: next_steps(profile))
	assert many == few, (few, many)
	print(f"queries for what is next: {few}")


def test_the_page_of_a_group_says_what_is_asked_there_and_nothing_of_another():
	person = make.make_profile().name
	one, _other = (make.make_active_group(members=1, profiles=[person]).name for _number in range(2))
	asked = steps_in(one, person)
	assert asked
	assert asked == [step for step in next_steps(person) if step.link.split("/")[3] == one]


def test_the_pages_of_a_group_ask_first_for_the_signature_without_which_nobody_meets():
	agreement = make.make_agreement()
	person = make.make_profile().name
	group = make.make_active_group(
		members=1, profiles=[person], agreements=[{"agreement": agreement, "required_of": "Everyone"}]
	).name
	first = steps_in(group, person)[0]
	assert (first.kind, first.link) == ("Agreement", "/mentoring/sign")
	assert [first] == unsigned_in(group, person, getdate())
	agreements.sign(agreement, person)
	assert "Agreement" not in {step.kind for step in steps_in(group, person)}
