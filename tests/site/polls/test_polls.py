"""A group finds a time by a poll."""

from __future__ import annotations

import frappe
import jwt
import pytest
from frappe.utils import add_to_date, get_datetime, now_datetime

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs.meetings import process_polls
from mentor_ispe.mails import rendering
from mentor_ispe.mails.default_templates.polls import MEETING_POLL, POLL_CLOSED
from mentor_ispe.mails.default_templates.sessions import BEFORE_YOU_MEET
from mentor_ispe.permissions import signed_links
from mentor_ispe.services.groups import ending
from mentor_ispe.services.members.next_steps import next_steps
from mentor_ispe.services.polls import polling, queries
from mentor_ispe.services.readiness import agreements
from mentor_ispe.services.sessions import finding, planning
from tests import factories as make

POLL, SESSION = "Mentoring Poll", "Mentoring Session"


@pytest.fixture
def group(site):
	make.use_membership_roll()
	cycle = make.make_cycle(make.make_program(format="Group", group_size_min=1).name, end_date="2032-01-01")
	return make.make_active_group(cycle=cycle.name)


def days(*after: int) -> list:
	noon = now_datetime().replace(hour=12, minute=0, second=0, microsecond=0)
	return [add_to_date(noon, days=each) for each in after]


def opened(group, *after: int):
	return polling.open_poll(group.name, group.people[0], days(*(after or (5, 6, 7))))


def end(poll) -> None:
	frappe.db.set_value(POLL, poll.name, "ends_on", add_to_date(now_datetime(), minutes=-1))


def meetings(group) -> list:
	return frappe.get_all(
		SESSION, {"mentoring_group": group.name}, ["name", "starts_on"], order_by="starts_on"
	)


def mails(template: str, poll) -> list:
	return frappe.get_all(
		"Mentoring Notice",
		{"template": template, "reference_name": poll.name},
		["profile", "context", "recipient"],
	)


def test_the_others_are_asked_once_each_and_the_record_of_the_mail_has_no_link(group):
	poll = opened(group)
	asked = mails(MEETING_POLL, poll)
	assert sorted(row.profile for row in asked) == sorted(group.people[1:])
	assert "token" not in asked[0].context
	mail = rendering.render(MEETING_POLL, asked[0].context, asked[0].profile)
	links = [part.split('"')[0] for part in mail.message.split('href="') if "/mentoring/poll?" in part]
	assert len(links) == 4
	token = links[0].split("token=")[1].split("&")[0]
	found, whose = queries.by_link(token)
	assert (found.name, whose) == (poll.name, asked[0].profile)


def test_when_everyone_has_answered_the_best_time_becomes_the_meeting(group):
	poll = opened(group)
	polling.answer(poll.name, group.people[1], [2, 3])
	assert not meetings(group)
	done = polling.answer(poll.name, group.people[2], [2])
	assert done.status == "Decided"
	(meeting,) = meetings(group)
	assert get_datetime(meeting.starts_on) == days(6)[0]
	assert done.session == meeting.name
	answers = {row.answer for row in frappe.get_doc(SESSION, meeting.name).attendance}
	assert answers == {"Yes"}


def test_eight_people_on_four_continents_find_a_time_in_one_round(site):
	make.use_membership_roll()
	program = make.make_program(format="Group", group_size_min=1, group_size_max=8).name
	cycle = make.make_cycle(program, end_date="2032-01-01")
	group = make.make_active_group(7, cycle=cycle.name)
	zones = ("America/New_York", "Europe/Dublin", "Asia/Kolkata", "Asia/Tokyo") * 2
	for profile, zone in zip(group.people, zones, strict=True):
		frappe.db.set_value("Mentoring Profile", profile, "time_zone", zone)
	known = finding.planning_of(group.name)
	times = known.suggest()
	poll = polling.open_poll(group.name, group.people[0], [finding.site_moment(one) for one in times])
	assert len(mails(MEETING_POLL, poll)) == 7, "one mail each"
	for profile in group.people[1:]:
		token = signed_links.make(signed_links.POLL, profile, poll.name, poll.ends_on)
		found, whose = queries.by_link(token)
		done = polling.answer(found.name, whose, [number for number, _at in found.slots if number != 1])
	assert done.status == "Decided"
	((meeting, starts_on),) = [(row.name, row.starts_on) for row in meetings(group)]
	chosen = next(one for one in times[1:] if finding.site_moment(one) == get_datetime(starts_on))
	assert not chosen.at_night
	rows = frappe.get_doc(SESSION, meeting).attendance
	assert [row.answer for row in rows] == ["Yes"] * 8


