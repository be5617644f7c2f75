"""A profile moves to another login once both addresses have confirmed it."""

from __future__ import annotations

import re
from email import message_from_string

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import sending
from mentor_ispe.membership.status import standings
from mentor_ispe.readings.profiles import profile_of
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.members import login_moves
from tests import factories as make
from tests.site.membership.records import make_email_account

PROFILE, MOVE = "Mentoring Profile", "Mentoring Login Move"


@pytest.fixture(autouse=True)
def mail(monkeypatch):
	monkeypatch.setattr(sending, "can_send", lambda: True)


@pytest.fixture
def keys(monkeypatch):
	"""The key that was mailed to each address."""
	mailed: dict[str, str] = {}

	def send_alone(mail, address):
		mailed[address] = re.search(r"move\?key=(\w+)", mail.text()).group(1)

	monkeypatch.setattr(sending, "send_alone", send_alone)
	monkeypatch.setattr(frappe, "sendmail", lambda *args, **options: None)  # Frappe's own welcome
	return mailed


@pytest.fixture
def person():
	make.use_membership_roll()
	user = make.make_user()
	return make.make_profile(email=user.name, user=user.name)


def new_address() -> str:
	return f"moved-{frappe.generate_hash(length=8)}@example.org"


def ask(person, new: str) -> None:
	frappe.set_user(person.user)
	login_moves.ask(person.name, new)
	frappe.set_user("Guest")


def stored(person) -> tuple[str, str]:
	return frappe.db.get_value(PROFILE, person.name, ["user", "email"])


def test_the_login_moves_when_both_have_confirmed(person, keys):
	new, old = new_address(), person.user
	ask(person, new)
	login_moves.confirm(keys[new])
	assert stored(person) == (old, old)
	login_moves.confirm(keys[old])
	assert stored(person) == (new, new)
	assert profile_of(new) == person.name
	assert "Mentoring Member" in frappe.get_roles(new)
	assert "Mentoring Member" not in frappe.get_roles(old)


def test_the_membership_follows_the_person(person, keys):
	new = new_address()
	ask(person, new)
	for key in list(keys.values()):
		login_moves.confirm(key)
	assert standings([person.name])[person.name].state == "Active"
	# Whoever gets the old address later is somebody else.
	frappe.set_user("Administrator")
	with pytest.raises(RuleViolation, match=r"Another profile, .* uses the address"):
		make.make_profile(email=person.email)


def test_the_old_address_is_told_and_a_trace_is_left(person, keys):
	new, old = new_address(), person.user
	ask(person, new)
	for key in list(keys.values()):
		login_moves.confirm(key)
	notices = frappe.get_all(
		"Mentoring Notice", {"template": "Mentoring: Address Changed"}, ["recipient", "context", "profile"]
	)
	assert [row.recipient for row in notices if old in row.recipient] == [old]
	assert not [row for row in notices if new in str(row.context)]
	traces = frappe.get_all(
		"Comment", {"reference_doctype": PROFILE, "reference_name": person.name}, pluck="content"
	)
	assert [text for text in traces if old in text and new in text]


def test_one_address_alone_moves_nothing(person, keys):
	new = new_address()
	ask(person, new)
	login_moves.confirm(keys[person.user])
	with pytest.raises(RuleViolation, match="already been used"):
		login_moves.confirm(keys[person.user])
	assert stored(person) == (person.user, person.user)


def test_a_link_that_has_expired_moves_nothing(person, keys):
	new = new_address()
	ask(person, new)
	frappe.db.set_value(MOVE, {"profile": person.name}, "expires_on", add_to_date(now_datetime(), hours=-1))
	with pytest.raises(RuleViolation, match="expired"):
		login_moves.confirm(keys[new])
	assert login_moves.look(keys[new]).expired


def test_a_newer_request_replaces_the_one_before(person, keys):
	first, second = new_address(), new_address()
	ask(person, first)
	ask(person, second)
	with pytest.raises(RuleViolation, match="newer"):
		login_moves.confirm(keys[first])


