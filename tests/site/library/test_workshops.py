"""Workshops: places, waiting list, training, mails; through the services and the Desk's own save."""

from __future__ import annotations

from datetime import datetime

import frappe
import pytest

from mentor_ispe.demo import clock
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs.meetings import process_workshops
from mentor_ispe.mails.default_templates import workshops as mails
from mentor_ispe.services.readiness import workshops
from tests import factories as make
from tests.site.calendar.reading import event_of, method_of
from tests.site.membership.records import counted_queries

NOTICE = "Mentoring Notice"
EARLY = datetime(2031, 1, 1, 9)
STARTS_ON = datetime(2031, 1, 10, 17)
AFTER = datetime(2031, 1, 11, 9)


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()
	frappe.db.delete(NOTICE)


@pytest.fixture
def cycle():
	program = make.make_program(training_for_mentors=1, training_for_mentees=1, training_for_moderators=1)
	return make.make_cycle(program.name)


def make_workshop(in_cycle, **values):
	doc = frappe.new_doc("Mentoring Workshop")
	doc.update(
		{
			"title": "Listening",
			"program": in_cycle.program,
			"cycle": in_cycle.name,
			"starts_on": STARTS_ON,
			"duration_minutes": 90,
			"mode": "Online",
			"link": "https://example.org/room",
			**values,
		}
	)
	return doc.insert()


def make_people(cycle, number: int) -> list[str]:
	return [make.make_mentee(cycle.name).profile for _ in range(number)]


def statuses(workshop) -> dict[str, str]:
	doc = frappe.get_doc("Mentoring Workshop", workshop.name)
	return {row.profile: row.status for row in doc.participants}


def notices(template: str) -> list:
	return frappe.get_all(
		NOTICE, {"template": template}, ["profile", "calendar", "context"], order_by="creation"
	)


def told(template: str) -> set[str]:
	return {notice.profile for notice in notices(template)}


def test_places_go_to_the_first_and_one_given_back_to_whoever_waited_longest(cycle):
	with clock.at(EARLY):
		workshop = make_workshop(cycle, places=2)
		ana, ben, cal, dan = make_people(cycle, 4)
	for day, person in enumerate((ana, ben, cal, dan), start=2):
		with clock.at(datetime(2031, 1, day, 9)):
			doc = workshops.sign_up(workshop.name, person)
	assert statuses(workshop) == {ana: "Signed Up", ben: "Signed Up", cal: "Waiting", dan: "Waiting"}
	assert doc.places_taken == 2
	with clock.at(datetime(2031, 1, 7, 9)):
		workshops.cancel(workshop.name, ana)
	assert statuses(workshop) == {ana: "Cancelled", ben: "Signed Up", cal: "Signed Up", dan: "Waiting"}
	assert told(mails.WORKSHOP_PLACE) == {ana, ben, cal}
	assert told(mails.WORKSHOP_WAITING) == {cal, dan}
	assert [method_of(notice.calendar) for notice in notices(mails.WORKSHOP_CANCELLED)] == ["CANCEL"]
	with clock.at(datetime(2031, 1, 8, 9)):
		workshops.sign_up(workshop.name, ana)
	assert statuses(workshop)[ana] == "Waiting"


def test_signing_up_twice_changes_nothing(cycle):
	with clock.at(EARLY):
		workshop = make_workshop(cycle)
		(ana,) = make_people(cycle, 1)
		workshops.sign_up(workshop.name, ana)
		workshops.sign_up(workshop.name, ana)
	assert len(statuses(workshop)) == 1
	assert len(notices(mails.WORKSHOP_PLACE)) == 1


@pytest.mark.parametrize(
	("audience", "welcome"),
	[
		("Mentors", {"mentor"}),
		("Mentees", {"mentee", "willing"}),
		("Moderators", {"willing"}),
		("Everyone", {"mentor", "mentee", "willing"}),
	],
)
def test_only_those_it_is_for_can_sign_up(cycle, audience, welcome):
	with clock.at(EARLY):
		people = {
			"mentor": make.make_mentor(cycle.name).profile,
			"mentee": make.make_mentee(cycle.name).profile,
			"willing": make.make_mentee(cycle.name, willing_to_moderate=1).profile,
			"applicant": make.make_mentee(cycle.name, approved=False).profile,
			"stranger": make.make_profile().name,
			"elsewhere": make.make_mentor(make.make_cycle(cycle.program).name).profile,
		}
		workshop = make_workshop(cycle, audience=audience)
		for name, profile in people.items():
			if name in welcome:
				workshops.sign_up(workshop.name, profile)
			else:
				with pytest.raises(RuleViolation, match="in the audience of this workshop"):
					workshops.sign_up(workshop.name, profile)


