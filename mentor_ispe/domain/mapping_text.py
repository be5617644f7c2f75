"""A mapping as text: TOML, which people can read, write and hand on to the command."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from mentor_ispe.domain.people_mapping import MappingError
from mentor_ispe.domain.violations import N_, Violation

if sys.version_info >= (3, 11):
	import tomllib
else:  # Frappe 15 runs on Python 3.10 too, and brings this one along
	import tomli as tomllib


def from_toml(text: str) -> dict[str, Any]:
	"""The document in a TOML text; raises MappingError when it isn't TOML."""
	try:
		return tomllib.loads(text)
	except tomllib.TOMLDecodeError as error:
		raise MappingError(
			[Violation("toml", N_("The mapping isn't valid TOML: {error}"), {"error": str(error)})]
		) from error


def to_toml(document: Mapping[str, Any]) -> str:
	"""A document of texts, numbers, lists and tables as TOML; `from_toml` reads the same."""
	return "\n".join(_table((), document)).strip() + "\n"


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> list[str]:
	"""Values come before the tables within, as TOML wants it."""
	plain = [
		f"{_quoted(key)} = {_value(value)}" for key, value in table.items() if not isinstance(value, Mapping)
	]
	lines = ["", f"[{'.'.join(map(_quoted, path))}]"] if path and (plain or not table) else []
	lines += plain
	for key, value in table.items():
		if isinstance(value, Mapping):
			lines += _table((*path, key), value)
	return lines


def _quoted(key: str) -> str:
	bare = key.replace("_", "").replace("-", "")
	return key if bare.isalnum() and bare.isascii() else _value(key)


def _value(value: Any) -> str:
	# JSON writes texts, numbers and lists as TOML does, but for one control character.
	return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
