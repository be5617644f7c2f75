"""Every link of the workspace and every filter of the reports, followed and changed on screen.

What is shown is compared with what was counted. People write anything into names, so the records are called
what breaks links: commas, quotes, signs of addresses and of HTML, and as long as a name can be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import cycle as endless
from types import SimpleNamespace
from typing import Any

import frappe
import pytest
from frappe.utils import getdate, nowdate
from playwright.sync_api import ElementHandle, TimeoutError

from mentor_ispe.reports.files import all_reports
from mentor_ispe.reports.filters import PROGRAM, Filter
from mentor_ispe.reports.report import Report
from mentor_ispe.services.desk import worklist
from tests.site.desk.world import make_world
from tests.site.permissions.entry_points import logged_in
from tests.site.reports.asking import ask
from tests.site.reports.world import World

LONGEST_NAME = 140
ODD = (
	'Boston Moai, "this year", isn\'t over & 100 % #1?',
	"Ümläute, ß – 導師; a=b&c=d / e\\f",
	"long, " * LONGEST_NAME,
)
REFUSED_IN_IDS = ('<b>5 < 6</b> "<script>alert(1)</script>',)
NEEDS_OF = "**/api/method/mentor_ispe.api.desk.needs_you"
WORKSPACE = "Mentoring"
ALWAYS = {PROGRAM.label}
"""Changed in every report; another filter in the first that has one of its name."""
PATIENCE = 15_000
"""Milliseconds in which a page must show what is expected."""
LISTED = """() => (window.cur_list?.$result || $()).find('.list-row-checkbox[data-name]').get()
	.map((box) => unescape(box.dataset.name)).sort()"""
ON_ONE_PAGE = 20
IN_LIST = f"""([doctype, expected]) => {{
	if (frappe.get_route()[0] !== "List" || cur_list?.doctype !== doctype || frappe.request.ajax_count) return false;
	const shown = ({LISTED})();
	return shown.length === Math.min(expected.length, {ON_ONE_PAGE}) && shown.every((name) => expected.includes(name));
}}"""
REPORTED = """() => JSON.stringify((frappe.query_report.data || []).map((row) =>
	frappe.query_report.columns.slice(0, 3).map((column) => row[column.fieldname] ?? null)))"""
IN_REPORT = f"""([name, expected]) => frappe.get_route()[1] === name && frappe.query_report?.report_name === name
	&& !frappe.request.ajax_count && ({REPORTED})() === JSON.stringify(JSON.parse(expected))"""


def odd_names(*more: str) -> Callable[[str], str]:
	"""Makes odd names out of plain ones, which end them: so they are all different."""
	odd = endless([*ODD, *more])
	return lambda plain: f"{next(odd)[: LONGEST_NAME - len(plain) - 1].strip()} {plain}"


@pytest.fixture
def oddly_called(site) -> SimpleNamespace:
	"""Something of everything that waits, and an association whose reports have rows."""
	call, entitle = odd_names(), odd_names(*REFUSED_IN_IDS)
	made = SimpleNamespace(
		waiting=make_world(getdate(nowdate()), call, entitle), reported=World(1, call, entitle)
	)
	frappe.db.commit()
	return made


def test_every_link_and_filter_shows_what_was_counted(coordinator, oddly_called):
	desk = coordinator
	user = desk.page.evaluate("frappe.session.user")
	wrong: list[Any] = []
	for follow in (follow_worklist, follow_cards_and_shortcuts, change_filters_of_reports):
		with logged_in(user):
			wrong += filter(None, follow(desk, oddly_called))
	assert not wrong


def follow_worklist(desk, made) -> Iterator[Any]:
	page, program = desk.page, made.waiting.program
	desk.open("mentoring-topic")
	page.wait_for_function(
		"() => window.cur_list?.doctype === 'Mentoring Topic' && !frappe.request.ajax_count"
	)
	page.evaluate("frappe.set_route('mentoring')")
	with page.expect_response(NEEDS_OF):
		page.locator(".need-program").select_option(program)
	expected = {}
	for need in worklist.worklist(program):
		expected[need.code, "main"] = (need.doctype, names(need.doctype, need.filters))
		if need.late:
			expected[need.code, "late"] = (need.doctype, names(need.doctype, need.late_filters))
	links = {
		(
			item.get_attribute("data-code"),
			"late" if "need-late" in link.get_attribute("class") else "main",
		): link
		for item in page.locator(".need").element_handles()
		for link in item.query_selector_all("a")
	}
	assert sorted(links) == sorted(expected)
	for (code, which), link in links.items():
		doctype, records = expected[code, which]
		if number_in(link) != len(records):
			yield code, which, number_in(link), records
		click(link)
		yield difference(page, IN_LIST, doctype, records, LISTED)


def number_in(element: ElementHandle) -> int:
	return int(re.search(r"\d+", element.text_content()).group())


def click(link: ElementHandle) -> None:
	"""From another list: to show the workspace again each time would take seconds."""
	link.evaluate(
		"""async (link) => {
			await frappe.set_route("List", "Mentoring Topic", "List");
			link.click();
		}"""
	)


def names(doctype: str, filters: Any) -> list[str]:
	return sorted(frappe.get_list(doctype, filters=filters, pluck="name", limit=0))


def difference(page, shows: str, what: str, expected: Any, shown: str) -> Any:
	"""Wait until the page shows what is expected; what it shows instead, if it doesn't."""
	try:
		page.wait_for_function(shows, arg=[what, expected], timeout=PATIENCE)
	except TimeoutError:
		return page.url, what, expected, page.evaluate(shown)
	return None


