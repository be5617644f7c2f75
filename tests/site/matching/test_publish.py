"""Publishing a run: what changed since is asked again, and nothing happens twice."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.jobs import matching as jobs
from mentor_ispe.mails.default_templates import matches
from mentor_ispe.services.matching import publish, rules, runs
from tests import factories as make

PROPOSAL = "Mentoring Match Proposal"


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


@pytest.fixture
def undone(monkeypatch) -> list[bool]:
	"""Rolling back would undo the people of the test as well, so it is only noted."""
	noted: list[bool] = []
	monkeypatch.setattr(
		frappe.db,
		"rollback",
		lambda *args, save_point=None, **kwargs: noted.append(True) if save_point is None else None,
	)
	return noted


def make_run(people: int = 3, status: str = "Ready", **program) -> str:
	"""A finished run of a cycle with as many mentors as mentees."""
	cycle = make.make_cycle(make.make_program(**program).name, status="Open").name
	for _ in range(people):
		make.make_mentor(cycle)
		make.make_mentee(cycle)
	run = frappe.get_doc({"doctype": runs.RUN, "cycle": cycle}).insert().name
	frappe.db.set_value(runs.RUN, run, "status", "Running")
	assert runs.carry_out(run) == "Ready"
	frappe.db.set_value(runs.RUN, run, "status", status)
	return run


def rows_of(run: str) -> list[frappe._dict]:
	return frappe.get_all(
		PROPOSAL,
		{"match_run": run},
		["mentee", "mentor", "state", "refusal", "mentoring_group"],
		order_by="mentee",
	)


def status_of(run: str) -> str:
	return frappe.db.get_value(runs.RUN, run, "status")


def test_a_pair_forbidden_since_the_run_is_refused_in_words():
	run = make_run()
	first = rows_of(run)[0]
	cycle = frappe.db.get_value(runs.RUN, run, "cycle")
	rules.set_pair(cycle, "Forbid", first.mentee, first.mentor)
	assert publish.publish(run) == {"published": 2, "refused": 1}
	refused = rows_of(run)[0]
	assert (refused.state, refused.mentoring_group) == ("Refused", None)
	assert refused.refusal.endswith("must not be matched.")
	assert frappe.db.get_value("Mentee", first.mentee, "status") == "Approved"


def test_everyone_in_a_published_pair_is_told_once_and_nobody_in_a_refused_one():
	run = make_run()
	lapsed = rows_of(run)[0]
	make.lapse(frappe.db.get_value("Mentee", lapsed.mentee, "profile"))
	assert publish.publish(run) == {"published": 2, "refused": 1}
	told = frappe.get_all(
		"Mentoring Notice",
		{"template": matches.MATCH_PROPOSED, "reference_doctype": "Mentoring Group"},
		["profile", "reference_name"],
	)
	groups = {row.mentoring_group for row in rows_of(run) if row.mentoring_group}
	told = [notice for notice in told if notice.reference_name in groups]
	assert len(told) == len({notice.profile for notice in told}) == 4
	assert frappe.db.get_value("Mentee", lapsed.mentee, "profile") not in {notice.profile for notice in told}


def test_a_second_job_for_the_same_run_changes_nothing(undone):
	run = make_run(status="Publishing")
	assert jobs.publish_run(run) == {"published": 3, "refused": 0}
	assert jobs.publish_run(run) == {}
	assert status_of(run) == "Published"


def test_a_publication_that_broke_off_leaves_a_run_published_meanwhile_as_it_is(undone):
	run = make_run(status="Published")
	runs.back_to_ready(run)
	assert status_of(run) == "Published"


def test_a_publication_that_breaks_off_can_be_done_again(undone, monkeypatch):
	run = make_run(status="Publishing")

	def breaks(*args, **kwargs):
		raise ZeroDivisionError

	monkeypatch.setattr(publish, "propose", breaks)
	with pytest.raises(ZeroDivisionError):
		jobs.publish_run(run)
	assert status_of(run) == "Ready"


def test_a_publication_the_database_undid_is_done_again(undone, monkeypatch):
	run = make_run(status="Publishing")
	original, failures = publish.publish, [frappe.QueryDeadlockError, frappe.QueryTimeoutError]

	def gives_way(*args, **kwargs):
		if failures:
			raise failures.pop()
		return original(*args, **kwargs)

	monkeypatch.setattr(publish, "publish", gives_way)
	assert jobs.publish_run(run) == {"published": 3, "refused": 0}
	assert len(undone) == 2
