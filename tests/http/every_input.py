"""Everything that may come in with a request: good values of a small world, and bad ones of every kind.

A request is drawn by hypothesis: a person, an endpoint, a way to send, a value for each parameter. Most
values are good, so that the bad one gets past the first check.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import frappe
from hypothesis import strategies as st

from mentor_ispe.api import inputs
from mentor_ispe.api.endpoint import Endpoint

# A parameter or field of this name takes the names of these records.
RECORDS = {
	"group": ("Mentoring Group",),
	"session": ("Mentoring Session",),
	"cycle": ("Mentoring Cycle",),
	"program": ("Mentoring Program",),
	"agreement": ("Mentoring Agreement",),
	"signed": ("Mentoring Agreement",),
	"profile": ("Mentoring Profile",),
	"to": ("Mentoring Profile",),
	"host": ("Mentoring Profile",),
	"assigned_to": ("Mentoring Profile", "User"),
	"attended": ("Mentoring Profile",),
	"mentee": ("Mentee",),
	"mentees": ("Mentee",),
	"moderator": ("Mentee",),
	"mentor": ("Mentor",),
	"wish": ("Mentor",),
	"name": ("Mentee", "Mentor", "Mentoring Goal"),
	"names": ("Mentee", "Mentor", "Mentoring Group", "Mentoring Feedback Request"),
	"request": ("Mentoring Feedback Request", "Guest Speaker Request"),
	"feedback": ("Mentoring Feedback",),
	"workshop": ("Mentoring Workshop",),
	"resource": ("Mentoring Resource",),
	"resources": ("Mentoring Resource",),
	"topic": ("Mentoring Topic",),
	"topics": ("Mentoring Topic",),
	"concern": ("Mentoring Concern",),
	"run": ("Mentoring Match Run",),
	"other": ("Mentoring Match Run", "Mentee"),
	"item": ("Mentoring Action Item",),
	"speaker": ("Guest Speaker",),
	"report": ("Mentoring Committee Report",),
	"notice": ("Mentoring Notice",),
	"language": ("Language",),
	"languages": ("Language",),
	"letterhead": ("Letter Head",),
}
WORDS = (
	"A few words on why",
	"Ein paar Wörter",
	"Because it is time – really",
	"line\r\nand line\n\nand line",
)
MOMENTS = (
	"2027-01-31 17:00:00",
	"2027-01-31T17:00",
	"2026-12-24 10:00",
	"2026-11-29 09:00",
	"2027-03-28 02:30",
)
DAYS = ("2027-01-31", "2026-12-24", "2026-11-29", "2027-12-31")
# A parameter or field of this name takes these.
CHOICES: dict[str, Sequence[Any]] = {
	"doctype": ("Mentee", "Mentor", "Mentoring Group", "Mentoring Feedback Request", "Mentoring Profile"),
	"application_doctype": ("Mentee", "Mentor", "Mentoring Group", "User"),
	"role": ("Mentee", "Mentor", "Both"),
	"status": ("Done", "Dropped", "Achieved", "Open", "Completed", "In Progress", "Closed", "Running"),
	"kind": ("Something Else", "Program", "Session", "Story", "Not a Good Fit", "Goals Met"),
	"said": ("Yes", "Maybe", "No"),
	"answer": ("Yes", "No", *WORDS),
	"action": ("approve", "reject", "move", "remind_answers", "start_groups", "waive_feedback"),
	"starts_on": MOMENTS,
	"start": (*MOMENTS, 0, 20),
	"end": DAYS,
	"due_on": DAYS,
	"target_date": DAYS,
	"wished_from": DAYS,
	"wished_until": DAYS,
	"unit": ("Week", "Month"),
	"charter_days_off": (["Friday", "Saturday"], []),
	"charter_meet_every_unit": ("Week", "Month"),
	"every": (1, 2, "2"),
	"times": (1, 3, "2"),
	"step": (1, 2, "1"),
	"mode": ("Online", "In Person"),
	"link": ("https://example.org/meet?a=1&b=2", ""),
	"location": ("Room 5", "Café"),
	"rhythm": ("Each Mail at Once", "One a Day"),
	"next_year_is": ("same", "other", "pause"),
	"career_stage": ("Student", "Mid-Level", "Senior"),
	"country": ("Germany", "Japan"),
	"time_zone": ("Europe/Berlin", "Asia/Tokyo"),
	"learning_style": ("", "Visual"),
	"industry": ("", "Pharma"),
	"phase": ("Getting Started", "Closing"),
	"audience": ("Everyone", "Mentors", "Mentees"),
	"rating": (0.2, 1.0, "5"),
	"staff_rating": (0.2, 1.0, "5"),
	"going": ("On Track", "Needs Attention"),
	"progress": (0, 50, "100"),
	"as": ("Mentor", "Mentee", "Both"),
	"next": ("/mentoring/profile", "/mentoring?x=1#y", "/mentoring/groups"),
	"back": ("/mentoring/profile", "/mentoring?x=1#y", "/mentoring/groups"),
	"template": ("ispe", "phrma"),
	"txt": ("a", ""),
	"searchfield": ("name", "full_name"),
	"state": ("Proposed", "Unmatched", "Published"),
	"token": ("0123456789abcdef", ""),
	**dict.fromkeys(
		("sure", "read", "finished", "may_publish", "accept", "done", "shared"), (1, 0, "1", True)
	),
	**dict.fromkeys(
		("duration_minutes", "limit", "page_len", "page_length", "seats_offered", "seats_now", "next_seats"),
		(0, 1, 5, 60, "2"),
	),
}
# What a parameter that is an object has in it, by the endpoint's name, else by the parameter's.
FIELDS = {
	"save_profile": (
		*("full_name", "employer", "job_title", "career_stage", "industry", "city", "country", "time_zone"),
		*("languages", "topics", "learning_style", "biography"),
	),
	"apply": ("topics", "goals", "motivation", "seats_offered", "willing_to_moderate"),
	"apply_for": ("topics", "goals", "motivation", "seats_offered", "willing_to_moderate"),
	"save_goal": ("title", "description", "target_date", "progress", "shared", "steps"),
	"give": ("rating", "comment", "staff_rating", "staff_comment", "going", "may_publish"),
	"change": (
		*("rating", "comment", "staff_rating", "staff_comment", "going", "may_publish", "starts_on"),
		*("duration_minutes", "mode", "location", "link", "focus", "agenda", "topics", "resources", "host"),
	),
	"write_charter": (
		*("charter_expectations", "charter_boundaries", "charter_meet_every", "charter_meet_every_unit"),
		*("charter_days_off", "charter_place", "charter"),
	),
	"values": (
		*("duration_minutes", "mode", "location", "link", "focus", "agenda", "topics", "resources", "host"),
	),
	"args": ("note", "reason", "cycle"),
	"filters": ("cycle", "status", "name", "like", "from_date", "to_date"),
	"steps": ("step", "due_on", "done"),
	"new_items": ("words", "assigned_to", "due_on"),
	"rows": (
		*("member_number", "full_name", "email", "from_date", "to_date", "chapter", "membership_type"),
		"cancelled",
	),
}
KEYED = {
	"attendance": "profile",
	"closed_items": "item",
	"reasons": "mentee",
}
LISTED = ("steps", "new_items", "rows", "names", "mentees", "attended", "languages", "topics", "resources")
# What the forms of the pages send beside their parameters.
FORM_FIELDS = (
	*FIELDS["save_profile"],
	*FIELDS["change"],
	*("names", "signed", "answers:Mentor:topics", "answers:Mentee:topics", "answers:Mentee:goals"),
	*("answers:Mentor:motivation", "answers:Mentor:seats_offered", "answers::", "answers:Mentee"),
	*("steps:0:step", "steps:0:due_on", "steps:0:done", "steps:1:step", "steps::step", "steps:0"),
	*("new_items:0:words", "new_items:0:assigned_to", "new_items:1:words", "new_items:1:due_on"),
	*("choices:employer", "choices:city", "choices:", "attendance:", "closed_items:", "form", "back"),
	*("next", "csrf_token", "cmd"),
)

FORM = "application/x-www-form-urlencoded"
LONG = "x" * 100_000
BAD_TEXTS = (
	*("", " ", "\ud800", "a\udfffb", "\x00", "a\x00b", "\x1b[31m", "\u202eevil\u202c", "\u200b", "\u2028"),
	*("😀" * 50, "e\u0301" * 20, "ﷺ", "İ", "²", "٣", "1_0", "\ufeff", "\uffff", "\U0010ffff"),
	*(LONG, "wört " * 4_100, "x" * 141, "😀" * 140, "x" * 15_000),
	*(
		'=HYPERLINK("http://example.org","x")',
		"@SUM(1)",
		"<script>alert(1)</script>",
		'"><img src=x onerror=x>',
	),
	*("%", "%s%n%d", "%(x)s", "{0}", "{", "{{ 7*7 }}", "{% raw %}", "'", '"', "''", "\\", "\\'", "`"),
	*("' OR 1=1 -- ", "1; DROP TABLE tabUser", "name desc, (select 1)", "*", "_", "../../site_config.json"),
	*("/mentoring\r\nSet-Cookie: a=b", "/mentoring/\nx", "//example.org", "/mentoring/\\example.org", "a\tb"),
	*("null", "None", "undefined", "true", "NaN", "Infinity", "-1", "0", "1e999", "1.5", "9" * 30, "-0"),
	*("9" * 5_000, "0x10", "[]", "{}", '{"a": {"b": []}}', '["a", null, 5]', "[" * 40 + "]" * 40, '"a"'),
	*("[" * 9_000, '{"a":' * 5_000, '["\\ud800"]', '{"\\u0000": 1}', '["like", "%"]', '[["name", "=", "x"]]'),
	*(
		"javascript:alert(1)",
		'https://x" onmouseover="alert(1)',
		"https://[::1",
		"http://x:99999999",
		"https://",
	),
	*("Administrator", "Guest", "tabUser", "Mentoring Profile", "name", "doctype", "owner"),
)
BAD_DAYS = (
	*("0000-00-00", "9999-12-31", "2027-02-30", "0001-01-01", "10000-01-01", "1-1-1", "31.01.2027", "now"),
	*(
		"2027-01-31T25:61",
		"2027-01-31 17:00:00+99:99",
		"2027-01-31T17:00:00Z",
		"2027-01-31T17:00:00.123456789",
	),
	*("0001-01-01T00:00", "9999-12-31T23:59:59", "2027-W05-7", "20270131", "-2027-01-31", "2027-01-31 24:00"),
	*("1800-01-01 00:00", "1000-01-01", "2300-01-01", "2027-1-1", "today", "17:00", "99:99:99", "1e9"),
)
BAD_VALUES: tuple[Any, ...] = (
	*(None, True, False, 0, -1, 1.5, 10**30, -(10**30), 2**31, 2**63, float("nan"), float("inf"), 1e308),
	*([], {}, [None], [[]], [{}], ["a", 1, None, {"b": []}], {"a": 1}, {"": ""}, {"\ud800": "x"}),
	*(["\ud800"], {"name": ["like", "%"]}, ["like", "%"], [["name", "=", "x"]], {"x" * 300: 1}),
	*(
		[LONG],
		["x"] * 1_000,
		["x", "x"],
		{f"k{number}": number for number in range(500)},
		{"doctype": "User"},
	),
	*({"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}}, [[[[[[[[]]]]]]]], [True], [1.5], [10**30]),
)


@dataclass(frozen=True)
class World:
	"""The records that there are, by DocType; names of one's own and of others."""

	names: Mapping[str, Sequence[str]]

	@classmethod
	def seen(cls) -> World:
		"""The latest of each."""
		doctypes = {doctype for several in RECORDS.values() for doctype in several}
		return cls(
			{
				doctype: frappe.get_all(doctype, pluck="name", order_by="creation desc", limit=12)
				for doctype in sorted(doctypes)
			}
		)

	def of(self, name: str) -> list[str]:
		"""The names of records that a parameter of this name may be given."""
		return [each for doctype in RECORDS.get(name, ()) for each in self.names[doctype]]


