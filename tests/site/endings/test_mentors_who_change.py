"""A mentor who leaves keeps what they did, the successor starts on their own day; two mentors of one group."""

from __future__ import annotations

from datetime import date, timedelta

import frappe
import pytest

from mentor_ispe.api import goals
from mentor_ispe.domain.months import DAY
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates import groups as templates
from mentor_ispe.mails.default_templates import matches
from mentor_ispe.patches import name_former_mentors
from mentor_ispe.permissions import gate
from mentor_ispe.permissions.conflict_of_interest import groups_closed_to
from mentor_ispe.readings.seats import seats
from mentor_ispe.roles import COORDINATOR, MEMBER
from mentor_ispe.services.applications.commands import withdraw
from mentor_ispe.services.credit import record
from mentor_ispe.services.desk.worklist import need
from mentor_ispe.services.feedback import asking
from mentor_ispe.services.groups import charter, ending
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.groups.hours import hours_of, hours_of_person
from mentor_ispe.services.prints import certificates
from tests import factories as make
from tests.site.credit.pairs import START as PAIR_START
from tests.site.credit.pairs import meet, start_pair
from tests.site.credit.pairs import on as at_ten
from tests.site.endings.groups import END, START, cycle_of, on, person, started, stored, told

MONTH_NINE = date(2031, 9, 20)
BEGINS = date(2031, 10, 1)


def hours_asked(group: str, profile: str, day: date):
	return hours_of([group], day)[group][profile]


def successor_in(here) -> object:
	with on(MONTH_NINE):
		return make.make_mentor(here.cycle, profile=person().name, seats_offered=3)


def hand_over(here, successor) -> None:
	with on(MONTH_NINE):
		group_commands.replace_mentor(here.group, here.mentor.name, successor.name, "Moves abroad")
	with on(BEGINS):
		group_commands.accept(here.group, successor.profile)


@pytest.mark.parametrize("format", ["Group", "One-on-One"])
def test_a_mentor_leaves_in_month_nine_and_another_takes_over(format):
	members = 2 if format == "Group" else 1
	here = started(format, members=members, group_size_min=1, minimum_hours_per_month=1, certificate_hours=1)
	frappe.get_doc("User", login_of(here.mentor.profile)).add_roles(COORDINATOR)
	meet(here.group, date(2031, 3, 4), minutes=90)
	successor = successor_in(here)
	hand_over(here, successor)
	meet(here.group, date(2031, 11, 4), minutes=60)

	doc = stored(here.group)
	assert doc.status == "Active"
	first, second = seats([here.group], roles=["Mentor"])
	assert (first.status, first.joined_on, first.left_on) == ("Withdrawn", START, MONTH_NINE)
	assert (second.status, second.joined_on, second.left_on) == ("Active", BEGINS, None)
	assert (doc.mentor, doc.mentor_name) == (successor.name, successor.full_name)
	assert doc.all_mentors == f"{here.mentor.full_name}, {successor.full_name}"
	assert frappe.db.get_value("Mentor", here.mentor.name, "seats_taken") == 0
	assert frappe.db.get_value("Mentor", successor.name, "seats_taken") == members

	# Hours: each for their own time.
	day = date(2031, 12, 15)
	assert hours_asked(here.group, here.mentor.profile, day).minutes == 90
	assert hours_asked(here.group, successor.profile, day).minutes == 60
	assert here.group in hours_of_person(here.mentor.profile, day)
	owed = {
		name: sum(month.asked for month in each.months)
		for name, each in hours_of([here.group], day)[here.group].items()
	}
	assert owed[successor.profile] < owed[here.mentor.profile] <= owed[here.profiles[1]]

	# Whoever is in the group hears of it, nobody hears that it has no mentor.
	assert set(told(templates.MEMBER_LEFT, reference_name=here.group)) == set(here.profiles[1:])
	assert told(templates.GROUP_WITHOUT_MENTOR, reference_name=here.group) == []
	assert told(matches.MATCH_PROPOSED, reference_name=here.group, profile=successor.profile)
	assert told(matches.GROUP_STARTED, reference_name=here.group, profile=successor.profile)
	assert told(matches.SEAT_ENDED, reference_name=here.group) == [here.mentor.profile]

	# The first is a coordinator as well: the group stays closed to them in the Desk.
	user = frappe.db.get_value("Mentoring Profile", here.mentor.profile, "user")
	assert here.group in groups_closed_to(user)
	assert not gate.holds_seat(here.group, here.mentor.profile, gate.READ)

	# Nothing more is asked of the first; of the second what comes after they began.
	asking.ask_in([here.group], day)
	assert here.mentor.profile not in asked_of(here.group)

	# At the end both have their certificate, each with their own days.
	with on(day):
		withdraw("Mentor", here.mentor.name, "Moves abroad")
	with on(END):
		group_commands.complete(here.group)
		former = certificates.mentoring_certificate("Mentor", here.mentor.name)
		later = certificates.mentoring_certificate("Mentor", successor.name)
	assert (former["first_day"], former["last_day"], former["hours"]) == (START, MONTH_NINE, "1:30 h")
	assert (later["first_day"], later["last_day"], later["hours"]) == (BEGINS, END, "1:00 h")


