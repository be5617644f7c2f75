"""How another organisation's list of people is read: a mapping into this app's words, as data.

A mapping says which of their headings fills which of our fields, what their values are called here,
and which columns stay out. A coordinator writes it as a TOML file (docs/import.md); `parse_mapping`
checks it and reports everything that is wrong at once. The rows are read in `people_rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mentor_ispe.domain import application_fields, profile_fields, roll
from mentor_ispe.domain.application_fields import CHOICE
from mentor_ispe.domain.cell_values import DAY_FIRST, MONTH_FIRST, NO, YES
from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.domain.violations import N_, Violation

SIDES = (MENTOR, MENTEE)
# What [side] names, and what it means.
SIDE_WORDS: Mapping[str, tuple[str, ...]] = {"mentor": (MENTOR,), "mentee": (MENTEE,), "both": SIDES}

# What may be filled from a file, and how a cell is read: "text", "list", "number" or "yes_no".
PROFILE_FIELDS: Mapping[str, str] = {
	field.name: "list" if field.kind == profile_fields.LIST else "text"
	for field in profile_fields.PROFILE_FIELDS
}
APPLICATION_FIELDS: Mapping[str, Mapping[str, str]] = {
	role: {field.name: "text" if field.kind == CHOICE else field.kind for field in fields}
	for role, fields in application_fields.APPLICATION_FIELDS.items()
}
# The membership roll: a list of memberships has a section of its own, and nothing of people beside it.
ROLL_FIELDS: Mapping[str, str] = dict.fromkeys(roll.FIELDS, "text")
REQUIRED = ("full_name", "email")
REQUIRED_OF_ROLL = ("member_number", "full_name", "email", "from_date")
# How a mapping says in which order days are written where a column could be read both ways.
DAYS: Mapping[str, str] = {"day first": DAY_FIRST, "month first": MONTH_FIRST}

SECTIONS = frozenset(
	{
		*("fields", "values", "constants", "separators", "both", "side", "mentor", "mentee", "roll"),
		*("leave_out", "about", "days"),
	}
)


class MappingError(ValueError):
	"""The mapping itself can't be used; `violations` says why."""

	def __init__(self, violations: list[Violation]):
		super().__init__(" ".join(str(violation) for violation in violations))
		self.violations = violations


@dataclass(frozen=True)
class Both:
	"""The column that says whether a person takes part on both sides."""

	heading: str
	yes: frozenset[str] = YES
	no: frozenset[str] = NO


@dataclass(frozen=True)
class SideColumn:
	"""The column that says as what a person takes part: folded word → sides."""

	heading: str
	words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class PeopleMapping:
	"""A checked mapping. Headings and the keys of value tables are compared without regard to case."""

	fields: Mapping[str, tuple[str, ...]]
	values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
	constants: Mapping[str, Any] = field(default_factory=dict)
	separators: Mapping[str, str] = field(default_factory=dict)
	applications: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
	application_constants: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
	both: Both | None = None
	leave_out: frozenset[str] = frozenset()
	side: SideColumn | None = None
	days: str | None = None
	roll: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

	@property
	def headings(self) -> frozenset[str]:
		"""Every heading that the mapping reads or leaves out, folded."""
		read = {
			fold(heading)
			for fields in (self.fields, self.roll)
			for headings in fields.values()
			for heading in headings
		}
		read |= {
			fold(heading)
			for fields in self.applications.values()
			for headings in fields.values()
			for heading in headings
		}
		columns = {fold(column.heading) for column in (self.both, self.side) if column}
		return frozenset(read | self.leave_out | columns)


def fold(text: str) -> str:
	"""The form in which headings and values are compared: one case, single spaces."""
	return " ".join(str(text).split()).casefold()


