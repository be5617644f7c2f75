"""Why a group is as it is, and what it lacks, in words; each sentence is true of the group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mentor_ispe.domain.matching.people import Candidate, hours_apart
from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.rules import GroupRules
from mentor_ispe.domain.spelling import company_key
from mentor_ispe.domain.violations import N_


def choose_moderator(
	members: Sequence[Candidate], scores: Sequence[int], rules: GroupRules
) -> Candidate | None:
	"""The member who would moderate: of those who may, the one who fits the mentor best, then by name."""
	able = [
		(-score, person.name, person)
		for person, score in zip(members, scores, strict=True)
		if may_moderate(person, rules)
	]
	return min(able)[2] if able else None


def may_moderate(person: Candidate, rules: GroupRules) -> bool:
	return person.willing_to_moderate and person.career_stage in rules.moderator_stages


def group_reasons(
	mentor: Candidate,
	members: Sequence[Candidate],
	moderator: Candidate | None,
	language: str,
	rules: GroupRules,
) -> tuple[Reason, ...]:
	"""What speaks for the group, in the order in which one would tell it."""
	return tuple(_reasons(mentor, members, moderator, language, rules))


def _reasons(
	mentor: Candidate,
	members: Sequence[Candidate],
	moderator: Candidate | None,
	language: str,
	rules: GroupRules,
) -> Iterator[Reason]:
	if moderator is not None:
		yield Reason(
			"moderator",
			N_("{name} could moderate: willing and {stage}."),
			{"name": moderator.title, "stage": moderator.career_stage},
		)
	juniors = [person.title for person in members if person.career_stage in rules.junior_stages]
	if juniors:
		message = N_("{count} members are students or recent graduates: {names}.")
		if len(juniors) == 1:
			message = N_("{names} is a student or recent graduate.")
		yield Reason("juniors", message, {"count": len(juniors), "names": juniors})
	if language:
		yield Reason("group_language", N_("Everyone speaks {language}."), {"language": language})
	countries = _countries(mentor, members)
	if len(countries) > 1:
		yield Reason(
			"group_countries",
			N_("The group's members live in {count} countries: {countries}."),
			{"count": len(countries), "countries": countries},
		)
	offsets = [person.utc_offset for person in members]
	if mentor.utc_offset is not None and all(offset is not None for offset in offsets):
		widest = max(float(hours_apart(mentor.utc_offset, offset)) for offset in offsets)
		message = N_("Nobody is more than {hours} hours from the mentor's time zone.")
		if widest == 0:
			message = N_("Everyone has the same local time.")
		yield Reason("group_time", message, {"hours": f"{widest:g}"})
	employers = [person.employer for person in (mentor, *members)]
	if all(employers) and len(set(map(company_key, employers))) == len(employers):
		yield Reason("group_employers", N_("Everyone works for a different employer."))


def group_misses(
	mentor: Candidate, members: Sequence[Candidate], rules: GroupRules
) -> tuple[tuple[Reason, int], ...]:
	"""What the group lacks of what is asked of it, each with the points it costs (0: a pin's doing)."""
	return tuple(_misses(mentor, members, rules))


def _misses(
	mentor: Candidate, members: Sequence[Candidate], rules: GroupRules
) -> Iterator[tuple[Reason, int]]:
	if rules.senior.at_all and mentor.career_stage not in rules.senior_stages:
		yield Reason("not_senior", N_("The mentor isn't senior.")), rules.senior.points
	if rules.moderator.at_all and not any(may_moderate(person, rules) for person in members):
		yield (
			Reason("no_moderator", N_("Nobody in the group said they would moderate.")),
			rules.moderator.points,
		)
	for code, asked, stages, message in (
		("no_junior", rules.junior, rules.junior_stages, N_("Nobody is a student or recent graduate.")),
		("no_mid_level", rules.mid_level, rules.mid_level_stages, N_("Nobody is at mid-level.")),
	):
		if asked.at_all and not any(person.career_stage in stages for person in members):
			yield Reason(code, message), asked.points
	if rules.countries.at_all and (not mentor.country or len(_countries(mentor, members)) < 2):
		yield (
			Reason("one_country", N_("The group doesn't span two countries.")),
			rules.countries.points,
		)
	if rules.employers.at_all:
		for employer, count in sorted(shared_employers(mentor, members).items()):
			reason = Reason(
				"shared_employer",
				N_("{count} of the group work for {employer}."),
				{"count": count, "employer": employer},
			)
			# The mentor's colleagues cost a seat each; among members, all but the first do.
			yield reason, rules.employers.points * _too_many(mentor, members, employer)
	for person in members:
		if rules.time_window.at_all and not _near(person, mentor, rules):
			reason = Reason(
				"far_away",
				N_("{name} isn't within {hours} hours of the mentor's time zone."),
				{"name": person.title, "hours": f"{rules.scoring.time_window:g}"},
			)
			yield reason, rules.time_window.points
		if rules.language.at_all and not set(person.languages) & set(mentor.languages):
			reason = Reason(
				"no_language", N_("{name} speaks none of the mentor's languages."), {"name": person.title}
			)
			yield reason, rules.language.points


def shared_employers(mentor: Candidate, members: Sequence[Candidate]) -> dict[str, int]:
	"""Employers for which more than one of the group works, with how many."""
	counts = Counter(person.employer for person in (mentor, *members) if person.employer)
	return {employer: count for employer, count in counts.items() if count > 1}


def _too_many(mentor: Candidate, members: Sequence[Candidate], employer: str) -> int:
	"""How often the employers' rule is missed: each of the mentor's colleagues, all but one member."""
	count = sum(person.employer == employer for person in members)
	return max(0, count - 1) + (count if mentor.employer == employer else 0)


def _near(person: Candidate, mentor: Candidate, rules: GroupRules) -> bool:
	if person.utc_offset is None or mentor.utc_offset is None:
		return False
	return bool(hours_apart(person.utc_offset, mentor.utc_offset) <= rules.scoring.time_window)


def _countries(mentor: Candidate, members: Sequence[Candidate]) -> list[str]:
	return sorted({person.country for person in (mentor, *members) if person.country})
