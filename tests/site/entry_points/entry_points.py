"""The entry points through which a record is written, each as the Desk or a program uses it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any

import frappe
import frappe.api.v1
import frappe.api.v2
import frappe.client
from frappe.core.doctype.data_import.data_import import form_start_import
from frappe.desk.doctype.bulk_update.bulk_update import submit_cancel_or_update_docs
from frappe.desk.doctype.kanban_board import kanban_board
from frappe.desk.form.save import savedocs
from frappe.utils import strip_html

from tests.site.entry_points.cases import INSERT, ROWS, STATUS, VALUES, Case, Step


@dataclass(frozen=True)
class Outcome:
	"""What an entry point did: whether it took the step, and what it said."""

	accepted: bool
	words: str = ""


@contextmanager
def request(**form: Any) -> Iterator[None]:
	"""One request: its form, its messages, and its end, by a commit or a rollback."""
	frappe.db.commit()
	frappe.local.message_log = []
	frappe.local.form_dict = frappe._dict(form)
	frappe.local.response = frappe._dict(docs=[])
	try:
		yield
	except Exception:
		frappe.db.rollback()
		raise
	else:
		frappe.db.commit()
	finally:
		frappe.local.form_dict = frappe._dict()


def said() -> str:
	"""What the request's messages tell the user."""
	return plain(*(message.get("message") for message in frappe.local.message_log))


def plain(*texts: Any) -> str:
	return " ".join(unescape(strip_html(str(text))) for text in texts)


def full_form(step: Step) -> dict[str, Any]:
	"""The whole record as a form sends it, with the step's values in it; rows keep their other values."""
	if step.name is None:
		rows = {
			key: [
				{
					"doctype": "Mentoring Group Member",
					"__islocal": 1,
					"name": f"new-row-{number}",
					"parentfield": key,
					**row,
				}
				for number, row in enumerate(value, 1)
			]
			for key, value in step.values.items()
			if isinstance(value, list)
		}
		return {
			"doctype": step.doctype,
			"name": f"new-{step.doctype.lower().replace(' ', '-')}-1",
			"__islocal": 1,
			**step.values,
			**rows,
		}
	doc = json.loads(frappe.get_doc(step.doctype, step.name).as_json())
	for key, value in step.values.items():
		if isinstance(value, list):
			stored = {row["name"]: row for row in doc[key]}
			value = [{**stored.get(row.get("name"), {}), **row} for row in value]
		doc[key] = value
	return doc


# Entry points that raise


def desk_form(step: Step) -> None:
	savedocs(json.dumps(full_form(step)), "Save")


def rest_v1(step: Step) -> None:
	frappe.local.form_dict = frappe._dict(data=json.dumps(step.values))
	if step.name is None:
		frappe.api.v1.create_doc(step.doctype)
	else:
		frappe.api.v1.update_doc(step.doctype, step.name)


def rest_v2(step: Step) -> None:
	frappe.local.form_dict = frappe._dict(step.values)
	if step.name is None:
		frappe.api.v2.create_doc(step.doctype)
	else:
		frappe.api.v2.update_doc(step.doctype, step.name)


def script(step: Step) -> None:
	doc = frappe.new_doc(step.doctype) if step.name is None else frappe.get_doc(step.doctype, step.name)
	doc.update(step.values)
	doc.save()


def client_insert(step: Step) -> None:
	frappe.client.insert(json.dumps({"doctype": step.doctype, **step.values}))


def client_insert_many(step: Step) -> None:
	"""A record that may be inserted goes first: all or none."""
	topic = {"doctype": "Mentoring Topic", "topic": frappe.generate_hash(length=8)}
	frappe.client.insert_many(json.dumps([topic, {"doctype": step.doctype, **step.values}]))


def client_save(step: Step) -> None:
	frappe.client.save(json.dumps(full_form(step)))


def client_set_value(step: Step) -> None:
	frappe.client.set_value(step.doctype, step.name, json.dumps(step.values))


def kanban(step: Step) -> None:
	"""A card dragged to another column of a board over the status."""
	board = kanban_board.quick_kanban_board(step.doctype, frappe.generate_hash(length=8), "status")
	kanban_board.update_order(board.name, json.dumps({step.values["status"]: [step.name]}))


