"""Every report of the app, found in its folders: name, roles, filters and `execute`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import mentor_ispe.mentor_ispe.report

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


def all_reports() -> list[ReportOfTheApp]:
	return [_read(path) for path in sorted(FOLDER.glob("*/*.json"))]


def _read(path: Path) -> ReportOfTheApp:
	record = json.loads(path.read_text())
	script = path.with_suffix(".js").read_text()
	module = import_module(f"mentor_ispe.mentor_ispe.report.{path.stem}.{path.stem}")
	# asked.select("kind", __("Kind"), [["Session", __("Session")], …])
	choices = {
		found[1]: re.findall(r'\["([^"]*)", __\(', found[2])
		for found in re.finditer(r'asked\.select\("(\w+)", __\("[^"]*"\), \[(.*?)\]\)', script)
	}
	if ways := re.search(r"asked\.by\(\[(.*?)\n\t\]\)", script, re.DOTALL):
		choices["by"] = re.findall(r'\["([^"]*)", __\(', ways[1])
	return ReportOfTheApp(
		record["name"],
		frozenset(row["role"] for row in record["roles"]),
		record["ref_doctype"],
		module.execute,
		choices,
		re.findall(r'asked\.check\("(\w+)"', script),
	)
