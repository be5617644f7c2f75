"""What a row of the membership roll must look like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mentor_ispe.domain.cell_values import read_yes_no
from mentor_ispe.domain.violations import N_, Violation

LONGEST = 140
_WORD = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_WORD}(\.{_WORD})*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?")


@dataclass(frozen=True)
class Entry:
	"""One member of the association: `to_date` is the last day, None when the membership doesn't end."""

	member_number: str
	full_name: str
	email: str
	chapter: str | None
	membership_type: str | None
	from_date: date
	to_date: date | None
	cancelled: int

	@property
	def values(self) -> tuple[Any, ...]:
		"""Everything but the member number, in order."""
		return tuple(getattr(self, name) for name in list(self.__dataclass_fields__)[1:])


FIELDS = tuple(Entry.__dataclass_fields__)


@dataclass(frozen=True)
class RollField:
	"""One column of the roll: how its cells are read, and what lists from elsewhere call it."""

	name: str
	kind: str = "text"
	required: bool = False
	headings: tuple[str, ...] = ()


ROLL_FIELDS = (
	RollField(
		"member_number",
		required=True,
		headings=(
			*(
				"member no",
				"member id",
				"membership number",
				"membership id",
				"number",
				"id",
				"customer number",
				"customer id",
				"contact id",
			),
			*("Mitgliedsnummer", "Mitglieds-Nr.", "Mitglieds-ID", "Nummer", "Nr.", "Kundennummer"),
		),
	),
	RollField(
		"full_name",
		required=True,
		headings=("name", "member", "member name", "vollständiger Name", "Mitglied"),
	),
	RollField(
		"email",
		"email",
		required=True,
		headings=(
			*("e-mail", "e-mail address", "mail", "mail address", "email id", "primary e-mail"),
			*("E-Mail-Adresse", "Mailadresse"),
		),
	),
	RollField(
		"chapter",
		headings=(
			"section",
			"branch",
			"affiliate",
			"Regionalgruppe",
			"Landesgruppe",
			"Ortsgruppe",
			"Sektion",
		),
	),
	RollField(
		"membership_type",
		headings=(
			*("type", "member type", "category", "membership category", "membership", "Mitgliedsart"),
			*("fee group", "Beitragsgruppe", "Beitragsart", "Beitragsklasse"),
			*("Mitgliedschaft", "Mitgliedstyp", "Kategorie", "Art der Mitgliedschaft"),
		),
	),
	RollField(
		"from_date",
		"date",
		required=True,
		headings=(
			*("from", "start", "start date", "member since", "since", "joined", "join date", "valid from"),
			*("von", "ab", "seit", "Beginn", "Mitglied seit", "Eintritt", "Eintrittsdatum", "gültig ab"),
		),
	),
	RollField(
		"to_date",
		"date",
		headings=(
			*("to", "until", "end", "end date", "expires", "expiry", "expiry date", "expiration date"),
			*("valid until", "valid to", "paid through", "paid until", "renewal date", "bis", "Ende"),
			*("gültig bis", "bezahlt bis", "Ablauf", "Ablaufdatum"),
			*("member until", "membership until", "membership expires", "Mitglied bis", "Mitgliedschaft bis"),
			*("Austritt", "Austrittsdatum"),
		),
	),
	RollField(
		"cancelled",
		"yes_no",
		headings=(
			*("canceled", "terminated", "resigned", "gekündigt", "storniert", "ausgetreten", "Kündigung"),
			*("status", "member status", "membership status", "Mitgliedsstatus", "Mitgliederstatus"),
		),
	),
)


def normalise_email(email: str | None) -> str:
	"""An address as it is kept and compared: without spaces around it, lower case."""
	return (email or "").strip().lower()


def check_dates(start: date | None, end: date | None) -> list[Violation]:
	"""A membership ends no earlier than it starts."""
	if start and end and end < start:
		return [
			Violation(
				"dates",
				N_("The last day, {end}, is before the first, {start}."),
				{"start": start, "end": end},
			)
		]
	return []


