"""Private words open to the person at their own browser, and to nobody who acts as them."""

from __future__ import annotations

from collections.abc import Callable

import frappe
import pytest
from frappe.utils import set_request
from frappe.utils.safe_exec import safe_exec

from mentor_ispe.permissions.own_session import is_own_session, require_own_session
from mentor_ispe.services import concerns, openings
from mentor_ispe.services.feedback.queries import my_feedback
from mentor_ispe.services.members import own_data
from mentor_ispe.services.sessions import action_items, notes, queries, recording, sealing
from tests import factories as make
from tests.site.sign_in import sign_in

SAID, TO_DO = "Northwind closes in May", "Ask Kay about it"


@pytest.fixture
def held(site):
	group = make.make_active_group()
	return recording.record_unplanned(
		group.name,
		make.earlier_today(3),
		group.people[0],
		summary=SAID,
		next_focus=SAID,
		new_items=[{"words": TO_DO}],
	)


@pytest.fixture
def browser(held, monkeypatch) -> str:
	"""A request of the profile's own browser; returns the login."""
	monkeypatch.setattr(frappe.local, "session_obj", None, raising=False)
	set_request(method="GET", path="/")
	user = make.make_user(roles=["Mentoring Member"]).name
	sign_in(user)
	return user


def by_key(user: str) -> None:
	"""As frappe.auth does for an API key, an OAuth token and at the end of auth hooks."""
	frappe.set_user(user)


def by_key_beside_a_cookie_of_another(user: str) -> None:
	sign_in("Administrator")
	frappe.set_user(user)


def by_a_hook_that_only_changes_the_user(user: str) -> None:
	sign_in("Administrator")
	frappe.session.user = user


def impersonated(user: str) -> None:
	frappe.session.data.impersonated_by = "Administrator"


def audited(user: str) -> None:
	frappe.session.data.audit_user = "Administrator"


def as_a_guest(user: str) -> None:
	frappe.set_user("Guest")


def in_a_server_script(user: str) -> None:
	frappe.flags.in_safe_exec = 1


def in_a_background_job(user: str) -> None:
	frappe.local.request = None
	frappe.local.job = frappe._dict(method="x")


OTHERS = [
	by_key,
	by_key_beside_a_cookie_of_another,
	by_a_hook_that_only_changes_the_user,
	impersonated,
	audited,
	as_a_guest,
	in_a_server_script,
	in_a_background_job,
]


@pytest.fixture(params=OTHERS, ids=lambda how: how.__name__)
def another(request, browser, monkeypatch) -> Callable[[], None]:
	monkeypatch.setattr(frappe.local, "job", None, raising=False)
	monkeypatch.setitem(frappe.local.flags, "in_safe_exec", 0)
	assert is_own_session()
	request.param(browser)
	return request.param


def test_the_person_at_their_own_browser(browser, held):
	require_own_session()
	assert notes.read(held.name, profile(held))["summary"] == SAID


def test_code_of_the_server_itself_has_no_session(held):
	assert not frappe.request
	require_own_session()


def test_somebody_who_acts_as_the_person(another, held):
	content = frappe.db.get_value(notes.NOTE, {"session": held.name}, "content")
	for read in (
		lambda: sealing.unseal(content, held.name),
		lambda: notes.read(held.name, profile(held)),
		lambda: action_items.of_group(held.mentoring_group, profile(held)),
		lambda: action_items.agreed_in(held.name),
		lambda: notes.open_notes(held.name, "Administrator", "A concern was raised"),
		lambda: my_feedback(profile(held)),
		lambda: concerns.raised_by(profile(held)),
		lambda: own_data.export_personal_data(profile(held)),
	):
		with pytest.raises(frappe.PermissionError, match="Sign in yourself"):
			read()
	assert not frappe.db.exists(openings.OPENING, {"session": held.name})


def test_an_agenda_leaves_out_what_was_said_and_says_so(another, held):
	shown = queries.agenda(held.name, profile(held))
	assert "Sign in yourself" in shown["sign_in"]
	assert SAID not in frappe.as_json(shown)
	assert TO_DO not in frappe.as_json(shown)


def test_an_agenda_for_the_person(browser, held):
	shown = queries.agenda(held.name, profile(held))
	assert shown["sign_in"] == ""
	assert shown["notes"]["summary"] == SAID
	assert [item["words"] for item in shown["action_items"]] == [TO_DO]


def test_a_server_script_asks_for_the_person_who_is_signed_in(browser, held, monkeypatch):
	"""A System Manager can have one run in a member's own session, where scripts are allowed."""
	frappe.db.set_value("Mentoring Profile", profile(held), "user", browser)
	monkeypatch.setitem(frappe.local.conf, "server_script_enabled", 1)
	monkeypatch.setattr("frappe.utils.safe_exec.is_safe_exec_enabled", lambda: True)
	script = f"told = frappe.call('mentor_ispe.api.sessions.notes', session='{held.name}')"
	with pytest.raises(frappe.PermissionError, match="Sign in yourself"):
		safe_exec(script)


def profile(held) -> str:
	return held.attendance[0].profile
