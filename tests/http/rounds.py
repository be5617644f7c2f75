"""Rounds of simultaneous requests: what was answered, added up, and what the database holds afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import frappe

from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.readings.seats import seats
from tests.effort import times
from tests.http.client import TECHNICAL, Answer, at_once

ROUNDS = times(6)
FEW_ROUNDS = times(3)


@dataclass
class Tally:
	"""The answers of all rounds of one test."""

	name: str
	answers: list[Answer] = field(default_factory=list)
	rounds: int = 0

	def round(self, calls: Sequence[Callable[[], Answer]]) -> list[Answer]:
		"""Make the calls at the same moment; no answer may be an error of the server or speak of locks."""
		return self.take(at_once(calls))

	def take(self, answers: list[Answer]) -> list[Answer]:
		"""Add the answers of one round, after the same check."""
		self.rounds += 1
		self.answers += answers
		broken = [answer for answer in answers if answer.status >= 500]
		assert not broken, f"{len(broken)} × {broken[0].status}: {broken[0].text[:3000]}"
		technical = [answer.words for answer in answers if TECHNICAL.search(answer.words)]
		assert not technical, technical[0]
		return answers

	def __str__(self) -> str:
		took = sorted(answer.seconds for answer in self.answers)
		refused = sum(not answer.ok for answer in self.answers)
		again = sum("try again" in answer.words for answer in self.answers)
		return (
			f"{self.name}: {self.rounds} rounds, {len(self.answers)} requests, {refused} refused, "
			f"{again} asked to try again, slowest {took[-1]:.2f} s, median {took[len(took) // 2]:.2f} s"
		)


def look_again() -> None:
	"""See what the requests committed since this connection last looked."""
	frappe.db.rollback()
	frappe.local.cache = {}


def seats_taken(mentor: str) -> int:
	"""The number kept with the mentor, after comparing it with the live seats in the groups."""
	look_again()
	kept = frappe.db.get_value("Mentor", mentor, "seats_taken")
	groups = {seat.group for seat in seats(participants=[mentor], statuses=LIVE_SEATS)}
	counted = sum(not seat.is_mentor for seat in seats(groups, statuses=LIVE_SEATS))
	assert kept == counted, f"{mentor} has {counted} live seats and says {kept}"
	return kept


def live_groups(mentee: str) -> list[str]:
	"""The groups in which the mentee holds a live seat, after comparing them with the mentee's own field."""
	look_again()
	rows = [seat.group for seat in seats(participants=[mentee], statuses=LIVE_SEATS)]
	kept = frappe.db.get_value("Mentee", mentee, "mentoring_group")
	assert rows == ([kept] if kept else []), f"{mentee} sits in {rows} and says {kept}"
	return rows
