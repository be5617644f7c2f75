"""What a group chosen by hand is worth, why, and which rules of the run it breaks.

The same points and sentences as the engine's, so that a group that is changed and changed back is the
same as before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import frappe
from frappe import _

from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.result import Pair
from mentor_ispe.domain.matching.rules import FULL_SCORE, NEVER, NOT_ASKED
from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import RuleViolation, violation_message
from mentor_ispe.services.matching.candidates import Pool
from mentor_ispe.services.matching.engines import GroupOutcome
from mentor_ispe.services.matching.layout import ProposedGroup
from mentor_ispe.services.matching.rules import circle_rules_of, group_rules_of, rules_of

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun


@dataclass(frozen=True)
class GroupScore:
	"""A group with its points and reasons; `broken` are the rules it breaks, in words."""

	outcome: GroupOutcome
	broken: list[str]

	@property
	def worth(self) -> int:
		"""What the group adds to the total of the run."""
		return sum(member.score for member in self.outcome.members) - self.outcome.penalty


class People:
	"""Who can be matched now, by name; an error in words about somebody who can't."""

	def __init__(self, pool: Pool, called: Mapping[str, str] | None = None):
		self.called, self.left_out = called or {}, pool.left_out
		self.mentees = {person.name: person for person in pool.mentees}
		self.mentors = {person.name: person for person in pool.mentors}

	def mentee(self, name: str) -> Candidate:
		return self._one(self.mentees, name)

	def mentor(self, name: str) -> Candidate:
		return self._one(self.mentors, name)

	def _one(self, people: Mapping[str, Candidate], name: str) -> Candidate:
		if name not in people:
			called = self.called.get(name) or _("This person")
			words = " ".join(map(violation_message, self.left_out.get(name, ()))) or _(
				"{0} can't be matched now: not approved, no open place, or already in a group."
			).format(called)
			frappe.throw(frappe.utils.escape_html(words), exc=RuleViolation)
		return people[name]


def score_group(doc: MentoringMatchRun, people: People, group: ProposedGroup) -> GroupScore:
	"""Score a group of the run as the engine would."""
	score = _SCORES[doc.format](doc, people, group)
	for mentor in group.co_mentors:
		# Points are the first mentor's; the rules between two people hold for every one.
		_pairs, broken = _seats(doc, people, replace(group, mentor=mentor))
		score.broken.extend(words for words in broken if words not in score.broken)
	return score


def _pair(doc: MentoringMatchRun, people: People, group: ProposedGroup) -> GroupScore:
	made, broken = _seats(doc, people, group)
	return GroupScore(GroupOutcome(group.key, group.mentor, made), broken)


def _group(doc: MentoringMatchRun, people: People, group: ProposedGroup) -> GroupScore:
	from mentor_ispe.domain.matching.groups.reasons import (
		choose_moderator,
		group_misses,
		group_reasons,
		may_moderate,
	)

	rules = group_rules_of(doc)
	seats, broken = _seats(doc, people, group, said_of_the_group=_OF_THE_GROUP)
	mentor = people.mentor(group.mentor)
	members = [people.mentee(seat.mentee) for seat in seats]
	chosen = next((person for person in members if person.name == group.moderator), None)
	moderator = chosen or choose_moderator(members, [seat.score for seat in seats], rules)
	speaking = moderator if moderator and may_moderate(moderator, rules) else None
	misses = group_misses(mentor, members, rules)
	broken += [violation_message(reason) for reason, points in misses if not points]
	if chosen and not speaking and rules.moderator.at_all:
		broken.append(_("{0} isn't willing to moderate, or isn't at mid-level.").format(chosen.title))
	return GroupScore(
		GroupOutcome(
			key=group.key,
			mentor=group.mentor,
			members=seats,
			moderator=moderator.name if moderator else None,
			reasons=(
				*group_reasons(mentor, members, speaking, _language(group, mentor, members, rules), rules),
				*(reason for reason, _points in misses),
			),
			penalty=sum(points for _reason, points in misses),
		),
		list(dict.fromkeys(broken)),
	)