def test_on_its_day_the_best_time_becomes_the_meeting_and_only_once(group):
	poll = opened(group)
	polling.answer(poll.name, group.people[1], [3])
	end(poll)
	assert process_polls() == [poll.name]
	assert process_polls() == []
	(meeting,) = meetings(group)
	assert get_datetime(meeting.starts_on) == days(7)[0]
	answers = {row.profile: row.answer for row in frappe.get_doc(SESSION, meeting.name).attendance}
	assert answers == {group.people[0]: "Yes", group.people[1]: "Yes", group.people[2]: None}


def test_a_poll_that_suits_nobody_is_closed_and_whoever_asked_is_told(group):
	poll = opened(group)
	for one in group.people[1:]:
		done = polling.answer(poll.name, one, [])
	assert done.status == "Closed"
	assert not meetings(group)
	assert [row.profile for row in mails(POLL_CLOSED, poll)] == [group.people[0]]
	assert opened(group).status == "Open", "other times can be asked about"


@pytest.fixture
def unsigned(site):
	"""A group in which nobody has signed what the program asks for."""
	make.use_membership_roll()
	rules = [{"agreement": make.make_agreement(), "required_of": "Everyone"}]
	program = make.make_program(format="Group", group_size_min=1, agreements=rules).name
	return make.make_active_group(cycle=make.make_cycle(program, end_date="2032-01-01").name)


def sign(group, *people: str) -> None:
	program = frappe.db.get_value("Mentoring Group", group.name, "program")
	(agreement,) = [row.agreement for row in frappe.get_doc("Mentoring Program", program).agreements]
	for one in people:
		agreements.sign(agreement, one)


def test_who_cannot_meet_yet_hears_it_when_the_poll_opens_and_the_answers_are_kept(unsigned):
	one, two, three = unsigned.people
	told = queries.why_not_yet(unsigned.name, one)
	assert [words.startswith("You haven't signed “") for words in told] == [False, True, False, False]
	poll = opened(unsigned)
	told = frappe.get_all("Mentoring Notice", {"template": BEFORE_YOU_MEET}, pluck="profile")
	assert sorted(told) == sorted(unsigned.people)
	polling.answer(poll.name, two, [2])
	assert polling.answer(poll.name, three, [2, 3]).status == "Open"
	((_profile, context),) = [(row.profile, row.context) for row in mails(POLL_CLOSED, poll)]
	mail = rendering.render(POLL_CLOSED, context, one)
	assert "can't meet yet" in mail.subject
	text = mail.text()
	assert (text.count("You haven't signed “"), text.count("hasn't signed “")) == (1, 2)
	assert mail.button.words == "View poll"
	sign(unsigned, two)
	assert not meetings(unsigned)
	sign(unsigned, three)
	(meeting,) = meetings(unsigned)
	assert get_datetime(meeting.starts_on) == days(6)[0], "nobody answered again"
	rows = {row.profile: row.answer for row in frappe.get_doc(SESSION, meeting.name).attendance}
	assert rows == {two: "Yes", three: "Yes"}
	sign(unsigned, one)
	assert len(meetings(unsigned)) == 1
	assert one in {row.profile for row in frappe.get_doc(SESSION, meeting.name).attendance}


