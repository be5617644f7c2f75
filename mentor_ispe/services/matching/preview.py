"""What a run that forms groups would come to, shown before it is run; nothing is kept."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from mentor_ispe.domain.matching.result import MatchingError
from mentor_ispe.exceptions import RuleViolation, raise_violations, violation_message
from mentor_ispe.services.matching import engines
from mentor_ispe.services.matching.candidates import pool_of
from mentor_ispe.services.matching.companies import RUN
from mentor_ispe.services.matching.constraints import constraints_of


def preview(run: str) -> dict[str, Any]:
	"""Groups formed at once by the run's rules: how many people, in which groups, who not and why."""
	doc = frappe.get_doc(RUN, run)
	doc.check_permission("read")
	if doc.format != "Group":
		frappe.throw(_("Only groups of a mentor and several mentees have a preview."), exc=RuleViolation)
	pool = pool_of(doc.cycle)
	try:
		outcome = engines.preview(doc, pool, constraints_of(doc.cycle, pool))
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