def own_api(step: Step) -> None:
	method, values = step.api
	frappe.call(method, **values)


# Entry points that report


def bulk_edit(step: Step) -> Outcome:
	failed = submit_cancel_or_update_docs(step.doctype, [step.name], "update", json.dumps(step.values))
	return Outcome(not failed, said())


def client_bulk_update(step: Step) -> Outcome:
	docs = [{"doctype": step.doctype, "docname": step.name, **step.values}]
	failed = frappe.client.bulk_update(json.dumps(docs))["failed_docs"]
	return Outcome(not failed, said())


def data_import(step: Step) -> Outcome:
	"""A file brought in with the Data Import tool, as the form's Start Import does."""
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{frappe.generate_hash(length=8)}.csv",
			"content": as_csv(step),
			"is_private": 1,
		}
	).insert()
	doc = frappe.get_doc(
		{
			"doctype": "Data Import",
			"reference_doctype": step.doctype,
			"import_type": "Insert New Records" if step.name is None else "Update Existing Records",
			"import_file": file.file_url,
		}
	).insert()
	frappe.db.commit()  # the form was saved by a request of its own
	form_start_import(doc.name)
	doc.reload()
	logs = frappe.get_all("Data Import Log", {"data_import": doc.name}, ["messages", "exception"])
	words = plain(*(f"{log.messages} {log.exception}" for log in logs))
	return Outcome(doc.status == "Success", f"{words} {doc.template_warnings or ''}")


def as_csv(step: Step) -> str:
	"""The step as rows of a file: further rows of a table stand in lines of their own."""
	parent = {"name": step.name} if step.name else {}
	lines: list[dict[str, Any]] = [{}]
	for key, value in step.values.items():
		if not isinstance(value, list):
			parent[key] = value
			continue
		for number, row in enumerate(value):
			if number == len(lines):
				lines.append({})
			lines[number].update({f"{key}.{column}": cell for column, cell in row.items()})
	lines[0] = {**parent, **lines[0]}
	headings = list(dict.fromkeys(key for line in lines for key in line))
	text = io.StringIO()
	writer = csv.DictWriter(text, headings)
	writer.writeheader()
	writer.writerows(lines)
	return text.getvalue()


@dataclass(frozen=True)
class EntryPoint:
	"""`kinds` are the kinds of steps that it is for; the app's own API has the steps that it has."""

	go: Callable[[Step], Outcome | None]
	kinds: tuple[str, ...]

	def takes(self, case: Case) -> bool:
		return case.kind in self.kinds and (self.go is not own_api or case.in_api)

	def enter(self, step: Step) -> Outcome:
		"""Take the step as one request would; an error that isn't a refusal is raised."""
		try:
			with request():
				return self.go(step) or Outcome(True, said())
		except (frappe.ValidationError, frappe.PermissionError) as refusal:
			return Outcome(False, f"{said()} {plain(refusal)}")


EVERYTHING = (INSERT, STATUS, VALUES, ROWS)
UPDATES = (STATUS, VALUES, ROWS)

ENTRY_POINTS = {
	"desk_form": EntryPoint(desk_form, EVERYTHING),
	"bulk_edit": EntryPoint(bulk_edit, UPDATES),
	"kanban": EntryPoint(kanban, (STATUS,)),
	"data_import": EntryPoint(data_import, EVERYTHING),
	"rest_v1": EntryPoint(rest_v1, EVERYTHING),
	"rest_v2": EntryPoint(rest_v2, EVERYTHING),
	"client_insert": EntryPoint(client_insert, (INSERT,)),
	"client_insert_many": EntryPoint(client_insert_many, (INSERT,)),
	"client_save": EntryPoint(client_save, UPDATES),
	"client_set_value": EntryPoint(client_set_value, UPDATES),
	"client_bulk_update": EntryPoint(client_bulk_update, UPDATES),
	"script": EntryPoint(script, EVERYTHING),
	"own_api": EntryPoint(own_api, EVERYTHING),
}
