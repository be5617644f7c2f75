"""Private words are deleted when a program says so: nothing younger goes, nothing older stays, twice is the same."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_months, getdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentor_ispe.domain.retention import ANNOUNCED_DAYS, KINDS, MAILS, due_on
from mentor_ispe.services.retention import commands, kinds
from mentor_ispe.services.sessions import sealing
from tests import factories as make

TODAY = date(2031, 5, 31)
RETENTION = "Mentoring Retention"
MONTHS = {"keep_drafts": 3, "keep_applications": 12, "keep_answers": 24, "keep_notes": 36, "keep_concerns": 0}


def store(doctype: str, **values) -> str:
	doc = frappe.new_doc(doctype)
	doc.update(values)
	doc.name = frappe.generate_hash(length=10)
	doc.owner = doc.modified_by = "Administrator"
	doc.creation = doc.modified = frappe.utils.now()
	doc.db_insert()
	return doc.name


def make_cycle_with_words() -> SimpleNamespace:
	"""A cycle with something of every kind, none of it of today."""
	make.use_membership_roll()
	group = make.make_active_group()
	frappe.db.set_value("Mentoring Group", group.name, "status", "Completed")
	cycle = frappe.db.get_value("Mentoring Group", group.name, "cycle")
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	frappe.db.set_value("Mentoring Program", program, MONTHS)
	profile = make.make_profile().name
	applied = make.make_mentee(cycle, profile=profile, goals="I want to learn").name
	seated = frappe.get_all("Mentee", {"cycle": cycle, "name": ("!=", applied)}, pluck="name")
	frappe.db.set_value("Mentee", {"name": ("in", seated)}, "goals", "I have a seat")
	draft = store("Mentoring Application Draft", profile=profile, cycle=cycle, answers="{}")
	answer = store(
		"Mentoring Private Answer",
		profile=profile,
		cycle=cycle,
		mentoring_group=group.name,
		rating=0.4,
		comment="Hm",
	)
	note = store("Mentoring Session Note", mentoring_group=group.name)
	frappe.db.set_value("Mentoring Session Note", note, "content", sealing.seal({"summary": "Words"}, note))
	concern = store(
		"Mentoring Concern",
		raised_by=profile,
		cycle=cycle,
		mentoring_group=group.name,
		status="Resolved",
		concern="Hm",
	)
	return SimpleNamespace(**locals())


@pytest.fixture
def there(site):
	frappe.db.set_single_value("Mentoring Settings", "keep_mails", 0)
	return make_cycle_with_words()


def end(there: SimpleNamespace, day: date) -> None:
	frappe.db.set_value("Mentoring Cycle", there.cycle, {"status": "Completed", "end_date": day})


def work(day: date) -> dict[str, int]:
	"""A night, as the job does it, without its commits."""
	done: dict[str, int] = {}
	for name in commands.due(day):
		kind = frappe.db.get_value(RETENTION, name, "kind")
		while count := commands.delete_batch(name, day):
			done[kind] = done.get(kind, 0) + count
	commands.announce(day)
	return done


def left(there: SimpleNamespace) -> set[str]:
	"""The kinds of which there is still something."""
	return {kind for kind, each in kinds.WORK.items() if each.find(there.cycle, 1)}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(age=st.integers(-40, 1300))
def test_nothing_younger_goes_and_nothing_older_stays(there, age):
	frappe.db.savepoint("example")
	try:
		ended = TODAY - timedelta(days=age)
		end(there, ended)
		everything = left(there)
		assert everything == set(kinds.WORK)
		work(TODAY - timedelta(days=ANNOUNCED_DAYS))
		assert left(there) == everything, "not before it was announced"
		work(TODAY)
		due = {kind.name for kind in KINDS if (day := due_on(ended, MONTHS[kind.field])) and day <= TODAY}
		assert left(there) == everything - due
		assert work(TODAY) == {}, "twice is the same"
	finally:
		frappe.db.rollback(save_point="example")


def test_what_is_left_of_each_kind(there):
	frappe.db.set_value("Mentoring Program", there.program, "keep_concerns", 6)
	end(there, date(2020, 1, 1))
	work(TODAY)
	work(TODAY + timedelta(days=ANNOUNCED_DAYS))
	assert left(there) == set()
	assert not frappe.db.exists("Mentoring Application Draft", there.draft)
	assert frappe.db.get_value("Mentee", there.applied, ["goals", "status", "profile"]) == (
		None,
		"Approved",
		there.profile,
	)
	assert frappe.db.get_value("Mentee", there.seated[0], "goals") == "I have a seat"
	answer = frappe.db.get_value("Mentoring Private Answer", there.answer, ["comment", "profile", "rating"])
	assert answer == (None, None, 0.4)
	assert not frappe.db.get_value("Mentoring Session Note", there.note, "content")
	assert frappe.db.get_value("Mentoring Concern", there.concern, "concern") == kinds.REQUIRED
	records = frappe.get_all(RETENTION, {"cycle": there.cycle}, ["kind", "status", "deleted"])
	assert {(row.kind, row.status, row.deleted) for row in records} == {
		(kind, "Done", 1) for kind in kinds.WORK
	}
	assert there.profile not in frappe.as_json(frappe.get_all(RETENTION, fields=["*"]))


def test_coordinators_are_told_once_and_may_change_their_mind(there):
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "office@example.org")
	end(there, date(2020, 1, 1))
	told = {"template": "Mentoring: Deletion Announced", "recipient": "office@example.org"}
	before = frappe.db.count("Mentoring Notice", told)
	work(TODAY)
	work(TODAY)
	assert frappe.db.count("Mentoring Notice", told) == before + 1
	frappe.db.set_value("Mentoring Program", there.program, dict.fromkeys(MONTHS, 0))
	assert work(TODAY + timedelta(days=ANNOUNCED_DAYS)) == {}


def test_a_cycle_that_runs_and_an_open_concern_keep_their_words(there):
	frappe.db.set_value("Mentoring Concern", there.concern, "status", "Open")
	frappe.db.set_value("Mentoring Cycle", there.cycle, {"status": "Running", "end_date": date(2020, 1, 1)})
	work(TODAY)
	assert work(TODAY + timedelta(days=ANNOUNCED_DAYS)) == {}
	assert kinds.WORK["Concerns"].find(there.cycle, 1) == []


def test_mails_lose_their_words_and_nobody_is_told_twice_by_that(site):
	frappe.db.set_single_value("Mentoring Settings", "keep_mails", 12)
	frappe.db.delete("Mentoring Notice")
	old, new, waiting = (
		store(
			"Mentoring Notice",
			notice_key=make.unique("key"),
			template="Mentoring: Match Proposed",
			recipient="a@example.org",
			status=status,
			context='{"name": "Words"}',
		)
		for status in ("Queued", "Queued", "Pending")
	)
	long_ago = add_months(TODAY, -13)
	for name in (old, waiting):
		frappe.db.set_value("Mentoring Notice", name, "creation", long_ago, update_modified=False)
	frappe.db.set_value("Mentoring Notice", new, "creation", add_months(TODAY, -11), update_modified=False)
	work(TODAY - timedelta(days=ANNOUNCED_DAYS))
	assert work(TODAY) == {MAILS: 1}
	assert work(TODAY) == {}
	context = dict(frappe.get_all("Mentoring Notice", fields=["name", "context"], as_list=True))
	assert (context[old], context[new], context[waiting]) == ("{}", '{"name": "Words"}', '{"name": "Words"}')
	assert getdate(frappe.db.get_value(RETENTION, {"kind": MAILS}, "done_on"))