def read_rows(rows: Sequence[Any]) -> tuple[dict[str, Entry], dict[int, list[Violation]]]:
	"""Read the rows: (entries by folded member number, what is wrong by row number, counted from 1)."""
	entries: dict[str, Entry] = {}
	first_seen: dict[str, int] = {}
	wrong: dict[int, list[Violation]] = {}
	for number, row in enumerate(rows, 1):
		entry, violations = read_row(row)
		if entry is not None:
			key = entry.member_number.casefold()
			if key in first_seen:
				violations.append(
					Violation(
						"twice",
						N_("The member number {number} is already in row {row}."),
						{"number": entry.member_number, "row": first_seen[key]},
					)
				)
			first_seen.setdefault(key, number)
			entries.setdefault(key, entry)
		if violations:
			wrong[number] = violations
	return entries, wrong


def read_row(row: Any) -> tuple[Entry | None, list[Violation]]:
	"""Read one row; the entry is None when something in it is wrong."""
	if not isinstance(row, Mapping):
		return None, [Violation("row", N_("Send each row as an object with the roll's fields."))]
	wrong: list[Violation] = []
	strange = sorted(str(name) for name in row if name not in FIELDS)
	if strange:
		wrong.append(
			Violation(
				"field",
				N_("There is no field {names}. The fields are: {known}."),
				{"names": ", ".join(strange), "known": ", ".join(FIELDS)},
			)
		)
	text = {
		name: _text(name, row.get(name), wrong)
		for name in ("member_number", "full_name", "email", "chapter", "membership_type")
	}
	for name in ("member_number", "full_name", "email"):
		if not text[name] and not any(each.params.get("field") == name for each in wrong):
			wrong.append(Violation("missing", N_("{field} is missing."), {"field": name}))
	email = normalise_email(text["email"])
	if email and not _ADDRESS.fullmatch(email):
		wrong.append(Violation("email", N_("{email} is not an email address."), {"email": email}))
	start, end = _day("from_date", row.get("from_date"), wrong), _day("to_date", row.get("to_date"), wrong)
	if start is None and not any(each.params.get("field") == "from_date" for each in wrong):
		wrong.append(Violation("missing", N_("{field} is missing."), {"field": "from_date"}))
	wrong += check_dates(start, end)
	said = str(row.get("cancelled") if row.get("cancelled") is not None else "")
	cancelled = read_yes_no(said)
	if cancelled is None:
		wrong.append(
			Violation(
				"yes_no",
				N_("{field} must be 1 or 0, not {value}."),
				{"field": "cancelled", "value": said[:40]},
			)
		)
	if wrong or start is None:
		return None, wrong
	return (
		Entry(
			member_number=text["member_number"],
			full_name=text["full_name"],
			email=email,
			chapter=text["chapter"] or None,
			membership_type=text["membership_type"] or None,
			from_date=start,
			to_date=end,
			cancelled=int(cancelled or 0),
		),
		[],
	)


def _text(name: str, value: Any, wrong: list[Violation]) -> str:
	if value is None:
		return ""
	if isinstance(value, bool) or not isinstance(value, str | int):
		wrong.append(Violation("text", N_("{field} must be text."), {"field": name}))
		return ""
	text = " ".join(str(value).split())
	if len(text) > LONGEST:
		wrong.append(
			Violation(
				"long",
				N_("{field} has more than {most} characters. Shorten it."),
				{"field": name, "most": LONGEST},
			)
		)
	return text


def _day(name: str, value: Any, wrong: list[Violation]) -> date | None:
	if value is None or value == "":
		return None
	if isinstance(value, datetime):
		return value.date()
	if isinstance(value, date):
		return value
	try:
		if len(value) != len("2027-01-31"):
			raise ValueError
		return date.fromisoformat(value)
	except (TypeError, ValueError):
		wrong.append(
			Violation(
				"date",
				N_("{field}: {value} is not a valid date. Use the format YYYY-MM-DD."),
				{"field": name, "value": str(value)[:40]},
			)
		)
		return None