def test_nobody_signs_up_after_the_deadline_but_staff_may_add_them(cycle):
	with clock.at(EARLY):
		workshop = make_workshop(cycle, sign_up_until=datetime(2031, 1, 5, 12))
		ana, ben = make_people(cycle, 2)
	with clock.at(datetime(2031, 1, 5, 13)):
		with pytest.raises(RuleViolation, match="Sign-up for this workshop has closed"):
			workshops.sign_up(workshop.name, ana)
		doc = frappe.get_doc("Mentoring Workshop", workshop.name)
		doc.append("participants", {"profile": ben})
		doc.save()
	assert statuses(workshop) == {ben: "Signed Up"}


def test_the_desk_meets_the_same_rules(cycle):
	with clock.at(EARLY):
		workshop = make_workshop(cycle, places=1)
		ana, ben = make_people(cycle, 2)
		doc = frappe.get_doc("Mentoring Workshop", workshop.name)
		doc.extend("participants", [{"profile": ana}, {"profile": ben}])
		doc.places_taken = 0
		doc.save()
		assert statuses(workshop) == {ana: "Signed Up", ben: "Waiting"}
		assert doc.places_taken == 1
		doc.participants[0].status = "Attended"
		with pytest.raises(RuleViolation, match="nobody attended or missed it"):
			doc.save()
		doc.reload()
		doc.participants = doc.participants[1:]
		with pytest.raises(RuleViolation, match="stays on the list"):
			doc.save()
		doc.reload()
		doc.append("participants", {"profile": make.make_profile().name})
		with pytest.raises(RuleViolation, match="in the audience of this workshop"):
			doc.save()
		doc.reload()
		with pytest.raises(RuleViolation, match="Cancel it instead"):
			doc.delete()


def test_attendance_noted_in_the_form_all_at_once_counts_as_training(cycle):
	with clock.at(EARLY):
		workshop = make_workshop(cycle)
		mentor = make.make_mentor(cycle.name)
		willing = make.make_mentee(cycle.name, willing_to_moderate=1)
		absent = make.make_mentee(cycle.name)
		for part in (mentor, willing, absent):
			workshops.sign_up(workshop.name, part.profile)
	with clock.at(AFTER):
		doc = frappe.get_doc("Mentoring Workshop", workshop.name)
		for row, status in zip(doc.participants, ("Attended", "Attended", "Missed"), strict=True):
			row.status = status
		doc.status = "Held"
		doc.save()
	assert frappe.db.get_value("Mentor", mentor.name, "training_completed") == 1
	fields = ["training_completed", "moderator_training_completed"]
	assert frappe.db.get_value("Mentee", willing.name, fields) == (1, 1)
	assert frappe.db.get_value("Mentee", absent.name, fields) == (0, 0)
	with clock.at(AFTER):
		doc.reload()
		doc.participants[0].status = "Missed"
		doc.save()
	assert frappe.db.get_value("Mentor", mentor.name, "training_completed") == 0


@pytest.mark.parametrize(
	("audience", "expected"), [("Mentees", (1, 0)), ("Moderators", (0, 1)), ("Everyone", (1, 1))]
)
def test_training_counts_for_the_part_the_workshop_is_for(cycle, audience, expected):
	with clock.at(EARLY):
		mentee = make.make_mentee(cycle.name, willing_to_moderate=1)
		workshop = make_workshop(cycle, audience=audience)
		workshops.sign_up(workshop.name, mentee.profile)
	with clock.at(AFTER):
		doc = workshops.attendance(workshop.name, [mentee.profile])
	assert doc.status == "Held"
	fields = ["training_completed", "moderator_training_completed"]
	assert frappe.db.get_value("Mentee", mentee.name, fields) == expected


def test_what_is_no_training_counts_for_nobody(cycle):
	with clock.at(EARLY):
		mentee = make.make_mentee(cycle.name)
		workshop = make_workshop(cycle, is_training=0)
		workshops.sign_up(workshop.name, mentee.profile)
	with clock.at(AFTER):
		workshops.attendance(workshop.name, [mentee.profile])
	assert not frappe.db.get_value("Mentee", mentee.name, "training_completed")


