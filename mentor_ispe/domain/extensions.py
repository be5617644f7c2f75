"""Whether a group goes on in the next cycle of its program, by what each person in it said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentor_ispe.domain.groups import GroupRules
from mentor_ispe.domain.violations import N_, Violation

YES, NO = "Yes", "No"


@dataclass(frozen=True)
class Answer:
	"""What one active person of the group said; "" when they haven't answered."""

	profile: str
	full_name: str
	is_mentor: bool
	said: str = ""


@dataclass(frozen=True)
class Decision:
	"""`goes_on` are the people of the next group, empty when there is none (yet).

	`why_not` says why there will be none, whatever the others still say.
	"""

	goes_on: tuple[Answer, ...] = ()
	why_not: Violation | None = None


def decide(answers: Sequence[Answer], rules: GroupRules, closed: bool) -> Decision:
	"""Decide on a group: at once when everyone says yes, otherwise when the time to answer is over (`closed`).

	A pair goes on with both. A group needs its mentor, and as many of its members as its program asks for; a
	circle needs as many of its peers. Until the end everyone may still change their mind, so those who say
	yes wait for the others; then no answer counts as no.
	"""
	mentors = [answer for answer in answers if answer.is_mentor]
	members = [answer for answer in answers if not answer.is_mentor]
	if rules.has_mentor and not mentors:
		return Decision(why_not=Violation("no_mentor", N_("the group has no mentor.")))
	yes = tuple(answer for answer in answers if answer.said == YES)
	needed = mentors if rules.format != "One-on-One" else list(answers)
	missing = [answer.full_name for answer in needed if _has_said_no(answer, closed)]
	if missing:
		return Decision(why_not=Violation("said_no", N_("{names} didn't say yes."), {"names": missing}))
	possible = sum(not _has_said_no(answer, closed) for answer in members)
	if possible < max(1, rules.size_min):
		return Decision(
			why_not=Violation(
				"too_few",
				N_("{count} say yes; the program's groups have at least {min} members."),
				{"count": sum(not answer.is_mentor for answer in yes), "min": rules.size_min},
			)
		)
	everyone = len(yes) == len(answers)
	return Decision(goes_on=yes if everyone or closed else ())


def _has_said_no(answer: Answer, closed: bool) -> bool:
	return answer.said != YES if closed else answer.said == NO
