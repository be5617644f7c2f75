"""An endpoint that breaks down leaves no private words in the Error Log."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import error as frappe_errors

from mentor_ispe.api import sessions as api
from mentor_ispe.api.redact_errors import BrokenDown
from mentor_ispe.services.sessions import notes
from tests import factories as make

WORDS = "marigold resigns in spring"


@pytest.fixture
def logged(monkeypatch) -> list[str]:
	"""What would be written to the Error Log."""
	written: list[str] = []

	def log(title=None, message=None, *args, **kwargs):
		written.append(f"{title}\n{message or frappe.get_traceback(with_context=True)}")

	monkeypatch.setattr(frappe_errors, "log_error", log)
	monkeypatch.setattr(frappe, "log_error", log)
	return written


def breaks(*args, **kwargs):
	raise ValueError(f"can't keep {kwargs}")


def answer_of_frappe(call) -> type[Exception]:
	"""What Frappe does with an error of a request; returns its kind."""
	try:
		call()
	except Exception as error:
		frappe_errors.log_error_snapshot(error)
		return type(error)
	raise AssertionError("nothing broke down")


def test_frappe_would_log_the_words(logged):
	words = WORDS
	answer_of_frappe(lambda: breaks(summary=words))
	assert WORDS in logged[0]


def test_a_breakdown_says_where_it_was_and_nothing_of_what_was_written(logged, monkeypatch):
	group = make.make_active_group(format="One-on-One")
	session = make.make_session(group.name).name
	user = make.make_user(roles=("Mentoring Member",)).name
	frappe.db.set_value("Mentoring Profile", group.people[0], "user", user)
	frappe.set_user(user)
	monkeypatch.setattr(notes, "write", breaks)
	assert answer_of_frappe(lambda: api.write_notes(session, summary=WORDS)) is BrokenDown
	(only,) = logged
	assert "write_notes broke down (ValueError)" in only
	assert "test_redact_errors.py" in only
	assert WORDS not in only
