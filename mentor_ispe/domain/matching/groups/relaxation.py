"""The linear program behind the groups: seats may be shared, groups opened in part.

Variables: a person's seat in a slot, how far a slot is open, and what soft rules miss. Only the seats
that matter are in it (column generation): it starts with the best few of every person and slot, and
takes in those whose gain at the present prices is positive. Rows that rarely bind (nobody sits in a
slot more than it is open; employers apart) are added where they are broken. Rows and columns are
added to the solver warm.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import highspy
import numpy as np

from mentor_ispe.domain.matching.groups.bound import Bound, Prices, bound
from mentor_ispe.domain.matching.groups.problem import Floats, Ints, Problem

BROKEN = 1e-5  # how far a row may be missed before it is added
NEAR_ENOUGH = 2e-5  # column generation ends when bound and program differ by this share of the fit


@dataclass
class Relaxed:
	"""The relaxation's answer: `seat_slot`, `seat_person`, `seat` are the seats in the program and how
	far they are taken, `open` how far slots are open; `value` is the program's own, `best` the bound
	that holds for every placement (points with places) and what every seat gains at its prices."""

	seat_slot: Ints
	seat_person: Ints
	seat: Floats
	open: Floats
	value: float
	best: Bound
	rounds: int = 0
	log: list[str] = field(default_factory=list)


class Relaxation:
	"""Builds the program, grows it until its value is the bound, and keeps it warm."""

	def __init__(self, problem: Problem, places: int | None = None):
		"""`places`: no more people than these can be placed, as somebody else found out."""
		self.problem = problem
		self.places = places
		self.scale = float(problem.top)
		self.solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
		for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
			self.solver.setOptionValue(option, value)
		self.present = np.zeros(problem.fit.shape, bool)
		self.seat_slot = np.zeros(0, np.int64)
		self.seat_person = np.zeros(0, np.int64)
		self.seat_column = np.zeros(0, np.int64)
		self.links: dict[tuple[int, int], int] = {}
		self.clash_rows: dict[tuple[int, int], int] = {}
		self._rows()
		self.add_seats(*self._first_seats())

	# -- building ------------------------------------------------------------------------------

	def _rows(self) -> None:
		"""The rows that are always there, and the columns of slots and of what soft needs miss."""
		problem, solver = self.problem, self.solver
		infinite = highspy.kHighsInf
		slots, people, needs = problem.slots, problem.people, len(problem.needs)
		self.row_person = np.arange(people)
		self.row_least = people + np.arange(slots)
		self.row_most = people + slots + np.arange(slots)
		self.row_need = people + (2 + np.arange(needs))[:, None] * slots + np.arange(slots)[None, :]
		count = people + (2 + needs) * slots
		self.row_groups = {mentor: count + k for k, mentor in enumerate(problem.several_slots)}
		lower = np.full(count, 0.0)
		upper = np.full(count, infinite)
		lower[:people], upper[:people] = -infinite, 1.0
		lower[self.row_most], upper[self.row_most] = -infinite, 0.0
		empty = np.zeros(0, np.int32)
		solver.addRows(count, lower, upper, 0, np.zeros(count, np.int32), empty, np.zeros(0))
		for mentor in problem.several_slots:
			solver.addRow(-infinite, float(problem.groups_of[mentor]), 0, empty, np.zeros(0))
		# Seats of a mentor bind over several slots only when more than one group may open.
		self.row_seats: dict[int, int] = {}
		for mentor in problem.several_slots:
			if problem.groups_of[mentor] > 1:
				self.row_seats[mentor] = solver.getNumRow()
				solver.addRow(-infinite, float(problem.seats_of[mentor]), 0, empty, np.zeros(0))
		self.row_places: int | None = None
		if self.places is not None:
			self.row_places = solver.getNumRow()
			solver.addRow(-infinite, float(self.places), 0, empty, np.zeros(0))
		self.open_column = np.arange(slots)
		for slot in range(slots):
			rows = [int(self.row_least[slot]), int(self.row_most[slot]), *self.row_need[:, slot].tolist()]
			values = [-float(problem.least), -float(problem.most[slot]), *([-1.0] * needs)]
			mentor = int(problem.mentor_of[slot])
			if mentor in self.row_groups:
				rows.append(self.row_groups[mentor])
				values.append(1.0)
			most = 1.0 if problem.most[slot] >= problem.least else 0.0
			cost = -float(problem.opening[slot]) / self.scale
			solver.addCol(cost, 0.0, most, len(rows), np.array(rows, np.int32), np.array(values))
		for number, need in enumerate(problem.needs):
			if need.penalty is not None:
				for slot in range(slots):
					row = np.array([self.row_need[number, slot]], np.int32)
					solver.addCol(need.penalty / self.scale, 0.0, 1.0, 1, row, np.ones(1))

	def _first_seats(self, for_person: int = 12, for_slot: int = 40) -> tuple[Ints, Ints]:
		problem = self.problem
		worth = np.where(problem.allowed, problem.fit, -1)
		chosen = np.zeros(worth.shape, bool)
		_mark_best(chosen, worth, for_person, axis=0)
		_mark_best(chosen, worth, for_slot, axis=1)
		for need in problem.needs:
			_mark_best(chosen, np.where(need.has, worth, -1), 8, axis=1)
		slots, people = np.nonzero(chosen & problem.allowed)
		return slots, people

	def add_seats(self, slots: Ints, people: Ints) -> int:
		"""Add the columns of these seats with everything that rows already say about them."""
		fresh = ~self.present[slots, people]
		slots, people = slots[fresh], people[fresh]
		if not len(slots):
			return 0
		self.present[slots, people] = True
		problem = self.problem
		rows = [self.row_person[people], self.row_least[slots], self.row_most[slots]]
		entries = [np.ones(len(slots))] * 3
		use = [np.ones(len(slots), bool)] * 3
		for number, need in enumerate(problem.needs):
			rows.append(self.row_need[number, slots])
			entries.append(np.ones(len(slots)))
			use.append(np.broadcast_to(need.has, problem.fit.shape)[slots, people])
		if self.row_places is not None:
			rows.append(np.full(len(slots), self.row_places))
			entries.append(np.ones(len(slots)))
			use.append(np.ones(len(slots), bool))
		table, values, used = (np.stack(part, axis=1) for part in (rows, entries, use))
		extra: dict[int, list[int]] = {}
		if self.row_seats:
			for place, slot in enumerate(slots):
				row = self.row_seats.get(int(problem.mentor_of[slot]))
				if row is not None:
					extra.setdefault(place, []).append(row)
		if self.clash_rows:
			at = {(int(s), int(p)): k for k, (s, p) in enumerate(zip(slots, people, strict=True))}
			for (clash, slot), row in self.clash_rows.items():
				for person in problem.clashes[clash][0].tolist():
					if (slot, person) in at:
						extra.setdefault(at[slot, person], []).append(row)
		lengths = used.sum(1)
		if extra:
			pieces_rows, pieces_values = [], []
			for k in range(len(slots)):
				more = extra.get(k, [])
				pieces_rows.append(np.concatenate([table[k][used[k]], np.array(more, np.int64)]))
				pieces_values.append(np.ones(int(lengths[k]) + len(more)))
				lengths[k] += len(more)
			indices, data = np.concatenate(pieces_rows), np.concatenate(pieces_values)
		else:
			indices, data = table[used], values[used]
		starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32)
		cost = -(problem.fit[slots, people] + problem.place[people]) / self.scale
		first = self.solver.getNumCol()
		infinite = np.full(len(slots), highspy.kHighsInf)
		self.solver.addCols(
			len(slots),
			cost,
			np.zeros(len(slots)),
			infinite,
			len(data),
			starts,
			indices.astype(np.int32),
			data,
		)
		self.seat_slot = np.concatenate([self.seat_slot, slots])
		self.seat_person = np.concatenate([self.seat_person, people])
		self.seat_column = np.concatenate([self.seat_column, first + np.arange(len(slots))])
		return len(slots)

	def _add_broken_rows(self, seat: Floats, opened: Floats) -> int:
		"""Add the linking and keeping-apart rows that this solution breaks."""
		added = 0
		over = seat - opened[self.seat_slot]
		for place in np.flatnonzero(over > BROKEN):
			slot, person = int(self.seat_slot[place]), int(self.seat_person[place])
			if (slot, person) not in self.links:
				self.links[slot, person] = self.solver.getNumRow()
				columns = np.array([self.seat_column[place], self.open_column[slot]], np.int32)
				self.solver.addRow(-highspy.kHighsInf, 0.0, 2, columns, np.array([1.0, -1.0]))
				added += 1
		taken = np.zeros(self.problem.fit.shape)
		taken[self.seat_slot, self.seat_person] = seat
		for clash, (members, penalty) in enumerate(self.problem.clashes):
			over_slots = np.flatnonzero(taken[:, members].sum(1) > opened + BROKEN)
			for slot in over_slots.tolist():
				if (clash, slot) in self.clash_rows:
					continue
				mine = np.flatnonzero((self.seat_slot == slot) & np.isin(self.seat_person, members))
				own, values = [*self.seat_column[mine], self.open_column[slot]], [1.0] * len(mine)
				values.append(-1.0)
				if penalty is not None:
					own.append(self.solver.getNumCol())
					values.append(-1.0)
					self.solver.addCol(
						penalty / self.scale, 0.0, highspy.kHighsInf, 0, np.zeros(0, np.int32), np.zeros(0)
					)
				self.clash_rows[clash, slot] = self.solver.getNumRow()
				self.solver.addRow(
					-highspy.kHighsInf, 0.0, len(own), np.array(own, np.int32), np.array(values)
				)
				added += 1
		return added

	# -- solving -------------------------------------------------------------------------------

	def _prices(self, duals: Floats) -> Prices:
		"""The prices, in points, out of the duals of a minimisation (all ≤ 0 on ≤ rows)."""
		problem = self.problem
		duals = duals * self.scale
		seat = np.zeros(len(problem.groups_of))
		for mentor, row in self.row_seats.items():
			seat[mentor] = -duals[row]
		return Prices(
			person=-duals[self.row_person],
			need=duals[self.row_need] if len(problem.needs) else np.zeros((0, problem.slots)),
			clash={key: -duals[row] for key, row in self.clash_rows.items()},
			seat=seat,
			place=-duals[self.row_places] if self.row_places is not None else 0.0,
			places=self.places or 0,
		)

	def solve(
		self,
		rounds: int = 40,
		enough: float = NEAR_ENOUGH,
		seconds: float = 600.0,
		tick: Callable[[int, float], None] = lambda step, gap: None,
	) -> Relaxed:
		"""Solve, price every seat, add what is missing, until the bound is met or `rounds` are done."""
		log: list[str] = []
		best: Bound | None = None
		last, still = np.inf, 0
		until = time.monotonic() + seconds
		for step in range(1, rounds + 1):
			self.solver.run()
			solution = self.solver.getSolution()
			columns = np.array(solution.col_value)
			value = -self.solver.getInfo().objective_function_value * self.scale
			found = bound(self.problem, self._prices(np.array(solution.row_dual)))
			if best is None or found.value < best.value:
				best = found
			slots, people = self.seat_slot, self.seat_person
			seat, opened = columns[self.seat_column], columns[self.open_column]
			fit = max(1.0, float((self.problem.fit[slots, people] * seat).sum()))
			gap, moved = (best.value - value) / fit, (last - value) / fit
			still, last = (still + 1 if abs(moved) <= enough else 0), value
			log.append(f"{step}: {len(slots)} seats, {len(self.links)} links, gap {gap:.5%}")
			tick(step, gap)
			cuts = self._add_broken_rows(seat, opened)
			seats = self.add_seats(*self._wanted(found.gain))
			if not cuts and (not seats or gap <= enough):
				break
			if (still >= 2 and gap <= 5 * enough) or time.monotonic() > until:
				break
		# `best` is known after the first round.
		return Relaxed(slots, people, seat, opened, value, best, step, log)  # type: ignore[arg-type]

	def _wanted(self, gain: Floats, for_person: int = 6, for_slot: int = 12) -> tuple[Ints, Ints]:
		"""The missing seats that gain most at these prices: a few for each slot and each person."""
		missing = np.where(self.present | ~self.problem.allowed, -1.0, gain - self._slot_price(gain)[:, None])
		chosen = np.zeros(missing.shape, bool)
		_mark_best(chosen, missing, for_person, axis=0)
		_mark_best(chosen, missing, for_slot, axis=1)
		slots, people = np.nonzero(chosen & (missing > 1e-7 * self.scale))
		return slots, people

	def _slot_price(self, gain: Floats) -> Floats:
		"""What the last seat of a slot is worth: those below would not be taken."""
		size = min(int(self.problem.most.max(initial=1)), gain.shape[1])
		worst = -np.partition(-gain, size - 1, axis=1)[:, size - 1]
		return np.maximum(worst, 0.0)


def _mark_best(chosen: np.ndarray, worth: np.ndarray, count: int, axis: int) -> None:
	"""Mark the `count` best of each row (axis 1) or column (axis 0)."""
	if worth.shape[axis] <= count:
		chosen |= worth > 0
		return
	best = np.argpartition(-worth, count - 1, axis=axis)
	best = best[:, :count] if axis == 1 else best[:count]
	np.put_along_axis(chosen, best, True, axis=axis)
