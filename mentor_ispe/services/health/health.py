"""The health of groups: read the facts in batches, ask the domain, write it down, call the coordinators.

A batch takes the same number of queries whatever is in it. What a night finds and the notices of it are
one transaction, and a notice's key names the alarm and its occasion, so nobody is called twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, get_url_to_form, getdate, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.concurrency.retries import run_in_transaction
from mentor_ispe.domain.feedback.kinds import CLOSING_DAYS
from mentor_ispe.domain.health import alarms
from mentor_ispe.domain.health.signs import WEIGHTS, Health, Sign, health_of
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import violation_message
from mentor_ispe.mails import coordinators
from mentor_ispe.mails.default_templates import feedback as templates
from mentor_ispe.mails.outbox import Notice, enqueue_all
from mentor_ispe.services.health.health_facts import GroupFacts, read

GROUP = "Mentoring Group"
BATCH = 500
# Of more cached documents than these, all are dropped at once.
FEW = 20


@dataclass(frozen=True)
class Rules:
	"""What a program says of health."""

	threshold: int
	weights: dict[str, int]


@dataclass
class Checked:
	"""What a run did; `failed` names the groups whose health couldn't be worked out."""

	groups: int = 0
	told: int = 0
	failed: list[str] = field(default_factory=list)


def check_all(on: date | None = None) -> Checked:
	"""Work out the health of every active group as of the day `on`, and call the coordinators where needed.

	Of groups that ended lately only the ratings are looked at: what people say when it is over counts too.
	Commits after each batch.
	"""
	day, result, after = on or today(), Checked(), ""
	rules = program_rules()
	while names := _next_groups(after, day):
		told, failed = run_in_transaction(partial(_check, names, rules, day))
		result.groups += len(names)
		result.told += told
		result.failed += failed
		after = names[-1]
	return result


def refresh(group: str, on: date | None = None) -> dict[str, Any]:
	"""Work out the health of one group now; returns it with its alarm. The caller commits."""
	_check([group], program_rules(), on or today())
	return frappe.db.get_value(GROUP, group, ["health", "alarm"], as_dict=True)


def program_rules() -> dict[str, Rules]:
	"""The threshold and the weights of every program; two queries."""
	weights: dict[str, dict[str, int]] = {}
	rows = frappe.get_all(
		"Mentoring Program Health Sign",
		{"parenttype": "Mentoring Program"},
		["parent", "sign", "weight"],
		order_by="idx",
	)
	for row in rows:
		weights.setdefault(row.parent, {})[row.sign] = cint(row.weight)
	programs = frappe.get_all("Mentoring Program", fields=["name", "health_threshold"])
	return {
		program.name: Rules(cint(program.health_threshold), weights.get(program.name) or dict(WEIGHTS))
		for program in programs
	}


def _next_groups(after: str, day: date) -> list[str]:
	group = frappe.qb.DocType(GROUP)
	closed = group.status.isin(["Completed", "Ended Early"]) & (
		group.end_date > day - timedelta(days=CLOSING_DAYS)
	)
	return (
		frappe.qb.from_(group)
		.select(group.name)
		.where((group.name > after) & ((group.status == "Active") | closed))
		.orderby(group.name)
		.limit(BATCH)
	).run(pluck=True)


def _check(names: list[str], rules: dict[str, Rules], day: date) -> tuple[int, list[str]]:
	updates, alarmed, failed = {}, [], []
	for group in read(names, day):
		try:
			health, found = _judge(group, rules[group.program])
		except Exception:
			# One group that can't be worked out keeps nobody else from being looked at.
			frappe.log_error(
				"Mentoring: the health of a group couldn't be worked out",
				reference_doctype=GROUP,
				reference_name=group.name,
			)
			failed.append(group.name)
			continue
		updates[group.name] = _values(health, found)
		if found:
			alarmed.append((group, found))
	frappe.db.bulk_update(GROUP, updates, chunk_size=BATCH, update_modified=False)
	_forget_cached(list(updates))
	told = coordinators.addresses_about([group.name for group, _found in alarmed])
	notices = [
		_notice(group, alarm, address)
		for group, found in alarmed
		for alarm in found
		for address in told[group.name]
	]
	return enqueue_all(notices), failed


def _judge(group: GroupFacts, rules: Rules) -> tuple[Health | None, list[alarms.Alarm]]:
	"""The health and the alarms; without health for a group that is over."""
	if group.facts is None:
		return None, alarms.ratings(group.answers)
	health = health_of(group.facts, rules.weights)
	low_since = next(
		(each["occasion"] for each in group.stood if each.get("name") == alarms.LOW_HEALTH), None
	)
	return health, alarms.alarms_of(group.facts, health.score, rules.threshold, low_since)


def _values(health: Health | None, found: list[alarms.Alarm]) -> dict[str, Any]:
	alarm = "\n".join(f"{_(alarm.name)}: {_words(alarm)}" for alarm in found) or None
	if health is None:
		return {"alarm": alarm}
	return {
		"alarm": alarm,
		# The column has no empty value, so a health that isn't known yet has no day.
		"health": health.score or 0,
		"health_on": None if health.score is None else now_datetime(),
		"health_signs": json.dumps(
			{
				"signs": [_sign(sign) for sign in health.signs],
				"alarms": [{"name": alarm.name, "occasion": alarm.occasion} for alarm in found],
			}
		),
	}


def _sign(sign: Sign) -> dict[str, Any]:
	return {
		"name": sign.name,
		"score": None if sign.score is None else round(sign.score),
		"weight": sign.weight,
		"words": sign.words,
		"params": sign.params,
	}


def _words(alarm: alarms.Alarm) -> str:
	params = dict(alarm.params)
	if "last" in params:
		params["last"] = getdate(params["last"])
	return violation_message(Violation(alarm.name, alarm.words, params))


def _notice(group: GroupFacts, alarm: alarms.Alarm, address: str) -> Notice:
	return Notice(
		make_key("group-alarm", group.name, alarm.name, alarm.occasion, address),
		templates.GROUP_ALARM,
		recipient=address,
		context={
			"group": group.title,
			"cycle": group.cycle,
			"alarm": alarm.name,
			"words": _words(alarm),
			"group_url": get_url_to_form(GROUP, group.name),
		},
		reference=(GROUP, group.name),
	)


def _forget_cached(names: Iterable[str]) -> None:
	names = list(names)
	if len(names) > FEW:
		frappe.clear_document_cache(GROUP)
		return
	for name in names:
		frappe.clear_document_cache(GROUP, name)
