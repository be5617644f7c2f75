"""Changes that might place people who are without a group, each with its words.

A change is a value: applied to the people and the rules of a run it gives those of another. Whether it
places anybody is for `suggestions` to find out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from mentor_ispe.domain.matching.criteria import TOPICS
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.rules import GroupRules
from mentor_ispe.domain.matching.suggestions import Change, described, must_share, waivers
from mentor_ispe.domain.violations import N_

PROFILES = 3
"""Kinds of people tried, those who fit most of the unplaced first."""
MOST_NEWCOMERS = 5


def changes(
	rules: GroupRules, lone: Sequence[Candidate], mentees: Sequence[Candidate], mentors: Sequence[Candidate]
) -> Iterator[Change]:
	"""What to try for `lone`, the people without a group."""
	profiles = _profiles(rules, lone, mentees)
	for fields, count in profiles:
		yield _more_mentors(rules, fields, -(-count // rules.size_max))
	if rules.moderator.is_hard:
		yield Change(
			"ask_moderators",
			N_(
				"Ask {names} to moderate: {places} of {unmatched} could be matched. Tick “Willing to moderate the group” in their applications, then run again."
			),
			rules,
			asks=True,
		)
	for fields, count in profiles[:2]:
		yield from _more_members(rules, fields, -(-count // rules.size_max))
	yield from _other_sizes(rules, mentors)
	yield from waivers(rules, _RULES)


def _profiles(
	rules: GroupRules, lone: Sequence[Candidate], mentees: Sequence[Candidate]
) -> list[tuple[dict[str, Any], int]]:
	"""What somebody must be like to sit with one of `lone`, with how many of them that goes for."""
	spoken = Counter(language for person in lone for language in set(person.languages))
	topics = Counter(topic for person in lone for topic in set(person.wants))
	home = Counter(person.country for person in mentees if person.country)
	found: Counter[tuple[tuple[str, Any], ...]] = Counter()
	for person in lone:
		fields = must_share(person, rules.scoring, spoken, rules.time_window.is_hard, rules.language.is_hard)
		if rules.scoring.is_hard(TOPICS):
			fields["topics"] = tuple(sorted(person.wants, key=lambda word: (-topics[word], word))[:1])
		if rules.countries.is_hard and "country" not in fields:
			others = sorted((-count, name) for name, count in home.items() if name != person.country)
			fields["country"] = others[0][1] if others else ""
		if not any(value in ("", None, ()) for value in fields.values()):
			found[tuple(fields.items())] += 1
	ordered = sorted(found.items(), key=lambda item: (-item[1], str(item[0])))
	return [(dict(fields), count) for fields, count in ordered[:PROFILES]]


def _newcomer(name: str, stage: str, fields: dict[str, Any], **values: Any) -> Candidate:
	topics = fields.get("topics", ())
	plain = {key: value for key, value in fields.items() if key != "topics"}
	return Candidate(
		name, wants=topics, offers=topics, career_stage=stage, is_imagined=True, **plain, **values
	)


def _more_mentors(rules: GroupRules, fields: dict[str, Any], groups: int) -> Change:
	count, stage = min(groups, MOST_NEWCOMERS), rules.senior_stages[0]
	message = N_(
		"Invite {count} more mentors with {seats} places each ({profile}): {places} of {unmatched} could be matched."
	)
	if count == 1:
		message = N_(
			"Invite one more mentor with {seats} places ({profile}): {places} of {unmatched} could be matched."
		)
	params = {"count": count, "seats": rules.size_max, "profile": [stage, *described(fields)]}
	joining = tuple(
		_newcomer(f"~ new mentor {number}", stage, fields, seats=rules.size_max)
		for number in range(1, count + 1)
	)
	return Change("new_mentors", message, rules, params, mentors=joining)


_MEMBERS = {
	"new_moderators": (
		N_(
			"Invite one more member who could moderate ({profile}): {places} of {unmatched} could be matched."
		),
		N_(
			"Invite {count} more members who could moderate ({profile}): {places} of {unmatched} could be matched."
		),
	),
	"new_members": (
		N_("Invite one more member ({profile}): {places} of {unmatched} could be matched."),
		N_("Invite {count} more members ({profile}): {places} of {unmatched} could be matched."),
	),
}


def _more_members(rules: GroupRules, fields: dict[str, Any], groups: int) -> Iterator[Change]:
	wanted = [("new_moderators", rules.moderator_stages[0])] if rules.moderator.is_hard else []
	for asked, stages in ((rules.junior, rules.junior_stages), (rules.mid_level, rules.mid_level_stages)):
		if asked.is_hard and not (stages == rules.mid_level_stages and wanted):
			wanted.append(("new_members", stages[0]))
	for code, stage in wanted or [("new_members", rules.mid_level_stages[0])]:
		one, many = _MEMBERS[code]
		willing = code == "new_moderators"
		for count in sorted({min(groups, MOST_NEWCOMERS), min(groups + 2, MOST_NEWCOMERS)}):
			joining = tuple(
				_newcomer(f"~ new mentee {number}", stage, fields, willing_to_moderate=willing)
				for number in range(1, count + 1)
			)
			params = {"count": count, "profile": [stage, *described(fields)]}
			yield Change(code, one if count == 1 else many, rules, params, mentees=joining, once=code)


def _other_sizes(rules: GroupRules, mentors: Sequence[Candidate]) -> Iterator[Change]:
	larger = replace(rules, size_max=rules.size_max + 1)
	message = N_("Allow groups of up to {size} members: {places} of {unmatched} could be matched.")
	if any(person.seats > rules.size_max for person in mentors):
		yield Change("larger_groups", message, larger, {"size": larger.size_max})
	message = N_("Ask for one more place each with {names}: {places} of {unmatched} could be matched.")
	yield Change("more_seats", message, rules, seats=1)
	message = N_(
		"Allow groups of up to {size} members, and ask for one more place each with {names}: {places} of {unmatched} could be matched."
	)
	# Both together count only when they do more than either.
	beyond = ("larger_groups", "more_seats")
	yield Change(
		"larger_groups_more_seats", message, larger, {"size": larger.size_max}, seats=1, beyond=beyond
	)
	if rules.size_min > 1:
		smaller = replace(rules, size_min=rules.size_min - 1)
		message = N_("Allow groups of {size} members: {places} of {unmatched} could be matched.")
		yield Change("smaller_groups", message, smaller, {"size": smaller.size_min})
	again = replace(rules, groups_per_mentor=rules.groups_per_mentor + 1)
	if any(person.seats >= again.groups_per_mentor * rules.size_min for person in mentors):
		message = N_("If mentors led up to {groups} groups each, {places} of {unmatched} could be matched.")
		yield Change("more_groups_each", message, again, {"groups": again.groups_per_mentor})


_RULES = {
	"senior": N_("Senior Mentor"),
	"moderator": N_("Moderator"),
	"junior": N_("Student or Recent Graduate"),
	"mid_level": N_("Mid-Level"),
	"countries": N_("Two Countries"),
	"employers": N_("Employer"),
	"time_window": N_("Time Zone"),
	"language": N_("Languages"),
}


def with_seats(change: Change, mentors: Iterable[Candidate]) -> list[Candidate]:
	"""Mentors as the change would have them, without those who would join."""
	if not change.seats:
		return list(mentors)
	return [
		replace(person, seats=person.seats + change.seats)
		if person.seats > 0 and (change.seats_at is None or person.name in change.seats_at)
		else person
		for person in mentors
	]


def with_asked(change: Change, mentees: Iterable[Candidate]) -> list[Candidate]:
	"""Mentees as the change would have them, without those who would join."""
	if not change.asks:
		return list(mentees)
	return [
		replace(person, willing_to_moderate=True)
		if person.career_stage in change.rules.moderator_stages
		and (change.asked is None or person.name in change.asked)
		else person
		for person in mentees
	]
