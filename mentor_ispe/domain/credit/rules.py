"""The rules that a credit scheme is put together from; each looks at a partnership on a day.

What HRCI asks, as PHRMA's page on its partnerships words it: "1) The relationship is a one on one
relationship 2) The relationship lasts a minimum of 6 months 3) Regular meetings are scheduled (in person
is strongly preferred) 4) The relationship must be outside of one's employer organization 5) Stated
desires and outcomes are revisited at the end of the relationship".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mentor_ispe.domain.credit.findings import AT_RISK, MET, NOT_MET, ON_TRACK, Finding, found
from mentor_ispe.domain.credit.outcomes import outcomes
from mentor_ispe.domain.credit.regular import regular
from mentor_ispe.domain.months import last_day_of
from mentor_ispe.domain.partnership import Partnership, fold
from mentor_ispe.domain.violations import N_


def one_to_one(pair: Partnership, on: date) -> Finding:
	"""One mentor and one mentee, from the first day to the last."""
	roles = sorted(partner.role for partner in pair.partners)
	if pair.format != "One-on-One":
		return found(
			NOT_MET,
			"not_one_to_one",
			N_("Because this credit is for one mentor and one mentee, and this is a group."),
		)
	if roles != ["Mentee", "Mentor"]:
		return found(
			NOT_MET,
			"more_than_two",
			N_("Because {people} people participated, and this credit is for one mentor and one mentee."),
			people=len(roles),
		)
	names = {partner.role: partner.full_name for partner in pair.partners}
	return found(
		MET,
		"one_to_one",
		N_("Because {mentor} and {mentee} meet one-on-one."),
		mentor=names["Mentor"],
		mentee=names["Mentee"],
	)


def duration(pair: Partnership, on: date, months: int) -> Finding:
	"""The partnership lasts so many calendar months, from the day it started to the day it ended.

	The first and the last day both count: 1 October to 31 March are six months. That people really met
	all this time is what the rule of regular meetings looks at.
	"""
	full = last_day_of(pair.start, months)
	if pair.until(on) >= full:
		return found(
			MET,
			"lasted",
			N_("Because it began on {start} and {months} months were complete on {full}."),
			start=pair.start,
			months=months,
			full=full,
		)
	if pair.ended and on >= pair.ended == pair.end:
		return found(
			NOT_MET,
			"ended_before",
			N_("Because it ended on {end}, and {months} months would have been complete on {full}."),
			end=pair.end,
			months=months,
			full=full,
		)
	if pair.cap and pair.cap < full:
		return found(
			NOT_MET,
			"too_short",
			N_("Because the cycle ends on {end}, and {months} months from {start} are complete on {full}."),
			end=pair.cap,
			months=months,
			start=pair.start,
			full=full,
		)
	if pair.planned_end < full:
		return found(
			AT_RISK,
			"ends_before",
			N_(
				"Because the cycle ends on {end}, and {months} months are complete on {full}; both would have to continue in the next cycle."
			),
			pair.planned_end,
			end=pair.planned_end,
			months=months,
			full=full,
		)
	return found(
		ON_TRACK,
		"lasting",
		N_("Because it began on {start}; {months} months are complete on {full}."),
		start=pair.start,
		months=months,
		full=full,
	)


def employers_apart(pair: Partnership, on: date) -> Finding:
	"""The partners work for different employers when they start, and all the time until the end.

	Employers are taken as the profiles named them on each day; a change is noticed on its day.
	"""
	until = max(pair.start, pair.until(on))
	changes = sorted(change for partner in pair.partners for change in partner.changes(pair.start, until))
	for day in (pair.start, *(day for day, _old, _new in changes)):
		names = [partner.employer_on(day) for partner in pair.partners]
		known = [fold(name) for name in names if name]
		if len(set(known)) < len(known):
			same = next(name for name in names if name and known.count(fold(name)) > 1)
			return found(
				NOT_MET,
				"same_employer",
				N_("Because both worked for {employer} on {day}."),
				day,
				employer=same,
				day=day,
			)
	days = (pair.start, *(day for day, _old, _new in changes))
	unknown = [
		partner.full_name
		for partner in pair.partners
		if any(not partner.employer_on(day) for day in (*days, until))
	]
	if unknown:
		return found(
			AT_RISK,
			"employer_unknown",
			N_("Because the profile of {people} doesn't name an employer; fill it in."),
			",".join(unknown),
			people=unknown,
		)
	state = MET if pair.over(on) else ON_TRACK
	employers = [partner.employer_on(until) for partner in pair.partners]
	if changes:
		day, old, new = changes[-1]
		return found(
			state,
			"employers_differ_still",
			N_(
				"Because the change from {old} to {new} on {day} left them with different employers: {employers}."
			),
			old=old,
			new=new,
			day=day,
			employers=employers,
		)
	return found(
		state,
		"employers_differ",
		N_("Because they work for different employers: {employers}."),
		employers=employers,
	)


RULES: dict[str, Callable[..., Finding]] = {
	"one_to_one": one_to_one,
	"duration": duration,
	"regular_meetings": regular,
	"employers_apart": employers_apart,
	"outcomes_revisited": outcomes,
}
