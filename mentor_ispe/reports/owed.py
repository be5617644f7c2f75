"""Who in a group that meets, or is about to, still owes a signature or the training."""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from pypika.queries import QueryBuilder
from pypika.terms import Criterion

from mentor_ispe.clock import today
from mentor_ispe.reports.wanted import Wanted
from mentor_ispe.services.readiness.readiness import TRAINING as TRAINING_FIELDS
from mentor_ispe.services.readiness.readiness import load
from mentor_ispe.services.refusals import in_words

OPEN = ("Proposed", "Active")
SIGNATURE, TRAINING = "unsigned", "untrained"


def owed(wanted: Wanted) -> tuple[list[frappe._dict], int, int]:
	"""(what each person owes, people in the groups looked at, groups there are in all)

	The rule is the one that sessions ask, so the people of the groups are read as they do: of as many
	groups as rows are asked for, those that started first; none of programs that ask for nothing.
	"""
	group, cycle = DocType("Mentoring Group"), DocType("Mentoring Cycle")
	query = frappe.qb.from_(group).join(cycle).on(cycle.name == group.cycle)
	query = query.where(group.status.isin(OPEN) & group.program.isin(_demanding()))
	query = wanted.of_cycles(query, cycle)
	heads = query.select(group.name, group.cycle, group.program).orderby(group.start_date).orderby(group.name)
	heads = heads.limit(wanted.shown).run(as_dict=True)
	known, day = load([head.name for head in heads]), today()
	rows, people = [], 0
	for head in heads:
		seats = {seat.person.profile: seat for seat in known.seats.get(head.name, ())}
		missing = known.missing(head.name, day)
		people += len(seats)
		for profile, violations in missing.items():
			for violation in violations:
				rows.append(
					frappe._dict(
						profile=profile,
						full_name=seats[profile].person.full_name,
						mentoring_group=head.name,
						cycle=head.cycle,
						program=head.program,
						owes=violation.code,
						what=violation.params.get("title") or "",
						words=in_words(violation),
					)
				)
	return rows, people, query.select(Count(group.name)).run()[0][0]


def _demanding() -> QueryBuilder:
	"""The programs that ask for a signature or for training."""
	program, agreement = DocType("Mentoring Program"), DocType("Mentoring Program Agreement")
	signed = frappe.qb.from_(agreement).select(agreement.parent)
	training = (program[field] == 1 for field in TRAINING_FIELDS.values())
	return (
		frappe.qb.from_(program)
		.select(program.name)
		.where(program.name.isin(signed) | Criterion.any(training))
	)
