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
from functools import cache
from inspect import Parameter, signature
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import frappe
from frappe import _
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from mentor_ispe.domain.violations import _ as marked
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
Values = dict[str, str | int | float | bool | list[str] | list[dict[str, Any]] | None]
"""Fields and their values, as a form has them."""

# Line breaks and tabs are typed; other control characters, half of a surrogate pair and the code points that
# are no characters can't be stored in every database, break files and headers, and show as nothing.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")

# What pydantic found wrong, in words; everything else is "can't be used".
WORDS = {
	"string_type": marked("it must be text"),
	"int_type": marked("it must be a whole number"),
	"int_parsing": marked("it must be a whole number"),
	"int_from_float": marked("it must be a whole number"),
	"greater_than_equal": marked("it is too small"),
	"less_than_equal": marked("it is too large"),
	"bool_type": marked("it must be yes (1) or no (0)"),
	"bool_parsing": marked("it must be yes (1) or no (0)"),
	"list_type": marked("it must be a list"),
	"dict_type": marked("it must be an object of fields and values"),
}


def arguments(endpoint: Callable, given: Mapping[str, Any], most_items: int = MOST_ITEMS) -> dict[str, Any]:
	"""The arguments for `endpoint`, of the types that it names; raises RuleViolation for what isn't fit."""
	found: dict[str, Any] = {}
	for name, (adapter, structured, required) in _parameters(endpoint).items():
		if name not in given:
			if required:
				refuse(name, _("it is missing"))
			continue
		value = given[name]
		if structured and isinstance(value, str):
			value = _parsed(name, value)
		_check(name, value, most_items)
		try:
			found[name] = adapter.validate_python(value)
		except ValidationError as error:
			kinds = [problem["type"] for problem in error.errors()]
			refuse(
				name, _(next((WORDS[kind] for kind in kinds if kind in WORDS), marked("it can't be used")))
			)
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


@cache
def _parameters(endpoint: Callable) -> dict[str, tuple[TypeAdapter, bool, bool]]:
	"""By name: what checks it, whether it is a list or an object, whether it must be there."""
	hints = get_type_hints(endpoint, include_extras=True)
	return {
		name: (
			TypeAdapter(_accepted(hints[name], parameter), config=ConfigDict(arbitrary_types_allowed=True)),
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
	return (get_origin(hint) or hint) in (list, dict, tuple)
