"""Measure a match run in the Desk, from the click to the first page of proposals.

	bench_env/bin/python benchmarks/matching_desk/run.py --site NAME --bench BENCH_DIR

Puts 2,000 approved mentees and 800 mentors into a cycle, starts a run, carries it out as the job does,
and reads its figures and the first page of proposals as the page does; everything is deleted
afterwards. The site must allow tests. Prints how long each step took, how much of it was the engine,
and how many statements each step sends to the database beside those for a tenth of the people; exits
1 when that number depends on the number of people, or when what isn't the engine takes more than
twice the engine's time and all of it more than three seconds. On a busy machine look at the processor
time: the other lines hold the waiting as well.
"""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[2]))

import frappe

from benchmarks.matching_desk.association import put_association, take_away, there
from benchmarks.matching_desk.measuring import connect, counted, parse, timed
from mentor_ispe.jobs import matching as jobs
from mentor_ispe.services.matching import choices, engines, runs, view
from mentor_ispe.services.matching.candidates import pool_of
from mentor_ispe.services.matching.rules import constraints_of

ROUNDS = 5
CHUNK = 1000
"""Rows of one statement that keeps proposals."""


def main() -> int:
	parser = parse(__doc__.splitlines()[0])
	parser.add_argument("--mentees", type=int, default=2000)
	parser.add_argument("--mentors", type=int, default=800)
	options = parser.parse_args()
	connect(options.site, options.bench)
	before = there()
	try:
		return report(options.mentees, options.mentors)
	finally:
		frappe.db.rollback()
		take_away(before)
		frappe.destroy()


def report(mentees: int, mentors: int) -> int:
	large, small = put_association(mentees, mentors), put_association(mentees // 10, mentors // 10)
	print(f"{mentees} mentees, {mentors} mentors")
	too_slow = report_times(large)
	return int(report_queries(small, large, mentees) or too_slow)


def new_run(cycle: str) -> str:
	return frappe.get_doc({"doctype": runs.RUN, "cycle": cycle}).insert().name


def report_times(cycle: str) -> bool:
	cold = time_steps(cycle)
	rounds = [time_steps(cycle) for _ in range(ROUNDS)]
	print(f"\n{'step':<42} {'first time':>11} {f'median of {ROUNDS}':>12}")
	median = {step: statistics.median(times[step] for times in rounds) for step in cold}
	for step, seconds in median.items():
		print(f"{step:<42} {cold[step]:>9.2f} s {seconds:>10.2f} s")
	too_slow = False
	for name, times in (("first time", cold), ("median", median)):
		whole = times["click to first page"]
		engine = times["  of it the engine"]
		rest = whole - engine
		print(
			f"{name}: not the engine {rest:.2f} s = {rest / whole:.0%} of the whole, "
			f"{rest / engine:.2f} × the engine"
		)
		too_slow |= rest > 2 * engine and whole > 3
	return too_slow


def time_steps(cycle: str) -> dict[str, float]:
	"""Seconds of each step of one run."""
	run = new_run(cycle)
	frappe.db.commit()
	processor = process_time()
	start, _doc = timed(lambda: started(run))
	job, engine, own = carried_out(run)
	frappe.db.rollback()
	frappe.local.cache = {}
	figures, shown = timed(lambda: view.figures(run))
	page, first = timed(lambda: view.proposals(run, "Proposed"))
	assert shown["status"] == "Ready", shown["message"]
	assert len(first["rows"]) == view.PAGE
	encode, _text = timed(lambda: frappe.as_json([shown, first]))
	processor = process_time() - processor
	frappe.db.commit()
	return {
		"click to first page": start + job + figures + page + encode,
		"  of it the engine": engine,
		"putting the run in the queue": start,
		"the job, the engine in it": job,
		"figures": figures,
		"first page of proposals": page + encode,
		"processor time of this process": processor,
		"  of it the engine's": own,
	}


def started(run: str) -> None:
	runs.start(run)
	frappe.db.commit()


def carried_out(run: str) -> tuple[float, float, float]:
	"""Do the job; seconds of all of it, those of the engine alone, and the engine's processor time."""
	engine, own = engines.ENGINES["One-on-One"], []

	def watched(*args, **kwargs):
		start = process_time()
		outcome = engine(*args, **kwargs)
		own.append(process_time() - start)
		return outcome

	engines.ENGINES["One-on-One"] = watched
	try:
		job, status = timed(lambda: jobs.carry_out(run))
	finally:
		engines.ENGINES["One-on-One"] = engine
	assert status == "Ready", status
	return job, frappe.db.get_value(runs.RUN, run, "seconds"), own[0]


def report_queries(small: str, large: str, mentees: int) -> bool:
	counts = {cycle: queries_of(cycle) for cycle in (small, small, large)}
	chunks = math.ceil(mentees / CHUNK) - math.ceil(mentees // 10 / CHUNK)
	depends = False
	print(f"\n{'statements to the database':<42} {'a tenth':>11} {'all':>12}")
	for step, few in counts[small].items():
		many = counts[large][step]
		expected = few + (chunks if step in ("keeping the result", "the whole job") else 0)
		depends |= many != expected
		print(f"{step:<42} {few:>11} {many:>12}{'' if many == expected else '  depends on the people'}")
	print(f"Proposals are kept {CHUNK} to a statement, which is why keeping them takes {chunks} more.")
	return depends


def queries_of(cycle: str) -> dict[str, int]:
	run = new_run(cycle)
	runs.start(run)
	runs.mark_running(run)
	found: dict[str, int] = {}

	def count(step: str, call: Callable[[], object]) -> object:
		with counted() as statements:
			result = call()
		found[step] = len(statements)
		return result

	pool = count("reading everyone", lambda: pool_of(cycle))
	doc = frappe.get_doc(runs.RUN, run)
	outcome = engines.engine_for(doc)(
		doc, pool, constraints_of(cycle, pool), engines.Watch(lambda *_: None, lambda: False)
	)
	count("keeping the result", lambda: runs._keep(doc, pool, outcome))
	count("the whole job", lambda: runs.carry_out(run))
	count("figures", lambda: view.figures(run))
	for state in ("Proposed", "Unmatched", None):
		count(f"page of proposals: {state or 'all'}", lambda state=state: view.proposals(run, state))
	count("proposals, searched", lambda: view.proposals(run, search="Mentee 0001"))
	mentee = next(row.mentee for row in outcome.rows if row.mentor)
	count("choices for one mentee", lambda: choices.choices(cycle, mentee, run))
	frappe.db.rollback()
	return found


if __name__ == "__main__":
	sys.exit(main())
