"""The nightly look at every credit: mentor and coordinators are told once when a rule gets into trouble.

It may be killed anywhere and run again: a notice's key names the group, the rule, its state and what it is
about, and lets nothing be announced twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

import frappe

from mentor_ispe.clock import today
from mentor_ispe.concurrency.retries import run_in_transaction
from mentor_ispe.domain.credit.findings import AT_RISK, NOT_MET
from mentor_ispe.domain.credit.schemes import RuleFinding, evaluate
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.partnership import Partnership
from mentor_ispe.mails import coordinators
from mentor_ispe.mails.default_templates import credit as templates
from mentor_ispe.mails.outbox import Notice, enqueue_all
from mentor_ispe.readings.credit_schemes import schemes
from mentor_ispe.services.credit.partnerships import Relationship, relationships
from mentor_ispe.services.credit.record import in_dates

BATCH = 200
GROUP = "Mentoring Group"
TROUBLE = {AT_RISK: templates.CREDIT_AT_RISK, NOT_MET: templates.CREDIT_NOT_MET}
# A closed group is looked at as long as its goals may still be reviewed for credit, and a bit more.
AFTER_THE_END = timedelta(days=60)


@dataclass
class Watched:
	"""What the look did: groups, mails posted, and the groups that couldn't be looked at."""

	groups: int = 0
	told: int = 0
	failed: list[str] = field(default_factory=list)


def watch(on: date | None = None) -> Watched:
	"""Look at the credit of every running group, and of those that closed lately, as of the day `on`."""
	day = on or today()
	result = Watched()
	for batch in _batches(day):
		result.groups += len(batch)
		notices = list(_notices(batch, day, result))
		result.told += run_in_transaction(partial(enqueue_all, notices)) if notices else 0
	return result


def _batches(on: date) -> Iterator[list[str]]:
	group, program = frappe.qb.DocType(GROUP), frappe.qb.DocType("Mentoring Program")
	lately = (group.status.isin(["Completed", "Ended Early"])) & (group.end_date >= on - AFTER_THE_END)
	after = ""
	while True:
		batch = (
			frappe.qb.from_(group)
			.join(program)
			.on(program.name == group.program)
			.select(group.name)
			.where(program.credit_scheme.notnull() & (program.credit_scheme != ""))
			.where((group.status == "Active") | lately)
			.where(group.start_date.notnull() & (group.name > after))
			.orderby(group.name)
			.limit(BATCH)
			.run(pluck=True)
		)
		if not batch:
			return
		yield batch
		after = batch[-1]


def _notices(batch: list[str], on: date, result: Watched) -> Iterator[Notice]:
	known, told = schemes(), coordinators.addresses_about(batch)
	for name, each in relationships(batch).items():
		if each.last.name != name:
			continue  # the group that it goes on as answers for it
		scheme = known.get(each.program.credit_scheme or "")
		if not scheme:
			continue
		try:
			for pair in each.present_pairs:
				yield from _of_pair(each, pair, scheme.title, evaluate(scheme, pair, on), told[name])
		except Exception:
			# One record that can't be judged keeps nobody else from their warning.
			result.failed.append(name)
			frappe.log_error(
				"Mentoring: a credit couldn't be judged", reference_doctype=GROUP, reference_name=name
			)


def _of_pair(
	each: Relationship,
	pair: Partnership,
	scheme: str,
	findings: Iterable[RuleFinding],
	addresses: list[str],
) -> list[Notice]:
	notices = []
	mentors = pair.mentors
	for one in findings:
		template = TROUBLE.get(one.finding.state)
		if template is None:
			continue
		context = {
			"group": each.last.title or each.last.name,
			"program": each.program.name,
			"partners": [partner.full_name for partner in pair.partners],
			"scheme": scheme,
			"rule": one.title,
			"because": in_dates(one.finding.because),
		}
		occasion = ("credit", each.last.name, *mentors, one.rule, one.finding.state, one.finding.occasion)
		reference = (GROUP, each.last.name)
		notices += [
			Notice(make_key(*occasion, mentor), template, mentor, None, context, reference)
			for mentor in mentors
		]
		notices += [
			Notice(make_key(*occasion, address), template, None, address, context, reference)
			for address in addresses
		]
	return notices
