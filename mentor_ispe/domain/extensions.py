"""Whether a group goes on in the next cycle of its program, by what each person in it said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentor_ispe.domain.groups import GroupRules
from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.violations import N_, Violation

YES, NO = "Yes", "No"


@dataclass(frozen=True)
class Decision:
	"""`goes_on` are the people of the next group, empty when there is none (yet).

	`why_not` says why there will be none, whatever the others still say.
	"""

	goes_on: tuple[Seat, ...] = ()
	why_not: Violation | None = None


def decide(answers: Sequence[Seat], rules: GroupRules, closed: bool) -> Decision:
	"""Decide on a group: at once when everyone says yes, otherwise when the time to answer is over (`closed`).

	A pair goes on with both. A group needs a mentor, and as many of its members as its program asks for; a
	circle needs as many of its peers. Until the end everyone may still change their mind, so those who say
	yes wait for the others; then no answer counts as no.
	"""
	mentors = [answer for answer in answers if answer.is_mentor]
	members = [answer for answer in answers if not answer.is_mentor]
	if rules.has_mentor and not mentors:
		return Decision(why_not=Violation("no_mentor", N_("the group has no mentor.")))
	yes = tuple(answer for answer in answers if answer.goes_on == YES)
	gone = [answer for answer in mentors if _has_said_no(answer, closed)]
	missing = gone if len(gone) == len(mentors) else []
	if rules.format == "One-on-One":
		missing = [*missing, *(answer for answer in members if _has_said_no(answer, closed))]
	if missing:
		names = [answer.full_name for answer in missing]
		return Decision(why_not=Violation("said_no", N_("{names} didn't say yes."), {"names": names}))
	possible = sum(not _has_said_no(answer, closed) for answer in members)
	if possible < max(1, rules.size_min):
		return Decision(
			why_not=Violation(
				"too_few",
				N_("{count} said yes; groups in this program need at least {min} members."),
				{"count": sum(not answer.is_mentor for answer in yes), "min": rules.size_min},
			)
		)
	everyone = len(yes) == len(answers)
	return Decision(goes_on=yes if everyone or closed else ())


def _has_said_no(answer: Seat, closed: bool) -> bool:
	return answer.goes_on != YES if closed else answer.goes_on == NO
