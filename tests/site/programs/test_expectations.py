"""What each program asks of people is told: on the programs' page, and in the mail that starts a group."""

from __future__ import annotations

from urllib.parse import quote
from zoneinfo import ZoneInfo

import frappe
import pytest
from frappe.utils import get_system_timezone, set_request
from frappe.website.serve import get_response

from mentor_ispe.clock import moment_text
from mentor_ispe.mails.default_templates import matches as mails
from mentor_ispe.services.programs import queries
from tests.site.programs.world import World, mail_to, people, words_of

# The words of each part; what is said to everyone under "everyone".
EXPECTED: dict[str, dict[str, tuple[str, ...]]] = {
	"Mentor ISPE: Women in Pharma": {
		"everyone": (
			"Come to the meetings and be committed",
			"Keep what you hear in the group confidential, and follow the code of conduct",
			"Every other month, update the committee through your moderator",
			"tell us frankly how we can improve the program",
			"Share your successes with the group and the committee",
		),
		"mentors": (
			"You are the most experienced person in the group",
			"Set the focus of each meeting with the moderator",
			"Start with the action items from last time, discuss today's focus and its challenges",
			"let the group find its own way forward. Everyone speaks",
			"End with what was learned, what to do next, and the next date",
			"Check in informally now and then, and watch over confidentiality and conduct",
			"There is a workshop for mentors before the start",
		),
		"mentees": (
			"Write a development plan with your own goals",
			"Ask for help and resources before you need them",
			"Listen, be open, honest and respectful, and give feedback",
			"Learn from the others in the group as much as from the mentor, and build relationships",
		),
		"moderators": (
			"Schedule the meetings, send materials in advance, and guide the conversation",
			"Keep the group active and on track, and collect its feedback for the committee",
			"Take a conflict to the committee if the group can't resolve it. We help with any question",
			"There is a workshop for moderators before the start",
		),
	},
	"ISPE One-to-One": {
		"everyone": (
			"Talk to each other about once a month, for at least an hour",
			"Agree at the start on what you will and won't talk about",
			"Tell each other openly how it is going. If it isn't working, tell us",
			"If you reach your goals early, set new ones or finish early. Either way, let us know",
			"To continue for another year, talk about it, and both say yes before the next sign-up deadline",
		),
		"mentors": (
			"Set a goal of your own too",
			"Take only as many mentees as you have time for. If you are new to mentoring, start with one",
			"You don't have to drive the relationship, do your mentee's work, act as their manager, know everything"
			" or become a close friend. Your mentee may decide against your advice",
			"If personal issues come up that you can't or don't want to help with, say so. If they continue,"
			" contact us",
		),
		"mentees": (
			"No single mentor can teach you everything",
			"Expect a professional relationship, not a close friendship. Respect your mentor's time, and don't"
			" bring every question about your work",
		),
	},
	"Boston Area Chapter Mentoring": {
		"everyone": (
			"Meet in person first. Agree on expectations, goals, how often you will meet and where",
			"Keep what you tell each other confidential",
			"Give the chapter feedback throughout the year",
		),
	},
	"Professional Moai": {
		"everyone": (
			"Everyone mentors everyone",
			"Take turns hosting a meeting",
			"Keep what you hear in the circle confidential",
		),
	},
	"ASHP Guided Mentorship": {
		"everyone": (
			"Commit to at least six hours of meetings, one each month",
			"Build trust. Be respectful and professional, reply promptly, and stay open to learning",
			"Keep personal information confidential",
		),
		"mentors": (
			"Be a confidant, supporter, advocate and guide. Set a professional tone in a safe space",
			"Ask and listen. Challenge your mentee to step outside their comfort zone",
			"Share resources, contacts, experience and feedback that help your mentee reach their goals",
		),
		"mentees": (
			"Say what you want to learn and achieve",
			"set expectations together, and keep the meeting schedule and the action plan",
			"Be open to new ideas and criticism. Consider the advice you get, and act on it",
		),
	},
	"PHRMA Partnerships": {
		"everyone": (
			"Agree at the start on what you expect of each other. You can begin with this list",
			"Commit to one to three hours a month for at least six months, and do what you promised",
			"Keep what you tell each other confidential",
			"If your needs aren't met, talk about it without blame and find a solution together",
			"Give us feedback during the program and at the end",
		),
		"mentors": (
			"Support your mentee's career and learning. Help them set goals",
			"Be honest and tactful about their progress, and about what they can still learn",
			"Listen",
			"If you want recertification credit, make sure that every meeting is recorded here",
		),
		"mentees": (
			"Drive the partnership. Say what you need to learn and how you learn best",
			"Set professional goals with your mentor, and decide how to reach them",
			"Ask for feedback and advice, try it, and report the results",
			"Listen",
		),
	},
}
PROGRAMS = pytest.mark.parametrize("program", EXPECTED)