@dataclass(frozen=True)
class Asking:
	"""A request as it is sent. `carried` is how: as JSON, as a form, in the address …"""

	verb: str
	path: str
	carried: str
	values: dict[str, Any]

	def options(self) -> tuple[str, dict[str, Any]]:
		"""(the address, what `requests` sends with it)."""
		if self.carried == "address":
			return f"{self.path}?{'&'.join(_pairs(self.values))}", {}
		if self.carried == "form":
			return self.path, _body("&".join(_pairs(self.values)), FORM)
		if self.carried == "page":
			return self.path, _for_a_page(_body("&".join(_pairs(self.values)), FORM))
		if self.carried == "page of parts":
			return self.path, _for_a_page(replace(self, carried="parts").options()[1])
		if self.carried == "batch":
			return self.path, _body(json.dumps([self.values, self.values]), "application/json")
		if self.carried == "plain":
			return self.path, _body(json.dumps(self.values), "text/plain")
		if self.carried == "parts":
			fields = {
				name: (None, text.encode("utf-8", "surrogatepass")) for name, text in _texts(self.values)
			}
			return self.path, {"files": fields or {"x": (None, b"")}}
		return self.path, _body(json.dumps(self.values), "application/json")


def _for_a_page(sent: dict[str, Any]) -> dict[str, Any]:
	"""As a browser sends a form, which waits for a page."""
	return {**sent, "headers": {**sent.get("headers", {}), "Accept": "text/html"}}


