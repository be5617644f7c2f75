"""What a file is refused with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mentor_ispe.domain.violations import Violation


class TableError(ValueError):
	"""The file can't be read as a table; `violations` say why, by row where it has one."""

	def __init__(self, violations: Sequence[Violation]):
		super().__init__(" ".join(map(str, violations)))
		self.violations = list(violations)


def refused(code: str, message: str, **params: Any) -> TableError:
	"""The error for one reason."""
	return TableError([Violation(code, message, params)])