def _language(group: ProposedGroup, mentor: Candidate, members: list[Candidate], rules) -> str:
	"""A language that everybody speaks, the one said before if it still is one."""
	if not rules.language.is_hard:
		return ""
	common = set(mentor.languages).intersection(*(person.languages for person in members))
	return group.language if group.language in common else min(common, default="")


_OF_THE_GROUP = ("Time Zone", "Languages", "Employer")
"""Criteria that the rules of groups have as well, and say in their own words."""


def _seats(
	doc: MentoringMatchRun, people: People, group: ProposedGroup, said_of_the_group: Collection[str] = ()
) -> tuple[list[Pair], list[str]]:
	from mentor_ispe.domain.matching.pairs import score_pairs

	made, broken = score_pairs(
		[(name, group.mentor) for name in sorted(group.members)],
		[people.mentee(name) for name in group.members],
		[people.mentor(group.mentor)],
		rules_of(doc),
	)
	words = [
		_rule(violation, doc, group)
		for violation in broken
		if violation.params["rule"] not in said_of_the_group
	]
	return [replace(pair, is_pinned=False) for pair in made], words


def _rule(violation: Violation, doc: MentoringMatchRun, group: ProposedGroup) -> str:
	"""A hard criterion that two people break; the engine's own words speak of a pin."""
	rule, pair = violation.params["rule"], doc.format == "One-on-One"
	if group.co_mentors:
		mentee, mentor = violation.params["mentee"], violation.params["mentor"]
		if rule == NEVER:
			return _("{0} and {1} declined each other.").format(mentee, mentor)
		return _("{0} and {1} break a rule of this run: {2}.").format(mentee, mentor, _(rule))
	if rule == NEVER:
		if pair:
			return _("One of them declined the other.")
		return _("{0} and the mentor declined each other.").format(violation.params["mentee"])
	if pair:
		return _("They break a rule of this run: {0}.").format(_(rule))
	return _("{0} and the mentor break a rule of this run: {1}.").format(violation.params["mentee"], _(rule))


def _circle(doc: MentoringMatchRun, people: People, group: ProposedGroup) -> GroupScore:
	from mentor_ispe.domain.matching.circles.forming import Work
	from mentor_ispe.domain.matching.circles.match import match_circles
	from mentor_ispe.domain.matching.circles.reasons import circle_reasons

	members = [people.mentee(name) for name in sorted(group.members)]
	count = len(members)
	if count < 2:
		alone = [Pair(person.name, "", 0, {}, ()) for person in members]
		return GroupScore(GroupOutcome(group.key, None, alone), [])
	rules = circle_rules_of(doc)
	everybody = [(one.name, other.name) for one in members for other in members if one.name < other.name]
	# All of them pinned together: the engine has nothing to choose and says what it thinks of them.
	result = match_circles(
		members,
		replace(rules, size_min=count, size_max=count, size=count, host=NOT_ASKED),
		pins=everybody,
		work=Work(steps=0),
	)
	(circle,) = result.circles
	chosen = next((person for person in members if person.name == group.moderator), None)
	host = chosen or next((person for person in members if person.name == circle.host), None)
	broken = [
		_("A rule of this run keeps {0} and {1} apart.").format(
			warning.params["one"], warning.params["other"]
		)
		for warning in result.warnings
	]
	if rules.host.at_all and not any(person.willing_to_moderate for person in members):
		broken.append(_("Nobody in this circle is willing to host."))
	elif chosen and not chosen.willing_to_moderate:
		broken.append(_("{0} isn't willing to host.").format(chosen.title))
	broken += [
		_("{0} matches the others less than {1} %.").format(
			people.mentee(member.name).title, f"{100 * rules.scoring.least / FULL_SCORE:g}"
		)
		for member in circle.members
		if member.score < rules.scoring.least
	]
	return GroupScore(
		GroupOutcome(
			key=group.key,
			mentor=None,
			members=[Pair(member.name, "", member.score, {}, member.reasons) for member in circle.members],
			moderator=host.name if host else None,
			reasons=circle_reasons(members, host if host and host.willing_to_moderate else None),
		),
		broken,
	)


_SCORES: dict[str, Callable[[MentoringMatchRun, People, ProposedGroup], GroupScore]] = {
	"One-on-One": _pair,
	"Group": _group,
	"Peer Circle": _circle,
}
