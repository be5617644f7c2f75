"""A group's pages and forms for those whose group it isn't, for guests, and without the session's token."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_days, nowdate

from tests import factories as make
from tests.http.portal_groups import visitor, world
from tests.http.rounds import look_again
from tests.http.visitor import Visitor

__all__ = ["visitor", "world"]  # fixtures, used by name

SECTIONS = ("", "/meetings", "/charter", "/goals", "/feedback", "/hours", "/more", "/concern")


@pytest.mark.parametrize("section", SECTIONS)
def test_another_members_group_by_guessed_address_is_no_page(visitor, world, section):
	page = visitor("fay").get(world.base + section)
	assert page.status == 404
	assert "Ana Test" not in page.text


def test_another_groups_meeting_is_no_page_under_either_address(visitor, world):
	fay = visitor("fay")
	assert fay.get(f"{world.base}/meetings/{world.coming}").status == 404
	assert fay.get(f"/mentoring/groups/{world.other}/meetings/{world.coming}").status == 404
	assert visitor("cal").get(f"{world.base}/meetings/{world.foreign}").status == 404


def test_a_group_that_does_not_exist_looks_the_same(visitor, world):
	assert visitor("fay").get("/mentoring/groups/nosuchgroup").status == 404
	assert visitor("fay").get("/mentoring/group/overview").status == 404


@pytest.mark.parametrize("path", ["", "/meetings", "/concern"])
def test_a_guest_is_sent_to_sign_in_and_sees_nothing(base_url, world, path):
	page = Visitor(base_url).get(world.base + path)
	assert "/login" in page.address
	assert "Ana Test" not in page.text


FORMS = {
	"sessions.answer": lambda world: {"session": world.coming, "said": "Yes"},
	"sessions.plan": lambda world: {"group": world.name, "starts_on": f"{add_days(nowdate(), 33)}T10:00"},
	"sessions.plan_series": lambda world: {"group": world.name, "times": "2"},
	"sessions.change": lambda world: {"session": world.coming, "focus": "Mine", "agenda": "Mine"},
	"sessions.cancel": lambda world: {"session": world.coming, "reason": "Mine"},
	"sessions.record": lambda world: {"session": world.begun, "summary": "Mine"},
	"sessions.record_unplanned": lambda world: {"group": world.name, "starts_on": f"{nowdate()}T00:05"},
	"sessions.correct": lambda world: {
		"session": world.begun,
		f"attendance:{world.profile['ana']}": "1",
	},
	"sessions.write_notes": lambda world: {"session": world.begun, "summary": "Mine"},
	"sessions.add_action_item": lambda world: {"session": world.begun, "words": "Mine"},
	"sessions.plan_again": lambda world: {
		"session": world.coming,
		"starts_on": f"{add_days(nowdate(), 34)}T10:00",
	},
	"group.write_charter": lambda world: {
		"group": world.name,
		"version": "x",
		"charter_expectations": "Mine",
	},
	"group.agree_to_charter": lambda world: {"group": world.name, "version": "x"},
	"library.request_speaker": lambda world: {"group": world.name, "topic": world.topic},
	"sessions.swap_hosts": lambda world: {"session": world.coming, "other": world.begun},
	"group.pause": lambda world: {"group": world.name, "returns_on": str(add_days(nowdate(), 9))},
	"group.come_back": lambda world: {"group": world.name},
	"group.offer_to_moderate": lambda world: {"group": world.name, "would": 1},
	"group.go_on": lambda world: {"group": world.name, "answer": "Yes"},
	"group.hand_over": lambda world: {"group": world.name, "to": world.profile["cal"]},
	"group.end": lambda world: {"group": world.name, "kind": "Not Working", "reason": "Mine"},
	"group.leave": lambda world: {"group": world.name, "reason": "Mine"},
	"concerns.raise_concern": lambda world: {"group": world.name, "words": "Mine"},
	"goals.save_goal": lambda world: {"group": world.name, "title": "Mine"},
	"feedback.tell_story": lambda world: {"group": world.name, "story": "Mine"},
}


@pytest.mark.parametrize("endpoint", FORMS)
def test_a_form_about_another_members_group_is_refused(visitor, world, endpoint):
	fay = visitor("fay")
	before = _state(world)
	page = fay.post(
		endpoint,
		**FORMS[endpoint](world),
		back="/mentoring/groups",
		csrf_token=fay.token(f"/mentoring/groups/{world.other}/goals"),
	)
	assert page.refused, page.said
	assert _state(world) == before


def test_a_form_without_the_sessions_token_or_from_another_site_is_refused(visitor, world):
	ana = visitor("ana")
	token = ana.token(f"{world.base}/goals")
	before = _state(world)
	for endpoint, values in FORMS.items():
		page = ana.post(endpoint, **values(world), back=world.base)
		assert page.refused, (endpoint, page.said)
		assert "this form wasn't sent" in page.said
		elsewhere = ana.post(endpoint, "https://example.org", **values(world), csrf_token=token)
		assert elsewhere.status == 403, endpoint
		assert "from another site" in elsewhere.words
	assert _state(world) == before


def test_a_form_from_a_guest_is_refused(base_url, world):
	guest, before = Visitor(base_url), _state(world)
	for endpoint, values in FORMS.items():
		page = guest.post(endpoint, **values(world), back=world.base)
		assert page.status == 403
		assert "You were signed out" in page.words
	assert _state(world) == before


def test_a_form_leads_back_to_the_members_pages_only(visitor, world):
	cal = visitor("cal")
	token = cal.token(f"{world.base}/goals")
	for elsewhere in ("https://example.org/", "//example.org", "/app", "/mentoringx", "/mentoring/../app"):
		page = cal.post("sessions.answer", session=world.coming, said="Yes", back=elsewhere, csrf_token=token)
		assert "/mentoring" in page.address
		assert "example.org" not in page.address
		assert "/app" not in page.address


def test_a_link_that_is_a_script_stays_text(visitor, world):
	frappe.db.set_value("Mentoring Session", world.coming, "link", "javascript://x/%0aalert(1)")
	frappe.db.commit()
	page = visitor("cal").get(f"{world.base}/meetings/{world.coming}")
	assert not [tag for tag in page.soup.find_all("a") if (tag.get("href") or "").startswith("javascript")]
	assert "javascript://" in page.words


def _state(world) -> list:
	look_again()
	doctypes = ("Mentoring Session", "Mentoring Goal", "Mentoring Feedback", "Mentoring Concern")
	more = ("Guest Speaker Request", "Mentoring Action Item", "Mentoring Session Note")
	return [
		frappe.db.get_value("Mentoring Group", world.name, "modified"),
		*(
			sorted(
				frappe.get_all(doctype, {"mentoring_group": world.name}, ["name", "modified"], as_list=True)
			)
			for doctype in (*doctypes, *more)
		),
	]


def make_workshop(world, **values):
	doc = frappe.get_doc(
		{
			"doctype": "Mentoring Workshop",
			"title": make.unique("Workshop"),
			"program": world.program,
			"starts_on": f"{add_days(nowdate(), 12)} 10:00:00",
			"duration_minutes": 60,
			"audience": "Everyone",
			"places": 1,
			**values,
		}
	).insert()
	frappe.db.commit()
	return doc.name


def test_library_with_workshops_to_sign_up_for_and_give_back(visitor, world):
	name, cal = make_workshop(world), visitor("cal")
	assert "You have a place" in cal.send("/mentoring/library", f"sign-up-{name}").said
	assert "waiting list" in visitor("fay").send("/mentoring/library", f"sign-up-{name}").said
	assert "no longer have a place" in cal.send("/mentoring/library", f"give-back-{name}").said
	token = cal.token(f"{world.base}/goals")
	frappe.db.set_value("Mentoring Workshop", name, "sign_up_until", f"{add_days(nowdate(), -1)} 10:00:00")
	frappe.db.commit()
	late = cal.post("library.sign_up", workshop=name, back="/mentoring/library", csrf_token=token)
	assert late.refused


def test_a_resource_is_read_by_those_it_is_for(visitor, world):
	elsewhere = make.make_program().name
	made = {}
	for program in (world.program, elsewhere):
		made[program] = (
			frappe.get_doc(
				{
					"doctype": "Mentoring Resource",
					"title": make.unique("Guide"),
					"program": program,
					"published": 1,
					"content": "<p>Ask <b>open</b> questions</p>",
				}
			)
			.insert()
			.name
		)
	frappe.db.commit()
	cal = visitor("cal")
	assert "Ask open questions" in cal.get(f"/mentoring/library/{made[world.program]}").words
	assert cal.get(f"/mentoring/library/{made[elsewhere]}").status == 404
	assert cal.get("/mentoring/library?phase=nonsense").status == 200
