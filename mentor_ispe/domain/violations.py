"""What a rule says when it refuses: a code for programs, words for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


def N_(message: str) -> str:
	"""Mark a text for translation; the services translate it when they raise it."""
	return message


@dataclass(frozen=True, slots=True)
class Message:
	"""An English template whose `{fields}` are in `params`, for translation; `code` is for programs.

	A value in `params` that is a list of words is joined by whoever shows it, as str() does.
	"""

	code: str
	message: str
	params: dict[str, Any] = field(default_factory=dict)

	def __str__(self) -> str:
		words = {
			name: ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
			for name, value in self.params.items()
		}
		return self.message.format(**words)


@dataclass(frozen=True, slots=True)
class Violation(Message):
	"""One broken rule."""

	def as_dict(self) -> dict[str, Any]:
		"""For JSON; `from_dict` brings it back with its days."""
		params = {
			name: {"date": value.isoformat()} if type(value) is date else value
			for name, value in self.params.items()
		}
		return {"code": self.code, "message": self.message, "params": params}

	@classmethod
	def from_dict(cls, kept: Mapping[str, Any]) -> Violation:
		params = {
			name: date.fromisoformat(value["date"]) if isinstance(value, dict) else value
			for name, value in kept["params"].items()
		}
		return cls(kept["code"], kept["message"], params)
