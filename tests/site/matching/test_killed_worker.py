"""A worker that was killed leaves its run under way: it is noticed, said, and taken over."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime
from frappe.utils.background_jobs import get_job, is_job_enqueued
from rq.job import JobStatus

from mentor_ispe.concurrency.lost_jobs import forget_if_killed
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs.lost import process_lost_jobs
from mentor_ispe.mails.outbox import FLUSH
from mentor_ispe.services.matching import job_liveness, publish, runs, view
from tests import factories as make
from tests.site.matching.jobs import job_in_queue
from tests.site.matching.test_match_run import make_people, make_run, rows_of


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def leave(run: str, status: str) -> None:
	"""As a killed worker leaves a run, two minutes ago."""
	values = {"status": status, "modified": add_to_date(now_datetime(), minutes=-2)}
	frappe.db.set_value(runs.RUN, run, values, update_modified=False)


@pytest.fixture
def run() -> str:
	cycle, *_ = make_people()
	return make_run(cycle).name


@pytest.mark.parametrize(
	("queued", "worker_lives", "abandoned"),
	[
		(JobStatus.QUEUED, False, False),
		(JobStatus.STARTED, True, False),
		(JobStatus.STARTED, False, True),
		(JobStatus.FAILED, True, True),
	],
)
def test_a_run_is_abandoned_when_nobody_works_on_its_job(run, queued, worker_lives, abandoned):
	leave(run, "Running")
	with job_in_queue(job_liveness.RUN_JOB.format(run), queued, worker_lives):
		assert view.figures(run)["abandoned"] is abandoned


def test_a_run_without_any_job_is_abandoned_but_not_in_its_first_moment(run):
	leave(run, "Queued")
	assert view.figures(run)["abandoned"]
	frappe.db.set_value(runs.RUN, run, "status", "Queued")
	assert not view.figures(run)["abandoned"]
	leave(run, "Ready")
	assert not view.figures(run)["abandoned"]


@pytest.mark.parametrize("status", ["Queued", "Running", "Publishing"])
def test_an_abandoned_run_can_be_started_again_although_its_dead_job_is_still_recorded(run, status):
	leave(run, status)
	job = job_liveness.JOB_OF[status].format(run)
	with job_in_queue(job, JobStatus.STARTED, worker_lives=False):
		runs.start(run)
		assert get_job(job) is None
	assert runs.mark_running(run)
	assert runs.carry_out(run) == "Ready"


def test_a_run_whose_worker_lives_is_not_taken_over(run):
	leave(run, "Running")
	with (
		job_in_queue(job_liveness.RUN_JOB.format(run), JobStatus.STARTED),
		pytest.raises(RuleViolation, match="already"),
	):
		runs.start(run)


def test_an_abandoned_publication_is_started_again_and_publishes_everybody_once(run):
	leave(run, "Publishing")
	publish.start(run)
	assert publish.is_due(run)
	assert publish.publish(run) == {"published": 3, "refused": 0}
	assert frappe.db.count("Mentoring Group", {"match_run": run}) == 3


def test_a_publication_that_nobody_works_on_is_taken_up_without_a_click(run):
	leave(run, "Publishing")
	coordinator = make.make_user(roles=["Mentoring Coordinator"]).name
	frappe.db.set_value(runs.RUN, run, "modified_by", coordinator, update_modified=False)
	with job_in_queue(job_liveness.PUBLISH_JOB.format(run), JobStatus.STARTED):
		assert publish.abandoned() == []
	with job_in_queue(job_liveness.PUBLISH_JOB.format(run), JobStatus.STARTED, worker_lives=False):
		assert publish.abandoned() == [run]
		assert process_lost_jobs()["publications"] == 1
	assert frappe.db.get_value(runs.RUN, run, "modified_by") == coordinator
	assert frappe.session.user == "Administrator"
	assert publish.abandoned() == []  # it was asked for a moment ago
	assert publish.publish(run) == {"published": 3, "refused": 0}


@pytest.mark.parametrize(
	("status", "worker_lives", "freed"),
	[(JobStatus.STARTED, False, 1), (JobStatus.STARTED, True, 0), (JobStatus.QUEUED, False, 0)],
)
def test_a_dead_job_holds_back_no_mail(status, worker_lives, freed):
	flushing = frappe.get_doc("Scheduled Job Type", {"method": FLUSH})
	with job_in_queue(flushing.rq_job_id, status, worker_lives):
		assert process_lost_jobs()["freed"] == freed
		assert flushing.is_job_in_queue() is not bool(freed)


def test_a_step_asks_for_its_job_again_when_that_one_is_dead():
	with job_in_queue(FLUSH, JobStatus.STARTED, worker_lives=False):
		assert is_job_enqueued(FLUSH)
		assert forget_if_killed(FLUSH)
		assert not is_job_enqueued(FLUSH)
		assert not forget_if_killed(FLUSH)


def test_a_publication_under_way_is_not_taken_over(run):
	leave(run, "Publishing")
	with (
		job_in_queue(job_liveness.PUBLISH_JOB.format(run), JobStatus.STARTED),
		pytest.raises(RuleViolation, match="Publishing"),
	):
		publish.start(run)


def test_stop_ends_an_abandoned_run_at_once_and_keeps_what_it_had(run):
	leave(run, "Running")
	runs.stop(run)
	assert frappe.db.get_value(runs.RUN, run, "status") == "Stopped"
	assert len(rows_of(run)) == 4


def test_a_job_whose_run_was_taken_over_keeps_nothing(run, monkeypatch):
	leave(run, "Queued")
	runs.mark_running(run)
	engine = runs.engine_for

	def overtaken(doc):
		frappe.db.set_value(runs.RUN, run, "started_on", add_to_date(now_datetime(), minutes=1))
		frappe.db.delete(runs.PROPOSAL, {"match_run": run})
		return engine(doc)

	monkeypatch.setattr(runs, "engine_for", overtaken)
	assert runs.carry_out(run) == ""
	assert rows_of(run) == []
	assert frappe.db.get_value(runs.RUN, run, "status") == "Running"