def follow_cards_and_shortcuts(desk, made) -> Iterator[Any]:
	page = desk.page
	page.evaluate("frappe.set_route('mentoring')")
	page.wait_for_function("() => $('.number-widget-box .number:visible').length")
	desk.settle()
	workspace = frappe.get_doc("Workspace", WORKSPACE)
	found: list[tuple[ElementHandle, str, Any]] = []
	for card in workspace.number_cards:
		widget = page.locator(".number-widget-box", has=page.locator(f"[title='{card.label}']"))
		found.append((widget.element_handle(), *of_card(card.number_card_name)))
	for shortcut in workspace.shortcuts:
		filters = frappe.parse_json(shortcut.stats_filter or "{}")
		if filters and shortcut.doc_view != "Calendar":  # which shows a month of what was counted
			widget = page.locator(f".shortcut-widget-box[aria-label='{shortcut.label}']")
			found.append((widget.element_handle(), shortcut.link_to, filters))
	for widget, doctype, filters in found:
		records = names(doctype, filters)
		number = number_in(widget.query_selector(".number, .indicator-pill"))
		if number != len(records):
			yield widget.text_content(), number, records
		click(widget.query_selector(".widget-body") or widget)
		yield difference(page, IN_LIST, doctype, records, LISTED)


def of_card(name: str) -> tuple[str, Any]:
	"""The DocType and the filters of a number card."""
	card = frappe.get_doc("Number Card", name)
	if card.type != "Custom":
		return card.document_type, frappe.parse_json(card.filters_json)
	found = frappe.get_attr(card.method)()
	return found["route"][1], found["route_options"]


def change_filters_of_reports(desk, made) -> Iterator[Any]:
	seen: set[str] = set()
	for report in all_reports():
		values = [pair for pair in new_values(report, made.reported) if pair[0].label not in seen - ALWAYS]
		seen |= {filter_.label for filter_, _value in values}
		yield from change_filters_of(desk, report, values)


def change_filters_of(desk, report: Report, values: list[tuple[Filter, Any]]) -> Iterator[Any]:
	page = desk.page
	page.evaluate("name => frappe.set_route('query-report', name)", report.name)
	page.wait_for_function(
		"name => frappe.query_report?.report_name === name && frappe.query_report.filters && frappe.query_report.data && !frappe.request.ajax_count",
		arg=report.name,
	)
	asked = page.evaluate("frappe.query_report.get_filter_values()")
	for filter_, value in [(None, None), *values]:
		if filter_:
			asked[filter_.fieldname] = value
			change(desk, filter_, value)
		expected = as_shown(ask(report.name, **asked))
		problem = difference(page, IN_REPORT, report.name, expected, REPORTED)
		yield problem and (filter_ and filter_.fieldname, asked, problem)


def as_shown(answer: dict[str, Any]) -> str:
	fields = [column["fieldname"] for column in answer["columns"][:3]]
	rows = [[row.get(field) for field in fields] for row in answer["result"]]
	return frappe.as_json(rows, indent=None, separators=(",", ":"), ensure_ascii=False)


def new_values(report: Report, world: World) -> Iterator[tuple[Filter, Any]]:
	"""Another value for each filter than it has at first."""
	program = world.programs[1].name
	cycle = next(each.name for each in reversed(world.cycles) if each.program == program)
	days = {"from_date": "2030-03-01", "to_date": "2031-07-31"}
	for each in report.filters:
		if each.fieldtype == "Link":
			yield each, {"Mentoring Program": program, "Mentoring Cycle": cycle}[each.options]
		elif each.fieldtype == "Select":
			yield each, list(each.choices)[-1]
		elif each.fieldtype == "Check":
			yield each, int(not each.default)
		else:
			yield each, days.get(each.fieldname, 3)


def change(desk, filter_: Filter, value: Any) -> None:
	"""As a person does: type, choose or tick."""
	page = desk.page
	field = page.locator(f".page-form:visible [data-fieldname='{filter_.fieldname}']")
	if filter_.fieldtype == "Select":
		field.locator("select").select_option(value)
	elif filter_.fieldtype == "Check":
		field.locator("input:enabled").click()
	elif filter_.fieldtype == "Link":
		desk.link(field.locator("input"), value)
	else:
		if filter_.fieldtype == "Date":
			value = page.evaluate("day => frappe.datetime.str_to_user(day)", value)
		field.locator("input").first.fill(str(value))
		field.locator("input").first.press("Tab")