def test_a_group_that_its_mentor_left_waits_for_a_coordinator_until_another_is_asked():
	here = started("Group", members=2, group_size_min=1)
	program = frappe.db.get_value("Mentoring Group", here.group, "program")
	successor = successor_in(here)
	with on(MONTH_NINE):
		assert need("without_mentor", program).count == 0
		group_commands.remove_person(here.group, here.mentor.name, "Moves abroad")
		assert need("without_mentor", program).filters[0][3] == [here.group]
		# As the form does it: a row more, saved.
		doc = stored(here.group)
		doc.append("seats", {"role": "Mentor", "participant_type": "Mentor", "participant": successor.name})
		doc.save()
		assert need("without_mentor", program).count == 0
	assert told(matches.MATCH_PROPOSED, reference_name=here.group, profile=successor.profile)


def test_a_mentor_who_was_only_asked_is_no_former_one():
	here = started("Group", members=2, group_size_min=1)
	successor = successor_in(here)
	with on(MONTH_NINE):
		group_commands.replace_mentor(here.group, here.mentor.name, successor.name, "Moves abroad")
		group_commands.decline(here.group, successor.profile, "No time")
	assert stored(here.group).all_mentors == here.mentor.full_name


def test_groups_of_before_are_found_by_mentors_who_left():
	here = started("Group", members=2, group_size_min=1)
	successor = successor_in(here)
	hand_over(here, successor)
	kept = stored(here.group).all_mentors
	frappe.db.set_value("Mentoring Group", here.group, "all_mentors", None)
	for _time in range(2):
		name_former_mentors.execute()
		assert frappe.db.get_value("Mentoring Group", here.group, "all_mentors") == kept


def login_of(profile: str) -> str:
	user = make.make_user(roles=[MEMBER]).name
	frappe.db.set_value("Mentoring Profile", profile, "user", user)
	return user


def asked_of(group: str) -> set[str]:
	return set(
		frappe.get_all(
			"Mentoring Feedback Request", {"mentoring_group": group, "status": "Open"}, pluck="profile"
		)
	)


def test_credit_is_counted_for_each_mentor_of_a_pair():
	pair = start_pair(months=12)
	for month in range(7):
		meet(pair.group, PAIR_START + (30 * month + 3) * DAY)
	changes = PAIR_START + 210 * DAY
	with at_ten(changes):
		new = make.make_mentor(pair.cycle, profile=make.make_profile(employer="Cascade Bio").name)
		group_commands.replace_mentor(pair.group, pair.mentor, new.name, "Moves abroad")
		group_commands.accept(pair.group, new.profile)
	meet(pair.group, changes + 5 * DAY)
	day = changes + 20 * DAY
	with at_ten(day):
		former = record.record(pair.group, day, of=pair.ana)
		present = record.record(pair.group, day, of=pair.ben)
	assert {each["profile"] for each in former["partners"]} == {pair.ana, pair.ben}
	assert (former["started_on"], former["ended_on"]) == (PAIR_START, changes)
	assert former["meetings_of_both"] == 7
	assert {each["profile"] for each in present["partners"]} == {new.profile, pair.ben}
	assert (present["started_on"], present["meetings_of_both"]) == (changes, 1)
	lasted = {each["rule"]: each["state"] for each in former["rules"]}
	assert lasted["duration"] == "Met"
	assert {each["rule"]: each["state"] for each in present["rules"]}["duration"] != "Met"


