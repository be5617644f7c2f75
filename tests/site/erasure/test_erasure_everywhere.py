"""Somebody is erased, by each way, and nothing in the database or the files says who it was."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.jobs.people import process_erasures
from mentor_ispe.services.erasure import by_staff as erasures
from tests import factories as make
from tests.site.erasure import seeded as world
from tests.site.membership.records import make_email_account

# The first rows of an imported file, which goes as a whole with a row of the person's; the key of their entry in a
# meeting to come, to which they aren't invited any more.
GONE = {"tabMentoring Import.preview", "tabMentoring Session Attendance.calendar_uid"}


@pytest.fixture
def mailing(site, monkeypatch):
	make.use_membership_roll()
	make_email_account()
	monkeypatch.setattr(frappe, "sendmail", lambda *args, **kwargs: None)


def request(address: str) -> None:
	"""Frappe's request, confirmed by mail."""
	doc = frappe.new_doc("Personal Data Deletion Request")
	doc.update({"email": address, "status": "Pending Approval"})
	doc.set_new_name()
	doc.db_insert()
	doc.trigger_data_deletion()


def by_staff() -> None:
	"""The coordinator's button; there is no login."""
	profile = frappe.db.get_value("Mentoring Profile", {"email": world.ADDRESS}, "name")
	erasures.ask("Mentoring Profile", profile, world.FULL_NAME)
	assert process_erasures() == 1


WAYS = {
	"the person's request": (world.LOGIN, lambda: request(world.LOGIN)),
	"staff's button": (None, by_staff),
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_in_the_database_or_the_files_says_who_it_was(mailing, way):
	login, erase = WAYS[way]
	world.seed(login)
	before = world.find(world.NEIGHBOR)
	assert len(world.find(*world.IDENTIFYING)) > 50
	erase()
	assert world.find(*world.IDENTIFYING) == {}
	assert world.files_with(*world.IDENTIFYING) == []
	after = world.find(world.NEIGHBOR)
	assert set(before - after) <= GONE, "the words of others are gone"
