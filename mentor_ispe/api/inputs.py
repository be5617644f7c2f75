"""What a request may say: every value is checked once, where it comes in, before anything of ours reads it.

The types are those of the endpoint's signature, checked by pydantic; what holds for all of them is here: a
text can be stored and shown, a list has an end, a JSON text is what it should be. A value that isn't fit is
refused in words that name it.
"""

from __future__ import annotations

import json
import math
import re
import types
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from inspect import Parameter, signature
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import frappe
from frappe import _
from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError
from typing_extensions import is_typeddict

from mentor_ispe.domain.violations import N_
from mentor_ispe.exceptions import RuleViolation

LONGEST = 20_000
"""Characters of one text: what the longest notes have, and far more than any form asks for."""
MOST_ITEMS = 200
"""Items of a list, entries of an object, fields of a form."""
DEEPEST = 4
"""Lists and objects within each other."""
LARGEST = 10**12

Count = Annotated[int, Field(ge=0, le=100_000)]
"""How many, or from where on."""
Minutes = Annotated[int, Field(ge=0, le=24 * 60)]
Flag = Annotated[int, Field(ge=0, le=1)]
"""Yes or no, as the database keeps it."""
Names = Annotated[list[Annotated[str, Field(max_length=140)]] | None, Field(max_length=50)]
"""A few records; a list without end would be looked up without end."""
YEARS = range(1900, 2200)
"""Later and earlier ones are typing errors, and further on calendars can't reckon any more."""


def exists(doctype: str) -> AfterValidator:
	"""Of a parameter that names a record: refused as not found when there is none; for staff, who may know."""

	def there(name: str) -> str:
		if name and not frappe.db.exists(doctype, name):
			words = frappe.utils.escape_html(_("{0} {1} not found").format(_(doctype), name))
			frappe.throw(words, exc=frappe.DoesNotExistError)
		return name

	return AfterValidator(there)


def day(value: Any) -> date:
	"""A date, also that of a moment; raises ValueError for what is none that calendars know."""
	found = _of_our_time(value, "day")
	return found.date() if isinstance(found, datetime) else found


def moment(value: Any) -> datetime:
	"""A day and a time, without a zone; raises ValueError for what is none that calendars know."""
	found = _of_our_time(value, "moment")
	return found if isinstance(found, datetime) else datetime.combine(found, time())


def _of_our_time(value: Any, kind: str) -> date:
	if isinstance(value, str):
		try:
			value = datetime.fromisoformat(value.strip())
		except ValueError:
			value = None
	if not isinstance(value, date) or value.year not in YEARS or getattr(value, "tzinfo", None):
		raise PydanticCustomError(kind, "no {kind}", {"kind": kind})
	return value


Day = Annotated[date, BeforeValidator(day)]
Moment = Annotated[datetime, BeforeValidator(moment)]
"""On the clock of the site."""
DayOrNone = Annotated[Day | None, BeforeValidator(lambda value: value or None)]
MomentOrNone = Annotated[Moment | None, BeforeValidator(lambda value: value or None)]
CountOrZero = Annotated[int | None, BeforeValidator(lambda value: value or 0)]
"""How many; left empty none."""
RICH = "rich"
RichText = Annotated[str | None, RICH]
"""What the Desk's editor writes, as HTML; the form of a page has it as plain lines."""

# Line breaks and tabs are typed; other control characters, half of a surrogate pair and the code points that
# are no characters can't be stored in every database, break files and headers, and show as nothing.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")

# What pydantic found wrong, in words.
UNUSABLE = N_("it can't be used")
WORDS = {
	"string_type": N_("it must be text"),
	"int_type": N_("it must be a whole number"),
	"int_parsing": N_("it must be a whole number"),
	"int_from_float": N_("it must be a whole number"),
	"greater_than_equal": N_("it is too small"),
	"less_than_equal": N_("it is too large"),
	"bool_type": N_("it must be yes (1) or no (0)"),
	"bool_parsing": N_("it must be yes (1) or no (0)"),
	"list_type": N_("it must be a list"),
	"dict_type": N_("it must be an object of fields and values"),
	"string_too_long": N_("it is too long"),
	"too_long": N_("it has too many entries"),
	"float_type": N_("it must be a number"),
	"float_parsing": N_("it must be a number"),
	"day": N_("use the format YYYY-MM-DD"),
	"moment": N_("use the format YYYY-MM-DD HH:MM"),
}