def _body(text: str, kind: str) -> dict[str, Any]:
	return {"data": text.encode("utf-8", "surrogatepass"), "headers": {"Content-Type": kind}}


def _texts(values: Mapping[str, Any]) -> list[tuple[str, str]]:
	"""As a form has it: a list of texts comes as several fields, other lists and objects as JSON."""
	pairs = []
	for name, value in values.items():
		if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
			pairs += [(name, each) for each in value[:300]]
		elif isinstance(value, str):
			pairs.append((name, value))
		elif value is not None:
			pairs.append((name, json.dumps(value)))
	return pairs


def _pairs(values: Mapping[str, Any]) -> list[str]:
	return [
		f"{quote(name.encode('utf-8', 'surrogatepass'), safe='')}={quote(text.encode('utf-8', 'surrogatepass'), safe='')}"
		for name, text in _texts(values)
	]


def bad_values(name: str = "") -> st.SearchStrategy[Any]:
	"""A value that isn't what was asked for, or hardly."""
	return st.one_of(
		st.sampled_from(BAD_TEXTS),
		st.sampled_from(BAD_VALUES),
		st.sampled_from(BAD_DAYS),
		st.text(max_size=40),
		st.integers(),
	)


def good_values(name: str, world: World, endpoint: str = "", depth: int = 0) -> st.SearchStrategy[Any]:
	"""A value as it is asked for, by the name of the parameter or field."""
	bare = name.partition(":")[0]
	if bare in KEYED and depth < 2:
		return st.dictionaries(
			good_values(KEYED[bare], world, depth=depth + 1).map(str),
			st.sampled_from((0, 45, 60, "Done", *WORDS)),
			max_size=3,
		)
	fields = (FIELDS.get(endpoint) if bare == "values" else None) or FIELDS.get(bare)
	if fields and depth < 2:
		one = objects(fields, world, depth + 1)
		return st.lists(one, max_size=3) if bare in LISTED else one
	if records := world.of(bare):
		one = st.sampled_from(records)
		return st.lists(one, max_size=4) if bare in LISTED else one
	return st.sampled_from(CHOICES.get(bare, WORDS))


