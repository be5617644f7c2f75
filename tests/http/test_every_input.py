"""Every endpoint and every page takes every input: it does what it should, or refuses in words; it never breaks.

`MENTOR_TEST_EFFORT=20 bin/test http -k every_input` is the long run; what was asked is printed at the end.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter
from types import SimpleNamespace
from urllib.parse import quote

import frappe
import pytest
import requests
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Max
from frappe.utils import add_days, nowdate
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypika.terms import ValueWrapper

from mentor_ispe.api import inputs
from mentor_ispe.api.endpoint import ENDPOINTS, Endpoint, every_endpoint
from mentor_ispe.permissions.gate import GUEST, MEMBER, SIGNED_IN
from mentor_ispe.roles import COMMITTEE, COORDINATOR
from mentor_ispe.services import concerns
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.groups import goals
from mentor_ispe.services.library import speakers
from mentor_ispe.services.sessions import action_items, recording
from tests import factories as make
from tests.effort import times
from tests.http.client import TECHNICAL, Answer
from tests.http.every_input import PAGES, Asking, World, askings, visits
from tests.http.people import make_api_key, make_staff
from tests.http.portal_groups import world
from tests.http.rounds import look_again
from tests.http.visitor import Visitor

__all__ = ["world"]  # a fixture, used by name

every_endpoint()
# What a person must never read: the program, its database, its language.
INNARDS = re.compile(
	r"Traceback \(most recent|File \"[^\"]+\", line \d|SQL syntax|\bSELECT .+ FROM\b|pymysql|psycopg|\(1\d\d\d, [\"']"
	r"|<class '|<function |object at 0x|\bNoneType\b|\bunhashable\b|Input should be|type_error|pydantic",
	re.IGNORECASE | re.DOTALL,
)
EVERYBODY = ("guest", "outsider", "member", "mentor", "committee", "coordinator")
FEW, FEWER = times(5), times(4)


def _as_many_as(examples: int) -> settings:
	"""The same requests in every run; nothing is tried again smaller, as the first try has changed the site."""
	return settings(
		max_examples=examples,
		derandomize=True,
		database=None,
		deadline=None,
		phases=[Phase.generate],
		suppress_health_check=list(HealthCheck),
	)


# What ends something that the others need comes last.
ENDINGS = (
	*("decline", "cancel", "cancel_workshop", "hand_over", "waive_feedback", "give_back", "forbid", "reject"),
	*(
		"remove_person",
		"leave",
		"withdraw",
		"complete_participation",
		"complete",
		"end",
		"end_early",
		"set_cycle_status",
		"erase",
	),
)


def _place(name: str) -> tuple[int, str]:
	short = name.rpartition(".")[2]
	return (1 + ENDINGS.index(short) if short in ENDINGS else 0, name)


NAMES = sorted(ENDPOINTS, key=_place)
GOING_ON = [name for name in NAMES if not _place(name)[0]]
ENDING = [name for name in NAMES if _place(name)[0]]
# A calendar's address that isn't one is answered as if nothing had ever been there.
WORDLESS = ("mentor_ispe.api.calendar.feed",)


@dataclass
class Report:
	"""What was asked, what came back, and what shouldn't have come."""

	asked: Counter = field(default_factory=Counter)
	statuses: Counter = field(default_factory=Counter)
	wrong: list[str] = field(default_factory=list)
	began: float = field(default_factory=perf_counter)

	def add(self, who: str, name: str, asking: Asking, answer: Answer, problems: list[str]) -> None:
		self.asked[name] += 1
		self.statuses[answer.status] += 1
		for problem in problems:
			self.wrong.append(f"{problem}: {who} {_shown(asking)}\n\t{_end(answer)}")
			print(self.wrong[-1])

	def judge(self, first: int) -> None:
		"""Nothing may have been wrong since there were `first` wrong answers."""
		found = self.wrong[first:]
		assert not found, f"{len(found)}:\n" + "\n".join(found[:12])

	def __str__(self) -> str:
		least = min(self.asked.values())
		return (
			f"{self.asked.total()} requests to {len(self.asked)} endpoints and pages (each at least {least}) in "
			f"{perf_counter() - self.began:.0f} s, answered {dict(sorted(self.statuses.items()))}"
		)


@dataclass
class Sender:
	"""Somebody who asks, with an API key, or in a browser with its session and token."""

	base_url: str
	session: requests.Session

	@classmethod
	def with_key(cls, base_url: str, user: str | None) -> Sender:
		session = requests.Session()
		session.trust_env = False
		if user:
			session.headers["Authorization"] = make_api_key(user)
		return cls(base_url, session)

	@classmethod
	def in_browser(cls, base_url: str, user: str) -> Sender:
		visitor = Visitor(base_url, user)
		visitor.session.headers["X-Frappe-CSRF-Token"] = visitor.token("/mentoring/profile")
		visitor.session.headers["Origin"] = base_url
		return cls(base_url, visitor.session)

	def send(self, asking: Asking) -> tuple[Answer, str]:
		"""(the answer, where it sends the browser to)."""
		address, options = asking.options()
		began = perf_counter()
		response = self.session.request(
			asking.verb, f"{self.base_url}{address}", timeout=120, allow_redirects=False, **options
		)
		try:
			body = response.json()
		except ValueError:
			body = {}
		answer = Answer(
			response.status_code,
			body if isinstance(body, dict) else {},
			response.text,
			perf_counter() - began,
		)
		return answer, response.headers.get("Location", "")


