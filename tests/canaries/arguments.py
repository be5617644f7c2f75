"""Arguments that name our DocTypes, fields and records in each way that a function may take them.

The name of a parameter says what it is (a DocType, a record, filters …); the same thing is given in
several forms, drawn at random: plain, as JSON, as JSON in JSON, in upper case, as a filter, an order, a
function, a field of a table. A parameter that none of this fits gets a record's name, a word or a number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import frappe

from tests.canaries.engine import Call
from tests.canaries.functions import Function
from tests.canaries.world import STARTS, Canary, World

FORMS = ("plain", "json", "twice", "upper", "list")
REPORTS = ("Standard", "Mentoring Group Roster", "Mentoring Credit Record")

DOCTYPE = re.compile(
	r"^(doctype|dt|doc_?type|ref_type|document_?type|parent_?type|cdt|link_to|resource_type|table)$|_doctype$|_dt$|doctype_name|for_doctype"
)
NAME = re.compile(
	r"^(name|dn|id|cdn|key|source_name|ref_name|parent|value|old|new|master)$|docname|_name$|document_name|_id$|_no$"
)
NAMES = re.compile(r"^(names|docnames|ids|items|docs_?list|selected.*|records)$")
FIELD = re.compile(
	r"^(field|fieldname|group_by_field|aggregate_.*field|searchfield|based_on|sort_by|sort_key|column|key_field|filter_?field|.*_field|label|title_field)$"
)
FIELDS = re.compile(r"^(fields|columns|fieldnames|with_.*|as_list_fields|.*_fields)$")
FILTERS = re.compile(r"filters?(_json)?$|^conditions?$|^where$|^or_filters$")
ORDER = re.compile(r"^(order_by|group_by|sort|distinct_field|sort_order)$")
TEXT = re.compile(
	r"^(txt|text|q|query|search|search_.*|keyword.*|term|pattern|message|content|subject|description|reason|note|comment|words|topic)$"
)
DOC = re.compile(
	r"^(doc|docs|document|data|args|kwargs|values|params|chart|report|doc_?dict|source_doc|target_doc|obj|payload|.*_json|state|options|settings|row|rows|card|web_form|prefs?|context)$"
)
USER = re.compile(r"user|email|recipient|^to$|^cc$|^bcc$|sender|owner|member$|assign|^raised_by$")
FILE = re.compile(r"file|path|url|route|attachment|^fid$|image")
REPORT = re.compile(r"report(_name)?$")
METHOD = re.compile(r"^(method|cmd|fn|func.*|function|doc_method|run_method|server_script)$")
LIMIT = re.compile(r"^(limit.*|page_?len.*|page_size|count|max.*|per_page|end)$")
OURS = {
	"cycle": "Mentoring Cycle",
	"group": "Mentoring Group",
	"mentor": "Mentor",
	"mentee": "Mentee",
	"profile": "Mentoring Profile",
	"program": "Mentoring Program",
	"session": "Mentoring Session",
	"run": "Mentoring Match Run",
	"other": "Mentoring Match Run",
	"workshop": "Mentoring Workshop",
	"request": "Mentoring Feedback Request",
	"agreement": "Mentoring Agreement",
	"concern": "Mentoring Concern",
	"goal": "Mentoring Goal",
	"feedback": "Mentoring Feedback",
	"resource": "Mentoring Resource",
	"speaker": "Guest Speaker",
	"item": "Mentoring Action Item",
	"message": "Mentoring Message",
	"notice": "Mentoring Notice",
	"report": "Mentoring Committee Report",
}


class Arguments:
	"""Calls for one caller: about `private`, the canaries that they may not read."""

	def __init__(self, world: World, private: list[Canary], names: dict[str, list[str]], rng: Random):
		self.world, self.names, self.rng = world, names, rng
		self.by_doctype: dict[str, list[Canary]] = {}
		for canary in private:
			self.by_doctype.setdefault(canary.doctype, []).append(canary)
		self.users = [person["user"] for person in world.people.values() if "@" in person["user"]]
		self.reports = frappe.get_all("Report", {"module": "Mentor ISPE"}, pluck="name", order_by="name")

	def about(self, doctype: str | None = None) -> Canary:
		"""One that is private: DocTypes have the same chance, whatever number of fields they have."""
		if doctype not in self.by_doctype:
			doctype = self.rng.choice(sorted(self.by_doctype))
		return self.rng.choice(self.by_doctype[doctype])

	def call(self, function: Function, about: Canary) -> Call:
		"""One call of the function, as the version of the interface and the verb that it takes."""
		rng = self.rng
		values = {}
		for name, annotation in function.parameters:
			if rng.random() < 0.93:
				values[name] = self.value(name, annotation, about)
		values |= self.extras(function, about)
		verb = rng.choice([each for each in function.methods if each in ("GET", "POST")] or ["POST"])
		if not function.doctype:
			address = f"/api/{rng.choice(('', 'v2/'))}method/{function.path}"
			return Call(verb, address, values, function.path, form=rng.random() < 0.5)
		return self.method(function, about, verb, values)

	def method(self, function: Function, about: Canary, verb: str, values: dict) -> Call:
		"""A method of a document: by its address, or of a document that the caller sends along."""
		method = function.path.rpartition(".")[2]
		name = self.record(function.doctype)
		shape = self.rng.randrange(3)
		if shape == 0:
			return Call(
				verb, f"/api/v2/document/{function.doctype}/{name}/method/{method}", values, function.path
			)
		document = {"doctype": function.doctype, "name": name, **self.document(about, function.doctype)}
		if shape == 1:
			sent = {"docs": json.dumps(document), "method": method, "args": json.dumps(values, default=str)}
			return Call(verb, "/api/method/run_doc_method", sent, function.path)
		sent = {"document": json.dumps(document), "method": method, "kwargs": values}
		return Call(verb, "/api/v2/method/run_doc_method", sent, function.path)

	def record(self, doctype: str) -> str:
		"""One of the world's, else one that the site has."""
		return self.rng.choice(self.names.get(doctype) or [f"new-{doctype.lower()}-1"])

	# One value -----------------------------------------------------------------------------------

	def value(self, name: str, annotation: str, about: Canary) -> Any:
		rng = self.rng
		if name in OURS and rng.random() < 0.85:
			if about.doctype == OURS[name]:
				return about.name
			return self.record(OURS[name])
		for pattern, make in self.kinds():
			if pattern.search(name):
				return self.formed(make(about))
		if "int" in annotation or "bool" in annotation or "float" in annotation:
			return rng.choice((0, 1, 20))
		if "date" in name or name.endswith("_on"):
			return rng.choice(("2020-01-01", "2030-01-01"))
		if "dict" in annotation:
			return self.document(about)
		if "list" in annotation:
			return [about.name]
		return self.formed(rng.choice((about.name, about.doctype, about.word, about.field, "1", "")))

	def kinds(self) -> Iterator[tuple[re.Pattern, Callable[[Canary], Any]]]:
		holds = self.holds
		yield DOCTYPE, lambda about: self.rng.choice((about.doctype, about.doctype, holds(about)))
		yield NAMES, lambda about: [about.name, about.parent or about.name]
		yield REPORT, lambda about: self.rng.choice(self.reports)
		yield ORDER, self.order
		yield FILTERS, self.filters
		yield FIELDS, self.fields
		yield FIELD, self.one_field
		yield (
			METHOD,
			lambda about: self.rng.choice(("frappe.client.get", "frappe.client.get_list", "get_list")),
		)
		yield DOC, self.document
		yield TEXT, lambda about: self.rng.choice((about.word, about.word[:8], about.name))
		yield FILE, self.file
		yield USER, lambda about: self.rng.choice(self.users)
		yield LIMIT, lambda about: 20
		yield NAME, lambda about: self.rng.choice((about.name, about.name, about.parent or about.name))

	def formed(self, value: Any) -> Any:
		"""The value in another form."""
		form = self.rng.choices(FORMS, (6, 3, 1, 1, 1))[0]
		if form == "json" and not isinstance(value, str):
			return json.dumps(value)
		if form == "twice":
			return json.dumps(json.dumps(value)) if not isinstance(value, str) else json.dumps(value)
		if form == "upper" and isinstance(value, str):
			return value.upper()
		if form == "list" and not isinstance(value, list):
			return [value]
		return value

	def holds(self, about: Canary) -> str:
		return about.parent_doctype or about.doctype

	def column(self, about: Canary) -> str:
		"""The field by one of its names."""
		table = f"`tab{about.doctype}`"
		options = [about.field, about.field.upper(), f"{table}.{about.field}", f"{table}.`{about.field}`"]
		options += [f"{about.doctype}.{about.field}", f"`{about.field}`"]
		if about.parent_doctype:
			row = self.child_field(about)
			options += [f"{row}.{about.field}", f"{about.doctype}.{about.field}"]
		return self.rng.choice(options)

	def child_field(self, about: Canary) -> str:
		return str(about.values.get("parentfield") or "seats")

	def one_field(self, about: Canary) -> Any:
		column = self.column(about)
		return self.rng.choice((column, column, f"max({column})", f"{self.holds(about)}.{about.field}"))

	def fields(self, about: Canary) -> Any:
		column = self.column(about)
		return self.rng.choice(
			(
				["*"],
				["name", column],
				[column],
				[f"max({column}) as name"],
				[f"{column} as name"],
				[{"MAX": about.field, "as": "name"}],
				[f"strcmp({column}, '{about.word}')"],
				[f"ifnull({column}, 1)"],
				column,
				f"name, {column}",
			)
		)

	def order(self, about: Canary) -> Any:
		column = self.column(about)
		return self.rng.choice(
			(
				column,
				f"{column} desc",
				f"strcmp({column}, '{about.word}')",
				f"field({column}, '{about.word}')",
				f"name, {column}",
			)
		)

	def filters(self, about: Canary) -> Any:
		"""Those that find the record by the word, whole or in part."""
		word = self.rng.choice((about.word, f"%{about.word}%", f"{about.word}%"))
		how = "like" if "%" in word else "="
		name = about.field if self.rng.random() < 0.7 else about.field.upper()
		return self.rng.choice(
			(
				{name: [how, word]},
				{name: word},
				{"name": about.name},
				{"name": about.name, name: [how, word]},
				[[about.doctype, name, how, word]],
				[[name, how, word]],
				[
					[self.holds(about), "name", "=", about.parent or about.name],
					[about.doctype, name, how, word],
				],
				[[about.doctype, name, "in", [about.word]]],
				[[about.doctype, name, "not like", word]],
				{f"{self.child_field(about)}.{name}": [how, word]},
				json.dumps([[about.doctype, name, how, word, False]]),
			)
		)

	def document(self, about: Canary, doctype: str | None = None) -> Any:
		"""A document as the Desk sends it: of ours, or one of Frappe's that names ours."""
		filters = json.dumps([[about.doctype, about.field, "like", f"%{about.word}%", False]])
		asking = {
			"document_type": about.doctype,
			"reference_doctype": about.doctype,
			"ref_doctype": about.doctype,
			"reference_name": about.name,
			"filters_json": filters,
			"filters": filters,
			"function": self.rng.choice(("Count", "Max", "Min")),
			"aggregate_function_based_on": about.field,
			"group_by_based_on": about.field,
			"group_by_type": "Count",
			"chart_type": self.rng.choice(("Count", "Group By")),
			"based_on": "creation",
			"value_based_on": about.field,
			"type": "Document Type",
			"report_name": self.rng.choice(self.reports),
			"fields": ["name", about.field],
			"fieldname": about.field,
			"txt": about.word,
			"user": self.rng.choice(self.users),
		}
		if doctype:
			return asking
		kind = self.rng.choice(
			(about.doctype, self.holds(about), "Number Card", "Dashboard Chart", "Report", "File", "ToDo")
		)
		return {"doctype": kind, "name": about.name, **asking}

	def file(self, about: Canary) -> str:
		return self.rng.choice(
			(
				*self.world.files,
				"/private/files/../../site_config.json",
				"/private/files/%2e%2e/%2e%2e/site_config.json",
			)
		)

	def extras(self, function: Function, about: Canary) -> dict[str, Any]:
		"""What functions without a signature read from the request."""
		if function.parameters or self.rng.random() < 0.1:
			return {}
		return {
			"doctype": self.holds(about) if self.rng.random() < 0.5 else about.doctype,
			"name": about.name,
			"docname": about.name,
			"fields": json.dumps(self.fields(about)),
			"filters": json.dumps(self.filters(about)),
			"order_by": self.order(about),
			"doc": json.dumps(self.document(about)),
			"file_url": self.file(about),
			"report_name": self.rng.choice(self.reports),
		}

	# Addresses -----------------------------------------------------------------------------------

	def of_rule(self, rule: Any, about: Canary, methods: list[Function]) -> Call:
		"""A call of one route of the REST interface."""
		rng = self.rng
		method = rng.choice(methods)
		values = {"doctype": about.doctype, "name": about.name, "method": method.path}
		values = {name: values.get(name, about.name) for name in rule.arguments}
		address = re.sub(r"<(?:[a-z]+:)?([a-z_]+)>", lambda found: str(values[found.group(1)]), rule.rule)
		verb = rng.choice(sorted((rule.methods or {"GET", "POST"}) - {"HEAD", "OPTIONS"}))
		query: dict[str, Any] = {}
		for name in (
			"fields",
			"filters",
			"or_filters",
			"order_by",
			"group_by",
			"expand",
			"expand_links",
			"limit",
			"as_dict",
			"debug",
			"parent",
			"run_method",
		):
			if rng.random() < 0.25:
				query[name] = {
					"fields": lambda: json.dumps(self.fields(about)),
					"filters": lambda: json.dumps(self.filters(about)),
					"or_filters": lambda: json.dumps(self.filters(about)),
					"order_by": lambda: self.order(about),
					"group_by": lambda: self.column(about),
					"expand": lambda: json.dumps([about.field, "profile", "mentoring_group", "cycle"]),
					"expand_links": lambda: 1,
					"limit": lambda: 0,
					"as_dict": lambda: 0,
					"debug": lambda: 1,
					"parent": lambda: self.holds(about),
					"run_method": lambda: rng.choice(("as_dict", "get_title", "check_permission")),
				}[name]()
		if verb in ("POST", "PUT", "PATCH") and rng.random() < 0.5:
			query |= {about.field: "other words"}
		return Call(verb, address, query, f"route {rule.rule}")

	def of_page(self, route: str, about: Canary) -> Call:
		"""A page, with what pages take in their address."""
		rng = self.rng
		address = re.sub(
			r"<(?:[a-z]+:)?([a-z_]+)>", lambda found: self.in_route(found.group(1), about), route
		)
		query = {
			"doctype": self.holds(about),
			"name": about.parent or about.name,
			"format": "Standard",
			"q": about.word,
			"txt": about.word,
			"fields": json.dumps(self.fields(about)),
			"filters": json.dumps(self.filters(about)),
			"token": about.word,
			"key": about.name,
			"as": rng.choice(("Mentee", "Mentor")),
			"step": rng.choice(("questions", "review", "agreements")),
			"template": about.doctype,
			"search": about.word,
			"topic": about.word,
		}
		return Call(
			"GET",
			f"/{address.lstrip('/')}",
			{k: v for k, v in query.items() if rng.random() < 0.5},
			f"page {route}",
		)

	def in_route(self, name: str, about: Canary) -> str:
		names = {"cycle": "Mentoring Cycle", "group": "Mentoring Group", "session": "Mentoring Session"}
		names |= {"program": "Mentoring Program", "resource": "Mentoring Resource"}
		return self.record(names[name]) if name in names else about.name


def names_of(world: World, doctypes: set[str]) -> dict[str, list[str]]:
	"""Records to name, by DocType: of the world, else some that the site has."""
	names = dict(world.records)
	for doctype in sorted(doctypes - set(names)):
		if frappe.get_meta(doctype).issingle:
			names[doctype] = [doctype]
		elif frappe.db.table_exists(doctype):
			names[doctype] = frappe.get_all(doctype, pluck="name", limit=3)
	return names


def counterpart(call: Call, word: str, other: str) -> Call:
	"""The same call with another word in the place of this one."""
	text = json.dumps(call.values, default=str)
	for there, absent in ((word, other), (word[:8], other[:8])):
		text = text.replace(there, absent).replace(there.upper(), absent.upper())
	changed = json.loads(text)
	return Call(call.verb, call.path, changed, call.name, call.form)


def names_word(call: Call, word: str) -> bool:
	return word[:8] in json.dumps(call.values, default=str).lower()


__all__ = ["STARTS", "Arguments", "counterpart", "names_word"]