def start(world: World) -> tuple[dict[str, str], str]:
	"""A group that has started and was told so; its people by part, and the cycle."""
	format = world.program.format
	cycle = world.open_cycle()
	mentor = None if format == "Peer Circle" else world.join(cycle, "Mentor")
	number = {"One-on-One": 1, "Group": 4, "Peer Circle": 5}[format]
	mentees = [world.join(cycle, "Mentee", willing_to_moderate=1) for _ in range(number)]
	moderator = mentees[0] if format == "Group" else None
	world.pass_days(29)
	group = world.start_group(cycle, mentor, mentees, moderator=moderator)
	world.night()
	profiles = people(mentor, mentees)
	parts = {"mentors": profiles[0]} if mentor else {}
	if moderator:
		parts["moderators"] = profiles[1]
	return {**parts, "mentees": profiles[-1], "group": group}, cycle


def mail(profile: str, template: str):
	message = mail_to(profile, template)
	return message, words_of(message.get_body(("html",)).get_content())


@PROGRAMS
def test_the_mail_that_starts_a_group_tells_each_part_what_is_expected(program):
	world = World(program)
	people_of, _cycle = start(world)
	expected = EXPECTED[program]
	for part in ("mentors", "mentees", "moderators"):
		if part not in people_of:
			continue
		_message, said = mail(people_of[part], mails.GROUP_STARTED)
		own = ["mentees", "moderators"] if part == "moderators" else [part]
		for words in (*expected["everyone"], *(each for one in own for each in expected.get(one, ()))):
			assert words in said, part
		others = set(expected) - {"everyone", *own}
		theirs = {words for one in others for words in expected[one]} - {"Listen"}
		assert not [words for words in theirs if words in said], part


@PROGRAMS
def test_answers_to_a_mail_go_to_the_program(program):
	world = World(program)
	people_of, _cycle = start(world)
	message, _said = mail(people_of["mentees"], mails.GROUP_STARTED)
	assert message["Reply-To"] == world.program.contact_email


def pages_about(program: str) -> str:
	"""What a guest gets of the members' page and of the program's own."""
	frappe.set_user("Guest")
	found = []
	for path in ("/mentoring", f"/mentoring/programs/{quote(program)}"):
		set_request(method="GET", path=path)
		response = get_response()
		if response.status_code == 200:
			found.append(response.get_data(as_text=True))
	return "\n".join(found)


@PROGRAMS
def test_everybody_reads_on_the_page_what_a_program_expects_and_where_questions_go(program):
	world = World(program)
	doc = world.program
	for other in frappe.get_all("Mentoring Program", {"name": ("!=", doc.name)}, pluck="name"):
		frappe.db.set_value("Mentoring Program", other, "status", "Draft")
	(shown,) = queries.published()
	pages = pages_about(doc.name)
	said = words_of(pages)
	for part, sentences in EXPECTED[program].items():
		for words in sentences:
			assert words in words_of(shown[f"expectations_{part}"])
			assert words in said
	assert words_of(doc.description) in said
	assert shown["contact_email"] == doc.contact_email
	assert f'href="mailto:{doc.contact_email}"' in pages


def test_the_match_comes_with_the_invitation_to_the_kick_off():
	world = World("Boston Area Chapter Mentoring")
	people_of, cycle = start(world)
	kickoff = frappe.db.get_value("Mentoring Cycle", cycle, "kickoff_on")
	for part in ("mentors", "mentees"):
		_message, said = mail(people_of[part], mails.MATCH_PROPOSED)
		zone = frappe.db.get_value("Mentoring Profile", people_of[part], "time_zone") or get_system_timezone()
		here = kickoff.replace(tzinfo=ZoneInfo(get_system_timezone())).astimezone(ZoneInfo(zone))
		with world.now():
			shown = moment_text(here, zone)
		assert f"You're invited to the kickoff on {shown}" in said
