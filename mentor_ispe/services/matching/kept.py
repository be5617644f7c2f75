"""What was changed by hand in a run, and stays when it is run again: until it is released.

A move is kept as a pin of that run: a mentee with the mentor they were given, a peer with the host of the circle and
with whoever else was moved there. Whoever was removed stays out. A moderator chosen by hand stays one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import frappe

from mentor_ispe.domain.matching.kept import Names, that_stand
from mentor_ispe.domain.matching.reasons import Reason
from mentor_ispe.domain.matching.result import Pair, shares
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.services.matching.candidates import Pool
from mentor_ispe.services.matching.engines import Outcome, Row
from mentor_ispe.services.matching.group_scores import People, score_group
from mentor_ispe.services.matching.layout import PROPOSAL, ProposedGroup, RunLayout, layout_of
from mentor_ispe.services.matching.rules import Constraints, circle_rules_of, group_rules_of

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun

REMOVED = N_("Removed manually.")
_LOST = N_("The move of {mentee} to {place} isn't possible anymore, so this run didn't keep it.")
_LOST_CIRCLE = N_(
	"The move of {mentee} to another circle isn't possible anymore, so this run didn't keep it."
)


@dataclass(frozen=True)
class Move:
	"""Somebody at the place that a hand gave them: with a mentor, or with others of a circle."""

	mentee: str
	mentor: str | None
	others: tuple[str, ...] = ()

	@property
	def pins(self) -> list[Names]:
		return [(self.mentee, other) for other in ((self.mentor,) if self.mentor else self.others)]


@dataclass(frozen=True)
class Kept:
	"""Moves that a new run keeps, who stays out, who moderates; `lost` are moves that can't be kept, in words."""

	moves: tuple[Move, ...] = ()
	out: frozenset[str] = frozenset()
	moderators: frozenset[str] = frozenset()
	lost: tuple[Violation, ...] = ()

	def pool(self, pool: Pool) -> Pool:
		"""Without those who stay out."""
		return replace(pool, mentees=tuple(one for one in pool.mentees if one.name not in self.out))

	def constraints(self, constraints: Constraints) -> Constraints:
		"""With the moves as pins."""
		pins = [pin for move in self.moves for pin in move.pins]
		beside = [pin for pin in pins if pin not in constraints.pins and pin not in constraints.together]
		if any(move.mentor for move in self.moves):
			return replace(constraints, pins=(*constraints.pins, *beside))
		return replace(constraints, together=(*constraints.together, *beside))

	def mark(self, outcome: Outcome, doc: MentoringMatchRun, pool: Pool, pins: Sequence[Names]) -> Outcome:
		"""What came of it, with what was kept marked as such; `pins` are those of the cycle."""
		there = {move.mentee for move in self.moves} | self.moderators
		rows = [
			replace(
				row,
				is_pinned=row.is_pinned and (row.mentee, row.mentor) in pins,
				by_hand=bool(row.group_key) and row.mentee in there,
			)
			for row in self._moderated(outcome.rows, doc, pool)
		]
		out = sorted(self.out & {person.name for person in pool.mentees})
		rows += [Row(mentee=name, reasons=(Reason("removed", REMOVED),), by_hand=True) for name in out]
		summary: dict[str, Any] = {**outcome.summary, "kept": sum(row.by_hand for row in rows)}
		summary["warnings"] = [*(violation.as_dict() for violation in self.lost), *summary["warnings"]]
		if out:
			seats = [Pair(row.mentee, row.mentor or "", row.score, {}, ()) for row in rows if row.group_key]
			summary["fairness"] = {
				view: [share.as_dict() for share in lines]
				for view, lines in shares(pool.mentees, seats).items()
			}
		return replace(outcome, rows=tuple(rows), summary=summary)

	def _moderated(self, rows: Sequence[Row], doc: MentoringMatchRun, pool: Pool) -> Iterator[Row]:
		"""The rows, with the moderators that were chosen by hand in the groups they are in now."""
		groups: dict[str, list[Row]] = {}
		for row in rows:
			groups.setdefault(row.group_key, []).append(row)
		for key, members in groups.items():
			chosen = [row for row in members if key and row.mentee in self.moderators]
			if not chosen or any(row.is_moderator for row in chosen):
				yield from members
				continue
			people = People(pool)
			group = ProposedGroup(
				key, members[0].mentor, tuple(row.mentee for row in members), moderator=chosen[0].mentee
			)
			pinned = {row.mentee for row in members if row.is_pinned}
			for row in score_group(doc, people, group).outcome.rows:
				yield replace(row, is_pinned=row.mentee in pinned)


def kept_in(doc: MentoringMatchRun, pool: Pool, constraints: Constraints) -> Kept:
	"""What a new run of `doc` keeps of the changes made by hand in its present result; two queries."""
	marked = frappe.get_all(PROPOSAL, {"match_run": doc.name, "by_hand": 1}, pluck="mentee")
	if not marked:
		return Kept()
	layout, there = layout_of(doc.name), {person.name for person in pool.mentees}
	changed = [name for name in sorted(marked) if name in there]
	seated = [name for name in changed if layout.place[name]]
	moves, lost = that_stand(
		(move for name in seated if (move := _move(layout, name, set(seated))).pins),
		lambda move: move.pins,
		constraints.pins if doc.format != "Peer Circle" else constraints.together,
		lambda pins: _check(doc, pool, constraints, pins),
	)
	return Kept(
		moves=tuple(moves),
		out=frozenset(changed) - frozenset(seated),
		moderators=frozenset(name for name in seated if layout.groups[layout.place[name]].moderator == name),
		lost=tuple(_in_words(move, layout) for move in lost),
	)


def _move(layout: RunLayout, name: str, seated: set[str]) -> Move:
	group = layout.groups[layout.place[name]]
	if group.mentor:
		return Move(name, group.mentor)
	together = [other for other in group.members if other in seated or other == group.moderator]
	return Move(name, None, tuple(other for other in together if other != name))


def _check(doc: MentoringMatchRun, pool: Pool, constraints: Constraints, pins: list[Names]) -> None:
	"""The engine's own check, and nobody is kept with somebody whom they declined since."""
	if doc.format == "Peer Circle":
		from mentor_ispe.domain.matching.circles.match import check_circle_pins

		check_circle_pins(pool.mentees, circle_rules_of(doc), pins, constraints.apart)
		return
	declined = {(person.name, mentor) for person in pool.mentees for mentor in person.refuses}
	forbidden = declined - set(constraints.pins) | set(constraints.forbidden)
	if doc.format == "Group":
		from mentor_ispe.domain.matching.groups.build import check_group_pins

		check_group_pins(pins, pool.mentees, pool.mentors, forbidden, group_rules_of(doc))
	else:
		from mentor_ispe.domain.matching.pins import check_pins

		check_pins(pins, pool.mentees, pool.mentors, forbidden)


def _in_words(move: Move, layout: RunLayout) -> Violation:
	mentee = layout.called.get(move.mentee) or move.mentee
	if not move.mentor:
		return Violation("move_lost", _LOST_CIRCLE, {"mentee": mentee})
	return Violation(
		"move_lost", _LOST, {"mentee": mentee, "place": layout.called.get(move.mentor) or move.mentor}
	)
