"""Read the fields of a page's form as the arguments of an endpoint, by the types of its signature.

A field has the name of a parameter, or of one of the fields of a parameter that is an object (`values`). What is
in a list or under a key is named with colons: `attendance:<profile>`, `new_items:<row>:words`. A box that isn't
ticked sends the hidden 0 before it, a list without a choice the hidden empty one; a row whose first field is empty
isn't there. A number that wasn't typed is as if it hadn't been asked for, so it stays as it is; moments are on the
clock of the reader, texts of the Desk's editor are plain lines. `inputs.arguments` refuses what doesn't fit.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from datetime import datetime
from inspect import signature
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BeforeValidator
from typing_extensions import is_typeddict

from mentor_ispe.api import inputs
from mentor_ispe.portal.html_text import to_html
from mentor_ispe.portal.times import Clock

Fields = dict[str, list[str]]
NOT_SENT = object()


def arguments(endpoint: Callable, sent: Fields, profile: str | None) -> dict[str, Any]:
	"""The arguments that the fields `sent` by `profile` make, as far as there are any."""
	hints = get_type_hints(endpoint, include_extras=True)
	clock = Clock.of(profile)
	names = list(signature(endpoint).parameters)
	found = {}
	for name in names:
		hint = _one_of(hints[name])
		if is_typeddict(hint):
			found[name] = _fields(hint, sent, "", clock, leave_out=names)
		else:
			found[name] = _read(hints[name], sent, name, clock)
	return {name: value for name, value in found.items() if value is not NOT_SENT}


def _read(declared: Any, sent: Fields, name: str, clock: Clock) -> Any:
	"""The value of the field or fields called `name`; NOT_SENT where the form has none."""
	hint = _one_of(declared)
	if get_origin(hint) is dict:
		return _by_key(get_args(hint)[1], sent, name, clock)
	if get_origin(hint) is list:
		row = _one_of(get_args(hint)[0])
		return _rows(row, sent, name, clock) if is_typeddict(row) else _several(sent, name)
	if name not in sent:
		return NOT_SENT
	typed = sent[name][-1].replace("\r\n", "\n").strip()
	if hint is str:
		return to_html(typed) if inputs.RICH in getattr(declared, "__metadata__", ()) else typed
	if not typed:
		return typed if _reads_blank(declared) else NOT_SENT
	return _on_site(typed, clock) if hint is datetime else typed


def _fields(hint: Any, sent: Fields, prefix: str, clock: Clock, leave_out: list[str] | None = None) -> dict:
	declared = get_type_hints(hint, include_extras=True)
	read = {
		name: _read(each, sent, prefix + name, clock)
		for name, each in declared.items()
		if name not in (leave_out or ())
	}
	return {name: value for name, value in read.items() if value is not NOT_SENT}


def _by_key(hint: Any, sent: Fields, name: str, clock: Clock) -> Any:
	"""`name:<key>` of everything that was typed, or `name:<key>:<field>` where each is an object."""
	keys = _keys(sent, name)
	if not keys:
		return NOT_SENT
	if is_typeddict(hint):
		return {key: _fields(hint, sent, f"{name}:{key}:", clock) for key in keys}
	read = {key: _read(hint, sent, f"{name}:{key}", clock) for key in keys}
	return {key: value for key, value in read.items() if value not in (NOT_SENT, "")}


def _rows(hint: Any, sent: Fields, name: str, clock: Clock) -> Any:
	"""The rows `name:<number>:<field>` in their order, without empty ones."""
	first = next(iter(get_type_hints(hint)))
	rows = [_fields(hint, sent, f"{name}:{key}:", clock) for key in _keys(sent, name)]
	return [row for row in rows if row.get(first)] if rows else NOT_SENT


def _several(sent: Fields, name: str) -> Any:
	return list(dict.fromkeys(filter(str.strip, sent[name]))) if name in sent else NOT_SENT


def _keys(sent: Fields, name: str) -> list[str]:
	"""What comes after `name:` in the names of fields, each once."""
	after = (each.removeprefix(f"{name}:") for each in sent if each.startswith(f"{name}:"))
	return list(dict.fromkeys(each.partition(":")[0] for each in after))


def _on_site(typed: str, clock: Clock) -> datetime | str:
	try:
		return clock.of_site(inputs.moment(typed).replace(second=0))
	except ValueError:
		return typed  # refused with the words of its type


def _one_of(hint: Any) -> Any:
	"""The type itself: without what is noted beside it, of several the one that a form can send most of."""
	if get_origin(hint) is Annotated:
		return _one_of(get_args(hint)[0])
	if get_origin(hint) in (Union, types.UnionType):
		options = [_one_of(each) for each in get_args(hint) if each is not types.NoneType]
		return next((each for each in options if get_origin(each) is list), options[0])
	return hint


def _reads_blank(hint: Any) -> bool:
	"""Whether the type itself says what an empty field means: none, for a day that may be left open."""
	return get_origin(hint) is Annotated and any(
		isinstance(each, BeforeValidator) for each in get_args(hint)[1:]
	)
