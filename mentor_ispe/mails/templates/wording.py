"""What a mail's first wording is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
	"""The first wording of one mail; `values` are what its template may use, with their meaning."""

	subject: str
	file: str
	values: dict[str, str]
