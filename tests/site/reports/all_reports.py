"""Every report of the app, as Frappe finds it: name, roles, filters and `execute`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import mentor_ispe.mentor_ispe.report
from mentor_ispe.reports.report import Report

FOLDER = Path(next(iter(mentor_ispe.mentor_ispe.report.__path__)))
COMMON = ("program", "cycle", "from_date", "to_date", "by", "shown")


@dataclass(frozen=True)
class ReportOfTheApp:
	"""`choices` are the values that its script offers for a filter, by the filter's name."""

	name: str
	roles: frozenset[str]
	ref_doctype: str
	execute: Callable[[Any], tuple]
	choices: dict[str, list[str]]
	checks: list[str]
	declared: Report


def all_reports() -> list[ReportOfTheApp]:
	return [_read(path) for path in sorted(FOLDER.glob("*/*.json"))]


def _read(path: Path) -> ReportOfTheApp:
	record = json.loads(path.read_text())
	filters = _offered(path.with_suffix(".js"))
	execute = import_module(f"mentor_ispe.mentor_ispe.report.{path.stem}.{path.stem}").execute
	return ReportOfTheApp(
		record["name"],
		frozenset(row["role"] for row in record["roles"]),
		record["ref_doctype"],
		execute,
		{
			each["fieldname"]: [option["value"] for option in each["options"]]
			for each in filters
			if each["fieldtype"] == "Select"
		},
		[each["fieldname"] for each in filters if each["fieldtype"] == "Check"],
		execute,
	)


def _offered(script: Path) -> list[dict[str, Any]]:
	"""The filters in the script of a report, which are JSON."""
	_head, _name, filters = script.read_text().rpartition("define(")[2].partition(", ")
	return json.loads(filters.rstrip().removesuffix(");").replace(",\n]", "\n]"))