def objects(fields: Sequence[str], world: World, depth: int) -> st.SearchStrategy[dict[str, Any]]:
	"""Some of the fields, at times one of them with a value that isn't fit."""

	@st.composite
	def drawn(draw: st.DrawFn) -> dict[str, Any]:
		names = draw(st.lists(st.sampled_from(fields), min_size=1, max_size=6, unique=True))
		values = {name: draw(good_values(name, world, depth=depth)) for name in names}
		if draw(st.integers(0, 2)):
			values[draw(st.sampled_from(names))] = draw(bad_values())
		return values

	return drawn()


@st.composite
def askings(draw: st.DrawFn, name: str, endpoint: Endpoint, world: World) -> Asking:
	"""A request to an endpoint: what it must have and some of what it may, often with something unfit."""
	values = {}
	short = name.rpartition(".")[2]
	for parameter, asked in inputs.parameters(endpoint.function).items():
		if asked.required or draw(st.booleans()):
			values[parameter] = draw(good_values(parameter, world, short))
	if endpoint.form:
		for field in draw(st.lists(st.sampled_from(FORM_FIELDS), max_size=8, unique=True)):
			values.setdefault(field, draw(good_values(field, world)))
	for _bad in range(draw(st.sampled_from((0, 1, 1, 1, 2)))):
		if values:
			values[draw(st.sampled_from(sorted(values)))] = draw(bad_values())
	extra = draw(st.integers(0, 19))
	if extra == 0 and values:
		del values[draw(st.sampled_from(sorted(values)))]
	elif extra == 1:
		values[
			draw(
				st.sampled_from(("no_such_field", "doctype", "user", "profile", "mentoring_caller", "flags"))
			)
		] = draw(bad_values())
	elif extra == 2 and endpoint.form:
		values |= {f"f{number}": "x" for number in range(400)}
	verb = draw(st.sampled_from(endpoint.methods))
	ways = ("address",)
	if verb == "POST":
		ways = ("json",) * 5 + ("form", "form", "parts", "plain", "batch", "address")
		ways += ("page", "page", "page", "page of parts") if endpoint.form else ()
	return Asking(verb, f"/api/method/{name}", draw(st.sampled_from(ways)), _short_enough(values, verb))


