"""What belongs to a group, by guessed address and by REST, for those whom it is none of their business.

Each test is one attempt, made by a guest, a member, somebody who left the group, and the mentor of another.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from urllib.parse import quote

import frappe
import pytest

from mentor_ispe.services import concerns
from mentor_ispe.services.applications import commands
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.groups import goals
from mentor_ispe.services.sessions import notes
from tests import factories as make
from tests.http.people import make_member
from tests.http.portal_groups import make_group
from tests.http.visitor import Page, Visitor

SECRET = "what-only-the-group-knows"
INTRUDERS = {"guest": None, "member": "hal", "former member": "gil", "mentor of another group": "eve"}
API = "/api/method/mentor_ispe.api"


@pytest.fixture(scope="module")
def world(site) -> SimpleNamespace:
	"""Ana mentors Ben, and Gil until he left; Eve mentors Fay; Hal is a member and in no group."""
	cycle = make.make_cycle(make.make_program(format="Group", group_size_min=1).name).name
	people = {
		name: make_member(full_name=f"{name.title()} Test", biography=SECRET if name == "ben" else "")
		for name in ("ana", "ben", "gil", "eve", "fay", "hal")
	}
	group = make_group(cycle, people, "ana", ["ben", "gil"])
	make_group(cycle, people, "eve", ["fay"])
	leaver = frappe.db.get_value("Mentee", {"cycle": cycle, "profile": people["gil"][0]})
	commands.withdraw("Mentee", leaver, "No time")
	ben = people["ben"][0]
	frappe.db.set_value("Mentoring Group", group, "charter", SECRET)
	session = make.make_session(group, focus=SECRET, link=f"https://example.org/{SECRET}").name
	notes.write(session, ben, next_focus=SECRET)
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{frappe.generate_hash(length=8)}.txt",
			"content": SECRET,
			"is_private": 1,
			"attached_to_doctype": "Mentoring Session",
			"attached_to_name": session,
		}
	).insert()
	records = {
		"Mentoring Group": group,
		"Mentoring Session": session,
		"Mentoring Session Note": frappe.db.get_value("Mentoring Session Note", {"session": session}),
		"Mentoring Feedback": feedback.tell_story(ben, SECRET, group).name,
		"Mentoring Goal": goals.save_goal(ben, {"title": SECRET}, group=group).name,
		"Mentoring Concern": concerns.raise_concern(group, ben, "Something Else", SECRET).name,
		"Mentoring Profile": ben,
	}
	frappe.db.commit()
	return SimpleNamespace(
		group=group, base=f"/mentoring/groups/{group}", records=records, people=people, file=file.file_url
	)


@pytest.fixture(scope="module")
def signed_in(world, base_url):
	"""A browser of one of the people, or of a guest: `signed_in("hal")`."""
	known: dict[str | None, Visitor] = {}

	def of(name: str | None) -> Visitor:
		if name not in known:
			known[name] = Visitor(base_url, world.people[name][1] if name else None)
		return known[name]

	return of


@pytest.fixture(params=INTRUDERS)
def intruder(request, signed_in) -> Visitor:
	return signed_in(INTRUDERS[request.param])


def pages(world) -> list[str]:
	sections = ("", "/meetings", "/charter", "/goals", "/feedback", "/hours", "/more", "/concern")
	return [world.base + section for section in sections]


def by_rest(doctype: str, name: str) -> list[str]:
	kind = quote(doctype)
	return [
		f"/api/resource/{kind}/{name}",
		f"/api/v2/document/{kind}/{name}",
		f'/api/resource/{kind}?fields=["*"]&filters=[["name","=","{name}"]]',
		f"/printview?doctype={kind}&name={name}",
		f"/api/method/frappe.desk.form.load.getdoc?doctype={kind}&name={name}",
	]


def reached(visitor: Visitor, addresses: Iterable[str], may_open: bool = False) -> list[str]:
	"""The addresses that gave away what only the group knows, or, unless one `may_open` them, anything."""
	found = []
	for address in addresses:
		page: Page = visitor.get(address)
		if SECRET in page.text:
			found.append(address)
		elif may_open:
			continue
		elif page.status < 400 and "/login" not in page.address and '"data":[]' not in page.text:
			found.append(f"{address} answered {page.status}: {page.text[:200]}")
	return found


def test_opens_another_members_group_by_its_address(intruder, signed_in, world):
	"""Who left keeps what they said themselves, and reads none of what the group says since."""
	assert not reached(intruder, pages(world), may_open=intruder is signed_in("gil"))


def test_opens_another_groups_meeting_by_its_address(intruder, world):
	assert not reached(intruder, [f"{world.base}/meetings/{world.records['Mentoring Session']}"])


def test_reads_another_groups_records_by_rest(intruder, world):
	"""The group, its meetings and notes, what its people said, want and were worried by, and their profiles."""
	for doctype, name in world.records.items():
		assert not reached(intruder, by_rest(doctype, name)), doctype


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_reads_their_own_groups_records_by_rest(signed_in, world, who):
	for doctype, name in world.records.items():
		assert not reached(signed_in(who), by_rest(doctype, name)), doctype


def test_asks_the_members_api_about_another_group(intruder, world):
	session = world.records["Mentoring Session"]
	asked = [
		f"{API}.goals.group_goals?group={world.group}",
		f"{API}.goals.hours?group={world.group}",
		f"{API}.goals.credit?group={world.group}",
		f"{API}.sessions.notes?session={session}",
	]
	assert not reached(intruder, asked)


def test_prints_another_groups_roster_and_credit_record(intruder, world):
	asked = [
		f"{API}.prints.roster_pdf?group={world.group}",
		f"{API}.goals.credit_record_pdf?group={world.group}",
	]
	assert not reached(intruder, asked)


def test_fetches_the_file_of_another_groups_meeting(intruder, world):
	assert not reached(intruder, [world.file])


def test_fetches_another_members_calendar_with_a_guessed_key(intruder, world):
	profile, user = world.people["ben"]
	for guess in ("", "0" * 64, profile, user, world.group):
		page = intruder.get(f"{API}.calendar.feed?token={quote(guess)}")
		assert (page.status, page.text) == (404, ""), guess


def test_fetches_a_meeting_of_another_group_for_a_calendar(intruder, world):
	session = world.records["Mentoring Session"]
	assert not reached(intruder, [f"{API}.calendar.meeting?session={session}"])


def test_the_people_of_the_group_reach_what_is_theirs(signed_in, world):
	ben = signed_in("ben")
	meeting = f"{world.base}/meetings/{world.records['Mentoring Session']}"
	own = [
		f"{world.base}/charter",
		f"{world.base}/goals",
		f"{world.base}/feedback",
		f"{API}.goals.my_goals",
		f"{API}.feedback.my_feedback",
		f"{API}.concerns.my_concerns",
		f"{API}.goals.group_goals?group={world.group}",
		f"{API}.sessions.notes?session={world.records['Mentoring Session']}",
	]
	for address in (world.base, meeting, *own):
		page = ben.get(address)
		assert page.status == 200, address
		assert SECRET in page.text, address
