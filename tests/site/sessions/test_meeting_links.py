"""Links of online meetings: by Jitsi, by the host's own room, by another app's provider; never instead of a meeting."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.meeting_links import registry
from mentor_ispe.services.sessions import planning
from tests import factories as make

TIME, LATER = "2031-03-04 17:00:00", "2031-03-11 17:00:00"
ROOM = "https://rooms.example.org/joana"
PAGE = Path(__file__).parents[3] / "docs" / "meeting-links.md"


def group_with(provider: str | None, **program):
	program = make.make_program(format="Group", group_size_min=1, meeting_links=provider, **program)
	return make.make_active_group(cycle=make.make_cycle(program.name, end_date="2032-01-01").name)


def test_jitsi_gives_each_meeting_a_room_that_nobody_guesses():
	group = group_with("Jitsi")
	links = {make.make_session(group.name, at).link for at in (TIME, LATER)}
	assert len(links) == 2
	assert all(re.fullmatch(r"https://meet\.jit\.si/[\w-]{24}", link) for link in links)


def test_jitsi_of_the_associations_own():
	frappe.db.set_single_value("Mentoring Settings", "jitsi_server", "https://meet.example.org/")
	assert make.make_session(group_with("Jitsi").name, TIME).link.startswith("https://meet.example.org/")


def test_the_hosts_own_room_else_the_mentors():
	group = group_with("Own Room")
	mentor, host, *_rest = group.people
	assert not make.make_session(group.name, "2031-03-01 17:00:00").link, "nobody has named one"
	frappe.db.set_value("Mentoring Profile", mentor, "meeting_room", ROOM)
	frappe.db.set_value("Mentoring Profile", host, "meeting_room", f"{ROOM}-2")
	assert make.make_session(group.name, TIME).link == ROOM
	assert make.make_session(group.name, LATER, host=host).link == f"{ROOM}-2"


def test_a_link_that_somebody_writes_stays():
	group = group_with("Jitsi")
	doc = make.make_session(group.name, TIME, link=ROOM)
	assert (doc.link, doc.link_made_by) == (ROOM, None)
	assert planning.change(doc.name, starts_on=LATER).link == ROOM
	made = planning.change(doc.name, link="")
	assert made.link.startswith("https://meet.jit.si/")
	assert planning.change(doc.name, focus="Goals").link == made.link
	assert planning.change(doc.name, link=ROOM).link_made_by is None


@pytest.mark.parametrize(("provider", "values"), [(None, {}), ("Jitsi", {"mode": "In Person"})])
def test_no_link_where_none_is_asked_for(provider, values):
	assert not make.make_session(group_with(provider).name, TIME, **values).link


def test_an_older_meeting_without_a_link_is_left_alone():
	group = group_with(None)
	doc = make.make_session(group.name, TIME)
	program = frappe.db.get_value("Mentoring Group", group.name, "program")
	frappe.get_doc("Mentoring Program", program).update({"meeting_links": "Jitsi"}).save()
	assert not planning.change(doc.name, focus="Goals").link


def test_a_program_chooses_a_provider_that_there_is():
	with pytest.raises(RuleViolation, match="no meeting link provider called Zoom"):
		make.make_program(meeting_links="Zoom")


@pytest.fixture
def example(monkeypatch):
	"""The provider of the page in the documents, of an app that is installed; `posted` is what it asked for."""
	code = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
	hooks: dict = {}
	exec(code[0], hooks)  # noqa: S102 - the page of this checkout
	module = ModuleType("our_rooms.mentoring")
	exec(code[1], vars(module))  # noqa: S102
	monkeypatch.setitem(sys.modules, "our_rooms", ModuleType("our_rooms"))
	monkeypatch.setitem(sys.modules, "our_rooms.mentoring", module)
	original = frappe.get_hooks

	def with_app(hook=None, *args, **kwargs):
		return hooks[registry.HOOK] if hook == registry.HOOK else original(hook, *args, **kwargs)

	monkeypatch.setattr(frappe, "get_hooks", with_app)
	attribute = frappe.get_attr
	monkeypatch.setattr(
		frappe,
		"get_attr",
		lambda path: module.OurRooms if path == hooks[registry.HOOK]["Our Rooms"] else attribute(path),
	)
	seen = SimpleNamespace(posted=[], url="https://rooms.example.org/r/1")

	def post(_url, json, timeout):
		seen.posted.append(json)
		return SimpleNamespace(raise_for_status=lambda: None, json=lambda: {"join_url": seen.url})

	monkeypatch.setattr(module.requests, "post", post)
	return seen


def test_the_example_of_the_documents_works(example):
	group = group_with("Our Rooms")
	doc = make.make_session(group.name, TIME, duration_minutes=45)
	assert (doc.link, doc.link_made_by) == (example.url, "Our Rooms")
	assert example.posted == [{"title": doc.group_title, "start": "2031-03-04T17:00:00", "minutes": 45}]


@pytest.mark.parametrize("answer", ["javascript:alert(1)", 'https://x" onmouseover="alert(1)', 7])
def test_a_provider_that_fails_keeps_nobody_from_planning(example, answer):
	example.url = answer
	doc = make.make_session(group_with("Our Rooms").name, TIME)
	assert (doc.status, doc.link or "") == ("Planned", "")
	assert frappe.db.exists("Error Log", {"reference_name": doc.mentoring_group})
