"""What people type into a cell that should hold a yes, a number or a day.

Each function returns None for what it doesn't understand; the caller says so by row. A day with the month first and
one with the day first can look alike: `day_order` asks the whole column, and nothing is decided by one cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

YES = frozenset(
	{
		*("1", "yes", "y", "true", "t", "x", "on", "ok", "✓", "✔", "☑", "☒", "✅", "ja", "j", "wahr"),
		*("oui", "si", "sí", "sim", "checked", "+"),
	}
)
NO = frozenset(
	{
		*("", "0", "no", "n", "false", "f", "off", "-", "–", "—", "☐", "✗", "✘", "❌", "nein", "falsch"),
		*("non", "nao", "não", "unchecked", "none", "keine", "kein"),
	}
)
FORMULA_ERRORS = frozenset(
	{
		*("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#NV", "#BEZUG!"),
		*("#WERT!", "ERR:502", "ERR:504", "ERR:508", "ERR:522"),
	}
)
LARGEST_NUMBER = 1_000
"""Seats: nobody mentors more people than that, so more is a slip of the keyboard or of a column."""
NUMBER_WORDS = {
	**dict(
		zip(
			["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
			range(11),
			strict=True,
		)
	),
	**dict(
		zip(
			["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"],
			range(11),
			strict=True,
		)
	),
	**{"a": 1, "an": 1, "ein": 1, "eine": 1, "einen": 1, "none": 0, "keine": 0, "keinen": 0},
}
MONTHS = {
	name: number
	for number, names in enumerate(
		(
			"jan january januar jänner",
			"feb february februar",
			"mar march mär märz mrz",
			"apr april",
			"may mai",
			"jun june juni",
			"jul july juli",
			"aug august",
			"sep sept september",
			"oct october okt oktober",
			"nov november",
			"dec december dez dezember",
		),
		start=1,
	)
	for name in names.split()
}
DAY_FIRST, MONTH_FIRST, EITHER = "day first", "month first", "either"
# Excel counts days from here, with its 29 February of 1900; a plain number of these years is such a day.
SERIAL_START = date(1899, 12, 30)
SERIALS = range(14_000, 80_000)
LONGEST_DAY = 100
FIRST_YEAR, LAST_YEAR = 1900, 2200

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{2,}")
_NUMBER = re.compile(r"(\d{1,3}(?:[.,'’]\d{3})+|\d{1,9})(?:[.,]0{1,6})?(?!\d)")
# What may stand behind a number; anything else may change it: "2 hundred", "2 or 3", "a few", "5 years".
UNITS = frozenset(
	{
		*(
			"mentee",
			"mentees",
			"peer",
			"peers",
			"person",
			"persons",
			"people",
			"seat",
			"seats",
			"place",
			"places",
		),
		*(
			"spot",
			"spots",
			"slot",
			"slots",
			"max",
			"maximum",
			"cycle",
			"cycles",
			"personen",
			"leute",
			"platz",
		),
		*("plätze", "plaetze", "durchgang", "durchgänge", "mal", "times"),
	}
)
_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?(Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-zä]*\.?,? +", re.IGNORECASE)
_BY_YEAR = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4}|\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*([^\W\d_]+)\.?,?[\s-]*(\d{4}|\d{2})")
_MONTH_DAY = re.compile(r"([^\W\d_]+)\.?[\s-]*(\d{1,2})(?:st|nd|rd|th|\.)?,?[\s-]+(\d{4}|\d{2})")


def damage(text: str) -> str:
	"""What a program did to the cell: "formula_error", "damaged_letters" (read in a wrong encoding), else nothing."""
	if text.upper() in FORMULA_ERRORS:
		return "formula_error"
	if not text.isascii() and ("\ufffd" in text or _was_utf8(text)):
		return "damaged_letters"
	return ""


def _was_utf8(text: str) -> bool:
	"""Whether letters look like those that UTF-8 becomes when it is read as Windows' or Western: JÃ¼rgen."""
	return any(
		_is_utf8(piece, encoding)
		for piece in _BEYOND_ASCII.findall(text)
		for encoding in ("cp1252", "latin-1")
	)


