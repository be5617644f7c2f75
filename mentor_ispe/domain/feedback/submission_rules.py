"""Who may give which feedback, and what it must say."""

from __future__ import annotations

from datetime import date, timedelta

from mentor_ispe.domain.feedback.facts import About, Said, Writer
from mentor_ispe.domain.feedback.kinds import KINDS
from mentor_ispe.domain.violations import N_, Violation

# Seats whose holders have something to say of the group, also when it is over for them.
SEATS_THAT_SPEAK = frozenset({"Active", "Suspended", "Completed", "Ended"})


def check_writer(about: About, writer: Writer) -> list[Violation]:
	"""Say whether this person may give this feedback at all."""
	kind = KINDS.get(about.kind)
	if kind and (kind.about == "program" or (not kind.asked_for and not about.group_status)):
		return [] if writer.takes_part else [_stranger()]
	if not about.group_status:
		return [Violation("no_group", N_("Choose the group that this feedback is about."))]
	if writer.seat not in SEATS_THAT_SPEAK:
		return [_stranger()]
	return kind.check(about, writer) if kind else []


def check_words(said: Said) -> list[Violation]:
	"""Say whether the answer says something, and its ratings are ratings."""
	broken = []
	for rating in (said.rating, said.staff_rating):
		if not 0 <= rating <= 1:
			broken.append(Violation("no_rating", N_("A rating is one to five stars, stored as 0.2 to 1.")))
	words = said.comment.strip() or said.staff_comment.strip() or said.going
	if not (words or said.rating or said.staff_rating):
		broken.append(Violation("nothing_said", N_("Give a rating or write a few words.")))
	return broken


def last_day_to_change(given_on: date, days: int) -> date:
	"""Until when the writer may change an answer: the program's time to answer, from the day it was given.

	After that others have read it and acted on it, so it stays; a new one may be given.
	"""
	return given_on + timedelta(days=max(0, days))


def _stranger() -> Violation:
	return Violation("stranger", N_("Only participants can give feedback."))
