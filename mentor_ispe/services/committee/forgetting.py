"""Take somebody's name out of the reports in which they told a success story."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import frappe
from markupsafe import escape

from mentor_ispe.services.committee import record, spreadsheet
from mentor_ispe.services.committee.figures import REPORT


def forget(names: Collection[str], instead: str) -> None:
	"""Write `instead` in the place of these names, and make the spreadsheets anew.

	What was sent was sent; this is for what the association keeps.
	"""
	for report in frappe.get_all(REPORT, fields=["name", "figures"]):
		figures = frappe.parse_json(report.figures)
		told = {story["full_name"] for story in figures["stories"]} & set(names)
		if told:
			_rewrite(frappe.get_doc(REPORT, report.name), figures, told, instead)


def _rewrite(doc: Any, figures: dict[str, Any], told: set[str], instead: str) -> None:
	html, plain = doc.html, doc.plain
	for each in told:
		html = html.replace(str(escape(each)), instead)
		plain = plain.replace(each, instead)
	for story in figures["stories"]:
		if story["full_name"] in told:
			story["full_name"] = instead
	for file in frappe.get_all(
		"File", {"file_url": doc.spreadsheet, "attached_to_name": doc.name}, pluck="name"
	):
		frappe.delete_doc("File", file, ignore_permissions=True)
	sheet = record.keep_spreadsheet(doc, spreadsheet.workbook(figures))
	doc.db_set(
		{"html": html, "plain": plain, "figures": frappe.as_json(figures), "spreadsheet": sheet.file_url},
		update_modified=False,
	)
