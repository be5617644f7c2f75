"""Who may give which feedback, and what it must say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mentor_ispe.domain.feedback.owed import (
	CHECK_IN,
	CLOSING,
	GROUP_UPDATE,
	PAIR,
	PROGRAM,
	SESSION,
	STORY,
)
from mentor_ispe.domain.violations import N_, Violation

# Seats whose holders have something to say of the group, also when it is over for them.
SEATS_THAT_SPEAK = frozenset({"Active", "Suspended", "Completed", "Ended"})
GROUP_IS_OVER = frozenset({"Completed", "Ended Early"})


@dataclass(frozen=True)
class Writer:
	"""What is known of the person who gives feedback.

	`seat` is their place in the group ("" without one), `takes_part` says whether they were approved for
	the cycle; `attended` whether they were at the session.
	"""

	seat: str = ""
	mentor: bool = False
	moderates: bool = False
	takes_part: bool = False
	attended: bool = False


@dataclass(frozen=True)
class About:
	"""What the feedback is about; the statuses are empty where there is no group or session."""

	kind: str
	format: str = ""
	group_status: str = ""
	session_status: str = ""
	session_in_group: bool = True


@dataclass(frozen=True)
class Said:
	"""The answer. Ratings are shares of 1, as Frappe keeps five stars; 0 is no rating."""

	rating: float = 0
	staff_rating: float = 0
	comment: str = ""
	staff_comment: str = ""
	going: str = ""


def check_writer(about: About, writer: Writer) -> list[Violation]:
	"""Say whether this person may give this feedback at all."""
	if about.kind == PROGRAM or (about.kind == STORY and not about.group_status):
		if writer.takes_part:
			return []
		return [_stranger()]
	if not about.group_status:
		return [Violation("no_group", N_("Choose the group that this feedback is about."))]
	if writer.seat not in SEATS_THAT_SPEAK:
		return [_stranger()]
	if about.kind == SESSION:
		return _check_session(about, writer)
	if about.kind == CLOSING and about.group_status not in GROUP_IS_OVER:
		return [Violation("not_over", N_("Closing feedback comes when the group has ended."))]
	if about.kind == GROUP_UPDATE:
		if about.format == PAIR:
			return [Violation("pair", N_("In a pair each of the two gives a check-in of their own."))]
		if about.format == "Group" and not (writer.mentor or writer.moderates):
			return [
				Violation("not_spokesperson", N_("The moderator or the mentor gives the group's update."))
			]
	if about.kind in (CHECK_IN, GROUP_UPDATE) and about.group_status in ("Draft", "Proposed", "Cancelled"):
		return [Violation("not_started", N_("The group hasn't started yet."))]
	return []


def _check_session(about: About, writer: Writer) -> list[Violation]:
	if not about.session_status:
		return [Violation("no_session", N_("Choose the session that this feedback is about."))]
	if not about.session_in_group:
		return [Violation("other_group", N_("The session belongs to another group."))]
	if about.session_status != "Held":
		return [Violation("not_held", N_("Feedback on a session comes when it was held."))]
	if not writer.attended:
		return [Violation("absent", N_("Feedback on a session comes from those who were there."))]
	return []


def check_words(said: Said) -> list[Violation]:
	"""Say whether the answer says something, and its ratings are ratings."""
	broken = []
	for rating in (said.rating, said.staff_rating):
		if not 0 <= rating <= 1:
			broken.append(Violation("no_rating", N_("A rating is one to five stars, kept as 0.2 to 1.")))
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
	return Violation("stranger", N_("Feedback comes from those who took part."))
