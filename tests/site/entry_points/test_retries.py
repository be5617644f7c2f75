"""A transaction that the database undid for another one goes again whole, or people read to try again."""

from __future__ import annotations

import json
from collections.abc import Callable

import frappe
import frappe.api
import pytest
from frappe.core.doctype.data_import.importer import INSERT, Importer
from frappe.model.document import Document
from psycopg2.errors import SerializationFailure
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from mentor_ispe.concurrency import entry_points
from mentor_ispe.concurrency.retries import ATTEMPTS, Busy, retried
from tests import factories as make
from tests.site.entry_points.cases import make_draft, pair

DEADLOCK = frappe.QueryDeadlockError(1213, "Deadlock found when trying to get lock")
CHANGED = SerializationFailure("could not serialize access due to concurrent update")  # PostgreSQL's
LOCK_WAIT = frappe.QueryTimeoutError(1205, "Lock wait timeout exceeded")


@pytest.fixture
def lost(monkeypatch):
	"""Makes the database undo the next saves; `lost(times)` returns the list of the saves that were tried."""

	def undo(times: int, error: Exception = DEADLOCK) -> list[str]:
		tried: list[str] = []
		save = Document._save

		def losing_save(self, *args, **kwargs):
			tried.append(self.doctype)
			if len(tried) > times:
				return save(self, *args, **kwargs)
			frappe.msgprint("This must not reach the user")
			frappe.db.set_value("Mentoring Group", self.name, "end_reason", "Half done")
			self.title = "half done"
			self.seats = self.seats[:1]
			raise error

		monkeypatch.setattr(Document, "_save", losing_save)
		return tried

	return undo


@pytest.fixture
def group() -> Document:
	cycle, mentor, mentee = pair()
	return make_draft(cycle, mentor.name, mentee.name, make.make_mentee(cycle).name)


def send(path: str, values: dict, method: str = "PUT") -> Response:
	"""A request as Frappe's application handles it, once it knows who asks."""
	entry_points.wrap_once()
	frappe.db.commit()
	request = Request(EnvironBuilder(path=path, method=method).get_environ())
	frappe.local.request, frappe.local.form_dict = request, frappe._dict(values)
	frappe.local.response, frappe.local.message_log = frappe._dict(docs=[]), []
	return frappe.api.handle(request)


def by_rest(version: str) -> Callable[[Document, str], Response]:
	return lambda group, title: send(f"/api/{version}/{group.doctype}/{group.name}", {"title": title})


def by_form(group: Document, title: str) -> Response:
	doc = json.dumps({**group.as_dict(), "title": title}, default=str)
	return send("/api/method/frappe.desk.form.save.savedocs", {"doc": doc, "action": "Save"}, "POST")


def by_client(group: Document, title: str) -> Response:
	values = {"doctype": group.doctype, "name": group.name, "fieldname": "title", "value": title}
	return send("/api/v2/method/frappe.client.set_value", values, "POST")


ENTRY_POINTS = [by_rest("resource"), by_rest("v1/resource"), by_rest("v2/document"), by_form, by_client]
NAMES = ["REST", "REST v1", "REST v2", "form", "client"]


@pytest.mark.parametrize("write", ENTRY_POINTS, ids=NAMES)
@pytest.mark.parametrize("error", [DEADLOCK, CHANGED], ids=["MariaDB", "PostgreSQL"])
def test_a_request_that_was_undone_goes_again_from_the_start(group, lost, write, error):
	tried = lost(2, error)
	answer = write(group, "Saved in the end")
	assert tried == ["Mentoring Group"] * 3
	stored = frappe.get_doc("Mentoring Group", group.name)
	assert (stored.title, stored.end_reason or "", len(stored.seats)) == ("Saved in the end", "", 3)
	assert "must not reach" not in str(frappe.local.message_log)
	assert "must not reach" not in answer.get_data(as_text=True)


def test_a_request_that_is_undone_again_and_again_asks_to_try_again(group, lost):
	tried = lost(100)
	with pytest.raises(Busy, match="Please try again") as error:
		by_rest("resource")(group, "Never saved")
	assert len(tried) == ATTEMPTS
	assert error.value.http_status_code == 417
	assert [message["message"] for message in frappe.local.message_log] == [str(error.value)]


def test_changes_before_the_one_that_was_undone_are_made_again():
	docs = [{"doctype": "Mentoring Topic", "topic": topic} for topic in ("First of two", "Second of two")]
	inserted: list[str] = []
	insert = Document.db_insert

	def losing_insert(self, *args, **kwargs):
		if self.doctype == "Mentoring Topic":
			inserted.append(self.topic)
			if len(inserted) == 2:
				raise DEADLOCK
		return insert(self, *args, **kwargs)

	with pytest.MonkeyPatch.context() as patch:
		patch.setattr(Document, "db_insert", losing_insert)
		send("/api/method/frappe.client.insert_many", {"docs": json.dumps(docs)}, "POST")
	assert inserted == ["First of two", "Second of two"] * 2
	assert frappe.db.exists("Mentoring Topic", "First of two")


