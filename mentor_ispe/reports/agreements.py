"""Who in a group that meets, or is about to, still owes a signature or the training."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from pypika.queries import QueryBuilder
from pypika.terms import Criterion

from mentor_ispe.clock import today
from mentor_ispe.domain.violations import N_
from mentor_ispe.exceptions import violation_message
from mentor_ispe.readings.readiness import TRAINING as TRAINING_FIELDS
from mentor_ispe.readings.readiness import load
from mentor_ispe.reports import columns as col
from mentor_ispe.reports.filters import CYCLE, PROGRAM, SHOWN, ReportFilters, choice
from mentor_ispe.reports.report import Found, report

OPEN = ("Proposed", "Active")
SIGNATURE, TRAINING = "unsigned", "untrained"


def owed(filters: ReportFilters) -> tuple[list[frappe._dict], int, int]:
	"""(what each person owes, people in the groups looked at, groups there are in all)

	The rule is the one that sessions ask, so the people of the groups are read as they do: of as many
	groups as rows are asked for, those that started first; none of programs that ask for nothing.
	"""
	group, cycle = DocType("Mentoring Group"), DocType("Mentoring Cycle")
	query = frappe.qb.from_(group).join(cycle).on(cycle.name == group.cycle)
	query = query.where(group.status.isin(OPEN) & group.program.isin(_demanding()))
	query = filters.of_cycles(query, cycle)
	heads = query.select(group.name, group.cycle, group.program).orderby(group.start_date).orderby(group.name)
	heads = heads.limit(filters.shown).run(as_dict=True)
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
						words=violation_message(violation),
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


OWES = {"Signature": SIGNATURE, "Training": TRAINING}


@report(
	"Outstanding Agreements and Training",
	question=N_(
		"Which group members still need to sign an agreement or complete training before they can meet?"
	),
	figures=(
		"proposed and active groups, by the same rule that meetings use. Checks as many groups as"
		" *Maximum rows* allows"
	),
	filters=[
		PROGRAM,
		CYCLE,
		choice("owes", N_("Outstanding"), tuple(OWES)),
		SHOWN,
	],
	ref_doctype="Mentoring Agreement Acceptance",
)
def outstanding_agreements_and_training(filters: ReportFilters) -> Found:
	rows, people, groups = owed(filters)
	if filters.get("owes"):
		rows = [row for row in rows if row.owes == OWES.get(filters.get("owes"))]
	signatures = [row for row in rows if row.owes == SIGNATURE]
	for row in rows:
		row.what = row.what or _("Training")
		row.owes = _("Signature") if row.owes == SIGNATURE else _("Training")
	titles: dict[str, int] = {}
	for row in rows:
		titles[row.what] = titles.get(row.what, 0) + 1
	late = len({row.profile for row in rows})
	note = ""
	if groups > filters.shown:
		note = _("Checked the first {0} of {1} groups.").format(filters.shown, groups)
	return Found(
		[
			col.link("profile", _("Person"), "Mentoring Profile", 180),
			col.text("owes", _("Outstanding"), 110),
			col.text("what", _("Agreement or training"), 220),
			col.link("mentoring_group", _("Group"), "Mentoring Group", 220),
			col.link("cycle", _("Cycle"), "Mentoring Cycle", 180),
			col.text("words", _("Details"), 420),
		],
		rows[: filters.shown],
		[
			col.figure(_("People"), late, "Orange" if late else "Green"),
			col.figure(_("Signatures"), len(signatures), "Orange" if signatures else "Green"),
			col.figure(_("Training"), len(rows) - len(signatures)),
			col.figure(_("Places checked"), people, "Gray"),
		],
		col.bars(list(titles), {_("People"): list(titles.values())}, [col.ORANGE]),
		len(rows),
		note,
	)
