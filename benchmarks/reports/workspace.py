"""The parts of the coordinators' workspace as the Desk asks for them, each as a call that returns what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe.desk.desktop import get_desktop_page
from frappe.desk.doctype.dashboard_chart.dashboard_chart import get as chart_values
from frappe.desk.doctype.number_card.number_card import get_result as card_value

from mentor_ispe.api import desk

WORKSPACE = "Mentoring"


def parts() -> dict[str, Callable[[], Any]]:
	"""The page itself, what needs the coordinator, its number cards and its charts."""
	page = frappe.get_doc("Workspace", WORKSPACE)
	cards = [frappe.get_doc("Number Card", row.number_card_name) for row in page.number_cards]
	# A chart of a report is the report, which is measured as such.
	charts = frappe.get_all(
		"Dashboard Chart",
		{"name": ("in", [row.chart_name for row in page.charts]), "chart_type": ("!=", "Report")},
		pluck="name",
	)
	return {
		"Workspace": lambda: get_desktop_page(
			frappe.as_json({"name": page.name, "title": page.title, "public": 1})
		)["cards"]["items"],
		"To do": _needs,
		**{f"Card: {card.label}": lambda card=card: [_value(card)] for card in cards},
		**{f"Chart: {name}": lambda name=name: _labels(name) for name in charts},
	}


def _needs() -> list:
	"""The lines, and twice what they name because no filter describes it: found, then read as the user may."""
	lines = desk.needs_you()["needs"]
	conditions = [condition for line in lines for condition in line["filters"]]
	named = [name for _doctype, field, _operator, names in conditions if field == "name" for name in names]
	return [*lines, *named, *named]


def _value(card: Any) -> Any:
	if card.type == "Custom":
		return frappe.get_attr(card.method)()
	return card_value(card.as_dict(), card.filters_json)


def _labels(chart: str) -> list:
	return chart_values(chart_name=chart, refresh=1)["labels"]