def test_a_request_that_committed_something_is_not_repeated(group, monkeypatch):
	tried: list[str] = []

	def losing_save(self, *args, **kwargs):
		tried.append(self.doctype)
		frappe.db.after_commit.run()  # what a commit does
		raise DEADLOCK

	monkeypatch.setattr(Document, "_save", losing_save)
	with pytest.raises(Busy):
		by_rest("resource")(group, "Never saved")
	assert len(tried) == 1


def test_waiting_for_a_lock_in_vain_is_told_at_once(group, lost):
	tried = lost(100, LOCK_WAIT)
	with pytest.raises(Busy):
		by_rest("resource")(group, "Never saved")
	assert len(tried) == 1


def test_the_record_that_a_request_names_is_opened_again(group, monkeypatch):
	tried: list[str] = []
	load = Document.load_from_db

	def losing_load(self):
		if self.flags.for_update and self.doctype == "Mentoring Group":
			tried.append(self.name)
			if len(tried) <= 2:
				raise CHANGED
		return load(self)

	monkeypatch.setattr(Document, "load_from_db", losing_load)
	by_rest("resource")(group, "Opened in the end")
	assert tried[:3] == [group.name] * 3
	assert frappe.db.get_value("Mentoring Group", group.name, "title") == "Opened in the end"


@pytest.mark.parametrize(
	("path", "method"), [("method/another_app.change", "POST"), ("resource/User", "GET")]
)
def test_reading_and_the_endpoints_of_apps_are_left_alone(monkeypatch, path, method):
	tried: list[str] = []

	def losing(request: Request) -> Response:
		tried.append(request.path)
		raise DEADLOCK

	handle = entry_points._retrying_requests(losing)
	with pytest.raises(frappe.QueryDeadlockError) as error:
		handle(Request(EnvironBuilder(path=f"/api/{path}", method=method).get_environ()))
	assert (len(tried), error.value) == (1, DEADLOCK)


def test_a_row_of_an_import_goes_again(monkeypatch):
	entry_points.wrap_once()
	importer = Importer.__new__(Importer)
	importer.import_type, importer.doctype = INSERT, "Mentoring Topic"
	importer.data_import = frappe._dict(doctype="Data Import", name="x", submit_after_import=0)
	tried: list[str] = []
	insert = Importer.insert_record

	def losing_insert(self, doc):
		tried.append(doc.pop("topic"))
		if len(tried) < 3:
			raise DEADLOCK
		return insert(self, frappe._dict(doc, topic=tried[-1]))

	monkeypatch.setattr(Importer, "insert_record", losing_insert)
	frappe.db.commit()
	frappe.db.transaction_writes = 0
	importer.process_doc(frappe._dict(topic="Imported in the end"))
	assert tried == ["Imported in the end"] * 3
	assert frappe.db.exists("Mentoring Topic", "Imported in the end")


def test_each_function_is_wrapped_once():
	entry_points.wrap_once()
	wrapped = frappe.api.handle, Importer.process_doc
	entry_points.wrap_once()
	assert (frappe.api.handle, Importer.process_doc) == wrapped


@pytest.mark.parametrize("error", [DEADLOCK, CHANGED, frappe.TimestampMismatchError("changed meanwhile")])
def test_our_endpoint_goes_again_when_another_request_came_first(error):
	tried = []

	@retried
	def endpoint() -> str:
		tried.append(frappe.db.get_value("User", "Guest"))
		frappe.msgprint("From an attempt that was undone")
		if len(tried) < 3:
			raise error
		frappe.clear_messages()
		return "done"

	frappe.local.message_log = []
	assert endpoint() == "done"
	assert len(tried) == 3
	assert frappe.local.message_log == []


@pytest.mark.parametrize(("error", "attempts"), [(DEADLOCK, ATTEMPTS), (CHANGED, ATTEMPTS), (LOCK_WAIT, 1)])
def test_our_endpoint_never_speaks_of_locks(error, attempts):
	tried = []

	@retried
	def endpoint() -> None:
		tried.append(1)
		raise error

	with pytest.raises(Busy, match="Please try again"):
		endpoint()
	assert len(tried) == attempts


def test_a_refusal_is_not_repeated():
	tried = []

	@retried
	def endpoint() -> None:
		tried.append(1)
		frappe.throw("No seat is left")

	with pytest.raises(frappe.ValidationError, match="No seat is left"):
		endpoint()
	assert len(tried) == 1