def test_training_of_a_workshop_for_every_cycle_counts_in_the_next_one(cycle):
	with clock.at(EARLY):
		first = make.make_mentee(cycle.name)
		workshop = make_workshop(cycle, cycle=None)
		workshops.sign_up(workshop.name, first.profile)
	with clock.at(AFTER):
		workshops.attendance(workshop.name, [first.profile])
		again = make.make_mentee(make.make_cycle(cycle.program).name, profile=first.profile)
	assert again.training_completed == 1
	assert again.moderator_training_completed == 1


def test_those_concerned_are_told_once_and_newcomers_the_next_day(cycle):
	with clock.at(EARLY):
		mentor = make.make_mentor(cycle.name)
		mentee = make.make_mentee(cycle.name)
		workshop = make_workshop(cycle, audience="Mentors")
		assert not notices(mails.WORKSHOP_ANNOUNCED)
		workshops.announce(workshop.name)
		workshops.announce(workshop.name)
		assert [notice.profile for notice in notices(mails.WORKSHOP_ANNOUNCED)] == [mentor.profile]
		assert '"required":true' in notices(mails.WORKSHOP_ANNOUNCED)[0].context.replace(" ", "")
		newcomer = make.make_mentor(cycle.name)
		assert process_workshops()["told"] == 1
		assert process_workshops()["told"] == 0
	assert told(mails.WORKSHOP_ANNOUNCED) == {mentor.profile, newcomer.profile}
	assert mentee.profile not in told(mails.WORKSHOP_ANNOUNCED)


def test_the_day_before_everyone_with_a_place_is_reminded_once(cycle):
	with clock.at(EARLY):
		workshop = make_workshop(cycle, places=1)
		ana, ben = make_people(cycle, 2)
		workshops.sign_up(workshop.name, ana)
		workshops.sign_up(workshop.name, ben)
	for day, expected in ((8, set()), (9, {ana}), (9, {ana}), (10, {ana})):
		with clock.at(datetime(2031, 1, day, 6)):
			process_workshops()
		assert told(mails.WORKSHOP_REMINDER) == expected
	assert len(notices(mails.WORKSHOP_REMINDER)) == 1


def test_calendars_follow_a_workshop_from_the_place_to_the_cancellation(cycle):
	with clock.at(EARLY):
		workshop = make_workshop(cycle)
		(ana,) = make_people(cycle, 1)
		workshops.sign_up(workshop.name, ana)
		doc = frappe.get_doc("Mentoring Workshop", workshop.name)
		doc.starts_on = datetime(2031, 1, 12, 17)
		doc.save()
		workshops.call_off(workshop.name, "The speaker is ill.")
	files = [
		notices(template)[0].calendar
		for template in (mails.WORKSHOP_PLACE, mails.WORKSHOP_CHANGED, mails.WORKSHOP_CANCELLED)
	]
	assert [method_of(file) for file in files] == ["REQUEST", "REQUEST", "CANCEL"]
	events = [event_of(file) for file in files]
	assert len({event.uid.value for event in events}) == 1
	sequences = [int(event.sequence.value) for event in events]
	assert sequences == sorted(set(sequences))
	assert "The speaker is ill." in events[2].description.value


def test_the_jobs_queries_depend_on_neither_people_nor_workshops(cycle):
	def look(number_of_workshops: int, number_of_people: int) -> int:
		with clock.at(EARLY):
			made = [make_workshop(cycle) for _ in range(number_of_workshops)]
			for workshop in made:
				workshops.announce(workshop.name)
			for person in make_people(cycle, number_of_people):
				workshops.sign_up(made[0].name, person)
			make_people(cycle, number_of_people)
		with clock.at(datetime(2031, 1, 9, 6)), counted_queries() as statements:
			process_workshops()
		return len(statements)

	look(1, 1)  # warm
	# The least of two: other processes on the bench empty its caches now and then.
	assert min(look(5, 10), look(5, 10)) == min(look(1, 1), look(1, 1))


def test_what_is_offered_to_a_person(cycle):
	with clock.at(EARLY):
		mentee = make.make_mentee(cycle.name)
		for_mentees = make_workshop(cycle, audience="Mentees")
		make_workshop(cycle, audience="Mentors")
		make_workshop(make.make_cycle())
		(offered,) = workshops.offered_to(mentee.profile)
		assert (offered["name"], offered["may_sign_up"], offered["link"]) == (for_mentees.name, True, None)
		workshops.sign_up(for_mentees.name, mentee.profile)
		(offered,) = workshops.offered_to(mentee.profile)
		assert (offered["my_status"], offered["may_sign_up"]) == ("Signed Up", False)
		assert offered["link"] == "https://example.org/room"
