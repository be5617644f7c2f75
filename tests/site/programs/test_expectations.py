"""What each program asks of people is told: on the programs' page, and in the mail that starts a group."""

from __future__ import annotations

from urllib.parse import quote
from zoneinfo import ZoneInfo

import frappe
import pytest
from frappe.utils import format_date, get_system_timezone, set_request
from frappe.website.serve import get_response

from mentor_ispe.mails.default_templates import matches as mails
from mentor_ispe.services.programs import queries
from tests.site.programs.world import World, mail_to, people, words_of

# The words of each part; what is said to everyone under "everyone".
EXPECTED: dict[str, dict[str, tuple[str, ...]]] = {
	"Mentor ISPE: Women in Pharma": {
		"everyone": (
			"Come to the planned meetings, and mean it",
			"Keep what you hear in the group to yourself, and follow the code of conduct",
			"Tell the committee every other month, through your moderator",
			"tell us frankly what would make the program better",
			"Share what went well, within the group and with the committee",
		),
		"mentors": (
			"You are the most experienced person in the group",
			"Settle the focus of each meeting with the moderator",
			"Begin with the actions of last time, stay with today's focus and what is hard about it",
			"let the group find its own way forward: everybody speaks",
			"End with what was learned, what to do until next time, and when that is",
			"Look in now and then without an agenda, and watch over confidentiality and conduct",
			"There is a workshop for mentors before the start",
		),
		"mentees": (
			"Write a development plan and goals of your own",
			"ask for help and for resources before you need them",
			"Listen, be open, honest and respectful, and give feedback",
			"Learn from the others in the group as much as from the mentor, and build on these relationships",
		),
		"moderators": (
			"Plan the meetings, send what is to be read ahead of them, and guide the conversation",
			"Keep the group together and going, and collect its feedback for the committee",
			"Take a conflict to the committee when the group can't settle it; we help with questions of any kind",
			"There is a workshop for moderators before the start",
		),
	},
	"ISPE One-to-One": {
		"everyone": (
			"Speak with each other about once a month, an hour or more",
			"Agree at the start what the two of you talk about and what you don't",
			"Tell each other openly how it goes. If it can't be mended, tell us",
			"If you reach your goals early, set new ones or end early; either way let us know at once",
			"To go on for another year, talk about it and both say so before the next sign-up closes",
		),
		"mentors": (
			"Set a goal of your own as well",
			"Take on no more people than you have time for; when you are new to it, begin with one",
			"You needn't drive the relationship, do your mentee's work, be their manager, know everything or"
			" become a close friend; and your mentee may decide against your advice",
			"When personal matters come up that you can't or don't want to help with, say so; when it goes on,"
			" come to us",
		),
		"mentees": (
			"One mentor can't teach everything and needn't",
			"Expect a professional relationship, not a close friendship; respect your mentor's time, and don't"
			" bring every question of your work",
		),
	},
	"Boston Area Chapter Mentoring": {
		"everyone": (
			"Meet in person first. Settle what you expect, your goals, how often you will meet and where",
			"Keep what you tell each other between you",
			"Tell the chapter how it goes when we ask, all through the year",
		),
	},
	"Professional Moai": {
		"everyone": (
			"Everybody is a mentor to everybody",
			"Take your turn as host of a meeting",
			"Keep what you hear in the circle to yourself",
		),
	},
	"ASHP Guided Mentorship": {
		"everyone": (
			"Give it at least six hours, one in each month",
			"Build trust; be respectful and professional, answer in good time, and stay open to learning",
			"Keep to yourself what is personal",
		),
		"mentors": (
			"Be confidante, supporter, advocate and guide; set a professional tone in a safe place",
			"Ask and listen. Challenge your mentee to go beyond what is comfortable",
			"Share materials, contacts, experience and feedback that help your mentee's goals along",
		),
		"mentees": (
			"Say what you want to learn and reach",
			"lay out what the two of you expect, keep the schedule of the meetings and the plan of action",
			"Be open to new ideas and criticism; weigh the advice you get, and act",
		),
	},
	"PHRMA Partnerships": {
		"everyone": (
			"Agree at the start on what you expect of each other; this list is a beginning",
			"Give it one to three hours a month for six months at least, and do what you said you would",
			"Keep confidences",
			"If your needs aren't met, talk about it without blame and find a way together",
			"Give us feedback along the way and at the end",
		),
		"mentors": (
			"Help in a way that serves your mentee's career and learning; help to set goals",
			"Be honest and tactful: say how they are coming along, and where there is more to learn",
			"Listen",
			"If you want recertification credit, see that every meeting is recorded here",
		),
		"mentees": (
			"Drive the partnership. Say what you need to learn and how you learn best",
			"Set professional goals with your mentor, and what to do to reach them",
			"Ask for feedback and advice, try it, and report what came of it",
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
		shown = f"{format_date(here.date(), 'full')}, {here:%H:%M} ({zone})"
		assert f"You are invited to the kick-off on {shown}" in said
