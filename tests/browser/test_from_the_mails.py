"""Ten things that a new member does on a phone, from the button of the mail about it where there is one; taps are counted.

A tap is a press, a tick, a choice or a link; typing isn't counted. A detour is a page between the mail's button and
the form with which the thing is done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import frappe
import pytest
from frappe.utils import add_days, add_to_date, now_datetime, nowdate
from playwright.sync_api import expect

from mentor_ispe.clock import today
from mentor_ispe.mails.default_templates import extension as extension_mails
from mentor_ispe.mails.default_templates import feedback, matches, polls
from mentor_ispe.mails.rendering import render
from mentor_ispe.services.applications import commands as applications
from mentor_ispe.services.feedback.asking import ask_in
from mentor_ispe.services.groups import commands, going_on
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.polls import polling
from tests import factories as make
from tests.browser.portal import PHONE, Walk
from tests.http.people import make_member
from tests.http.portal_groups import begin_earlier

# What a task takes at most: (taps, pages on the way).
MOST = {
	"apply": (4, 0),
	"accept the match": (1, 0),
	"write the first message": (2, 1),
	"find a date": (2, 1),
	"answer a poll": (2, 0),
	"record the meeting": (3, 1),
	"finish an action item": (2, 1),
	"give feedback": (2, 0),
	"say yes to another year": (1, 0),
	"leave": (3, 0),
}


@pytest.fixture
def options() -> dict:
	return {"viewport": PHONE, "has_touch": True}


@dataclass
class Task:
	"""What one task took so far."""

	taps: int = 0
	pages: int = 0


class Phone(Walk):
	"""A walk that counts, by task."""

	def __init__(self, page, base_url: str):
		super().__init__(page, base_url)
		self.tasks: dict[str, Task] = {}
		self.task = Task()

	def begin(self, name: str) -> None:
		self.task = self.tasks.setdefault(name, Task())

	def follow(self, link: str | re.Pattern) -> None:
		self.task.taps += 1
		self.task.pages += 1
		super().follow(link)

	def unfold(self, summary: str) -> None:
		self.task.taps += 1
		super().unfold(summary)

	def tick(self, label: str | re.Pattern) -> None:
		self.task.taps += 1
		super().tick(label)

	def choose(self, label: str, option: str) -> None:
		self.task.taps += 1
		super().choose(label, option)

	def press(self, name: str) -> None:
		self.task.taps += 1
		super().press(name)

	def open_mail(self, template: str, profile: str) -> None:
		"""Press the button of the latest such mail, or a poll's link for none of the times where it has none."""
		frappe.db.rollback()
		found = frappe.get_all(
			"Mentoring Notice",
			{"template": template, "profile": profile},
			["context", "reference_doctype", "reference_name"],
			order_by="creation desc",
			limit=1,
		)
		assert found, f"no mail {template}"
		row = found[0]
		mail = render(template, row.context, profile, reference=(row.reference_doctype, row.reference_name))
		address = urlsplit(mail.button.url)
		query = f"?{address.query}" if address.query else ""
		self.open(f"{address.path}{query}" + (f"#{address.fragment}" if address.fragment else ""))


@pytest.fixture
def phone(page, base_url) -> Phone:
	return Phone(page, base_url)