@pytest.fixture(scope="module")
def report() -> Iterator[Report]:
	found = Report()
	yield found
	print(f"\nEvery input: {found}")


@pytest.fixture(scope="module")
def scene(world, base_url) -> SimpleNamespace:
	"""The people of the world, each able to ask, and the records that there are."""
	_furnish(world)
	frappe.db.commit()
	people = {
		"guest": Sender.with_key(base_url, None),
		"outsider": Sender.with_key(base_url, make.make_user().name),
		"member": Sender.in_browser(base_url, world.people["ben"][1]),
		"mentor": Sender.in_browser(base_url, world.people["ana"][1]),
		"committee": Sender.with_key(base_url, make_staff(COMMITTEE)),
		"coordinator": Sender.with_key(base_url, make_staff(COORDINATOR)),
	}
	return SimpleNamespace(world=world, people=people, doctypes=_own_doctypes())


def _furnish(world: SimpleNamespace) -> None:
	"""One record of each kind that an endpoint may be asked about."""
	ben, group = world.profile["ben"], world.name
	goal = goals.save_goal(ben, {"title": "Learn", "steps": [{"step": "Begin"}]}, group=group)
	concerns.raise_concern(group, world.profile["cal"], "Something Else", "There is something")
	recording.record(
		world.begun,
		ben,
		dict.fromkeys((ben, world.profile["ana"]), 60),
		summary="What was said",
		next_focus="What comes",
	)
	action_items.add(world.begun, ben, [{"words": "Do it", "assigned_to": None, "due_on": None}])
	speakers.request(group, ben, world.topic, "Somebody who knows", None, None)
	feedback.tell_story(ben, "It went well", group)
	for doctype, values in (
		("Guest Speaker", {"full_name": "Sam Speaker", "active": 1}),
		(
			"Mentoring Workshop",
			{
				"title": "How to begin",
				"program": world.program,
				"status": "Planned",
				"audience": "Everyone",
				"starts_on": f"{add_days(nowdate(), 20)} 10:00:00",
				"duration_minutes": 60,
				"mode": "Online",
				"places": 5,
			},
		),
		(
			"Mentoring Resource",
			{
				"title": "To read",
				"audience": "Everyone",
				"phase": "Any Time",
				"published": 1,
				"public": 1,
				"content": "Words",
			},
		),
		(
			"Mentoring Feedback Request",
			{
				"request_key": frappe.generate_hash(length=12),
				"profile": ben,
				"kind": "Check-in",
				"status": "Open",
				"due_on": add_days(nowdate(), 5),
				"cycle": world.cycle,
				"mentoring_group": group,
			},
		),
		("Mentoring Match Run", {"cycle": world.cycle}),
		("Mentoring Agreement", {"title": make.unique("Draft"), "text": "Be kind"}),
	):
		frappe.get_doc({"doctype": doctype, **values}).insert()
	make.make_agreement()
	make.make_mentee(world.cycle, approved=False)
	make.make_mentor(world.cycle, approved=False)
	assert goal.name


def _own_doctypes() -> list[str]:
	return frappe.get_all(
		"DocType", {"module": "Mentor ISPE", "issingle": 0, "is_virtual": 0}, pluck="name", order_by="name"
	)


def _kept(doctypes: list[str]) -> dict[str, tuple]:
	"""How many records there are of each kind and when one was last changed; one query."""
	look_again()
	query = None
	for doctype in doctypes:
		table = DocType(doctype)
		part = frappe.qb.from_(table).select(ValueWrapper(doctype), Count("*"), Max(table.modified))
		query = query * part if query else part
	return {row[0]: row[1:] for row in query.run()}


def _shown(asking: Asking) -> str:
	return f"{asking.verb} {asking.path} ({asking.carried}) {ascii(asking.values)[:600]}"


def _end(answer: Answer) -> str:
	return f"{answer.status} {answer.words[:300]} | {answer.text[-300:]!r}"


def _row_by_row(answer: Answer) -> bool:
	"""Whether the membership roll says what is wrong with which row, as docs/membership.md promises."""
	result = answer.result
	return isinstance(result, dict) and any(error.get("messages") for error in result.get("errors", ()))


def problems_of(answer: Answer, location: str, wordless: bool = False) -> list[str]:
	"""What is wrong with an answer as such."""
	found = []
	if answer.status >= 500:
		return ["broke"]
	if answer.status >= 400:
		told = answer.words or _row_by_row(answer) or (not answer.body and _page_words(answer.text))
		if not (wordless or told):
			found.append("refused without words")
		if INNARDS.search(answer.text) or TECHNICAL.search(answer.words):
			found.append("said how the program is made")
	if location and not _is_own_page(location):
		found.append(f"sent to {location!a}")
	return found