def test_a_coordinator_opens_the_credit_record_of_a_mentor_who_left_and_no_partner_does():
	pair = start_pair(months=12)
	meet(pair.group, PAIR_START + 3 * DAY)
	changes = PAIR_START + 210 * DAY
	with at_ten(changes):
		new = make.make_mentor(pair.cycle, profile=make.make_profile(employer="Cascade Bio").name)
		group_commands.replace_mentor(pair.group, pair.mentor, new.name, "Moves abroad")
		group_commands.accept(pair.group, new.profile)
	partner = login_of(pair.ben)
	with at_ten(changes + 20 * DAY):
		frappe.set_user(make.make_user(roles=[COORDINATOR]).name)
		former = goals.credit_record(pair.group, of=pair.ana)
		present = goals.credit_record(pair.group)
		frappe.form_dict.of = pair.ana
		assert record.mentoring_credit_record(pair.group) == former  # what is printed
		frappe.set_user(partner)
		for asked in (goals.credit, goals.credit_record, goals.credit_record_pdf):
			with pytest.raises(frappe.PermissionError):
				asked(pair.group, of=pair.ana)
		assert goals.credit_record(pair.group)["started_on"] == changes
	assert {each["profile"] for each in former["partners"]} == {pair.ana, pair.ben}
	assert {each["profile"] for each in present["partners"]} == {new.profile, pair.ben}


def test_a_pair_without_a_successor_ends():
	here = started("One-on-One")
	with on(MONTH_NINE):
		group_commands.remove_person(here.group, here.mentor.name, "Moves abroad")
	assert stored(here.group).status == "Ended Early"


def co_mentored(**program):
	"""A group of two mentors and two mentees that has started, with everybody's profile."""
	name = make.make_program(format="Group", group_size_min=1, mentors_max=2, **program).name
	with on(START - timedelta(days=60)):
		cycle = cycle_of(name).name
		mentors = [make.make_mentor(cycle, profile=person().name, seats_offered=2) for _ in range(2)]
		mentees = [make.make_mentee(cycle, profile=person().name) for _ in range(2)]
		group = propose(cycle, [each.name for each in mentees], [each.name for each in mentors]).name
		for each in (*mentors, *mentees):
			group_commands.accept(group, each.profile)
	frappe.db.set_value("Mentoring Cycle", cycle, "status", "Running")
	with on(START):
		group_commands.activate(group)
	return group, cycle, mentors, mentees


def test_two_mentors_from_application_to_certificate():
	group, _cycle, mentors, mentees = co_mentored(certificate_hours=1)
	doc = stored(group)
	assert [seat.status for seat in seats([group])] == ["Active"] * 4
	assert doc.mentor == mentors[0].name
	assert doc.mentor_name == f"{mentors[0].full_name}, {mentors[1].full_name}"
	for each in mentors:
		assert frappe.db.get_value("Mentor", each.name, ["seats_taken", "status"]) == (2, "Active")
	with on(START):
		version = charter.read(group)["version"]
		charter.write(group, mentors[1].profile, {"charter_place": "Library"}, version)
		for each in (mentors[0], *mentees):
			charter.agree(group, each.profile, charter.read(group)["version"])
	assert stored(group).charter_agreed_on == START
	meet(group, date(2031, 3, 4), minutes=90)
	with on(END):
		group_commands.complete(group)
		for each in mentors:
			found = certificates.mentoring_certificate("Mentor", each.name)
			assert (found["first_day"], found["last_day"], found["hours"]) == (START, END, "1:30 h")


def test_one_of_two_mentors_may_leave_and_the_other_goes_on():
	group, _cycle, mentors, mentees = co_mentored()
	with on(MONTH_NINE):
		ending.leave(group, mentors[0].profile, "Too little time")
	assert stored(group).status == "Active"
	assert stored(group).mentor == mentors[1].name
	assert told(templates.GROUP_WITHOUT_MENTOR, reference_name=group) == []
	with on(MONTH_NINE), pytest.raises(RuleViolation, match="can't continue without you"):
		ending.leave(group, mentors[1].profile, "Too little time")
	# They parted: the mentor and these mentees aren't matched again in the cycle.
	kept = frappe.parse_json(frappe.db.get_value("Mentee", mentees[0].name, "declined_mentors"))
	assert kept == [mentors[0].name]


