"""What happened in a program between two days, counted for several stretches of days at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import cint
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, Field

from mentor_ispe.domain.committee.periods import Period
from mentor_ispe.domain.feedback.kinds import STORY
from mentor_ispe.readings.sql import after, count_if, start_of, sum_if

Spans = Mapping[str, Period]
"""Stretches of days by a name that is fit for a column."""


def activity(program: str, spans: Spans, months: Spans) -> dict[str, dict[str, int]]:
	"""{figure: {span: number}} of a program; `minutes` of meetings, and people `expected` and `attended`.

	Meetings are counted for `months` too. One query for each table, whatever the number of spans.
	"""
	return {
		**_meetings(program, {**spans, **months}),
		**_attendance(program, spans),
		**_groups(program, spans),
		**_feedback(program, spans),
		**_applications(program, spans),
	}


def _meetings(program: str, spans: Spans) -> dict[str, dict[str, int]]:
	session = DocType("Mentoring Session")
	held, guest = session.status == "Held", session.guest_speaker.isnotnull() & (session.guest_speaker != "")
	terms = {}
	for name, span in spans.items():
		within = held & moments(session.starts_on, span)
		terms[f"meetings__{name}"] = count_if(within)
		terms[f"minutes__{name}"] = sum_if(session.duration_minutes, within)
		terms[f"speakers__{name}"] = count_if(within & guest)
	return _asked(frappe.qb.from_(session).where(session.program == program), terms)


def _attendance(program: str, spans: Spans) -> dict[str, dict[str, int]]:
	session, row = DocType("Mentoring Session"), DocType("Mentoring Session Attendance")
	terms = {}
	for name, span in spans.items():
		within = moments(session.starts_on, span)
		terms[f"expected__{name}"] = count_if(within)
		terms[f"attended__{name}"] = count_if(within & (row.attended == 1))
	query = frappe.qb.from_(session).join(row).on(row.parent == session.name)
	return _asked(query.where((session.program == program) & (session.status == "Held")), terms)


def _groups(program: str, spans: Spans) -> dict[str, dict[str, int]]:
	group = DocType("Mentoring Group")
	started = group.status.isin(("Active", "Completed", "Ended Early"))
	terms = {}
	for name, span in spans.items():
		ended = group.end_date.between(span.first, span.last)
		terms[f"started__{name}"] = count_if(started & group.start_date.between(span.first, span.last))
		terms[f"completed__{name}"] = count_if((group.status == "Completed") & ended)
		terms[f"ended_early__{name}"] = count_if((group.status == "Ended Early") & ended)
	return _asked(frappe.qb.from_(group).where(group.program == program), terms)


def _feedback(program: str, spans: Spans) -> dict[str, dict[str, int]]:
	"""Only that it was given: what it says is told to nobody here."""
	feedback, cycle = DocType("Mentoring Feedback"), DocType("Mentoring Cycle")
	story = feedback.kind == STORY.code
	terms = {}
	for name, span in spans.items():
		within = moments(feedback.creation, span)
		terms[f"feedback__{name}"] = count_if(within & ~story)
		terms[f"stories__{name}"] = count_if(within & story)
	query = frappe.qb.from_(feedback).join(cycle).on(cycle.name == feedback.cycle)
	return _asked(query.where(cycle.program == program), terms)


def _applications(program: str, spans: Spans) -> dict[str, dict[str, int]]:
	found: dict[str, dict[str, int]] = {}
	for side in ("Mentor", "Mentee"):
		part = DocType(side)
		terms = {
			f"applied_{side.lower()}s__{name}": count_if(moments(part.applied_on, span))
			for name, span in spans.items()
		}
		found.update(_asked(frappe.qb.from_(part).where(part.program == program), terms))
	return found


def _asked(query: QueryBuilder, terms: Mapping[str, Any]) -> dict[str, dict[str, int]]:
	query = query.select(Count("*").as_("rows_"), *(term.as_(name) for name, term in terms.items()))
	row = query.run(as_dict=True)[0]
	found: dict[str, dict[str, int]] = {}
	for name in terms:
		figure, _separator, span = name.partition("__")
		found.setdefault(figure, {})[span] = cint(row[name])
	return found


def moments(column: Field, span: Period) -> Criterion:
	"""The moments of these days."""
	return (column >= start_of(span.first)) & (column < after(span.last))