def _is_own_page(location: str) -> bool:
	"""Whether a redirect stays on the site, also where slashes are merged: the server writes the whole address then."""
	place = location.removeprefix(os.environ["MENTOR_BASE_URL"])
	return place.isprintable() and place.startswith(("/mentoring", "/login?", "/app"))


def _page_words(text: str) -> bool:
	return "<html" in text and len(re.sub(r"<[^>]+>", " ", text).split()) > 5


def _forget_counts() -> None:
	"""Nobody has asked too often: what is tested here is what was asked."""
	for key in frappe.cache.get_keys("rl:"):
		frappe.cache.delete(key)


def _let_in(endpoint: Endpoint) -> tuple[str, ...]:
	"""Those whom the endpoint is for."""
	if endpoint.audience is GUEST:
		return EVERYBODY
	if endpoint.audience is SIGNED_IN:
		return EVERYBODY[1:]
	if endpoint.audience is MEMBER:
		return ("member", "mentor")
	return ("coordinator", "committee") if "committee" in endpoint.audience.name else ("coordinator",)


@pytest.mark.parametrize("name", GOING_ON)
def test_endpoint_takes_every_input(scene, report, name):
	_ask(scene, report, name)


def test_what_was_saved_is_read_on_every_page(scene, report):
	_read_back(scene, report)


@pytest.mark.parametrize("name", ENDING)
def test_ending_takes_every_input(scene, report, name):
	_ask(scene, report, name)


def test_what_has_ended_is_read_on_every_page(scene, report):
	_read_back(scene, report)


def _ask(scene: SimpleNamespace, report: Report, name: str) -> None:
	endpoint = ENDPOINTS[name]
	_forget_counts()
	seen = World.seen()
	before = [_kept(scene.doctypes)]
	first = len(report.wrong)
	let_in = _let_in(endpoint)
	who = st.sampled_from((*let_in * (12 // len(let_in)), *EVERYBODY))

	@_as_many_as(FEW)
	@given(asker=who, asking=askings(name, endpoint, seen))
	def ask(asker: str, asking: Asking) -> None:
		answer, location = scene.people[asker].send(asking)
		# An answer to HEAD has no body.
		problems = problems_of(answer, location, name in WORDLESS or asking.verb == "HEAD")
		after = _kept(scene.doctypes)
		if 400 <= answer.status < 500 and after != before[0]:
			# A job of the site may have written at that moment: what a request does, it does again.
			again, _there = scene.people[asker].send(asking)
			then = _kept(scene.doctypes)
			changed = [doctype for doctype in then if then[doctype] != after[doctype]]
			if 400 <= again.status < 500 and changed:
				problems.append(f"refused and yet changed {changed}")
			after = then
		before[0] = after
		report.add(asker, name, asking, answer, problems)
		if location.startswith("/mentoring"):
			there = Asking("GET", location.partition("#")[0], "address", {})
			shown, further = scene.people[asker].send(there)
			report.add(asker, name, asking, shown, problems_of(shown, further))

	ask()
	report.judge(first)


def _read_back(scene: SimpleNamespace, report: Report) -> None:
	"""Open every page about every record there is, and ask for everything that members only read."""
	first = len(report.wrong)
	_forget_counts()
	names = World.seen()
	sessions = names.of("session")
	for who in ("member", "mentor"):
		for page in PAGES:
			kinds = [kind for kind in ("group", "cycle", "program", "resource") if f"{{{kind}}}" in page]
			records = names.of(kinds[0])[:3] if kinds else [""]
			for record in records:
				for session in (
					sessions if "{session}" in page and record == scene.world.name else sessions[:1]
				):
					path = page.format(
						**{**dict.fromkeys(kinds, quote(record, safe="")), "session": session, "page": "x"}
					)
					asking = Asking("GET", path, "address", {})
					answer, location = scene.people[who].send(asking)
					report.add(who, page, asking, answer, problems_of(answer, location))
		for name in NAMES:
			if "GET" in ENDPOINTS[name].methods and ENDPOINTS[name].audience in (MEMBER, SIGNED_IN):
				wanted = inputs.parameters(ENDPOINTS[name].function)
				values = {
					each: (names.of(each) or ["Mentee"])[0]
					for each, asked in wanted.items()
					if asked.required
				}
				asking = Asking("GET", f"/api/method/{name}", "address", values | _own_group(scene, values))
				answer, location = scene.people[who].send(asking)
				report.add(who, name, asking, answer, problems_of(answer, location))
	report.judge(first)


def _own_group(scene: SimpleNamespace, values: dict[str, str]) -> dict[str, str]:
	return {"group": scene.world.name} if "group" in values else {}


@pytest.mark.parametrize("page", PAGES)
def test_page_takes_every_input(scene, report, page):
	seen = World.seen()
	first = len(report.wrong)

	@_as_many_as(FEWER)
	@given(asker=st.sampled_from((*EVERYBODY, "member", "member", "mentor")), asking=visits(page, seen))
	def visit(asker: str, asking: Asking) -> None:
		answer, location = scene.people[asker].send(asking)
		report.add(asker, page, asking, answer, problems_of(answer, location))

	visit()
	report.judge(first)