def test_a_third_mentor_is_too_many_and_a_second_needs_the_program():
	group, cycle, _mentors, _mentees = co_mentored()
	with on(MONTH_NINE):
		third = make.make_mentor(cycle, profile=person().name, seats_offered=2)
		with pytest.raises(RuleViolation, match="at most 2 mentors"):
			propose(cycle, [], third.name, group=group)
	here = started("Group", members=2, group_size_min=1)
	other = successor_in(here)
	with on(MONTH_NINE), pytest.raises(RuleViolation, match="have one mentor"):
		propose(here.cycle, [], other.name, group=here.group)


def test_both_mentors_need_a_seat_for_everybody():
	name = make.make_program(format="Group", group_size_min=1, mentors_max=2).name
	with on(START - timedelta(days=60)):
		cycle = cycle_of(name).name
		large, small = (make.make_mentor(cycle, profile=person().name, seats_offered=n) for n in (2, 1))
		mentees = [make.make_mentee(cycle, profile=person().name).name for _ in range(2)]
		with pytest.raises(RuleViolation, match="of 1 places"):
			propose(cycle, mentees, [large.name, small.name])


def test_a_running_pair_waits_for_another_when_the_successor_says_no():
	here = started("One-on-One")
	first, second = successor_in(here), successor_in(here)
	with on(MONTH_NINE):
		replaced_by(here, first)
		group_commands.decline(here.group, first.profile, "My own words")
	doc = stored(here.group)
	assert (doc.status, doc.end_reason) == ("Active", "")
	with on(BEGINS):
		group_commands.propose(here.cycle, [], second.name, group=here.group)
		group_commands.accept(here.group, second.profile)
	assert stored(here.group).mentor == second.name


def replaced_by(here, successor) -> None:
	group_commands.replace_mentor(here.group, here.mentor.name, successor.name, "Moves abroad")


def test_who_is_replaced_is_a_mentor_and_the_successor_is_somebody_else():
	here = started("Group", members=2, group_size_min=1)
	other = successor_in(here)
	with on(MONTH_NINE):
		for mentor, successor, reason in (
			(here.mentees[0].name, other.name, "Moves"),
			(here.mentor.name, here.mentor.name, "Moves"),
			(here.mentor.name, other.name, " "),
		):
			with pytest.raises(RuleViolation):
				group_commands.replace_mentor(here.group, mentor, successor, reason)
	assert [seat.status for seat in seats([here.group])] == ["Active"] * 3


def test_a_mentor_who_was_replaced_has_a_certificate_while_waiting_for_another_group():
	here = started("Group", members=2, group_size_min=1)
	hand_over(here, successor_in(here))
	with on(date(2031, 12, 15)):
		assert frappe.db.get_value("Mentor", here.mentor.name, "status") == "Approved"
		found = certificates.mentoring_certificate("Mentor", here.mentor.name)
	assert (found["first_day"], found["last_day"]) == (START, MONTH_NINE)


@pytest.mark.parametrize("other_group", [False, True])
def test_a_request_cannot_write_over_a_seat_by_its_name(other_group):
	here, other = started("Group", members=2, group_size_min=1), started("Group", members=2)
	doc = stored(here.group)
	doc.seats[1].name = (stored(other.group) if other_group else doc).seats[2].name
	before = [(seat.group, seat.person, seat.status) for seat in seats([here.group, other.group])]
	with pytest.raises(RuleViolation, match=r"row [23]"):
		doc.save()
	assert [(seat.group, seat.person, seat.status) for seat in seats([here.group, other.group])] == before


def test_the_days_of_a_seat_are_the_apps():
	here = started("Group", members=2, group_size_min=1)
	doc = stored(here.group)
	doc.start_date = doc.seats[0].joined_on = doc.seats[1].left_on = date(2030, 1, 1)
	doc.seats[0].reason = "Never said"
	doc.save()
	doc = stored(here.group)
	assert doc.start_date == doc.seats[0].joined_on == START
	assert not doc.seats[1].left_on
	assert not doc.seats[0].reason


def test_a_draft_without_a_mentee_is_not_proposed():
	cycle = make.make_cycle(make.make_program(format="Group", group_size_min=1).name).name
	doc = frappe.get_doc({"doctype": "Mentoring Group", "cycle": cycle})
	doc.append("seats", make.seat(make.make_mentor(cycle, seats_offered=2).name, "Mentor"))
	doc.insert()
	with pytest.raises(RuleViolation, match="at least one member"):
		group_commands.propose_group(doc.name)
	assert stored(doc.name).status == "Draft"