def test_ten_tasks_from_the_mails_alone(phone, site):
	program = make.make_program(may_extend=1, session_feedback=1, feedback_days=14)
	cycle = make.make_cycle(program.name)
	profile, user = make_member(full_name="Nora New", career_stage="Early Career")
	mentor_profile, _mentor_user = make_member(full_name="Mara Mentor")
	mentor = make.make_mentor(cycle.name, profile=mentor_profile)
	frappe.db.commit()
	phone.sign_in(user)

	phone.begin("apply")
	phone.open("/mentoring")
	phone.link_to_apply(cycle.name).click()
	phone.task.taps += 1
	if phone.page.get_by_role("heading", name="About you").count():
		phone.press("Next")
	phone.fill("What do you want to get out of it", "To lead a team one day.")
	phone.press("Next")
	phone.press("Submit application")
	phone.hears("Your application has been sent")
	frappe.db.rollback()
	mentee = frappe.get_all("Mentee", {"cycle": cycle.name, "profile": profile}, pluck="name")[0]
	applications.approve("Mentee", mentee)
	group = propose(cycle.name, [mentee], mentor.name, reasons={mentee: "Both like trains"}).name
	frappe.db.commit()

	phone.begin("accept the match")
	phone.open_mail(matches.MATCH_PROPOSED, profile)
	phone.press("Accept")
	phone.sees("You have accepted")
	commands.accept(group, mentor_profile)
	commands.activate(group)
	begin_earlier(group)
	frappe.db.commit()

	phone.begin("write the first message")
	phone.open_mail(matches.GROUP_STARTED, profile)
	phone.follow(re.compile("Say hello to Mara Mentor"))
	phone.fill("Your message", "Hello Mara!")
	phone.press("Send")
	phone.sees("Hello Mara!")

	phone.begin("find a date")
	phone.open_mail(matches.GROUP_STARTED, profile)
	phone.follow(re.compile("the next meeting"))
	phone.fill("Day and time", f"{add_days(nowdate(), 30)}T18:00", "#plan-one")
	phone.press("Schedule this meeting")
	phone.hears("scheduled")

	times = [now_datetime().replace(microsecond=0) + timedelta(days=40 + day) for day in range(3)]
	polling.open_poll(group, mentor_profile, times)
	frappe.db.commit()
	phone.begin("answer a poll")
	phone.open_mail(polls.MEETING_POLL, profile)
	phone.page.locator("#mentoring-main input[type=checkbox]").first.check()
	phone.task.taps += 1
	phone.press("Send my answer")
	phone.sees(re.compile("The meeting is scheduled"))

	frappe.db.rollback()
	(meeting,) = frappe.get_all(
		"Mentoring Session",
		{"mentoring_group": group, "status": "Planned"},
		pluck="name",
		order_by="starts_on",
		limit=1,
	)
	frappe.db.set_value("Mentoring Session", meeting, "starts_on", add_to_date(now_datetime(), days=-1))
	frappe.db.commit()
	phone.begin("record the meeting")
	phone.open("/mentoring")
	phone.follow(re.compile("Record the meeting on"))
	phone.fill("Summary", "We talked about trains.")
	phone.fill("Action item 1", "Read the book")
	phone.choose("Who", "Nora New")
	phone.press("Record the meeting")
	phone.hears("has been recorded")

	ask_in([group], today())
	frappe.db.commit()
	phone.begin("finish an action item")
	phone.open("/mentoring")
	phone.follow(re.compile("Complete your action item"))
	phone.press("Done: Read the book")
	expect(phone.page.get_by_role("button", name="Done: Read the book")).to_have_count(0)

	phone.begin("give feedback")
	phone.open_mail(feedback.FEEDBACK_ASKED, profile)
	phone.tick("4 stars")
	phone.press("Send feedback")
	phone.hears("Thank you")

	frappe.db.rollback()
	start = add_days(nowdate(), 400)
	later = make.make_cycle(program.name, start_date=start, end_date=add_days(start, 360))
	frappe.db.set_value("Mentoring Cycle", cycle.name, "status", "Running")
	going_on.ask(later, today())
	frappe.db.commit()
	phone.begin("say yes to another year")
	phone.open_mail(extension_mails.EXTENSION_OFFER, profile)
	phone.press("Yes")
	phone.hears("answer has been saved")

	phone.begin("leave")
	phone.open_mail(extension_mails.EXTENSION_OFFER, profile)
	phone.unfold("End this group early")
	phone.tick("Something Else")
	phone.fill("Why", "I am moving away.", "#end-form")
	phone.press("End the group")
	phone.hears("has ended")
	frappe.db.rollback()
	assert frappe.db.get_value("Mentoring Group", group, "reason_is_private")

	took = {name: (task.taps, task.pages) for name, task in phone.tasks.items()}
	print("taps and detours:", took)
	assert len(took) == len(MOST) == 10
	assert not {
		name for name, (taps, pages) in took.items() if taps > MOST[name][0] or pages > MOST[name][1]
	}, took
