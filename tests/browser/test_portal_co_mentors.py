"""A group that two mentors lead, on its pages: who they are, the charter, meetings, hours, who still has to answer."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_days, add_to_date, now_datetime, nowdate
from playwright.sync_api import expect

from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.browser.portal import PHONE, Walk
from tests.http.people import make_member
from tests.http.portal_groups import begin_earlier

NAMES = ("ana", "eve", "ben", "cal")


@pytest.fixture
def options() -> dict:
	return {"viewport": PHONE}


@pytest.fixture(scope="module")
def world(site) -> SimpleNamespace:
	"""Ana and Eve are proposed to Ben, who would moderate, and Cal; nobody has answered."""
	program = make.make_program(format="Group", mentors_max=2, group_size_min=1)
	cycle = make.make_cycle(program.name).name
	people = {name: make_member(full_name=f"{name.title()} Test") for name in NAMES}
	mentors = [make.make_mentor(cycle, profile=people[one][0], seats_offered=4) for one in NAMES[:2]]
	mentees = [
		make.make_mentee(cycle, profile=people[one][0], willing_to_moderate=1, goals=f"Goals of {one}")
		for one in NAMES[2:]
	]
	group = propose(
		cycle, [one.name for one in mentees], [one.name for one in mentors], moderator=mentees[0].name
	)
	frappe.db.commit()
	return SimpleNamespace(name=group.name, base=f"/mentoring/groups/{group.name}", people=people)


@pytest.fixture
def walk(page, base_url, world):
	"""Signs somebody of the world in: `walk("ben")`."""

	def of(name: str) -> Walk:
		page.context.clear_cookies()
		walk = Walk(page, base_url)
		walk.sign_in(world.people[name][1])
		return walk

	return of


def test_both_mentors_are_named_answer_and_lead_the_group(walk, world):
	ben = walk("ben")
	ben.open(f"/mentoring/match/{world.name}")
	for name in ("Ana Test", "Eve Test", "Cal Test"):
		ben.sees(name)
	expect(ben.main.get_by_text("Has accepted.", exact=True)).to_have_count(0)
	ben.picture("co-mentors-match")

	ana = walk("ana")
	ana.open(f"/mentoring/match/{world.name}")
	ana.sees("Goals of ben")
	ana.sees("Eve Test")
	ana.press("Accept")
	ana.hears("You have accepted")
	ana.open(world.base)
	ana.sees("Your group hasn't started yet")
	ana.picture("co-mentors-waits")

	ben = walk("ben")
	ben.open(f"/mentoring/match/{world.name}")
	expect(ben.main.get_by_text("Has accepted.", exact=True)).to_have_count(1)

	for name in NAMES[1:]:
		commands.accept(world.name, world.people[name][0])
	commands.activate(world.name)
	begin_earlier(world.name)
	begun = make.make_session(world.name, f"{add_days(nowdate(), 5)} 17:00:00").name
	yesterday = add_to_date(now_datetime(), days=-1).replace(microsecond=0)
	frappe.db.set_value("Mentoring Session", begun, "starts_on", yesterday)
	frappe.db.commit()

	eve = walk("eve")
	eve.open(world.base)
	expect(eve.main.locator(".mentoring-people h3")).to_have_count(4)
	expect(eve.main.locator(".mentoring-people .mentoring-quiet", has_text="Mentor")).not_to_have_count(0)
	eve.picture("co-mentors-overview")

	eve.open(f"{world.base}/meetings/{begun}")
	for name in ("Ana Test", "Eve Test", "Ben Test", "Cal Test"):
		expect(eve.page.locator("#record-form").get_by_label(name)).to_be_visible()
	eve.fill("Ana Test", "0", "#record-form")
	eve.picture("co-mentors-record")
	eve.press("Record the meeting")
	eve.hears("has been recorded")

	eve.open(f"{world.base}/hours")
	for name in ("Ana Test", "Eve Test"):
		eve.sees(name)
	eve.picture("co-mentors-hours")

	eve.open(f"{world.base}/charter")
	eve.fill("What we expect", "We both come, or say so.", "#charter")
	eve.press("Save charter")
	eve.hears("The charter has been saved")
	for name in ("Ana Test: not yet", "Eve Test: "):
		eve.sees(name)
	ana = walk("ana")
	ana.open(f"{world.base}/charter")
	ana.press("Agree to this charter")
	ana.hears("You agreed")
	expect(ana.main.get_by_text("Ana Test: not yet")).to_have_count(0)
	eve = walk("eve")
	eve.open(f"{world.base}/charter")
	eve.picture("co-mentors-charter")

	eve.open(f"{world.base}/more")
	eve.picture("co-mentors-more")

	ben = walk("ben")
	ben.open("/mentoring/groups")
	ben.sees("With Ana Test, Eve Test, Cal Test")
	ben.picture("co-mentors-groups")

	eve = walk("eve")
	eve.open(f"{world.base}/more")
	eve.unfold("Leave now")
	eve.sees("The group continues with the other mentor.")
	eve.fill("Why are you leaving?", "I move away", "#leave-form")
	eve.picture("co-mentors-leave")
	eve.press("Leave the group")
	eve.hears("You have left the group")

	ana = walk("ana")
	ana.open(world.base)
	expect(ana.main.locator(".mentoring-people h3")).to_have_count(3)
	ana.open(f"{world.base}/more")
	expect(ana.main.locator("#leave-form")).to_have_count(0)
