"""Attacks on what people said in private: openings without a trace, keys in a backup, staff who act as a member."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import frappe
import pytest
import requests
from cryptography.fernet import Fernet, InvalidToken
from frappe.deferred_insert import save_to_db
from frappe.utils import backups, now_datetime

from mentor_ispe.permissions import group_records
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services import concerns, openings
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.sessions import action_items, note_key, notes, recording
from tests import factories as make
from tests.http.client import COORDINATOR_API, TOKEN, Answer, Client
from tests.http.people import make_api_key, make_member, make_password, make_staff
from tests.http.rounds import look_again

API = "mentor_ispe.api.sessions"
WORDS = {
	"summary": "marigold resigns in spring",
	"next_focus": "the pay of Cerise",
	"item": "hire a lawyer called Vetiver",
	"private answer": "Indigo never listens",
	"concern": "Vermilion shouts at me",
	"answer to it": "We talk to Ochre",
}
PRIVATE = re.compile("marigold|Cerise|Vetiver|Indigo|Vermilion|Ochre", re.IGNORECASE)
SIGN_IN = "Sign in yourself"


@pytest.fixture(scope="module")
def said(site, signed_in) -> SimpleNamespace:
	"""A pair with notes, an action item, and what the mentee told the coordinators alone."""
	people = [make_member() for _ in range(2)]
	group = make.make_active_group(profiles=[profile for profile, _ in people], format="One-on-One")
	profile, user = people[1]
	session = recording.record_unplanned(
		group.name,
		make.earlier_today(3),
		profile,
		summary=WORDS["summary"],
		next_focus=WORDS["next_focus"],
		new_items=[{"words": WORDS["item"]}],
	)
	feedback.give(
		profile,
		{"comment": "Fine", "rating": 0.8, "staff_comment": WORDS["private answer"]},
		kind="Check-in",
		group=group.name,
	)
	raised = concerns.raise_concern(group.name, profile, "Conduct", WORDS["concern"])
	concerns.take_step(raised.name, "In Mediation", answer=WORDS["answer to it"])
	frappe.db.commit()
	return SimpleNamespace(
		group=group.name, session=session.name, user=user, profile=profile, mentee=signed_in(user)
	)


@pytest.fixture(scope="module")
def coordinator_at_a_browser(site, signed_in) -> Client:
	return signed_in(make_staff(COORDINATOR))


@pytest.fixture(scope="module")
def system_manager(site, signed_in) -> Client:
	return signed_in(make_staff("System Manager"))


def nothing_private(answer: Answer) -> Answer:
	found = PRIVATE.search(answer.text)
	assert not found, answer.text[max(0, found.start() - 300) : found.end() + 100]
	return answer


def openings_of(session: str) -> list[str]:
	look_again()
	return frappe.get_all(openings.OPENING, {"session": session}, pluck="reason")


def logged() -> str:
	"""The Error Log, what waits to get there too."""
	save_to_db()
	look_again()
	return "\n".join(
		f"{row.method}\n{row.error}" for row in frappe.get_all("Error Log", fields=["method", "error"])
	)


# C9: what is decrypted before its opening is kept


@pytest.mark.parametrize(
	"reason",
	[
		"A concern was raised\ud800",
		"\udfff A concern was raised",
		"A concern was\0 raised",
		"A concern was raised " * 60,
		"A concern was raised " * 5_000,
		["A", "concern", "was", "raised"],
		{"A": "concern was raised"},
	],
)
def test_c9_notes_are_opened_with_a_reason_that_cannot_be_stored(said, coordinator_at_a_browser, reason):
	before = openings_of(said.session)
	answer = coordinator_at_a_browser.call(
		f"{COORDINATOR_API}.open_notes", session=said.session, reason=reason
	)
	assert answer.status == 417
	assert nothing_private(answer).words
	assert openings_of(said.session) == before
	assert not PRIVATE.search(logged())


@pytest.fixture
def broken(said) -> Iterator[None]:
	"""The group's notes can be decrypted, and then something fails: an item of a meeting that isn't there."""
	item = frappe.get_all(action_items.ITEM, {"session": said.session}, ["mentoring_group", "content"])[0]
	doc = frappe.new_doc(action_items.ITEM)
	doc.update({**item, "session": said.session, "status": "Open"})
	group_records.save(doc)
	frappe.db.set_value(action_items.ITEM, doc.name, "session", "gone")
	frappe.db.commit()
	yield
	frappe.db.delete(action_items.ITEM, {"name": doc.name})
	frappe.db.commit()


def test_c9_something_fails_after_the_notes_were_decrypted(said, coordinator_at_a_browser, broken):
	reason = f"A concern was raised in {make.unique('town')}"
	answer = coordinator_at_a_browser.call(
		f"{COORDINATOR_API}.open_notes", session=said.session, reason=reason
	)
	assert answer.status == 500
	nothing_private(answer)
	assert reason in openings_of(said.session), "the opening stays, and the group is told"
	told = frappe.get_all("Mentoring Notice", {"template": "Mentoring: Notes Opened"}, pluck="context")
	assert sum(reason in context for context in told) == 2
	assert "open_notes broke down (KeyError)" in logged()
	assert not PRIVATE.search(logged())


def test_c9_something_fails_while_a_member_reads(said, broken):
	nothing_private(said.mentee.call(f"{API}.agenda", session=said.session))
	assert not PRIVATE.search(logged())


# L1: a reason of no words


@pytest.mark.parametrize("reason", ["", ". . .", "- - - -", "1 2 3", "x x x", "because", "just looking"])
def test_l1_notes_are_opened_with_a_reason_without_words(said, coordinator_at_a_browser, reason):
	before = openings_of(said.session)
	answer = coordinator_at_a_browser.call(
		f"{COORDINATOR_API}.open_notes", session=said.session, reason=reason
	)
	assert answer.status == 417
	assert "at least 3 words" in nothing_private(answer).words
	assert openings_of(said.session) == before


# M3: half of a surrogate pair


def test_m3_half_a_surrogate_pair_in_notes_is_refused_and_the_pages_go_on(said):
	for method, values in (
		("write_notes", {"summary": "Our plan \ud800"}),
		("write_notes", {"next_focus": "\udfff"}),
		("write_notes", {"summary": "Our\0plan"}),
		("add_action_item", {"words": "Read \ud800"}),
	):
		answer = said.mentee.call(f"{API}.{method}", session=said.session, **values)
		assert answer.status == 417, answer.text[:500]
		assert answer.words
	assert_group_reads_its_notes(said)


def test_m3_half_a_surrogate_pair_that_was_stored_before_breaks_no_page(said):
	"""As the notes of former versions may have it: they were stored without a question."""
	content = frappe.db.get_value(notes.NOTE, {"session": said.session}, "content")
	ring = note_key.read_keys()
	words = json.dumps({"record": said.session, "summary": "Before \ud800 after", "next_focus": ""})
	token = ring.keys[ring.first].encrypt(words.encode()).decode()
	frappe.db.set_value(notes.NOTE, {"session": said.session}, "content", f"{ring.first}:{token}")
	frappe.db.commit()
	try:
		answer = said.mentee.call(f"{API}.notes", session=said.session)
		assert answer.result["summary"] == "Before ? after"
		assert said.mentee.get(f"/mentoring/groups/{said.group}/meetings/{said.session}").status == 200
	finally:
		frappe.db.set_value(notes.NOTE, {"session": said.session}, "content", content)
		frappe.db.commit()


def assert_group_reads_its_notes(said) -> None:
	read = said.mentee.call(f"{API}.notes", session=said.session)
	assert read.ok, read.text[:1000]
	assert read.result["summary"] == WORDS["summary"]
	assert WORDS["summary"] in said.mentee.get(f"/mentoring/groups/{said.group}/meetings/{said.session}").text


# H2: the key in a backup


def test_h2_the_backup_of_the_sites_configuration_has_no_key_that_opens_notes(said, system_manager):
	backup = backups.BackupGenerator(
		frappe.conf.db_name, frappe.conf.db_name, frappe.conf.db_password, db_type=frappe.conf.db_type
	)
	backup.setup_backup_directory()
	backup.set_backup_file_name()
	backup.copy_site_config()
	name = backup.site_config_backup_path.rpartition("/")[2]
	downloaded = system_manager.get(f"/backups/{name}")
	assert downloaded.status == 200
	assert "db_name" in downloaded.body
	contents = [
		frappe.db.get_value(doctype, {"session": said.session}, "content")
		for doctype in (notes.NOTE, action_items.ITEM)
	]
	for value in (*downloaded.body.values(), *frappe.get_conf().values()):
		try:
			key = Fernet(value)
		except (ValueError, TypeError, AttributeError):
			continue
		for content in contents:
			for token in (content, content.rpartition(":")[2]):
				with pytest.raises(InvalidToken):
					key.decrypt(token)


@pytest.mark.parametrize(
	"path",
	[
		f"/{note_key.FILE}",
		f"/files/{note_key.FILE}",
		f"/files/..%2f..%2f{note_key.FILE}",
		f"/private/files/..%2f..%2f{note_key.FILE}",
		f"/backups/..%2f..%2f{note_key.FILE}",
		f"/backups/%2e%2e/%2e%2e/{note_key.FILE}",
		f"/api/method/download_file?file_url=/private/files/../../{note_key.FILE}",
		f"/api/method/frappe.core.doctype.file.file.download_file?file_url=/private/files/../../{note_key.FILE}",
	],
)
def test_h2_the_file_of_the_key_is_asked_for_by_its_address(said, system_manager, path):
	key = note_key.key_path().read_text().strip()
	answer = system_manager.get(path)
	assert answer.status >= 400
	assert key not in answer.text


# H2: staff act as the member


def key_made_by_a_system_manager(said, base_url, system_manager, administrator) -> Client:
	made = system_manager.call("frappe.core.doctype.user.user.generate_keys", user=said.user)
	look_again()
	key = frappe.db.get_value("User", said.user, "api_key")
	return Client(base_url, f"token {key}:{made.result['api_secret']}")


def the_same_as_basic_authentication(said, base_url, system_manager, administrator) -> Client:
	key = make_api_key(said.user).removeprefix("token ")
	return Client(base_url, f"Basic {base64.b64encode(key.encode()).decode()}")


def oauth_token_made_by_a_system_manager(said, base_url, system_manager, administrator) -> Client:
	client = frappe.get_doc(
		{
			"doctype": "OAuth Client",
			"app_name": make.unique("App"),
			"scopes": "all openid",
			"redirect_uris": "https://app.example.org",
			"default_redirect_uri": "https://app.example.org",
		}
	).insert()
	token = frappe.get_doc(
		{
			"doctype": "OAuth Bearer Token",
			"client": client.name,
			"user": said.user,
			"scopes": "all openid",
			"access_token": frappe.generate_hash(length=30),
			"refresh_token": frappe.generate_hash(length=30),
			"expires_in": 3600,
			"expiration_time": now_datetime() + timedelta(hours=1),
			"status": "Active",
		}
	).insert()
	frappe.db.commit()
	return Client(base_url, f"Bearer {token.access_token}")


def oauth_token_beside_a_session_of_ones_own(said, base_url, system_manager, administrator) -> Client:
	client = oauth_token_made_by_a_system_manager(said, base_url, system_manager, administrator)
	# A session for once: Frappe 15 writes into it what the token makes of it.
	user = make_staff("System Manager")
	own = Client(base_url).log_in(user, make_password(user))
	client.cookies, token = own.cookies, own.headers["X-Frappe-CSRF-Token"]
	client.headers["X-Frappe-CSRF-Token"] = token
	return client


def impersonation(said, base_url, system_manager, administrator) -> Client:
	return impersonate(base_url, administrator, said.user)


def impersonate(base_url: str, administrator: Client, user: str) -> Client:
	"""The session that Administrator is given as this user."""
	with requests.Session() as session:
		session.trust_env = False
		session.cookies.update(administrator.cookies)
		answer = session.post(
			f"{base_url}/api/method/frappe.core.doctype.user.user.impersonate",
			headers=administrator.headers,
			json={"user": user, "reason": "They asked for help"},
			timeout=60,
		)
		answer.raise_for_status()
		client = Client(base_url)
		client.cookies = session.cookies.get_dict()
		page = session.get(f"{base_url}/mentoring/profile", timeout=60).text
		if token := TOKEN.search(page):
			client.headers["X-Frappe-CSRF-Token"] = token.group(1)
	assert client.get("/api/method/frappe.auth.get_logged_user").result == user
	return client


WAYS = (
	key_made_by_a_system_manager,
	the_same_as_basic_authentication,
	oauth_token_made_by_a_system_manager,
	oauth_token_beside_a_session_of_ones_own,
	impersonation,
)


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def acting(request, said, base_url, system_manager, administrator) -> Client:
	"""Somebody of the staff who acts as the mentee."""
	client = request.param(said, base_url, system_manager, administrator)
	assert client.get("/api/method/frappe.auth.get_logged_user").result == said.user
	assert_group_reads_its_notes(said)
	return client


def test_h2_staff_who_act_as_a_member_read_private_words_by_the_api(said, acting):
	for method, values in (
		(f"{API}.notes", {"session": said.session}),
		(f"{API}.action_items", {"group": said.group}),
		(f"{API}.write_notes", {"session": said.session, "next_focus": WORDS["next_focus"]}),
		("mentor_ispe.api.feedback.my_feedback", {}),
		("mentor_ispe.api.concerns.my_concerns", {}),
	):
		answer = acting.call(method, **values)
		assert answer.status == 403, (method, answer.text[:500])
		assert SIGN_IN in nothing_private(answer).words
	agenda = nothing_private(acting.call(f"{API}.agenda", session=said.session))
	assert agenda.status == 200, "a calendar or an app may still read when and where"
	assert SIGN_IN in agenda.result["sign_in"]


@pytest.mark.parametrize("page", ["", "/meetings", "/meetings/{session}", "/feedback", "/concern", "/more"])
def test_h2_staff_who_act_as_a_member_open_the_members_pages(said, acting, page):
	path = f"/mentoring/groups/{said.group}{page.format(session=said.session)}"
	answer = nothing_private(acting.get(path))
	assert answer.status == 200
	if page not in ("", "/more"):
		assert SIGN_IN in answer.text
		assert SIGN_IN not in said.mentee.get(path).text


def test_h2_staff_who_act_as_a_member_download_everything_of_them(said, acting):
	answer = nothing_private(acting.call("mentor_ispe.api.my_data.copy"))
	assert "mentoring.json" not in answer.text
	nothing_private(acting.get("/mentoring/data"))


def test_h2_staff_open_notes_in_the_name_of_another_coordinator(said, base_url, administrator):
	"""The group would read the wrong name."""
	user = make_staff(COORDINATOR)
	before = openings_of(said.session)
	for client in (impersonate(base_url, administrator, user), Client(base_url, make_api_key(user))):
		answer = client.call(
			f"{COORDINATOR_API}.open_notes", session=said.session, reason="A concern was raised"
		)
		assert answer.status == 403
		assert SIGN_IN in nothing_private(answer).words
	assert openings_of(said.session) == before
