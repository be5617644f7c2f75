"""One form sent twenty times at once, requests without end, values without end: each test is an attack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import frappe
import pytest
import requests
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from mentor_ispe.api.endpoint import OFTEN, SELDOM
from tests import factories as make
from tests.http.client import TECHNICAL, Answer, Client, at_once
from tests.http.people import make_api_key
from tests.http.portal_groups import world
from tests.http.portal_world import make_newcomer
from tests.http.rounds import look_again
from tests.http.visitor import FORMS, Visitor

__all__ = ["world"]  # a fixture, used by name

AT_ONCE = 20
API = "mentor_ispe.api."
CONCERN, GOAL, FEEDBACK = "Mentoring Concern", "Mentoring Goal", "Mentoring Feedback"
ITEM, SESSION, SPEAKER = "Mentoring Action Item", "Mentoring Session", "Guest Speaker Request"


@pytest.fixture(scope="module")
def people(world, base_url) -> Callable[[str], Client]:
	"""`people("ben")`: somebody of the world, with an API key."""
	known: dict[str, Client] = {}

	def of(name: str) -> Client:
		if name not in known:
			known[name] = Client(base_url, make_api_key(world.people[name][1]))
		return known[name]

	return of


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet(site) -> Iterator[None]:
	_forget()
	yield
	_forget()


def _forget() -> None:
	for key in frappe.cache.get_keys("rl:"):
		frappe.cache.delete(key)


FORM_OF = "form of "


def flood(client: Client, endpoint: str, values: dict[str, Any]) -> list[Answer]:
	"""Send the same twenty times at once: as data, or after "form of " as a form of a page."""
	path = f"/api/method/{API}{endpoint.removeprefix(FORM_OF)}"
	if endpoint.startswith(FORM_OF):
		headers = {"Accept": "text/html"}
		send = partial(client.request, "POST", path, data=values, headers=headers)
	else:
		send = partial(client.call, f"{API}{endpoint}", **values)
	answers = at_once([send] * AT_ONCE)
	for answer in answers:
		assert answer.status < 500, answer.text[-1500:]
		assert not TECHNICAL.search(answer.words), answer.words
		assert "SELECT" not in answer.words
		assert "Duplicate" not in answer.words
	assert any(answer.status < 400 for answer in answers), answers[0].text[-1500:]
	look_again()
	return answers


def count(doctype: str, **filters: Any) -> int:
	return len(frappe.get_all(doctype, filters, pluck="name"))


@dataclass(frozen=True)
class Form:
	"""What is sent, by whom, and what it makes; `values` are made with the world and a word of its own."""

	endpoint: str
	who: str
	values: Callable[[SimpleNamespace, str], dict[str, Any]]
	doctype: str
	field: str


def _goal(world: SimpleNamespace, word: str) -> dict[str, Any]:
	return {"values": {"title": word}, "group": world.name}


FORMS_OF_MEMBERS = (
	Form("goals.save_goal", "cal", _goal, GOAL, "title"),
	Form(
		"form of goals.save_goal",
		"cal",
		lambda world, word: {"title": word, "group": world.name},
		GOAL,
		"title",
	),
	Form(
		"concerns.raise_concern",
		"cal",
		lambda world, word: {"group": world.name, "words": word},
		CONCERN,
		"concern",
	),
	Form(
		"form of concerns.raise_concern",
		"cal",
		lambda world, word: {"group": world.name, "words": word},
		CONCERN,
		"concern",
	),
	Form(
		"feedback.tell_story",
		"cal",
		lambda world, word: {"group": world.name, "story": word},
		FEEDBACK,
		"comment",
	),
	Form(
		"form of feedback.tell_story",
		"ben",
		lambda world, word: {"group": world.name, "story": word},
		FEEDBACK,
		"comment",
	),
	Form(
		"sessions.plan",
		"ben",
		lambda world, word: {
			"group": world.name,
			"starts_on": f"{add_days(nowdate(), 60)} 10:00:00",
			"values": {"focus": word},
		},
		SESSION,
		"focus",
	),
	Form(
		"form of sessions.plan",
		"ben",
		lambda world, word: {
			"group": world.name,
			"starts_on": f"{add_days(nowdate(), 70)}T10:00",
			"focus": word,
		},
		SESSION,
		"focus",
	),
)


@pytest.mark.parametrize("form", FORMS_OF_MEMBERS, ids=lambda form: form.endpoint)
def test_l3_one_form_twenty_times_at_once_is_one_record(world, people, form):
	word = make.unique("Once")
	flood(people(form.who), form.endpoint, form.values(world, word))
	assert count(form.doctype, **{form.field: word}) == 1


def test_l3_one_concern_twenty_times_at_once_is_one_mail_to_each_coordinator(world, people, coordinator):
	word = make.unique("Once")
	answers = flood(people("ana"), "concerns.raise_concern", {"group": world.name, "words": word})
	(name,) = frappe.get_all(CONCERN, {"concern": word}, pluck="name")
	assert {answer.result["name"] for answer in answers if answer.ok} == {name}
	told = frappe.get_all(
		"Mentoring Notice", {"reference_doctype": CONCERN, "reference_name": name}, pluck="recipient"
	)
	assert told
	assert len(told) == len(set(told))


@pytest.mark.parametrize("endpoint", ["sessions.record_unplanned", "form of sessions.record_unplanned"])
def test_l3_one_unplanned_meeting_twenty_times_at_once_is_one(world, people, endpoint):
	days = {"sessions.record_unplanned": 4, "form of sessions.record_unplanned": 6}[endpoint]
	at = add_to_date(now_datetime(), days=-days).replace(minute=0, second=0, microsecond=0)
	word = make.unique("Once")
	ana, ben = world.profile["ana"], world.profile["ben"]
	values: dict[str, Any] = {"group": world.name, "next_focus": word}
	if endpoint.startswith(FORM_OF):
		values |= {
			"starts_on": at.strftime("%Y-%m-%dT%H:%M"),
			f"attendance:{ana}": "60",
			f"attendance:{ben}": "60",
		}
	else:
		values |= {"starts_on": str(at), "attendance": {ana: 60, ben: 60}}
	before = count(SESSION, mentoring_group=world.name)
	flood(people("ben"), endpoint, values)
	assert count(SESSION, mentoring_group=world.name) == before + 1


def test_l3_a_speaker_asked_for_twenty_times_at_once_is_asked_for_once(world, people):
	for who, endpoint in (("ben", "library.request_speaker"), ("ana", "form of library.request_speaker")):
		word = make.unique("Once")
		flood(people(who), endpoint, {"group": world.name, "topic": world.topic, "message": word})
		assert count(SPEAKER, mentoring_group=world.name, message=word) == 1


@pytest.mark.parametrize("endpoint", ["sessions.add_action_item", "form of sessions.add_action_item"])
def test_l3_one_action_item_twenty_times_at_once_is_one(world, people, endpoint):
	word = make.unique("Once")
	before = count(ITEM, session=world.coming)
	flood(people("ben"), endpoint, {"session": world.coming, "words": word})
	assert count(ITEM, session=world.coming) == before + 1


@pytest.mark.parametrize("endpoint", ["member.sign", "form of member.sign"])
def test_l3_one_signature_twenty_times_at_once_is_one_and_no_answer_speaks_sql(world, people, endpoint):
	agreement = make.make_agreement()
	frappe.db.commit()
	answers = flood(people("ben"), endpoint, {"agreement": agreement, "read": "1"})
	assert all(answer.ok for answer in answers), next(answer.words for answer in answers if not answer.ok)
	assert count("Mentoring Agreement Acceptance", agreement=agreement) == 1


def test_l3_one_application_twenty_times_at_once_is_one(world, people):
	cycle = make.make_cycle().name
	frappe.db.commit()
	flood(people("cal"), "member.apply", {"cycle": cycle, "role": "Mentee"})
	assert count("Mentee", cycle=cycle) == 1


@pytest.mark.parametrize("endpoint", ["member.save_profile", "form of member.save_profile"])
def test_l3_one_new_profile_twenty_times_at_once_is_one(site, base_url, endpoint):
	user = make_newcomer()
	values = {"full_name": "Nora New", "career_stage": "Student"}
	client = Client(base_url, make_api_key(user))
	flood(client, endpoint, values if endpoint.startswith(FORM_OF) else {"values": values})
	assert count("Mentoring Profile", user=user) == 1


# Too often


def _counters() -> list[bytes]:
	return frappe.cache.get_keys("rl:")


def _at_the_limit(limit: int) -> None:
	"""As if everybody counted so far had asked as often as they may."""
	assert _counters()
	for key in _counters():
		frappe.cache.set(key, limit)


def test_l3_a_member_asks_without_end(people):
	ben, cal = people("ben"), people("cal")
	assert ben.call(f"{API}member.my_status").ok
	_at_the_limit(OFTEN)
	for forged in ({}, {"mentoring_caller": "another"}):
		refused = ben.call(f"{API}member.my_status", **forged)
		assert refused.status == 429, refused.text[:500]
		assert "too many requests" in refused.words
	assert ben.call(f"{API}goals.my_hours").ok, "each endpoint has a count of its own"
	assert cal.call(f"{API}member.my_status").ok, "and each person"


def test_l3_a_member_counts_their_requests_against_another(world, people):
	cal = people("cal")
	cal_is = world.people["cal"][1]
	for name in (cal_is, f"{API}member.my_status:{cal_is}"):
		for _time in range(3):
			people("ben").call(f"{API}member.my_status", mentoring_caller=name)
	(key,) = _counters()
	frappe.cache.set(key, OFTEN)
	assert cal.call(f"{API}member.my_status").ok


@pytest.mark.parametrize("path", ["/api/v1/method/", "/api/v2/method/", "/api/method/"])
def test_l3_a_member_gives_each_request_another_command(people, path):
	ben = people("ben")
	name = f"{API}member.my_status"
	for number in range(4):
		ben.request("POST", f"{path}{name}?cmd=x{number}")
		ben.request("POST", f"{path}{name}", json={"cmd": f"x{number}"})
	ben.request("POST", f"{path}{name}")
	assert len(_counters()) <= 1


def test_l3_what_writes_to_the_coordinators_is_seldom(world, people):
	ben = people("ben")
	answers = [
		ben.call(f"{API}concerns.raise_concern", group=world.name, words="") for _ in range(SELDOM + 1)
	]
	assert {answer.status for answer in answers[:-1]} == {417}
	assert answers[-1].status == 429


def test_l3_a_guest_asks_without_end(guest):
	for endpoint in ("public.programs", "public.resources", "calendar.feed"):
		guest.get(f"/api/method/{API}{endpoint}")
	_at_the_limit(OFTEN)
	for endpoint in ("public.programs", "public.resources", "calendar.feed"):
		refused = guest.get(f"/api/method/{API}{endpoint}", mentoring_caller="another")
		assert refused.status == 429, endpoint


def _plain() -> requests.Session:
	session = requests.Session()
	session.trust_env = False
	return session


@pytest.mark.parametrize("endpoint", ["public.programs", "public.resources"])
def test_a_guest_who_asks_again_is_told_that_nothing_changed(site, base_url, endpoint):
	address = f"{base_url}/api/method/{API}{endpoint}"
	first = _plain().get(address, timeout=60)
	assert first.status_code == 200
	assert isinstance(first.json()["message"], list)
	assert "max-age=300" in first.headers["Cache-Control"]
	again = _plain().get(address, headers={"If-None-Match": first.headers["ETag"]}, timeout=60)
	assert (again.status_code, again.content) == (304, b"")


def test_a_calendar_program_looks_at_the_head_of_a_feed_first(world, people, base_url):
	address = people("ben").call(f"{API}calendar.address").result["address"]
	path = f"{base_url}/api/method/{address.partition('/api/method/')[2]}"
	whole, head = _plain().get(path, timeout=60), _plain().head(path, timeout=60)
	assert (whole.status_code, head.status_code) == (200, 200)
	assert head.headers["ETag"] == whole.headers["ETag"]
	assert head.content == b""
	wrong = f"{base_url}/api/method/{API}calendar.feed?token={'0' * 64}"
	assert _plain().head(wrong, timeout=60).status_code == 404


def test_l3_a_form_sent_without_end_is_answered_with_a_page(world, base_url):
	visitor = Visitor(base_url, world.people["fay"][1])
	address = "/mentoring/profile"
	assert visitor.send(address, "member.save_profile").said == "Your profile has been saved."
	_at_the_limit(OFTEN)
	page = visitor.send(address, "member.save_profile", city="Basel")
	assert page.refused
	assert "too many requests" in page.said
	assert page.form("member.save_profile").find("input", attrs={"name": "city"})["value"] == "Basel"


def test_l3_a_coordinator_is_not_counted(coordinator):
	assert coordinator.call(f"{API}coordinator.waiting").ok
	assert not _counters()


# Line breaks, and values without end


BREAKS = (
	"/mentoring\r\nSet-Cookie: evil=1",
	"/mentoring/x\ny",
	"/mentoring?a=\r\n\r\n<script>alert(1)</script>",
)


@pytest.mark.parametrize("where", ["back", "next"])
@pytest.mark.parametrize("address", BREAKS)
def test_m6_a_line_break_in_an_address_to_go_back_to(world, base_url, where, address):
	visitor = Visitor(base_url, world.people["fay"][1])
	token = visitor.token("/mentoring/profile")
	answer = visitor.session.post(
		f"{base_url}{FORMS}member.save_profile",
		data={"full_name": "Fay Test", "csrf_token": token, where: address},
		allow_redirects=False,
		timeout=60,
	)
	assert answer.status_code < 500
	assert "evil" not in answer.headers.get("Set-Cookie", "")
	location = answer.headers["Location"]
	assert location.startswith("/mentoring")
	assert not {"\r", "\n"} & set(location)


@pytest.mark.parametrize("back", [["/mentoring"], {"a": 1}, 5, None, True])
def test_m6_an_address_to_go_back_to_that_is_no_text(people, back):
	answer = people("fay").call(f"{API}member.save_profile", full_name="Fay Test", back=back)
	assert answer.status < 500, answer.text[-500:]


ENDLESS = {
	"a text": "x" * 100_000,
	"a list in a text": str(["de"] * 20_000).replace("'", '"'),
	"letters": list("x" * 5_000),
	"a long name": ["x" * 100_000],
	"many names": [f"language {number}" for number in range(200)],
}


@pytest.mark.parametrize("field", ["languages", "topics"])
@pytest.mark.parametrize("endless", ENDLESS)
def test_m7_a_list_without_end(world, people, field, endless):
	fay = people("fay")
	usual = [fay.call(f"{API}member.save_profile", values={"city": f"Basel {number}"}) for number in range(3)]
	assert all(answer.ok for answer in usual)
	refused = [fay.call(f"{API}member.save_profile", values={field: ENDLESS[endless]}) for _ in range(3)]
	assert {answer.status for answer in refused} == {417}, refused[0].text[:500]
	assert refused[0].words
	least = min(answer.seconds for answer in usual)
	assert min(answer.seconds for answer in refused) < 10 * least + 0.1


def test_m7_a_list_without_end_in_a_form(world, base_url):
	visitor = Visitor(base_url, world.people["fay"][1])
	for values in ({"languages": "x" * 100_000}, {"languages": ["de"] * 5_000}, {"topics": ["x"] * 150}):
		page = visitor.send("/mentoring/profile", "member.save_profile", **values)
		assert page.status < 500
		assert page.refused
