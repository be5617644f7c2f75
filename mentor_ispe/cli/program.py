"""The program file: which criteria count how much, and how the lists are read (docs/matching.md)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from mentor_ispe.cli.errors import Refused
from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.matching.rules import Criterion, Rules
from mentor_ispe.domain.people_mapping import MappingError, PeopleMapping, SideColumn, parse_mapping, side_of
from mentor_ispe.domain.violations import Violation

if sys.version_info >= (3, 11):
	import tomllib
else:
	import tomli as tomllib

SECTIONS = ("program", "criteria", "people", "columns", "side")
PROGRAM = ("name", "mapping", "starts_on")
RULES: dict[str, type | tuple[type, ...]] = {
	"employers_apart": bool,
	"stages": list,
	"stage_steps": int,
	"time_window": (int, float),
	"mentee_wish_weight": int,
	"mentor_wish_weight": int,
	"waiting_weight": int,
	"least_score": int,
}
COLUMNS = ("wishes", "refuses", "waited")


@dataclass(frozen=True)
class Program:
	"""A checked program file. `columns` has headings beyond those of the mapping, `side` the column for one list of all."""

	name: str
	rules: Rules
	mapping: PeopleMapping
	starts_on: date
	columns: Mapping[str, str] = field(default_factory=dict)
	side: SideColumn | None = None

	def mapping_of(self, side: str | None) -> PeopleMapping:
		"""How a list of this side is read; of everybody where it is None, so that each row says its side."""
		return self.mapping if side else replace(self.mapping, side=self.side or self.mapping.side)


def read_program(path: Path, today: date) -> Program:
	"""Read and check a program file; raise Refused with everything that is wrong in it."""
	document = _read_toml(path)
	wrong: list[str] = [
		f"[{name}] is not a part of a program file; the parts are: {', '.join(SECTIONS)}."
		for name in document
		if name not in SECTIONS
	]
	head = _table(document, "program", wrong)
	wrong += [
		f"[program] {name}: there is no such setting; there are: {', '.join((*PROGRAM, *RULES))}."
		for name in head
		if name not in PROGRAM and name not in RULES
	]
	rules = _rules(head, document.get("criteria", []), wrong)
	columns = _table(document, "columns", wrong)
	wrong += [
		f"[columns] {name}: there are: {', '.join(COLUMNS)}." for name in columns if name not in COLUMNS
	]
	side = _table(document, "side", wrong)
	in_side: list[Violation] = []
	side_column = side_of(side or None, in_side)
	wrong += map(str, in_side)
	mapping = _mapping(path, head, document, [*columns.values(), side.get("heading", "")], wrong)
	starts_on = head.get("starts_on", today)
	if not isinstance(starts_on, date):
		wrong.append("[program] starts_on: give a date, for example 2027-01-15.")
	if wrong:
		raise Refused(f"{path.name}: {line}" for line in wrong)
	name = str(head.get("name", path.stem))
	return Program(name, rules, mapping, starts_on, columns, side_column)


def _read_toml(path: Path) -> dict[str, Any]:
	try:
		return tomllib.loads(path.read_text(encoding="utf-8"))
	except OSError as error:
		raise Refused([f"{path}: {error.strerror}."]) from error
	except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
		raise Refused([f"{path.name} is not TOML: {error}."]) from error


def _table(document: Mapping[str, Any], name: str, wrong: list[str]) -> Mapping[str, Any]:
	table = document.get(name, {})
	if isinstance(table, dict):
		return table
	wrong.append(f"[{name}] must be a table.")
	return {}


def _rules(head: Mapping[str, Any], lines: Any, wrong: list[str]) -> Rules:
	values: dict[str, Any] = {}
	for name, kind in RULES.items():
		if name not in head:
			continue
		if not isinstance(head[name], kind) or (kind is not bool and isinstance(head[name], bool)):
			wrong.append(f"[program] {name}: {head[name]!r} can't be used here.")
			continue
		values[name] = tuple(map(str, head[name])) if kind is list else head[name]
	criteria = []
	for number, line in enumerate(lines if isinstance(lines, list) else [lines], start=1):
		criterion = _criterion(line, number, wrong)
		if criterion:
			criteria.append(criterion)
	try:
		return Rules(criteria=tuple(criteria), **values)
	except ValueError as error:
		wrong.append(f"The criteria can't be used: {error}.")
		return Rules()


def _criterion(line: Any, number: int, wrong: list[str]) -> Criterion | None:
	where = f"[[criteria]] number {number}"
	if not isinstance(line, dict) or line.get("criterion") not in KINDS:
		wrong.append(f"{where} needs a criterion, one of: {', '.join(KINDS)}.")
		return None
	unknown = sorted(set(line) - {"criterion", "weight", "hard"})
	weight, hard = line.get("weight", 10), line.get("hard", False)
	if unknown:
		wrong.append(f"{where}: {', '.join(unknown)}: there are only criterion, weight and hard.")
	if not isinstance(weight, int) or isinstance(weight, bool) or not 0 <= weight <= 100:
		wrong.append(f"{where}: the weight must be a whole number from 0 to 100.")
		return None
	if not isinstance(hard, bool):
		wrong.append(f"{where}: hard must be true or false.")
		return None
	return Criterion(line["criterion"], weight, hard)


def _mapping(
	path: Path, head: Mapping[str, Any], document: Mapping[str, Any], others: list[str], wrong: list[str]
) -> PeopleMapping:
	"""How the lists are read: [people], or the file that [program] mapping names."""
	if ("mapping" in head) == ("people" in document):
		wrong.append(
			"Say how the lists are read: either in [people], or in a file named by [program] mapping."
		)
		return PeopleMapping(fields={})
	people = dict(_read_toml(path.parent / head["mapping"]) if "mapping" in head else document["people"])
	# The mapping insists that every heading is decided about; these are read here.
	people["leave_out"] = [*people.get("leave_out", ()), *(heading for heading in others if heading)]
	try:
		return parse_mapping(people)
	except MappingError as error:
		wrong += [f"[people] {violation}" for violation in error.violations]
		return PeopleMapping(fields={})