def parse_mapping(document: Mapping[str, Any]) -> PeopleMapping:
	"""Check a mapping as read from TOML; raise MappingError listing everything that is wrong."""
	broken: list[Violation] = [
		_mapping_error(N_("[{section}] isn't a part of a mapping. The parts are: {known}."), section=name)
		for name in document
		if name not in SECTIONS
	]
	fields = _headings_of(document.get("fields", {}), PROFILE_FIELDS, "fields", broken)
	for_all = ROLL_FIELDS if "roll" in document else PROFILE_FIELDS
	constants = _constants_of(document.get("constants", {}), for_all, "constants", broken)
	applications, application_constants = {}, {}
	for side in SIDES:
		part = document.get(side.lower(), {})
		known = APPLICATION_FIELDS[side]
		set_for_all = part.get("constants", {})
		from_headings = {name: value for name, value in part.items() if name != "constants"}
		applications[side] = _headings_of(from_headings, known, side.lower(), broken)
		application_constants[side] = _constants_of(set_for_all, known, f"{side.lower()}.constants", broken)
	of_roll = _headings_of(document.get("roll", {}), ROLL_FIELDS, "roll", broken)
	known_fields = {
		**ROLL_FIELDS,
		**PROFILE_FIELDS,
		**APPLICATION_FIELDS[MENTOR],
		**APPLICATION_FIELDS[MENTEE],
	}
	values = {}
	for name, table in document.get("values", {}).items():
		if name not in known_fields:
			broken.append(_unknown_field(name, "values", known_fields))
			continue
		values[name] = {fold(theirs): str(ours) for theirs, ours in table.items()}
	section, required, given = (
		("roll", REQUIRED_OF_ROLL, of_roll) if "roll" in document else ("fields", REQUIRED, fields)
	)
	broken += [
		_mapping_error(
			N_("'{field}' is needed: say in [{section}] which heading holds it."), field=name, section=section
		)
		for name in required
		if name not in given and name not in constants
	]
	both = _both_of(document.get("both"), broken)
	side_column = side_of(document.get("side"), broken)
	days = document.get("days")
	if days not in (None, *DAYS):
		broken.append(
			_mapping_error(N_("Set days to “day first” or “month first”, not “{days}”."), days=days)
		)
	if broken:
		raise MappingError(broken)
	return PeopleMapping(
		fields=fields,
		values=values,
		constants=constants,
		separators={name: str(sign) for name, sign in document.get("separators", {}).items()},
		applications=applications,
		application_constants=application_constants,
		both=both,
		leave_out=frozenset(fold(heading) for heading in document.get("leave_out", ())),
		side=side_column,
		days=DAYS.get(days) if days else None,
		roll=of_roll,
	)


def _headings_of(
	part: Mapping[str, Any], known: Mapping[str, str], section: str, broken: list[Violation]
) -> dict[str, tuple[str, ...]]:
	headings: dict[str, tuple[str, ...]] = {}
	for name, value in part.items():
		if name not in known:
			broken.append(_unknown_field(name, section, known))
			continue
		words = [value] if isinstance(value, str) else value
		if not (
			isinstance(words, list | tuple)
			and words
			and all(isinstance(word, str) and word for word in words)
		):
			broken.append(
				_mapping_error(
					N_("[{section}] {field}: give a heading, or a list of headings to be joined."),
					section=section,
					field=name,
				)
			)
			continue
		headings[name] = tuple(words)
	return headings


def _constants_of(
	part: Mapping[str, Any], known: Mapping[str, str], section: str, broken: list[Violation]
) -> dict[str, Any]:
	constants: dict[str, Any] = {}
	for name, value in part.items():
		if name not in known:
			broken.append(_unknown_field(name, section, known))
		elif known[name] == "list" and not isinstance(value, list):
			broken.append(
				_mapping_error(N_("[{section}] {field}: give a list."), section=section, field=name)
			)
		else:
			constants[name] = value
	return constants


def _both_of(part: Mapping[str, Any] | None, broken: list[Violation]) -> Both | None:
	if part is None:
		return None
	if not part.get("heading"):
		broken.append(_mapping_error(N_("[both] needs the heading that says who is on both sides.")))
		return None
	yes = frozenset(fold(word) for word in part.get("yes", YES))
	no = frozenset(fold(word) for word in part.get("no", NO))
	return Both(heading=part["heading"], yes=yes, no=no | ({""} - yes))


def side_of(part: Mapping[str, Any] | None, broken: list[Violation]) -> SideColumn | None:
	"""The column that [side] names; what is wrong with it goes to `broken`."""
	if part is None:
		return None
	if not part.get("heading"):
		broken.append(
			_mapping_error(N_("[side] needs the heading that says who is a mentor and who a mentee."))
		)
		return None
	words: dict[str, tuple[str, ...]] = {}
	for name, sides in SIDE_WORDS.items():
		given = part.get(name, [name])
		if isinstance(given, str):
			given = [given]
		elif not isinstance(given, list | tuple):
			broken.append(_mapping_error(N_("[{section}] {field}: give a list."), section="side", field=name))
			continue
		for word in map(fold, given):
			if words.setdefault(word, sides) != sides:
				broken.append(
					_mapping_error(
						N_("[side] '{word}' can't mean two things; capitals make no difference."), word=word
					)
				)
	return SideColumn(part["heading"], words)


def _unknown_field(name: str, section: str, known: Iterable[str]) -> Violation:
	return Violation(
		"mapping",
		N_("[{section}] {field} is not a field. The fields are: {known}."),
		{"section": section, "field": name, "known": sorted(known)},
	)


def _mapping_error(message: str, **params: Any) -> Violation:
	return Violation("mapping", message, {"known": sorted(SECTIONS), **params})
