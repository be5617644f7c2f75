"""What a rule says when it refuses: a code for programs, words for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def N_(message: str) -> str:
	"""Mark a text for translation; the services translate it when they raise it."""
	return message


@dataclass(frozen=True)
class Violation:
	"""One broken rule.

	`code` names the rule for programs, `message` is an English template whose `{fields}` are in
	`params`; a value in `params` that is itself a list of words is joined by the service.
	"""

	code: str
	message: str
	params: dict[str, Any] = field(default_factory=dict)

	def __str__(self) -> str:
		return self.message.format(**self.params)