def test_a_poll_that_ends_while_too_few_can_meet_says_why_and_how_to_go_on(unsigned):
	poll = opened(unsigned)
	polling.answer(poll.name, unsigned.people[1], [2])
	end(poll)
	assert process_polls() == [poll.name]
	assert frappe.db.get_value(POLL, poll.name, "status") == "Closed"
	(row,) = mails(POLL_CLOSED, poll)
	mail = rendering.render(POLL_CLOSED, row.context, row.profile)
	assert "wasn't scheduled" in mail.subject
	assert mail.message.count("signed “") == 3
	assert f"at={days(6)[0]:%Y-%m-%dT%H:%M}" in mail.button.url
	assert len(frappe.get_doc(POLL, poll.name).answers) == 2, "the answers are kept"


def test_a_time_that_was_taken_meanwhile_is_none(group):
	poll = opened(group)
	planning.plan(group.name, days(6)[0])
	polling.answer(poll.name, group.people[1], [2, 3])
	polling.answer(poll.name, group.people[2], [2, 3])
	assert [get_datetime(row.starts_on) for row in meetings(group)] == days(6, 7)


def test_an_answer_is_changed_until_the_end_and_refused_after_it(group):
	poll = opened(group)
	polling.answer(poll.name, group.people[1], [1])
	polling.answer(poll.name, group.people[1], [3])
	assert queries.seen(poll.name, group.people[1]).mine == [3]
	end(poll)
	with pytest.raises(RuleViolation, match="closed"):
		polling.answer(poll.name, group.people[1], [1])
	with pytest.raises(RuleViolation, match="listed"):
		polling.answer(opened_anew(group).name, group.people[1], [4])


def opened_anew(group):
	process_polls()
	return opened(group)


def test_words_are_a_message_to_the_group(group):
	poll = opened(group)
	polling.answer(poll.name, group.people[1], [], "Next week is better.")
	assert frappe.db.count("Mentoring Message", {"mentoring_group": group.name}) == 1
	assert "Next week" not in frappe.as_json(frappe.get_doc(POLL, poll.name).as_dict())


def test_one_poll_at_a_time_which_only_whoever_asked_closes(group):
	poll = opened(group)
	with pytest.raises(RuleViolation, match="already"):
		opened(group)
	with pytest.raises(RuleViolation, match="Only the person"):
		polling.close(poll.name, group.people[1])
	assert polling.close(poll.name, group.people[0]).status == "Closed"
	assert polling.close(poll.name, group.people[0]).status == "Closed"


def test_it_is_the_next_step_until_it_is_answered(group):
	def asked(profile):
		return [step.kind for step in next_steps(profile) if step.kind == "Poll"]

	poll = opened(group)
	assert asked(group.people[1]) == ["Poll"]
	assert asked(group.people[0]) == []
	polling.answer(poll.name, group.people[1], [])
	assert asked(group.people[1]) == []


def test_a_link_opens_nothing_but_its_poll_for_its_person_until_its_end(group):
	poll = opened(group)
	one, until = group.people[1], poll.ends_on
	good = signed_links.make(signed_links.POLL, one, poll.name, until)
	assert queries.by_link(good)
	head, _body, signature = good.split(".")
	other = signed_links.make(signed_links.POLL, group.people[2], poll.name, until)
	for token in (
		"",
		"x",
		good[:-2],
		f"{head}.{other.split('.')[1]}.{signature}",
		signed_links.make("another purpose", one, poll.name, until),
		signed_links.make(signed_links.POLL, one, "nothing", until),
		signed_links.make(signed_links.POLL, one, poll.name, add_to_date(now_datetime(), minutes=-1)),
		jwt.encode({"aud": signed_links.POLL, "sub": one, "record": poll.name, "exp": 2**40}, "key", "HS256"),
		jwt.encode({"aud": signed_links.POLL, "sub": one, "record": poll.name, "exp": 2**40}, None, "none"),
	):
		assert queries.by_link(token) is None, token


def test_a_link_ends_with_the_seat_and_with_the_group(group):
	poll = opened(group)
	one = group.people[2]
	token = signed_links.make(signed_links.POLL, one, poll.name, poll.ends_on)
	stranger = make.make_profile().name
	assert queries.by_link(signed_links.make(signed_links.POLL, stranger, poll.name, poll.ends_on)) is None
	ending.leave(group.name, one, "No time")
	assert queries.by_link(token) is None
	with pytest.raises(frappe.PermissionError):
		polling.answer(poll.name, one, [1])


