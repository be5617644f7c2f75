"""What a report hands to Frappe."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from frappe.utils import escape_html

from mentor_ispe.reports.columns import Column, Row, cut

Answer = tuple[list[Column], list[Row], str, dict[str, Any] | None, list[dict[str, Any]], bool]


def answer(
	question: str,
	columns: Sequence[Column],
	rows: Sequence[Row],
	figures: Sequence[dict[str, Any]],
	picture: dict[str, Any] | None = None,
	of_all: int | None = None,
) -> Answer:
	"""Columns, rows, the question that they answer, the picture and the figures above it.

	`of_all` is how many rows there would be, for a list that is cut. Frappe adds no total of its own.
	"""
	for fieldname in [column["fieldname"] for column in columns if column["fieldtype"] == "Date"]:
		for row in rows:
			if isinstance(row.get(fieldname), datetime):
				row[fieldname] = row[fieldname].date()
	words = [question]
	if of_all is not None and (left := cut(len(rows), of_all)):
		words.append(left)
	message = "<br>".join(escape_html(each) for each in words)
	return list(columns), list(rows), message, picture, list(figures), True
