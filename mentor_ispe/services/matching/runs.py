"""Carry out a match run: read everyone, ask the engine, keep what it says.

Runs in a background job. Progress is kept in the cache, so that the page can show it and nobody waits
for a lock; a request to stop is left there as well and is seen at the engine's next step.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from mentor_ispe.concurrency.lost_jobs import forget
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.result import Cancelled, MatchingError
from mentor_ispe.exceptions import RuleViolation, raise_violations, violation_message
from mentor_ispe.services.matching import engines
from mentor_ispe.services.matching.candidates import Pool, pool_of
from mentor_ispe.services.matching.engines import Outcome, engine_for
from mentor_ispe.services.matching.job_liveness import (
	JOB_OF,
	RUN_JOB,
	ask_to_stop,
	forget_progress,
	is_abandoned,
	is_to_stop,
	report_progress,
)
from mentor_ispe.services.matching.kept import kept_in
from mentor_ispe.services.matching.layout import PROPOSAL, RUN
from mentor_ispe.services.matching.rules import constraints_of, count_answers

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun

STARTABLE = ("Draft", "Ready", "Failed", "Stopped")
UNDER_WAY = ("Queued", "Running")


def start(run: str) -> MentoringMatchRun:
	"""Put the run in the queue; a finished one is done again with what is known now.

	One whose job is gone is taken over.
	"""
	doc = frappe.get_doc(RUN, run, for_update=True)
	if doc.status not in STARTABLE and not is_abandoned(run, doc.status, doc.modified):
		frappe.throw(_("This run is already {0}.").format(_(doc.status)), exc=RuleViolation)
	cycle = frappe.db.get_value("Mentoring Cycle", doc.cycle, "status")
	if cycle not in ("Open", "Matching", "Running"):
		frappe.throw(
			_("{0} is {1}, so nobody can be matched in it.").format(doc.cycle, _(cycle)), exc=RuleViolation
		)
	forget_progress(run)
	doc.check_permission("write")
	if doc.status in JOB_OF:
		forget(JOB_OF[doc.status].format(run))
	doc.db_set({"status": "Queued", "progress": 0, "message": None, "started_on": None, "ended_on": None})
	frappe.enqueue(
		"mentor_ispe.jobs.matching.carry_out",
		queue="long",
		timeout=3600,
		enqueue_after_commit=True,
		job_id=RUN_JOB.format(run),
		deduplicate=True,
		run=run,
	)
	return doc


def stop(run: str) -> None:
	"""Ask a run under way to stop; what it had before stays. One whose job is gone stops at once."""
	row = frappe.db.get_value(RUN, run, ["status", "modified"], as_dict=True)
	if row and row.status in UNDER_WAY and is_abandoned(run, row.status, row.modified):
		_end(run, {"status": "Stopped", "message": _("Stopped by request.")})
		return
	ask_to_stop(run)


def carry_out(run: str) -> str:
	"""Do the run now and return its status: Ready, Stopped or Failed with the reason in words.

	The caller commits; called when the run is marked as Running and that is committed. Returns "" and
	keeps nothing when somebody took the run over meanwhile.
	"""
	doc = frappe.get_doc(RUN, run)
	try:
		pool = pool_of(doc.cycle)
		count_answers(doc, pool)
		constraints = constraints_of(doc.cycle, pool)
		kept = kept_in(doc, pool, constraints)
		outcome = engine_for(doc)(
			doc,
			kept.pool(pool),
			kept.constraints(constraints),
			engines.Watch(_reporter(run), lambda: is_to_stop(run)),
		)
		outcome = kept.mark(outcome, doc, pool, constraints.pins)
	except Cancelled:
		return _end_own(doc, {"status": "Stopped", "message": _("Stopped by request.")})
	except (MatchingError, ValueError) as error:
		violations = getattr(error, "violations", None)
		words = " ".join(map(violation_message, violations)) if violations else str(error)
		return _end_own(doc, {"status": "Failed", "message": words})
	if not _is_own(doc):
		return ""
	_keep(doc, pool, outcome)
	return _end(run, {"status": "Ready", "message": None, **_figures(doc, pool, outcome)})


def preview(run: str) -> dict[str, Any]:
	"""Groups formed at once by the run's rules: how many people, in which groups, who not and why."""
	doc = frappe.get_doc(RUN, run)
	doc.check_permission("read")
	if doc.format != "Group":
		frappe.throw(_("A preview is only for groups of a mentor and several mentees."), exc=RuleViolation)
	pool = pool_of(doc.cycle)
	count_answers(doc, pool)
	constraints = constraints_of(doc.cycle, pool)
	kept = kept_in(doc, pool, constraints)
	try:
		outcome = engines.preview(doc, kept.pool(pool), kept.constraints(constraints))
		outcome = kept.mark(outcome, doc, pool, constraints.pins)
	except MatchingError as error:
		raise_violations(error.violations)
		raise
	except ValueError as error:
		frappe.throw(str(error), exc=RuleViolation)
	called = {person.name: person.title for person in (*pool.mentees, *pool.mentors)}
	groups: dict[str, dict[str, Any]] = {}
	unmatched = []
	for row in outcome.rows:
		if not row.group_key:
			reason = " ".join(violation_message(reason) for reason in row.reasons)
			unmatched.append({"mentee": row.mentee, "mentee_name": called[row.mentee], "reason": reason})
			continue
		group = groups.setdefault(
			row.group_key, {"mentor_name": called[row.mentor], "members": [], "score": 0}
		)
		group["members"].append(called[row.mentee])
		group["score"] += row.score
	return {
		"mentees_in": len(pool.mentees),
		"matched": outcome.matched,
		"total_score": outcome.score,
		"bound": outcome.bound,
		"seconds": outcome.seconds,
		"groups": list(groups.values()),
		"unmatched": unmatched,
		"left_out": len(pool.left_out),
	}


