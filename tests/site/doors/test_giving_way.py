"""A request that the database undid for another one goes again, or says in words to try again."""

from __future__ import annotations

import frappe
import pytest
from frappe.model.document import Document
from psycopg2.errors import SerializationFailure
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from mentor_ispe.api.retry import retried
from mentor_ispe.exceptions import Busy
from mentor_ispe.services.give_way import ATTEMPTS
from tests import factories as make
from tests.site.doors.cases import make_draft, pair

DEADLOCK = frappe.QueryDeadlockError(1213, "Deadlock found when trying to get lock")
CHANGED = SerializationFailure("could not serialize access due to concurrent update")  # PostgreSQL's
LOCK_WAIT = frappe.QueryTimeoutError(1205, "Lock wait timeout exceeded")


@pytest.fixture
def request_to():
	"""Pretends that this is a request to a path, with nothing written yet."""

	def pretend(path: str) -> None:
		frappe.db.commit()
		frappe.db.transaction_writes = 0
		frappe.local.message_log = []
		frappe.local.request = Request(EnvironBuilder(path=path, method="PUT").get_environ())

	before = getattr(frappe.local, "request", None)
	yield pretend
	if before is None:
		del frappe.local.request
	else:
		frappe.local.request = before


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
			self.title = "half done"
			self.members = self.members[:1]
			raise error

		monkeypatch.setattr(Document, "_save", losing_save)
		return tried

	return undo


def make_group():
	cycle, mentor, mentee = pair()
	return make_draft(cycle, mentor.name, mentee.name, make.make_mentee(cycle).name)


@pytest.mark.parametrize(
	"path",
	[
		"/api/resource/Mentoring Group/x",
		"/api/v1/resource/Mentoring Group/x",
		"/api/v2/document/Mentoring Group/x",
		"/api/method/frappe.desk.form.save.savedocs",
		"/api/v2/method/frappe.client.set_value",
	],
)
@pytest.mark.parametrize("error", [DEADLOCK, CHANGED])
def test_a_save_that_was_undone_goes_again_from_the_start(request_to, lost, path, error):
	group = make_group()
	request_to(path)
	tried = lost(2, error)
	group.title = "Saved in the end"
	group.save()
	assert len(tried) == 3
	assert frappe.db.get_value("Mentoring Group", group.name, "title") == "Saved in the end"
	assert len(frappe.get_doc("Mentoring Group", group.name).members) == 2
	assert frappe.local.message_log == []


def test_a_save_that_is_undone_again_and_again_asks_to_try_again(request_to, lost):
	group = make_group()
	request_to("/api/resource/Mentoring Group/x")
	tried = lost(100)
	with pytest.raises(Busy, match="Please try again") as error:
		group.save()
	assert len(tried) == ATTEMPTS
	assert error.value.http_status_code == 417
	assert [message["message"] for message in frappe.local.message_log] == [str(error.value)]


def test_a_save_after_other_changes_is_not_repeated_alone(request_to, lost):
	group = make_group()
	request_to("/api/method/frappe.client.insert_many")
	frappe.db.set_value("Mentoring Group", group.name, "title", "Changed before")
	tried = lost(1)
	with pytest.raises(Busy):
		group.save()
	assert len(tried) == 1


def test_waiting_for_a_lock_in_vain_is_told_at_once(request_to, lost):
	group = make_group()
	request_to("/api/resource/Mentoring Group/x")
	tried = lost(100, LOCK_WAIT)
	with pytest.raises(Busy):
		group.save()
	assert len(tried) == 1


@pytest.fixture
def lost_opening(monkeypatch):
	"""Makes the database undo the next openings for a change; returns the list of those that were tried."""

	def undo(times: int) -> list[str]:
		tried: list[str] = []
		load = Document.load_from_db

		def losing_load(self):
			if self.flags.for_update:
				tried.append(self.name)
				if len(tried) <= times:
					raise CHANGED
			return load(self)

		monkeypatch.setattr(Document, "load_from_db", losing_load)
		return tried

	frappe.flags.mentoring_opened = None
	yield undo
	frappe.flags.mentoring_opened = None


def test_the_record_that_a_request_names_is_opened_again(request_to, lost_opening):
	group = make_group()
	request_to(f"/api/resource/Mentoring Group/{group.name}")
	tried = lost_opening(2)
	opened = frappe.get_doc("Mentoring Group", group.name, for_update=True)
	assert (opened.title, len(opened.members)) == (group.title, 2)
	assert tried == [group.name] * 3


def test_a_record_that_is_opened_after_it_is_not(request_to, lost_opening):
	group = make_group()
	request_to(f"/api/resource/Mentoring Group/{group.name}")
	frappe.get_doc("Mentoring Group", group.name, for_update=True)
	tried = lost_opening(1)
	with pytest.raises(SerializationFailure):  # the locks that came before would be lost
		frappe.get_doc("Mentoring Group", group.name, for_update=True)
	assert len(tried) == 1


@pytest.mark.parametrize("path", ["/api/resource/Mentoring Feedback/x", "/api/method/another.app"])
def test_a_record_that_the_request_does_not_name_is_not(request_to, lost_opening, path):
	group = make_group()
	request_to(path)
	tried = lost_opening(1)
	with pytest.raises(SerializationFailure):
		frappe.get_doc("Mentoring Group", group.name, for_update=True)
	assert len(tried) == 1


@pytest.mark.parametrize(
	"path", ["/api/method/mentor_ispe.api.coordinator.propose", "/api/method/another.app"]
)
def test_an_endpoint_repeats_itself_whole(request_to, lost, path):
	group = make_group()
	request_to(path)
	tried = lost(1)
	with pytest.raises(frappe.QueryDeadlockError):
		group.save()
	assert len(tried) == 1


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