def arguments(endpoint: Callable, given: Mapping[str, Any], most_items: int = MOST_ITEMS) -> dict[str, Any]:
	"""The arguments for `endpoint`, of the types that it names; raises RuleViolation for what isn't fit."""
	found: dict[str, Any] = {}
	for name, parameter in parameters(endpoint).items():
		if name not in given:
			if parameter.required:
				refuse(name, _("it is missing"))
			continue
		value = given[name]
		if parameter.structured and isinstance(value, str):
			value = _parsed(name, value)
		_check(name, value, most_items)
		try:
			found[name] = parameter.adapter.validate_python(value)
		except ValidationError as error:
			refuse(*_problem(name, value, error))
	return found


def form(fields: Iterable[tuple[str, str]]) -> None:
	"""Check every field of a posted form, also those that no parameter names (a box for each person, for example)."""
	for count, (name, value) in enumerate(fields):
		if count >= MOST_ITEMS:
			refuse("", _("the form has more than {0} fields").format(MOST_ITEMS))
		check_text(name, name)
		check_text(name, value)


def check_text(name: str, text: str) -> None:
	"""Refuse a text that can't be kept as it is."""
	if len(text) > LONGEST:
		refuse(name, _("it has more than {0} characters").format(LONGEST))
	if UNPRINTABLE.search(text):
		refuse(name, _("it contains a character that can't be stored; please type it again"))


def refuse(name: str, why: str) -> None:
	"""Refuse the request for the value called `name`."""
	shown = UNPRINTABLE.sub("", str(name))[:140].replace("_", " ").strip()
	frappe.throw(
		frappe.utils.escape_html(_("“{0}” can't be used: {1}.").format(shown, why))
		if shown
		else frappe.utils.escape_html(_("This can't be used: {0}.").format(why)),
		exc=RuleViolation,
	)


def _problem(name: str, value: Any, error: ValidationError) -> tuple[str, str]:
	"""Which value isn't fit, by the name of its field, and why."""
	problems = error.errors(include_url=False, include_context=False, include_input=False)
	problem = next((each for each in problems if each["type"] in WORDS), problems[0])
	for part in problem["loc"]:
		if isinstance(value, dict) and part in value:
			name, value = str(part), value[part]
		elif isinstance(value, list) and isinstance(part, int) and part < len(value):
			value = value[part]
	return name, _(WORDS.get(problem["type"], UNUSABLE))


def _check(name: str, value: Any, most_items: int, depth: int = 0) -> None:
	if depth > DEEPEST:
		refuse(name, _("lists and objects are nested too deep"))
	if isinstance(value, str):
		check_text(name, value)
	elif isinstance(value, float) and not math.isfinite(value):
		refuse(name, _("it must be a number"))
	elif isinstance(value, int | float) and abs(value) > LARGEST:
		refuse(name, _("it is too large"))
	elif isinstance(value, list | tuple | dict):
		if len(value) > most_items:
			refuse(name, _("it has more than {0} entries").format(most_items))
		for key, item in value.items() if isinstance(value, dict) else enumerate(value):
			if isinstance(key, str):
				check_text(name, key)
			_check(name, item, most_items, depth + 1)


def _parsed(name: str, text: str) -> Any:
	"""The list or object in a JSON text, as forms and addresses carry them; any other text as it came."""
	if not text.strip():
		return None
	try:
		value = json.loads(text)
	except (ValueError, RecursionError):
		return text
	return value if isinstance(value, list | dict) or value is None else text


class Asked(NamedTuple):
	"""A parameter: what checks it, whether it is a list or an object, whether it must be there."""

	adapter: TypeAdapter
	structured: bool
	required: bool


@cache
def parameters(endpoint: Callable) -> dict[str, Asked]:
	"""What an endpoint asks for, by name."""
	hints = get_type_hints(endpoint, include_extras=True)
	return {
		name: Asked(
			TypeAdapter(_accepted(hints[name], parameter)),
			_is_structured(hints[name]),
			parameter.default is Parameter.empty,
		)
		for name, parameter in signature(endpoint).parameters.items()
		if parameter.kind not in (Parameter.VAR_KEYWORD, Parameter.VAR_POSITIONAL)
	}


def _accepted(hint: Any, parameter: Parameter) -> Any:
	"""The type, or the default's: a parameter may be left empty where it has one."""
	return hint if parameter.default is Parameter.empty else hint | type(parameter.default)


def _is_structured(hint: Any) -> bool:
	if get_origin(hint) in (Union, types.UnionType, Annotated):
		return any(map(_is_structured, get_args(hint)))
	return is_typeddict(hint) or (get_origin(hint) or hint) in (list, dict, tuple)
