"""Columns, summaries and charts of reports, each in one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from frappe import _

BLUE, GREEN, ORANGE, RED, GRAY, PURPLE = "#449CF0", "#29CD42", "#ECAD4B", "#CB2929", "#B8C2CC", "#7C6BD6"
IN_A_CHART, CHART_WIDTH, LETTER_WIDTH = 12, 1150, 11
"""Bars that can still be told apart, where a chart is as wide, and a letter under it; the table has all."""

Column = dict[str, Any]
Row = dict[str, Any]


def link(fieldname: str, label: str, doctype: str, width: int = 200) -> Column:
	return _column(fieldname, label, "Link", width, options=doctype)


def text(fieldname: str, label: str, width: int = 140) -> Column:
	return _column(fieldname, label, "Data", width)


def count(fieldname: str, label: str, width: int = 110) -> Column:
	return _column(fieldname, label, "Int", width)


def number(fieldname: str, label: str, precision: int = 1, width: int = 110) -> Column:
	return _column(fieldname, label, "Float", width, precision=precision)


def percent(fieldname: str, label: str, width: int = 110) -> Column:
	return _column(fieldname, label, "Percent", width, precision=1)


def day(fieldname: str, label: str, width: int = 110) -> Column:
	return _column(fieldname, label, "Date", width)


def _column(fieldname: str, label: str, fieldtype: str, width: int, **more: Any) -> Column:
	width = max(width, 9 * len(label) + 30)  # the label can be read in full
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **more}


def figure(label: str, value: Any, indicator: str = "Blue", datatype: str = "Int") -> dict[str, Any]:
	"""One number above the table; None is shown as nothing known."""
	if value is None:
		return {"label": label, "value": _("none"), "indicator": "Gray", "datatype": "Data"}
	if datatype in ("Float", "Percent"):  # else the Desk gives every number three decimals
		datatype, value = "Data", f"{value:g}%" if datatype == "Percent" else value
	return {"label": label, "value": value, "indicator": indicator, "datatype": datatype}


def with_total(rows: Sequence[Row], first: str, total: Row) -> list[Row]:
	"""The rows and their total, which the caller has worked out: people in two rows are one person.

	Frappe's own total adds up means and percents, so the reports don't use it.
	"""
	return [*rows, {first: _("Total"), "bold": 1, **total}] if rows else []


def sums(rows: Iterable[Row], fieldnames: Iterable[str]) -> Row:
	"""The sum of each of these columns."""
	rows = list(rows)
	return {name: sum(row.get(name) or 0 for row in rows) for name in fieldnames}


def bars(
	labels: Sequence[str],
	datasets: Mapping[str, Sequence[Any]],
	colors: Sequence[str],
	stacked: bool = True,
	kind: str = "bar",
) -> dict[str, Any] | None:
	"""A bar for each label, the first as many as fit; `datasets` are the parts of the bars by name.

	None when there is nothing to show.
	"""
	if not labels:
		return None
	fit = fitting(labels)
	return {
		"data": {
			"labels": list(labels)[:fit],
			"datasets": [
				{"name": name, "values": [value or 0 for value in list(values)[:fit]]}
				for name, values in datasets.items()
			],
		},
		"type": kind,
		"colors": list(colors),
		"barOptions": {"stacked": int(stacked), "spaceRatio": 0.5},
		"height": 240,
	}


def fitting(labels: Sequence[str]) -> int:
	"""How many of the labels, from the first on, can be read under a chart; four at least."""
	fit, longest = 0, 0
	for label in labels[:IN_A_CHART]:
		longest = max(longest, LETTER_WIDTH * len(str(label)) + 10)
		if fit >= 4 and longest * (fit + 1) > CHART_WIDTH:
			break
		fit += 1
	return fit


def cut(shown: int, of_all: int) -> str | None:
	"""What a list says when it doesn't show everything."""
	if shown >= of_all:
		return None
	return _(
		"Showing the first {0} of {1} rows. The figures above include all rows. To see more, narrow the filters or raise Maximum rows."
	).format(shown, of_all)
