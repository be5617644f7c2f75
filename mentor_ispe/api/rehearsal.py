"""What a step of a coordinator would do to others, before they do it: who is mailed, what is refused.

The Desk asks it in the dialog before the step. Nothing is changed by it: the very step is done, its notices are
noted, and all of it is undone in the same transaction (`mails/rehearsal.py`).
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

import frappe
from frappe import _

from mentor_ispe.api import bulk, coordinator, inputs, people, support
from mentor_ispe.api.endpoint import ENDPOINTS, endpoint
from mentor_ispe.api.inputs import Count
from mentor_ispe.concurrency.retries import SERIALIZATION_ERRORS
from mentor_ispe.exceptions import RuleViolation, error_text
from mentor_ispe.mails.rehearsal import announced, rehearsing
from mentor_ispe.permissions.gate import COORDINATOR_ONLY
from mentor_ispe.services.programs import commands as programs

MANY = "names"
STEPS = {
	f"{module.__name__.rpartition('.')[2]}.{name}": f"{module.__name__}.{name}"
	for module, names in {
		coordinator: (
			*("approve", "reject", "withdraw", "propose_group", "answer_for", "activate", "complete"),
			*("end_early", "hand_over", "cancel", "remove_person", "replace_mentor", "pause_person"),
			"set_cycle_status",
		),
		support: (
			*("announce", "attendance", "cancel_workshop", "approach_speaker", "arrange_speaker"),
			*("decline_speaker", "cancel_speaker"),
		),
		people: ("end_participation",),
		bulk: ("do",),
	}.items()
	for name in names
}
"""What can be asked about, as the Desk calls it: steps that change records of this site alone, without a job."""
AT_ONCE = 25
"""Records of one request; the Desk asks again from where the answer says."""


@endpoint(COORDINATOR_ONLY, most_items=5_000)
def rehearse(method: str, args: dict[str, Any], after: Count = 0) -> dict:
	"""What `method` (one of STEPS) with `args` would send and refuse; of many records those from `after` on.

	`mails` are the kinds of mails with their subject, the profiles or addresses they go to and the first names;
	`left_out` are those who want no such mails. `refused` says of records why nothing happens to them, `of` how
	many there are, and `next` from where to ask on (None: that was all).
	"""
	if method not in STEPS:
		frappe.throw(_("It can't be said beforehand what this does."), exc=RuleViolation)
	step = ENDPOINTS[STEPS[method]]
	step.audience.check()
	asked = inputs.arguments(step.function, args, most_items=5_000)
	refused: list[dict[str, str]] = []
	with rehearsing() as heard:
		parts = _parts(step.function, asked)
		if method == "coordinator.set_cycle_status":
			refused += _do(parts.pop(), heard)
			parts = [] if refused else programs.follow_up(asked["cycle"])
		for part in parts[after : after + AT_ONCE]:
			refused += _do(part, heard)
		mails, left_out = announced(heard)
	reached = after + AT_ONCE
	return {
		"mails": [asdict(mail) for mail in mails],
		"left_out": sorted(left_out),
		"refused": refused,
		"of": max(len(parts), 1),
		"next": reached if reached < len(parts) else None,
	}


def _parts(function: Callable, asked: dict[str, Any]) -> list[Callable[[], Any]]:
	"""One for each record where there are several: each is refused by itself."""
	if MANY not in asked:
		return [partial(function, **asked)]
	return [partial(function, **{**asked, MANY: [name]}) for name in dict.fromkeys(asked[MANY])]


def _do(part: Callable[[], Any], heard: dict[str, Any]) -> list[dict[str, str]]:
	"""Do it; returns what it refuses, each with its title, where it has one, and why."""
	point, said, before = "mentoring_rehearsed_part", len(frappe.local.message_log), set(heard)
	frappe.db.savepoint(point)
	try:
		result = part()
		refused = result.get("refused", []) if isinstance(result, dict) else []
	except (*SERIALIZATION_ERRORS, frappe.TimestampMismatchError):
		raise
	except (frappe.ValidationError, frappe.PermissionError) as error:
		frappe.db.rollback(save_point=point)
		del frappe.local.message_log[said:]
		refused = [{"reason": error_text(error)}]
	if refused:
		for name in heard.keys() - before:
			del heard[name]
	return [{"title": one.get("title", ""), "reason": one["reason"]} for one in refused]
