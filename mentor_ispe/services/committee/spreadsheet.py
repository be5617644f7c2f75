"""The figures of a report as a workbook, made of the figures alone: it says nothing that they don't."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from frappe import _
from frappe.utils import getdate
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from mentor_ispe.services.committee import labels

HEAD = PatternFill("solid", fgColor="E3EDF4")
WIDEST = 60
CYCLE_COLUMNS = (
	"cycle",
	"status",
	"start_date",
	"end_date",
	"applied",
	"approved",
	"matched",
	"active",
	"completed",
	"withdrawn",
	"mentors_applied",
	"mentors_approved",
	"groups_active",
	"groups_completed",
	"groups_ended_early",
	"meetings_held",
	"goals",
	"goals_achieved",
)


def workbook(figures: dict[str, Any]) -> bytes:
	"""An .xlsx of one sheet for each part of the report."""
	book = Workbook()
	book.remove(book.active)
	_figures(book, figures)
	_sheet(
		book,
		_("Months"),
		(_("Month"), _("Meetings held"), _("Hours in meetings")),
		([getdate(row["month"]), row["meetings"], row["hours"]] for row in figures["months"]),
		dates="mmm yyyy",
	)
	_cycles(book, figures["cycles"])
	_sheet(
		book,
		_("People"),
		(_("By"), _("Value"), _("People")),
		[
			(label, _(value) or _("not given"), people)
			for key, label in (("career_stage", _("Career stage")), ("country", _("Country")))
			for value, people in figures["people_by"][key]
		],
	)
	_sheet(
		book, _("To do"), (_("Needs the committee's attention"),), [(each,) for each in labels.needs(figures)]
	)
	_sheet(
		book,
		_("Coming up"),
		(_("Day"), _("What")),
		[(getdate(row["on"]), labels.upcoming(row)) for row in figures["coming"]],
	)
	_sheet(
		book,
		_("Stories"),
		(_("Shared on"), _("By"), _("Success story")),
		[(getdate(row["given_on"]), row["full_name"], row["words"]) for row in figures["stories"]],
	)
	kept = BytesIO()
	book.save(kept)
	return kept.getvalue()


def _figures(book: Workbook, figures: dict[str, Any]) -> None:
	compared = figures["compared"]
	heads = [
		_("Figure"),
		labels.days(figures["from"], figures["to"]),
		*(
			labels.days(*compared[when]) if when in compared else _("Not comparable")
			for when in ("before", "year_ago")
		),
	]
	rows: list[list[Any]] = [
		[label, *(figures["happened"][name][when] for when in ("now", "before", "year_ago"))]
		for name, label in labels.activity().items()
	]
	rows.append([_("On {0}").format(labels.day(figures["counted_on"])), None, None, None])
	rows += [
		[label, *(figures["stands"][name].get(when) for when in ("now", "before", "year_ago"))]
		for name, label in labels.snapshot().items()
	]
	if figures["health"]:
		rows += [
			[_("Groups {0}").format(name), figures["health"][key]] for key, name in labels.health().items()
		]
	rows.append([_("People with required hours"), figures["hours"]["asked"]])
	rows.append([_("Of these, behind on hours"), figures["hours"]["short"]])
	if figures["ratings"]:
		rows.append([_("Average rating (of 5 stars)"), figures["ratings"]["mean"]])
		rows.append([_("Ratings in that average"), figures["ratings"]["rated"]])
	_sheet(book, _("Figures"), heads, rows)


def _cycles(book: Workbook, cycles: list[dict[str, Any]]) -> None:
	heads = {
		"cycle": _("Cycle"),
		"status": _("Status"),
		"start_date": _("Starts on"),
		"end_date": _("Ends on"),
		"applied": _("Applied"),
		"approved": _("Approved"),
		"matched": _("With a group"),
		"active": _("Active"),
		"completed": _("Completed"),
		"withdrawn": _("Withdrawn"),
		"mentors_applied": _("Mentor applicants"),
		"mentors_approved": _("Approved mentors"),
		"groups_active": _("Active groups"),
		"groups_completed": _("Groups completed"),
		"groups_ended_early": _("Groups ended early"),
		"meetings_held": _("Meetings held"),
		"goals": _("Goals set"),
		"goals_achieved": _("Goals achieved"),
	}

	def value(row: dict[str, Any], name: str) -> Any:
		if name.endswith("_date"):
			return getdate(row[name])
		if name == "status":
			return _(row[name])
		return row.get(name) if name == "cycle" else row.get(name) or 0

	rows = [[value(row, name) for name in CYCLE_COLUMNS] for row in cycles]
	_sheet(book, _("Cycles"), [heads[name] for name in CYCLE_COLUMNS], rows)


def _sheet(
	book: Workbook,
	title: str,
	heads: Sequence[str],
	rows: Iterable[Sequence[Any]],
	dates: str = "d mmm yyyy",
) -> None:
	sheet = book.create_sheet(title[:31])
	widths = [0] * len(heads)
	for place, values in enumerate([heads, *rows], 1):
		for column, value in enumerate(values, 1):
			cell = sheet.cell(row=place, column=column)
			if isinstance(value, str):
				# What begins with "=" is somebody's words, and no formula.
				cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
				cell.data_type = "s"
				cell.alignment = Alignment(wrap_text=True, vertical="top")
			elif value is not None:
				cell.value = value
				if hasattr(value, "year"):
					cell.number_format = dates
			widths[column - 1] = max(widths[column - 1], len(str(value or "")))
			if place == 1:
				cell.font, cell.fill = Font(bold=True), HEAD
	for column, width in enumerate(widths, 1):
		sheet.column_dimensions[get_column_letter(column)].width = min(WIDEST, max(12, width + 2))
	sheet.freeze_panes = "A2"
