"""Measure every report of the app, and the coordinators' workspace, on a large association.

	bench_env/bin/python benchmarks/reports/run.py --site NAME --bench BENCH_DIR

Writes 20,000 profiles, 3,000 groups and 36,000 sessions with 180,000 rows of attendance, asks for each
report and each part of the workspace as the Desk does, and deletes everything afterwards. The site must
allow tests. Prints the number of statements that each sends beside that for a tenth of the association, the
rows that it reads beside those that it shows, and its time beside a bare SELECT COUNT(*) over the tables
that it reads, alternating in the same run. Exits with 1 when the statements depend on the size, when
something reads more rows than it shows and totals, or takes more than `MOST_TIMES` times as long.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import frappe
from frappe.desk.query_report import run as ask

from benchmarks.matching_desk.measuring import connect, counted, parse, timed
from benchmarks.reports import workspace
from benchmarks.reports.association import Association, take_away

TABLE = re.compile(r"`(tab[A-Z][^`]*)`")
REPEATS = 3
MOST_TIMES = 200
TOTALS = 400
"""Rows for totals: cycles, months by kind, years by value."""
READ_BESIDES = {
	# Asks the rule that sessions ask, which looks at the people of as many groups as rows are asked for.
	"Outstanding Agreements and Training": 500 * 8,
	# Frappe's own page: what the user may open, among everything on the site.
	"Workspace": 1000,
}
FILTERS = {"Mentoring Participation": {"by": "Country"}}


def main() -> int:
	parser = parse(__doc__.splitlines()[0])
	parser.add_argument("--profiles", type=int, default=20_000)
	parser.add_argument("--groups", type=int, default=3_000)
	options = parser.parse_args()
	connect(options.site, options.bench)
	tenth = measured(options.profiles // 10, options.groups // 10, repeats=0)
	whole = measured(options.profiles, options.groups, repeats=REPEATS)
	frappe.destroy()
	return int(tell(tenth, whole))


def measured(profiles: int, groups: int, repeats: int) -> dict[str, dict[str, Any]]:
	"""What each report and each part of the workspace cost on an association of this size."""
	reports = frappe.get_all(
		"Report", {"module": "Mentor ISPE", "is_standard": "Yes"}, pluck="name", order_by="name"
	)
	mark = Association(profiles, groups).put()
	try:
		calls = {report: lambda report=report: _rows(report) for report in reports} | workspace.parts()
		return {name: cost(call, repeats) for name, call in calls.items()}
	finally:
		frappe.db.rollback()
		take_away(mark)


def _rows(report: str) -> list:
	return ask(report, frappe.as_json(FILTERS.get(report, {})), are_default_filters=False)["result"]


def cost(call: Callable[[], list], repeats: int) -> dict[str, Any]:
	"""What one call costs; it returns the rows that it shows."""
	call()  # with caches cold the Desk asks for meta data as well
	with counted() as statements, read_rows() as read:
		shown = call()
	tables = sorted({table for statement in statements for table in TABLE.findall(statement) if _ours(table)})
	times, counts = [], []
	for _number in range(repeats):
		times.append(timed(call)[0])
		counts.append(sum(timed(lambda table=table: _count(table))[0] for table in tables))
	return {
		"statements": len(statements),
		"read": sum(read),
		"shown": len(shown),
		"seconds": statistics.median(times) if times else 0,
		"count": statistics.median(counts) if counts else 0,
	}


class read_rows:
	"""The rows that each statement of the block brought back."""

	def __enter__(self) -> list[int]:
		self.original, found = frappe.db.sql, []

		def counting(query: Any, *args: Any, **kwargs: Any) -> Any:
			result = self.original(query, *args, **kwargs)
			found.append(len(result) if isinstance(result, list | tuple) else 0)
			return result

		frappe.db.sql = counting
		return found

	def __exit__(self, *_error: Any) -> None:
		frappe.db.sql = self.original


def _ours(table: str) -> bool:
	return frappe.get_meta(table.removeprefix("tab")).module == "Mentor ISPE"


def _count(table: str) -> None:
	frappe.db.count(table.removeprefix("tab"))


def tell(tenth: dict[str, dict[str, Any]], whole: dict[str, dict[str, Any]]) -> bool:
	"""Print the table; whether anything is wrong."""
	wrong = False
	print(
		f"{'':<34}{'statements':>11}{'a tenth':>9}{'rows read':>11}{'shown':>7}"
		f"{'ms':>8}{'COUNT ms':>10}{'times':>7}"
	)
	for report, cost in whole.items():
		few = tenth[report]["statements"]
		words = []
		if cost["statements"] != few:
			words.append("statements depend on the size")
		if cost["read"] > max(cost["shown"], READ_BESIDES.get(report, 0)) + TOTALS:
			words.append("reads more than it shows")
		times = cost["seconds"] / cost["count"] if cost["count"] else 0
		if times > MOST_TIMES:
			words.append("slow")
		wrong |= bool(words)
		print(
			f"{report:<34}{cost['statements']:>11}{few:>9}{cost['read']:>11}{cost['shown']:>7}"
			f"{1000 * cost['seconds']:>8.0f}{1000 * cost['count']:>10.1f}{times:>7.1f}"
			f"  {', '.join(words)}"
		)
	return wrong


if __name__ == "__main__":
	sys.exit(main())
