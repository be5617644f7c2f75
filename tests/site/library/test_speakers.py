"""Guest speakers: from the group's request to the session held."""

from __future__ import annotations

from datetime import datetime

import frappe
import pytest

from mentor_ispe.demo import clock
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates import sessions as session_mails
from mentor_ispe.mails.default_templates import speakers as mails
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.library import speakers
from mentor_ispe.services.sessions import planning, recording
from tests import factories as make
from tests.site.calendar.world import make_group, make_session
from tests.site.membership.records import counted_queries

NOTICE = "Mentoring Notice"
TOPIC = "Aseptic Filling"
NOW = datetime(2031, 1, 5, 9)
MEETING = datetime(2031, 2, 5, 15)


@pytest.fixture(autouse=True)
def coordinator():
	make.use_membership_roll()
	if not frappe.db.exists("Mentoring Topic", TOPIC):
		frappe.get_doc({"doctype": "Mentoring Topic", "topic": TOPIC}).insert()
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "coordinators@example.org")
	return make.make_user(roles=[COORDINATOR], user_type="System User").name


@pytest.fixture
def group():
	group = make_group(guest_speakers_per_year=2)
	frappe.db.delete(NOTICE)
	return group


def make_speaker(**values):
	name = make.unique("Sam Speaker")
	doc = frappe.get_doc(
		{
			"doctype": "Guest Speaker",
			"full_name": name,
			"email": "sam@example.org",
			"expertise": [{"topic": TOPIC}],
		}
	)
	return doc.update(values).insert()


def told(template: str) -> set[str]:
	rows = frappe.get_all(NOTICE, {"template": template}, ["profile", "recipient"])
	return {row.profile or row.recipient for row in rows}


def ask(group, person: int = 0):
	return speakers.request(group.name, group.people[person], TOPIC, "How it is done elsewhere")


def test_mentor_and_moderator_may_ask_and_the_coordinators_are_told(group):
	ask(group, 0)
	ask(group, 1)
	with pytest.raises(RuleViolation, match="mentor or the moderator"):
		ask(group, 2)
	assert told(mails.SPEAKER_REQUESTED) == {"coordinators@example.org"}


def test_a_group_asks_for_as_many_a_year_as_the_program_says(group):
	with clock.at(NOW):
		first, _second = ask(group), ask(group)
		with pytest.raises(RuleViolation, match="2 guest speakers a year"):
			ask(group)
		speakers.decline(first.name, "Nobody has time.")
		ask(group)
	with clock.at(datetime(2032, 1, 6, 9)):
		ask(group)


def test_a_program_without_speakers_has_none():
	with pytest.raises(RuleViolation, match="no guest speakers"):
		ask(make_group())


def test_the_desk_meets_the_same_rules(group, coordinator):
	request = ask(group)
	frappe.set_user(coordinator)
	doc = frappe.get_doc("Guest Speaker Request", request.name)
	doc.status = "Declined"
	with pytest.raises(RuleViolation, match="why it can"):
		doc.save()
	doc.reload()
	doc.update({"status": "Arranged", "speaker": make_speaker().name, "session": make_session(group).name})
	with pytest.raises(RuleViolation, match="Choose both"):
		doc.save()


def test_arranging_makes_the_session_and_invites_group_and_speaker(group, coordinator):
	speaker = make_speaker()
	with clock.at(NOW):
		request = ask(group)
		frappe.set_user(coordinator)
		speakers.approach(request.name, speaker.name)
		request = speakers.arrange(request.name, MEETING, mode="Online", link="https://example.org/room")
	session = frappe.get_doc("Mentoring Session", request.session)
	assert (request.status, session.guest_speaker, session.starts_on) == ("Arranged", speaker.name, MEETING)
	assert session.focus == TOPIC
	assert told(session_mails.SESSION_INVITATION) == set(group.people)
	assert told(mails.SPEAKER_INVITATION) == {"sam@example.org"}
	assert told(mails.SPEAKER_ANSWER) == set(group.people)
	assert frappe.db.count(NOTICE, {"template": mails.SPEAKER_ANSWER}) == 2 * len(group.people)


def test_held_follows_the_session(group):
	with clock.at(NOW):
		request = speakers.arrange(ask(group).name, MEETING, make_speaker().name)
	with clock.at(datetime(2031, 2, 6, 9)):
		recording.record(request.session, group.people[0])
	assert frappe.db.get_value("Guest Speaker Request", request.name, "status") == "Held"


def test_a_cancelled_session_opens_the_request_again(group):
	with clock.at(NOW):
		request = speakers.arrange(ask(group).name, MEETING, make_speaker().name)
		planning.cancel(request.session, "Storm")
	request.reload()
	assert (request.status, request.session) == ("Approaching", None)
	assert told(mails.SPEAKER_TO_FIND_AGAIN) == {"coordinators@example.org"}


def test_a_request_taken_back_cancels_its_session(group):
	with clock.at(NOW):
		request = speakers.arrange(ask(group).name, MEETING, make_speaker().name)
		speakers.cancel(request.name, group.people[0])
	assert frappe.db.get_value("Guest Speaker Request", request.name, "status") == "Cancelled"
	assert frappe.db.get_value("Mentoring Session", request.session, "status") == "Cancelled"
	assert told(mails.SPEAKER_CANCELLED) == {"sam@example.org"}


def test_a_decline_brings_its_words_to_the_group(group):
	speakers.decline(ask(group).name, "Nobody has time before summer.")
	assert told(mails.SPEAKER_ANSWER) == set(group.people)
	(context,) = set(frappe.get_all(NOTICE, {"template": mails.SPEAKER_ANSWER}, pluck="context"))
	assert "before summer" in context


def test_suggestions_know_the_topic_and_are_near_in_time(group):
	frappe.db.delete("Guest Speaker")
	for person in group.people:
		frappe.db.set_value("Mentoring Profile", person, "time_zone", "Europe/Berlin")
	far, near = make_speaker(time_zone="America/Los_Angeles"), make_speaker(time_zone="Europe/London")
	make_speaker(active=0)
	make_speaker(expertise=[])
	request = ask(group)
	found = speakers.suggestions(request.name)
	assert [one["speaker"] for one in found] == [near.name, far.name]
	assert found[0]["hours_apart"] == 1.0
	with counted_queries() as few:
		speakers.suggestions(request.name)
	for _number in range(5):
		make_speaker()
	with counted_queries() as many:
		speakers.suggestions(request.name)
	assert len(many) == len(few)


def test_a_group_reads_its_requests(group):
	speakers.decline(ask(group).name, "No time.")
	(one,) = speakers.requests_of(group.name)
	assert (one["status"], one["answer"], one["topic"]) == ("Declined", "No time.", TOPIC)
