"""A part of the problem solved in whole numbers: these seats, everything else left as it is.

The mixed-integer program behind the rounding of the relaxation and behind every step of the search.
It sees only the seats it is given; the slots of one mentor come together or not at all.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import highspy
import numpy as np

from mentor_ispe.domain.matching.groups.problem import NOBODY, Floats, Ints, Problem


@dataclass(frozen=True)
class Effort:
	"""How long one program may be worked on.

	`nodes` bounds the branching, so that the same input gives the same answer; `seconds` is the
	emergency brake, which depends on the machine. `slack` are points that need not be proven.
	"""

	nodes: int = 200
	seconds: float = 60.0
	slack: float = 0.0


@dataclass(frozen=True)
class Found:
	"""Each person's slot, and what no placement on the given seats exceeds (points with places)."""

	slot_of: Ints
	bound: float


class _Rows:
	"""Rows of a sparse matrix as they come, with their bounds."""

	def __init__(self) -> None:
		self.row: list[Ints] = []
		self.column: list[Ints] = []
		self.value: list[Floats] = []
		self.lower: list[Floats] = []
		self.upper: list[Floats] = []
		self.count = 0

	def block(self, count: int, lower: float, upper: float) -> int:
		"""Start `count` rows; returns the number of the first."""
		first = self.count
		self.count += count
		self.lower.append(np.full(count, lower))
		self.upper.append(np.full(count, upper))
		return first

	def put(self, row: Ints, column: Ints, value: float | Floats) -> None:
		self.row.append(np.asarray(row, np.int64))
		self.column.append(np.asarray(column, np.int64))
		self.value.append(np.broadcast_to(np.asarray(value, float), len(row)))