def mark_running(run: str) -> bool:
	"""Take a queued run for this job; False when another job has it or it was taken back."""
	status = frappe.db.get_value(RUN, run, "status", for_update=True)
	if status != "Queued":
		return False
	frappe.db.set_value(RUN, run, {"status": "Running", "started_on": now_datetime()})
	return True


def fail(run: str) -> None:
	"""Mark a run whose job broke off, unless somebody took it over."""
	if frappe.db.get_value(RUN, run, "status", for_update=True) not in UNDER_WAY:
		return
	frappe.log_error("Mentoring: a match run failed", reference_doctype=RUN, reference_name=run)
	_end(run, {"status": "Failed", "message": _("The run stopped with an error. See the Error Log.")})


def back_to_ready(run: str, reason: str = "") -> None:
	"""A publication broke off and left nothing; the run can be published again.

	`reason` says why in words, where a rule refused it. Unless another job published it meanwhile.
	"""
	if frappe.db.get_value(RUN, run, "status", for_update=True) != "Publishing":
		return
	if not reason:
		frappe.log_error(
			"Mentoring: publishing a match run failed", reference_doctype=RUN, reference_name=run
		)
	words = reason or _("Publishing failed and changed nothing. Try again.")
	_end(run, {"status": "Ready", "message": words})


def _end_own(doc: MentoringMatchRun, values: dict) -> str:
	return _end(doc.name, values) if _is_own(doc) else ""


def _is_own(doc: MentoringMatchRun) -> bool:
	"""Whether the run, locked from here on, is still the one that this job began."""
	now = frappe.db.get_value(RUN, doc.name, ["status", "started_on"], as_dict=True, for_update=True)
	return bool(now) and (now.status, now.started_on) == (doc.status, doc.started_on)


def _end(run: str, values: dict) -> str:
	frappe.db.get_value(RUN, run, "name", for_update=True)
	frappe.db.set_value(RUN, run, {**values, "progress": 100, "ended_on": now_datetime()})
	frappe.publish_realtime("mentoring_match_run", {"run": run}, doctype=RUN, docname=run, after_commit=True)
	return values["status"]


def _keep(doc: MentoringMatchRun, pool: Pool, outcome: Outcome) -> None:
	"""Replace the proposals of the run by those of the outcome, in one go."""
	frappe.db.delete(PROPOSAL, {"match_run": doc.name})
	people = {person.name: person for person in (*pool.mentees, *pool.mentors)}
	now, user = now_datetime(), frappe.session.user
	fields = ["name", "owner", "modified_by", "creation", "modified", "match_run", *_proposal_fields()]
	rows = [
		(frappe.generate_hash(length=10), user, user, now, now, doc.name, *_proposal(row, people).values())
		for row in outcome.rows
	]
	if rows:
		frappe.db.bulk_insert(PROPOSAL, fields, rows, chunk_size=1000)


def _proposal_fields() -> list[str]:
	return [
		"state",
		"group_key",
		"mentee",
		"mentee_name",
		"mentor",
		"mentor_name",
		"is_moderator",
		"pinned",
		"by_hand",
		"score",
		"parts",
		"reasons",
		"reason",
	]


def _proposal(row, people: dict[str, Candidate]) -> dict:
	mentor = people[row.mentor].title if row.mentor else None
	return {
		"state": "Proposed" if row.group_key else "Unmatched",
		"group_key": row.group_key,
		"mentee": row.mentee,
		"mentee_name": people[row.mentee].title,
		"mentor": row.mentor,
		"mentor_name": mentor,
		"is_moderator": cint(row.is_moderator),
		"pinned": cint(row.is_pinned),
		"by_hand": cint(row.by_hand),
		"score": row.score,
		"parts": json.dumps(row.parts),
		"reasons": json.dumps([reason.as_dict() for reason in row.reasons]),
		"reason": " ".join(violation_message(reason) for reason in row.reasons),
	}


def _figures(doc: MentoringMatchRun, pool: Pool, outcome: Outcome) -> dict:
	return {
		"mentees_in": len(pool.mentees),
		"mentors_in": len(pool.mentors),
		"seats_in": sum(mentor.seats for mentor in pool.mentors),
		"matched": outcome.matched,
		"unmatched": len(pool.mentees) - outcome.matched,
		"total_score": outcome.score,
		"bound": outcome.bound,
		"gap": outcome.gap * 100,
		"proven": cint(outcome.proven),
		"seconds": outcome.seconds,
		"summary": json.dumps(
			{
				**outcome.summary,
				"uncounted": list(doc.flags.uncounted),
				"left_out": {
					name: [violation.as_dict() for violation in broken]
					for name, broken in pool.left_out.items()
				},
			}
		),
	}


def _reporter(run: str) -> Callable[[str, float], None]:
	"""Tells the page of every step and percent, once."""
	told = ("", -1)

	def tell(step: str, share: float) -> None:
		nonlocal told
		if (step, round(100 * share)) != told:
			told = (step, round(100 * share))
			report_progress(run, step, share)

	return tell