def test_nobody_writes_a_poll_past_the_pages(group):
	poll = opened(group)
	with pytest.raises(RuleViolation):
		frappe.get_doc(POLL, poll.name).save(ignore_permissions=True)


def test_the_copy_of_ones_data_has_ones_own_answers(group):
	poll = opened(group)
	polling.answer(poll.name, group.people[1], [1, 3])
	assert [(row.status, row.numbers) for row in queries.export(group.people[1])] == [("Open", "1, 3")]
	assert queries.export(group.people[2]) == []


def test_a_poll_about_another_time_moves_the_meeting_and_asks_anew(group):
	meeting = planning.plan(group.name, days(4)[0])
	planning.answer(meeting.name, group.people[1], "No")
	poll = polling.open_poll(group.name, group.people[1], days(5, 6), session=meeting.name)
	polling.answer(poll.name, group.people[0], [2])
	polling.answer(poll.name, group.people[2], [])
	(moved,) = meetings(group)
	assert (moved.name, get_datetime(moved.starts_on)) == (meeting.name, days(6)[0])
	answers = {row.profile: row.answer for row in frappe.get_doc(SESSION, moved.name).attendance}
	assert answers == {group.people[0]: "Yes", group.people[1]: "Yes", group.people[2]: None}


def test_the_meeting_is_where_whoever_asked_says_and_else_where_the_last_one_was(group):
	here = {"mode": "In Person", "location": "Library", "duration_minutes": 45}
	planning.plan(group.name, days(2)[0], **here)
	for place, expected in (
		({}, {**here, "link": None}),
		({"mode": "Online", "location": "", "link": "https://example.org/room", "minutes": 90}, None),
	):
		poll = polling.open_poll(group.name, group.people[0], days(5, 6), **place)
		polling.answer(poll.name, group.people[1], [1])
		done = polling.answer(poll.name, group.people[2], [1])
		meeting = frappe.get_doc(SESSION, done.session)
		expected = expected or {"mode": "Online", "link": "https://example.org/room", "duration_minutes": 90}
		assert {field: meeting.get(field) or None for field in expected} == expected
		planning.cancel(meeting.name, "Asked again")


def test_what_is_no_link_is_refused_when_it_is_asked(group):
	with pytest.raises(frappe.ValidationError):
		polling.open_poll(group.name, group.people[0], days(5, 6), link="no link")


def test_a_meeting_that_a_poll_moves_keeps_its_length_and_place(group):
	meeting = planning.plan(group.name, days(4)[0], duration_minutes=90, mode="In Person", location="Library")
	planning.plan(group.name, days(8)[0], duration_minutes=30, mode="Online", location="")
	poll = polling.open_poll(
		group.name, group.people[1], days(5, 6), session=meeting.name, location="Elsewhere"
	)
	polling.answer(poll.name, group.people[0], [2])
	polling.answer(poll.name, group.people[2], [2])
	moved = frappe.get_doc(SESSION, meeting.name)
	assert get_datetime(moved.starts_on) == days(6)[0]
	assert (moved.duration_minutes, moved.mode, moved.location) == (90, "In Person", "Library")


def test_a_meeting_of_another_group_is_not_moved(group):
	other = make.make_active_group(cycle=frappe.db.get_value("Mentoring Group", group.name, "cycle"))
	theirs = planning.plan(other.name, days(4)[0])
	with pytest.raises(RuleViolation, match="of your group"):
		polling.open_poll(group.name, group.people[1], days(5, 6), session=theirs.name)


def test_who_asked_has_planned_the_meeting_though_the_last_answer_came_by_a_link(group):
	user = make.make_user(roles=["Mentoring Member"]).name
	frappe.db.set_value("Mentoring Profile", group.people[0], "user", user)
	poll = opened(group)
	polling.answer(poll.name, group.people[1], [1])
	frappe.set_user("Guest")
	done = polling.answer(poll.name, group.people[2], [1])
	assert frappe.db.get_value(SESSION, done.session, "owner") == user