def solve_exactly(
	problem: Problem,
	seat_slot: Ints,
	seat_person: Ints,
	*,
	always_open: Collection[int] = (),
	start: Ints | None = None,
	effort: Effort | None = None,
) -> Found | None:
	"""Place people on the given seats as well as they allow; None when nothing was found.

	`start` is a placement to begin with: those of its seats that aren't among the given are ignored.
	People without any given seat come back as `NOBODY`.
	"""
	effort = effort or Effort()
	slots, at_slot = np.unique(seat_slot, return_inverse=True)
	people, at_person = np.unique(seat_person, return_inverse=True)
	if not len(slots):
		return None
	scale = float(problem.top)
	seats, groups = len(seat_slot), len(slots)
	opened = seats + np.arange(groups)
	cost = [-(problem.fit[seat_slot, seat_person] + problem.place[seat_person]) / scale]
	cost.append(-problem.opening[slots] / scale)
	fixed = np.isin(slots, np.fromiter(always_open, np.int64, len(always_open)))
	lower = [np.zeros(seats), fixed.astype(float)]
	upper = [np.ones(seats), (problem.most[slots] >= problem.least).astype(float)]
	columns = seats + groups
	infinite = highspy.kHighsInf
	rows = _Rows()

	row = rows.block(len(people), -infinite, 1.0)
	rows.put(row + at_person, np.arange(seats), 1.0)
	row = rows.block(groups, 0.0, infinite)
	rows.put(row + at_slot, np.arange(seats), 1.0)
	rows.put(row + np.arange(groups), opened, -float(problem.least))
	row = rows.block(groups, -infinite, 0.0)
	rows.put(row + at_slot, np.arange(seats), 1.0)
	rows.put(row + np.arange(groups), opened, -problem.most[slots].astype(float))
	free = np.flatnonzero(~fixed[at_slot])
	row = rows.block(len(free), -infinite, 0.0)
	rows.put(row + np.arange(len(free)), free, 1.0)
	rows.put(row + np.arange(len(free)), opened[at_slot[free]], -1.0)

	for need in problem.needs:
		row = rows.block(groups, 0.0, infinite)
		useful = np.flatnonzero(np.broadcast_to(need.has, problem.fit.shape)[seat_slot, seat_person])
		rows.put(row + at_slot[useful], useful, 1.0)
		rows.put(row + np.arange(groups), opened, -1.0)
		if need.penalty is not None:
			rows.put(row + np.arange(groups), columns + np.arange(groups), 1.0)
			cost.append(np.full(groups, need.penalty / scale))
			lower.append(np.zeros(groups))
			upper.append(np.ones(groups))
			columns += groups
	for members, penalty in problem.clashes:
		mine = np.flatnonzero(np.isin(seat_person, members))
		where, at, many = np.unique(at_slot[mine], return_inverse=True, return_counts=True)
		used = many > 1
		if not used.any():
			continue
		number = np.cumsum(used) - 1
		count = int(used.sum())
		row = rows.block(count, -infinite, 0.0)
		rows.put(row + number[at[used[at]]], mine[used[at]], 1.0)
		rows.put(row + np.arange(count), opened[where[used]], -1.0)
		if penalty is not None:
			rows.put(row + np.arange(count), columns + np.arange(count), -1.0)
			cost.append(np.full(count, penalty / scale))
			lower.append(np.zeros(count))
			upper.append(np.full(count, infinite))
			columns += count
	mentors, at_mentor, many = np.unique(problem.mentor_of[slots], return_inverse=True, return_counts=True)
	for several in np.flatnonzero(many > 1).tolist():
		row = rows.block(1, -infinite, float(problem.groups_of[mentors[several]]))
		mine = np.flatnonzero(at_mentor == several)
		rows.put(np.full(len(mine), row), opened[mine], 1.0)
		if problem.groups_of[mentors[several]] > 1:
			row = rows.block(1, -infinite, float(problem.seats_of[mentors[several]]))
			mine = np.flatnonzero(at_mentor[at_slot] == several)
			rows.put(np.full(len(mine), row), mine, 1.0)

	solver = _model(rows, columns, np.concatenate(cost), np.concatenate(lower), np.concatenate(upper))
	for option, value in (
		("mip_max_nodes", effort.nodes),
		("time_limit", effort.seconds),
		("mip_rel_gap", 0.0),
		("mip_abs_gap", max(effort.slack, 0.99) / scale),
	):
		solver.setOptionValue(option, value)
	if start is not None:
		_begin_with(solver, problem, start, seat_slot, seat_person, slots, seats)
	solver.run()
	values = np.array(solver.getSolution().col_value)
	if len(values) < columns or solver.getInfo().primal_solution_status != 2:
		return None
	slot_of = np.full(problem.people, NOBODY, np.int64)
	taken = np.flatnonzero(values[:seats] > 0.5)
	slot_of[seat_person[taken]] = seat_slot[taken]
	return Found(slot_of, -solver.getInfo().mip_dual_bound * scale)


def _model(rows: _Rows, columns: int, cost: Floats, lower: Floats, upper: Floats) -> highspy.Highs:
	"""Hand the rows to the solver, row by row; seats, slots and misses are whole numbers."""
	row, column = np.concatenate(rows.row), np.concatenate(rows.column)
	value = np.concatenate(rows.value)
	order = np.lexsort((column, row))
	lp = highspy.HighsLp()
	lp.num_col_, lp.num_row_ = columns, rows.count
	lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, lower, upper
	lp.row_lower_, lp.row_upper_ = np.concatenate(rows.lower), np.concatenate(rows.upper)
	lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
	lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=rows.count))])
	lp.a_matrix_.index_, lp.a_matrix_.value_ = column[order], value[order]
	lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
	solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
	for option, setting in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
		solver.setOptionValue(option, setting)
	solver.passModel(lp)
	return solver


def _begin_with(
	solver: highspy.Highs,
	problem: Problem,
	start: Ints,
	seat_slot: Ints,
	seat_person: Ints,
	slots: Ints,
	seats: int,
) -> None:
	"""Give the solver a placement to start from: seats and open slots, the rest follows."""
	taken = start[seat_person] == seat_slot
	used = np.isin(slots, seat_slot[taken])
	values = np.concatenate([taken.astype(float), used.astype(float)])
	solver.setSolution(len(values), np.arange(len(values), dtype=np.int32), values)