def _is_utf8(text: str, encoding: str) -> bool:
	try:
		text.encode(encoding).decode("utf-8")
	except UnicodeError:
		return False
	return True


def several(text: str, separator: str | None = None) -> list[str]:
	"""The values in a cell that holds a list: by the separator, else by lines, semicolons or bars, else by commas."""
	signs = separator or next((sign for sign in "\n;|" if sign in text), ",")
	return [item for part in text.split(signs) if (item := " ".join(part.split()))]


def read_yes_no(text: str) -> bool | None:
	"""Whether the cell says yes, in English, German or by a tick; an empty one says no."""
	word = " ".join(text.split()).casefold().rstrip(".!")
	return True if word in YES else False if word in NO else None


def whole_number(text: str) -> int | None:
	"""The number in a cell: 2, 2.0 and 2,0, 1,200, 3 mentees, two. None for anything else."""
	word = " ".join(text.split()).casefold()
	if word in NUMBER_WORDS:
		return NUMBER_WORDS[word]
	match = _NUMBER.match(word)
	first = match[0] if match else word.partition(" ")[0]
	unit = word[len(first) :].strip()
	if not UNITS.issuperset(re.sub(r"[.()]", " ", unit).split()):
		return None
	return int(re.sub(r"\D", "", match[1])) if match else NUMBER_WORDS.get(first)


def read_day(text: str, order: str | None = None) -> date | None:
	"""The day that a cell names; `order` decides where day and month could be either, else None.

	Understood are 2027-01-31, 31.01.2027, 1/31/27, Jan 31, 2027, 31. Januar 2027, 20270131 and a spreadsheet's
	plain number of days; a time of day behind it is passed over.
	"""
	word = _bare(text)
	if word.isdecimal() and int(word) in SERIALS:
		return SERIAL_START + timedelta(days=int(word))
	for pattern in (_BY_YEAR, _COMPACT):
		if match := pattern.fullmatch(word):
			return _day(int(match[1]), int(match[2]), int(match[3]))
	if match := _DAY_MONTH.fullmatch(word):
		return _day(_year(match[3]), MONTHS.get(match[2].casefold(), 0), int(match[1]))
	if match := _MONTH_DAY.fullmatch(word):
		return _day(_year(match[3]), MONTHS.get(match[1].casefold(), 0), int(match[2]))
	if match := _NUMERIC.fullmatch(word):
		first, second, year = int(match[1]), int(match[2]), _year(match[3])
		as_day_first, as_month_first = _day(year, second, first), _day(year, first, second)
		if as_day_first is None or as_month_first is None or as_day_first == as_month_first:
			return as_day_first or as_month_first
		if order == DAY_FIRST or "." in word:
			return as_day_first
		return as_month_first if order == MONTH_FIRST else None
	return None


def day_order(texts: Iterable[str]) -> str | None:
	"""Which way the column writes its days: DAY_FIRST, MONTH_FIRST, EITHER (ask), None when it doesn't matter.

	EITHER too when some cells make sense one way only and others only the other. A dot between the numbers is
	always day first: nobody writes a month before a dot.
	"""
	found: set[str] = set()
	open_question = False
	for text in texts:
		word = _bare(text)
		match = _NUMERIC.fullmatch(word)
		if match is None or match[1] == match[2] or "." in word:
			continue
		if int(match[1]) > 12:
			found.add(DAY_FIRST)
		elif int(match[2]) > 12:
			found.add(MONTH_FIRST)
		else:
			open_question = True
	if not open_question:
		return None
	return found.pop() if len(found) == 1 else EITHER


def _bare(text: str) -> str:
	"""The cell without a day of the week and a time of day; nothing of a text that is too long for a day."""
	return "" if len(text) > LONGEST_DAY else _TIME.sub("", _WEEKDAY.sub("", " ".join(text.split())))


def _year(digits: str) -> int:
	"""Two digits are of these hundred years, as a spreadsheet takes them: 00 to 68 are 20xx."""
	number = int(digits)
	return number if len(digits) == 4 else number + (2000 if number < 69 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
	try:
		return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
	except ValueError:
		return None
