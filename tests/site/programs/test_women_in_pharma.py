"""The group program: moderators, updates every other month, speakers, workshops, stories, concerns."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates import feedback as feedback_mails
from mentor_ispe.mails.default_templates import groups as moderator_mails
from mentor_ispe.mails.default_templates import matches as match_mails
from mentor_ispe.mails.default_templates import members as membership_mails
from mentor_ispe.mails.default_templates import sessions as session_mails
from mentor_ispe.services import concerns
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.feedback import queries
from mentor_ispe.services.groups import commands, moderator_queue, moderators
from mentor_ispe.services.groups.commands import accept, decline
from mentor_ispe.services.library import speakers
from mentor_ispe.services.readiness import workshops
from mentor_ispe.services.sessions import action_items, notes, recording
from tests import factories as make
from tests.site.programs.invariants import broken_rules
from tests.site.programs.world import World, answer_requests, match_and_publish, meet, seats_waiting, told

PROGRAM = "Mentor ISPE: Women in Pharma"
ZONES = {"Germany": "Europe/Berlin", "France": "Europe/Paris", "Italy": "Europe/Rome"}


def make_people(world: World, cycle: str) -> None:
	"""Two senior mentors, two willing mid-level members, students and graduates, from three countries."""
	countries = list(ZONES)
	for number in range(2):
		place = countries[number]
		world.join(
			cycle,
			"Mentor",
			world.person(career_stage="Executive", country=place, time_zone=ZONES[place], **ENGLISH),
			seats_offered=6,
		)
	for number in range(10):
		place = countries[number % 3]
		stage = "Mid-Level" if number < 3 else ("Student", "Recent Graduate", "Early Career")[number % 3]
		world.join(
			cycle,
			"Mentee",
			world.person(career_stage=stage, country=place, time_zone=ZONES[place], **ENGLISH),
			willing_to_moderate=int(number < 3),
		)


ENGLISH = {"languages": [{"language": "en"}]}


def members_of(group: str, status: str = "Active"):
	return [row for row in frappe.get_doc("Mentoring Group", group).members if row.status == status]


def profile_of_mentor(group: str) -> str:
	return frappe.db.get_value("Mentor", frappe.db.get_value("Mentoring Group", group, "mentor"), "profile")


def moderator_of(group: str) -> str:
	return next(row.profile for row in members_of(group) if row.is_moderator)


def start_groups(world: World) -> tuple[str, list[str]]:
	cycle = world.open_cycle()
	make_people(world, cycle)
	world.pass_days(31)
	match_and_publish(world, cycle)
	refused = False
	with world.now():
		for group, profile in seats_waiting(cycle):
			row = next(
				(row for row in frappe.get_doc("Mentoring Group", group).members if row.profile == profile),
				None,
			)
			if (
				row
				and not row.is_moderator
				and not refused
				and row.idx == len(frappe.get_doc("Mentoring Group", group).members)
			):
				decline(group, profile, "A move; next year again")
				refused = True
			else:
				accept(group, profile)
		groups = frappe.get_all(
			"Mentoring Group", {"cycle": cycle, "status": "Proposed"}, pluck="name", order_by="name"
		)
		for group in groups:
			commands.activate(group)
	assert refused
	return cycle, groups


def test_groups_are_international_and_mixed_with_the_most_experienced_as_mentor():
	world = World(PROGRAM)
	cycle = world.open_cycle()
	make_people(world, cycle)
	world.pass_days(31)
	match_and_publish(world, cycle)
	groups = frappe.get_all("Mentoring Group", {"cycle": cycle, "status": "Proposed"}, pluck="name")
	assert len(groups) == 2
	for group in groups:
		people = [row.profile for row in members_of(group, "Proposed")]
		rows = frappe.get_all("Mentoring Profile", {"name": ("in", people)}, ["career_stage", "country"])
		stages = {row.career_stage for row in rows}
		assert "Mid-Level" in stages
		assert stages & {"Student", "Recent Graduate"}
		assert len({row.country for row in rows}) >= 2
		assert (
			frappe.db.get_value("Mentoring Profile", profile_of_mentor(group), "career_stage") == "Executive"
		)
		assert sum(row.is_moderator for row in members_of(group, "Proposed")) == 1


def test_what_is_expected_is_told_to_each_part_when_the_group_starts():
	world = World(PROGRAM)
	_cycle, groups = start_groups(world)
	world.night()

	def mail_to(profile: str) -> str:
		queue = frappe.db.get_value(
			"Mentoring Notice", {"profile": profile, "template": match_mails.GROUP_STARTED}, "email_queue"
		)
		return frappe.db.get_value("Email Queue", queue, "message").replace("=\n", "").replace("=\r\n", "")

	moderator, mentor = moderator_of(groups[0]), profile_of_mentor(groups[0])
	member = next(row.profile for row in members_of(groups[0]) if not row.is_moderator)
	assert "Schedule the meetings" in mail_to(moderator)
	assert "Set the focus" in mail_to(mentor)
	assert "development plan" in mail_to(member)
	assert "Schedule the meetings" not in mail_to(member)
	message = mail_to(member)
	assert "women-in-pharma@example.org" in message  # questions go to the program


def test_a_year_of_a_group():
	world = World(PROGRAM)
	cycle, groups = start_groups(world)
	group = groups[0]
	mentor, moderator = profile_of_mentor(group), moderator_of(group)
	start, end = frappe.db.get_value("Mentoring Cycle", cycle, ["start_date", "end_date"])

	# A workshop for moderators before the start.
	with world.now():
		workshop = frappe.get_doc(
			{
				"doctype": "Mentoring Workshop",
				"title": "Keeping a group together",
				"program": world.program.name,
				"cycle": cycle,
				"audience": "Moderators",
				"starts_on": datetime.combine(start - timedelta(days=5), time(16)),
				"link": "https://meet.example.org/workshop",
			}
		).insert()
		workshops.sign_up(workshop.name, moderator)
	world.pass_until(start - timedelta(days=4))
	with world.now():
		workshops.attendance(workshop.name, [moderator])

	# The moderator's queue says that no meeting is planned; meetings build on each other.
	world.pass_until(start)
	with world.now():
		(tasks,) = moderator_queue.queue(moderator)
		assert tasks.group == group
	item = {"words": "Ask three colleagues", "assigned_to": members_of(group)[-1].profile}
	first = meet(
		world,
		group,
		start + timedelta(days=10),
		moderator,
		summary="Who we are",
		new_items=[item],
		next_focus="Feedback",
	)
	second = meet(world, group, start + timedelta(days=40), moderator, planned={"focus": "Feedback"})
	assert [each["words"] for each in action_items.carried_into(second)] == ["Ask three colleagues"]
	assert notes.read(first, mentor)["summary"] == "Who we are"
	assert told(moderator, session_mails.MEETING_AGENDA) == 2
	with world.now(hour=21):
		action_items.close(action_items.carried_into(second)[0]["name"], moderator, "Done", second)

	# Two months: the moderator is asked for the group's update, reminded twice, and gives it late.
	world.pass_until(start + timedelta(days=120))
	asked = frappe.get_all(
		"Mentoring Feedback Request",
		{"mentoring_group": group, "kind": "Group Update", "profile": moderator},
		["name", "status", "reminders"],
		order_by="due_on",
	)
	assert asked[0].status == "Missed"
	assert asked[0].reminders == 2
	assert told(moderator, feedback_mails.FEEDBACK_REMINDER) >= 2
	with world.now():
		feedback.give(
			moderator, {"rating": 0.8, "comment": "All on board", "going": "On Track"}, asked[0].name
		)
	assert frappe.db.get_value("Mentoring Feedback Request", asked[0].name, "status") == "Given"
	assert broken_rules([cycle]) == []

	# Nobody met for two months: the coordinator is called. A lapse suspends the moderator; another takes over.
	assert frappe.db.get_value("Mentoring Group", group, "alarm")
	world.lapse(moderator)
	world.pass_days(36)
	assert told(moderator, membership_mails.SEAT_SUSPENDED) == 1
	assert told(mentor, moderator_mails.CHOOSE_MODERATOR) == 1
	with world.now():
		follower = members_of(group)[0].profile
		moderators.hand_over(group, follower, unwilling_too=True)
	assert moderator_of(group) == follower
	world.renew(moderator)
	world.pass_days(4)
	assert told(moderator, membership_mails.SEAT_RESTORED) == 1
	assert moderator_of(group) == follower
	assert broken_rules([cycle]) == []

	# Two speakers a year, arranged through the committee; the third has to wait.
	topic = make_topic()
	speaker = frappe.get_doc(
		{"doctype": "Guest Speaker", "full_name": "Greta Guest", "email": "greta.guest@example.org"}
	).insert()
	with world.now():
		request = speakers.request(group, mentor, topic, "How to lead without a title").name
		speakers.request(group, follower, topic)
		with pytest.raises(RuleViolation):
			speakers.request(group, mentor, topic)
		speakers.approach(request, speaker.name)
		day = world.day + timedelta(days=20)
		arranged = speakers.arrange(
			request, datetime.combine(day, time(17)), link="https://meet.example.org/g"
		)
	session = arranged.session
	world.pass_until(day)
	with world.now(hour=20):
		recording.record(session, follower, summary="A guest")
	assert frappe.db.get_value("Guest Speaker Request", request, "status") == "Held"

	# A conflict goes from the moderator to the committee's coordinators and is settled.
	with world.now():
		concern = concerns.raise_concern(group, follower, "Conduct", "One of us talks over the others").name
		concerns.take_step(concern, "In Mediation", "Spoke with both")
		concerns.take_step(concern, "Resolved", answer="Settled; thank you for telling us")
		feedback.tell_story(mentor, "Three of us wrote an article", group=group, may_publish=True)
	assert frappe.db.get_value("Mentoring Concern", concern, "closed_on")
	assert [story["comment"] for story in queries.stories(world.program.name)] == [
		"Three of us wrote an article"
	]
	world.night()

	# The year ends by itself; closing and program feedback are asked, nobody waits for them.
	world.pass_until(end + timedelta(days=12))
	assert frappe.db.get_value("Mentoring Group", group, "status") == "Completed"
	kinds = answer_requests(world, mentor)
	assert {"Closing", "Program"} <= set(kinds)
	assert broken_rules([cycle]) == []


def make_topic() -> str:
	return frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique("Leading")}).insert().name
