"""The files that Frappe wants of each report, and the page and the workspace that list them, made from reports.

`python -m mentor_ispe.reports` writes them; tests/site/reports/test_files.py holds them current.
"""

from __future__ import annotations

import json
import pkgutil
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import frappe

from mentor_ispe import reports
from mentor_ispe.reports.filters import Filter
from mentor_ispe.reports.report import Report
from mentor_ispe.roles import COMMITTEE, COORDINATOR

APP = Path(__file__).parents[1]
MODULE = APP / "mentor_ispe"
WORKSPACE = MODULE / "workspace/mentoring/mentoring.json"
DOCS = APP.parent / "docs/reports.md"
CARDS = {"Reports": True, "Reports with names": False}
"""The two lists of reports, in the workspace and in the docs, and whether the committee opens those in it."""


def all_reports() -> list[Report]:
	"""Every report that a module of this package declares."""
	modules = [
		import_module(f"{reports.__name__}.{found.name}") for found in pkgutil.iter_modules(reports.__path__)
	]
	return [each for module in modules for each in vars(module).values() if isinstance(each, Report)]


def files() -> dict[Path, str]:
	"""What every file that is made says, by its path."""
	declared = all_reports()
	found: dict[Path, str] = {}
	for report in declared:
		name = frappe.scrub(report.name)
		folder = MODULE / "report" / name
		found[folder / "__init__.py"] = ""
		found[folder / f"{name}.py"] = (
			f"from {report.find.__module__} import {name} as execute  # noqa: F401\n"
		)
		found[folder / f"{name}.js"] = _script(report)
		found[folder / f"{name}.json"] = _record(report, folder / f"{name}.json")
	cards = {card: _in_order(declared, card) for card in CARDS}
	found[WORKSPACE] = _workspace(cards)
	if DOCS.exists():
		found[DOCS] = _docs(cards)
	return found


def left_over() -> list[Path]:
	"""Folders of reports that nothing declares any more."""
	names = {frappe.scrub(report.name) for report in all_reports()}
	return [path.parent for path in sorted(MODULE.glob("report/*/*.json")) if path.stem not in names]


def _script(report: Report) -> str:
	filters = ",\n".join(f"\t{json.dumps(_shown(each), ensure_ascii=False)}" for each in report.filters)
	scripts = ("reports", *([report.script] if report.script else []))
	included = "".join(f'{{% include "mentor_ispe/public/js/{name}.js" %}}\n' for name in scripts)
	return f"{included}\nmentor_ispe.reports.define({json.dumps(report.name)}, [\n{filters},\n]);\n"


def _shown(declared: Filter) -> dict[str, Any]:
	"""A filter as the Desk takes it, but for what is a function there."""
	found: dict[str, Any] = {
		"fieldname": declared.fieldname,
		"label": declared.label,
		"fieldtype": declared.fieldtype,
	}
	if declared.choices:
		found["options"] = [{"value": value, "label": label} for value, label in declared.choices.items()]
	elif declared.options:
		found["options"] = declared.options
	if declared.default is not None:
		found["default"] = declared.default
	if declared.required:
		found["reqd"] = 1
	return found


def _record(report: Report, path: Path) -> str:
	stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
	roles = [COORDINATOR, *([COMMITTEE] if report.for_committee else []), "System Manager"]
	record = {
		"add_total_row": 0,
		"columns": [],
		"disabled": 0,
		"docstatus": 0,
		"doctype": "Report",
		"filters": [],
		"idx": 0,
		"is_standard": "Yes",
		"modified_by": "Administrator",
		"module": "Mentor ISPE",
		"name": report.name,
		"owner": "Administrator",
		"prepared_report": 0,
		"ref_doctype": report.ref_doctype,
		"report_name": report.name,
		"report_type": "Script Report",
		"roles": [{"role": role} for role in roles],
		"timeout": 0,
	}
	return _dated(record, stored)


def _dated(record: Mapping[str, Any], stored: Mapping[str, Any]) -> str:
	"""Frappe takes a record in when its `modified` is another one than it has."""
	dates = {"creation", "modified"}
	if stored and {key: value for key, value in stored.items() if key not in dates} == record:
		record = stored
	else:
		now = f"{datetime.now():%Y-%m-%d %H:%M:%S}.000000"
		record = {
			"creation": now,
			**{key: stored[key] for key in dates & set(stored)},
			**record,
			"modified": now,
		}
	return json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _in_order(declared: list[Report], card: str) -> list[Report]:
	"""The reports of a card as they stand in the workspace, new ones at the end."""
	listed = [link["link_to"] for link in _links_of(json.loads(WORKSPACE.read_text(encoding="utf-8")), card)]
	found = [report for report in declared if report.for_committee == CARDS[card]]
	return sorted(
		found, key=lambda one: (one.name not in listed, listed.index(one.name) if one.name in listed else 0)
	)


def _links_of(workspace: Mapping[str, Any], card: str) -> Iterator[dict[str, Any]]:
	inside = False
	for link in workspace["links"]:
		if link["type"] == "Card Break":
			inside = link["label"] == card
		elif inside:
			yield link


def _workspace(cards: Mapping[str, list[Report]]) -> str:
	stored = json.loads(WORKSPACE.read_text(encoding="utf-8"))
	workspace = {**stored, "links": [link for link in stored["links"] if link.get("link_type") != "Report"]}
	for card, listed in cards.items():
		links = workspace["links"]
		place = next(
			place
			for place, link in enumerate(links)
			if link["label"] == card and link["type"] == "Card Break"
		)
		links[place] = {**links[place], "link_count": len(listed)}
		links[place + 1 : place + 1] = [_link(report) for report in listed]
	if workspace != stored:
		workspace["modified"] = f"{datetime.now():%Y-%m-%d %H:%M:%S}.000000"
	return json.dumps(workspace, indent=1, ensure_ascii=False) + "\n"


def _link(report: Report) -> dict[str, Any]:
	return {
		"dependencies": "",
		"hidden": 0,
		"is_query_report": 1,
		"label": report.name,
		"link_count": 0,
		"link_to": report.name,
		"link_type": "Report",
		"onboard": 0,
		"report_ref_doctype": report.ref_doctype,
		"type": "Link",
	}


def _docs(cards: Mapping[str, list[Report]]) -> str:
	text = DOCS.read_text(encoding="utf-8")
	for card, listed in cards.items():
		rows = "".join(f"| {one.name} | {_question(one)} | {one.figures} |\n" for one in listed)
		table = f"| report | question | figures |\n|---|---|---|\n{rows}"
		begin, end = f"<!-- {card}, made by python -m mentor_ispe.reports -->\n", f"<!-- end of {card} -->"
		text = re.sub(
			f"{re.escape(begin)}.*?{re.escape(end)}",
			(begin + table + end).replace("\\", r"\\"),
			text,
			flags=re.DOTALL,
		)
	return text


def _question(report: Report) -> str:
	return report.question[: report.question.index("?") + 1]