def _short_enough(values: dict[str, Any], verb: str) -> dict[str, Any]:
	"""A web server takes no address of more than some thousand characters, and it isn't the app that refuses it."""
	if verb != "GET":
		return values
	return {name: value[:800] if isinstance(value, str) else value for name, value in values.items()}


PAGES = (
	*("/mentoring", "/mentoring/profile", "/mentoring/groups", "/mentoring/library", "/mentoring/data"),
	*("/mentoring/sign", "/mentoring/again", "/mentoring/programs/{program}", "/mentoring/apply/{cycle}"),
	*("/mentoring/mentors/{cycle}", "/mentoring/match/{group}", "/mentoring/library/{resource}"),
	*("/mentoring/groups/{group}", "/mentoring/groups/{group}/meetings", "/mentoring/groups/{group}/charter"),
	*("/mentoring/groups/{group}/meetings/{session}", "/mentoring/groups/{group}/goals"),
	*(
		"/mentoring/groups/{group}/feedback",
		"/mentoring/groups/{group}/hours",
		"/mentoring/groups/{group}/more",
	),
	*("/mentoring/groups/{group}/concern", "/mentoring-docs", "/mentoring-docs/{page}"),
	# The files behind the routes, which are addresses as well.
	*(
		"/mentoring/apply",
		"/mentoring/match",
		"/mentoring/mentors",
		"/mentoring/program",
		"/mentoring/resource",
	),
	*(f"/mentoring/group/{page}" for page in ("overview", "meeting", "meetings", "charter", "goals")),
	*(f"/mentoring/group/{page}" for page in ("feedback", "hours", "more", "concern")),
)
QUERY = (
	"step",
	"as",
	"phase",
	"audience",
	"topic",
	"group",
	"session",
	"cycle",
	"program",
	"resource",
	"page",
)


@st.composite
def visits(draw: st.DrawFn, page: str, world: World) -> Asking:
	"""A page with its names and questions, good or bad."""
	parts = {}
	for name in ("group", "session", "cycle", "program", "resource", "page"):
		if f"{{{name}}}" in page:
			good = st.sampled_from(world.of(name) or ["roles", "no-such-page"])
			parts[name] = draw(st.one_of(good, good, bad_values(name).map(str)))[:800]
	query = {}
	for name in draw(st.lists(st.sampled_from(QUERY), max_size=3, unique=True)):
		query[name] = draw(st.one_of(good_values(name, world).map(str), bad_values(name)))
	path = page.format(
		**{name: quote(text.encode("utf-8", "surrogatepass"), safe="") for name, text in parts.items()}
	)
	return Asking("GET", path, "address", _short_enough(query, "GET"))