def test_a_forged_link_is_none(keys, person):
	ask(person, new_address())
	hashed = frappe.db.get_value(MOVE, {"profile": person.name}, "old_key")
	for key in ("", "x" * 40, hashed):
		assert login_moves.look(key) is None
		with pytest.raises(RuleViolation, match="isn't valid"):
			login_moves.confirm(key)


def test_a_link_opened_by_somebody_else_moves_nothing(person, keys):
	new = new_address()
	stranger = make.make_user().name
	ask(person, new)
	frappe.set_user(stranger)
	with pytest.raises(RuleViolation, match="Sign out"):
		login_moves.confirm(keys[new])


def test_either_address_refuses(person, keys):
	new = new_address()
	ask(person, new)
	login_moves.refuse_move(keys[person.user])
	with pytest.raises(RuleViolation):
		login_moves.confirm(keys[new])
	assert login_moves.look(keys[new]).status == "Refused"


def test_the_address_of_another_member_is_found_out_by_nobody_but_its_owner(person, keys):
	other = make.make_profile(email=(user := make.make_user().name), user=user)
	free = new_address()
	ask(person, free)
	ask(person, other.email)
	login_moves.confirm(keys[person.user])
	assert frappe.db.get_value(MOVE, {"new_address": other.email}, "status") == "Waiting"
	login_moves.confirm(keys[other.email])
	assert login_moves.look(keys[other.email]).status == "Not Possible"
	assert stored(person) == (person.user, person.user)


def test_nobody_moves_another_to_their_own_login(person, keys):
	coordinator = make.make_user(user_type="System User", roles=[COORDINATOR]).name
	frappe.set_user(coordinator)
	with pytest.raises(RuleViolation, match="your own login"):
		login_moves.ask(person.name, coordinator)
	assert not keys


def test_c4_a_coordinator_does_not_step_out_of_their_own_profile(keys):
	coordinator = make.make_user(user_type="System User", roles=[COORDINATOR]).name
	profile = make.make_profile(email=coordinator, user=coordinator)
	frappe.set_user(coordinator)
	with pytest.raises(RuleViolation, match="System Manager"):
		login_moves.ask(profile.name, new_address())


@pytest.mark.parametrize("address", ["", "nobody", "a@b\r\nBcc: c@example.org", "x" * 200 + "@example.org"])
def test_an_address_that_is_none(person, keys, address):
	frappe.set_user(person.user)
	with pytest.raises(RuleViolation, match="valid email address"):
		login_moves.ask(person.name, address)


def test_a_profile_nobody_signs_in_to_is_not_moved(keys):
	with pytest.raises(RuleViolation, match="Nobody signs in"):
		login_moves.ask(make.make_profile().name, new_address())


def test_coordinators_read_the_requests_but_never_the_keys(person, keys):
	coordinator = make.make_user(user_type="System User", roles=[COORDINATOR]).name
	ask(person, new_address())
	frappe.set_user(coordinator)
	name = frappe.db.get_value(MOVE, {"profile": person.name})
	doc = frappe.get_doc(MOVE, name)
	doc.apply_fieldlevel_read_permissions()
	assert doc.old_address
	assert not doc.get("old_key")
	assert not doc.get("new_key")
	for key in keys.values():
		assert not frappe.get_all("Mentoring Notice", {"context": ("like", f"%{key}%")})


def test_the_mail_carries_the_link():
	make_email_account()
	frappe.db.delete("Email Queue")
	user = make.make_user()
	profile = make.make_profile(email=user.name, user=user.name)
	new = new_address()
	login_moves.ask(profile.name, new)
	queued = {
		frappe.db.get_value("Email Queue Recipient", {"parent": row.name}, "recipient"): row.message
		for row in frappe.get_all("Email Queue", fields=["name", "message"])
	}
	assert set(queued) == {user.name, new}
	assert all(login_moves.PAGE in _text(message) for message in queued.values())
	assert user.name not in _text(queued[new])


def _text(message: str) -> str:
	parts = message_from_string(message).walk()
	return " ".join(
		part.get_payload(decode=True).decode() for part in parts if part.get_content_type() == "text/plain"
	)
