"""What can be said of a match in words, for translation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mentor_ispe.domain.violations import Message


@dataclass(frozen=True, slots=True)
class Reason(Message):
	"""Why somebody is where they are, or with nobody; true of them."""

	of_group: bool = False
	"""Whether it is said of the whole group, not of one person in it."""

	def as_dict(self) -> dict[str, Any]:
		"""For JSON: the words as they are in English beside what translates them."""
		said = {"code": self.code, "message": self.message, "params": self.params, "text": str(self)}
		return {**said, "of_group": True} if self.of_group else said


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
	"""Something that reasons say; each is there once, so that the same object means the same words."""

	code: str
	message: str
	short: str = ""
	"""The same in a word or two, for lists; "" for what goes without saying there."""


Said = tuple[Sentence, tuple[tuple[str, Any], ...]]
"""A reason not yet made: the sentence and (field, value) pairs."""
