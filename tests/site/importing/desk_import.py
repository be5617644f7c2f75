"""An import of the Desk in a test: its file, its jobs, its rows."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any

import frappe
import pytest
from openpyxl import Workbook

from mentor_ispe.api import imports as api
from mentor_ispe.jobs import imports as jobs
from mentor_ispe.services.imports import state
from tests import factories as make

IMPORT = "Mentoring Import"
COMMITTED = "committed"
HEADINGS = ("First name", "Surname", "E-Mail", "Grade", "Employer", "Interests", "Remarks")


@pytest.fixture(autouse=True)
def roll(site):
	make.use_membership_roll()


@pytest.fixture
def queued(monkeypatch) -> list[dict[str, Any]]:
	"""The jobs that were asked for; in a test nothing is committed, so they would never begin."""
	asked: list[dict[str, Any]] = []
	monkeypatch.setattr(
		state, "enqueue", lambda method, **options: asked.append({"method": method, **options})
	)
	return asked


@pytest.fixture
def work(queued, monkeypatch):
	"""Do what is in the queue; a commit is a savepoint to which a rollback goes back."""
	rollback = frappe.db.rollback

	def run() -> None:
		with monkeypatch.context() as patched:
			patched.setattr(frappe.db, "commit", lambda: frappe.db.savepoint(COMMITTED))
			patched.setattr(
				frappe.db, "rollback", lambda *, save_point=COMMITTED: rollback(save_point=save_point)
			)
			frappe.db.commit()
			while queued:
				job = queued.pop(0)
				getattr(jobs, job["method"].rpartition(".")[2])(job["name"], job["attempt"])

	return run


def email() -> str:
	return f"{frappe.generate_hash(length=10)}@example.org"


def as_csv(*rows: tuple, headings: tuple = HEADINGS) -> bytes:
	text = StringIO()
	csv.writer(text).writerows([headings, *rows])
	return text.getvalue().encode()


def as_xlsx(*rows: tuple, headings: tuple = HEADINGS) -> bytes:
	book = Workbook()
	for row in (headings, *rows):
		book.active.append(row)
	content = BytesIO()
	book.save(content)
	return content.getvalue()


def start(content: bytes, kind: str = "People", suffix: str = "csv", **values: Any) -> Any:
	"""A new import with this file, as the form saves it."""
	doc = frappe.get_doc({"doctype": IMPORT, "kind": kind, **values}).insert()
	attach(doc, content, suffix)
	return doc


def attach(doc: Any, content: bytes, suffix: str = "csv") -> None:
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{frappe.generate_hash(length=8)}.{suffix}",
			"content": content,
			"attached_to_doctype": IMPORT,
			"attached_to_name": doc.name,
			"attached_to_field": "file",
			"is_private": 1,
		}
	).insert()
	doc.reload()
	doc.file = file.file_url
	doc.save()


def check(doc: Any, work, **choices: Any) -> dict[str, Any]:
	"""Check the file with what is guessed, and these choices."""
	form = api.columns(doc.name)["form"]
	form.pop("why", None)
	columns = {**form["columns"], **choices.pop("columns", {})}
	api.check(doc.name, **{**form, **choices, "columns": columns})
	work()
	return api.current_state(doc.name)


def fates(name: str) -> dict[int, str]:
	return {row["file_row"]: row["fate"] for row in api.some_rows(name)}


def message(name: str, file_row: int) -> str:
	return next(row["message"] for row in api.some_rows(name) if row["file_row"] == file_row)
