"""Cells of a spreadsheet that hold what people typed."""

from __future__ import annotations

import re
from typing import Any

ACTIVE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\ufeff\ufffe\uffff]*[=+\-@＝＋－＠]|[\t\r\n]")
SIGNED_NUMBER = re.compile(r"[+\-][\d\s().,/+\-]*")


def inert(cell: Any) -> Any:
	"""The cell, as text if a spreadsheet would run it."""
	if not isinstance(cell, str) or not ACTIVE.match(cell) or SIGNED_NUMBER.fullmatch(cell):
		return cell
	return f"'{cell}"


def as_typed(cell: str) -> str:
	"""The cell without the sign that `inert` puts before it."""
	return cell[1:] if cell.startswith("'") and inert(cell[1:]) != cell[1:] else cell
