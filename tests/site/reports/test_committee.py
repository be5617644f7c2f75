"""What a committee member tries to get out of reports, and doesn't."""

from __future__ import annotations

import json

import frappe
import pytest
from frappe.desk import query_report
from frappe.utils.global_search import search as search_everywhere
from frappe.utils.xlsxutils import read_xlsx_file_from_attached_file

from mentor_ispe.demo import clock
from mentor_ispe.reports.feedback_ratings import PEOPLE_IN_A_CELL
from mentor_ispe.roles import COMMITTEE, COORDINATOR, MEMBER
from tests.site.permissions.entry_points import logged_in
from tests.site.permissions.records import make_user, store
from tests.site.reports.asking import COMMITTEE_REPORTS, STAFF_REPORTS, ask, figures, rows
from tests.site.reports.world import NOW, World

SECRETS = ("He is never there.", "He shouts at me.", "Tell us how you were fired.", "Ask for a raise")
"""Words of the made-up records that are for the coordinators, or for the group."""


@pytest.fixture
def world(site):
	with clock.at(NOW):
		yield World(7)


@pytest.fixture
def committee(site) -> str:
	return make_user("committee", COMMITTEE, user_type="System User")


@pytest.fixture
def coordinator(site) -> str:
	return make_user("coordinator", COORDINATOR, user_type="System User")


@pytest.mark.parametrize("report", COMMITTEE_REPORTS)
def test_committee_opens_its_reports(committee, report):
	with logged_in(committee):
		assert ask(report)["columns"]


@pytest.mark.parametrize("report", STAFF_REPORTS)
def test_committee_opens_a_report_with_peoples_names(committee, coordinator, report):
	with logged_in(coordinator):
		assert ask(report)["columns"]
	with logged_in(committee), pytest.raises(frappe.PermissionError):
		ask(report)


@pytest.mark.parametrize("report", [*COMMITTEE_REPORTS, *STAFF_REPORTS])
def test_member_opens_a_report(site, report):
	with logged_in(make_user("member", MEMBER)), pytest.raises(frappe.PermissionError):
		ask(report)


@pytest.mark.parametrize("report", STAFF_REPORTS)
def test_committee_reads_the_script_of_a_staff_report(committee, report):
	with logged_in(committee), pytest.raises(frappe.PermissionError):
		query_report.get_script(report)


@pytest.mark.parametrize("report", COMMITTEE_REPORTS)
def test_committee_looks_for_names_and_private_words_in_its_reports(world, committee, report):
	"""Names stand in success stories alone, whose writers agreed."""
	people = {value for doc in world.profiles for value in (doc.name, doc.full_name, doc.email)}
	with logged_in(committee):
		shown = json.dumps(ask(report, program=world.programs[0].name), default=str)
	assert not [words for words in (*SECRETS, *people) if words in shown]


@pytest.mark.parametrize("name", ["staff_comment", "profile", "concern", "full_name", "name`,`concern"])
def test_committee_groups_a_report_by_a_column_of_its_choice(committee, name):
	with logged_in(committee):
		for report in ("Mentoring Participation", "Mentor Capacity", "Guest Speaker Requests"):
			with pytest.raises(frappe.ValidationError):
				ask(report, by=name)


@pytest.mark.parametrize("report", COMMITTEE_REPORTS)
@pytest.mark.parametrize(
	"filters",
	[
		{
			"mentoring_group": "x",
			"profile": "x",
			"fieldname": "staff_comment",
			"doctype": "Mentoring Concern",
		},
		{"program": "' or 1=1 -- ", "cycle": "x` or 1=1"},
	],
)
def test_committee_smuggles_something_into_the_filters(world, committee, report, filters):
	with logged_in(committee):
		shown = json.dumps(ask(report, **filters), default=str)
	assert not any(secret in shown for secret in SECRETS)
	if filters.get("program"):
		assert not rows(report, **filters)


def _rate(world, people: int, kind: str = "Closing", cycle: int = 1, rating: float = 0.2) -> None:
	for person in world.profiles[:people]:
		doc = store(
			"Mentoring Feedback",
			profile=person.name,
			full_name=person.full_name,
			kind=kind,
			cycle=world.cycles[cycle].name,
			rating=rating,
		)
		frappe.db.set_value("Mentoring Feedback", doc.name, "creation", NOW, update_modified=False)


def test_committee_narrows_the_filters_to_one_persons_rating(world, committee):
	frappe.db.delete("Mentoring Feedback", {"cycle": ("in", [cycle.name for cycle in world.cycles])})
	_rate(world, PEOPLE_IN_A_CELL - 1)
	asked = {"cycle": world.cycles[1].name, "from_date": NOW.date(), "to_date": NOW.date(), "kind": "Closing"}
	with logged_in(committee):
		(row,) = rows("Mentoring Feedback Ratings", **asked)
		assert row["mean"] is None
		assert (row["rated"], row["withheld"]) == (0, PEOPLE_IN_A_CELL - 1)
		assert not any(row[f"stars_{stars}"] for stars in range(1, 6))
		assert figures("Mentoring Feedback Ratings", **asked)["Average rating (out of 5)"] == "none"


def test_committee_gets_one_persons_rating_as_the_difference_of_two_reports(world, committee):
	"""With and without the cycle in which one person rated, over one month and over two: always the same."""
	frappe.db.delete("Mentoring Feedback", {"cycle": ("in", [cycle.name for cycle in world.cycles])})
	_rate(world, 10, cycle=0, rating=1)
	_rate(world, 1, cycle=1)
	of_program = {"program": world.programs[0].name}
	with logged_in(committee):
		both = figures("Mentoring Feedback Ratings", **of_program)
		one = figures("Mentoring Feedback Ratings", cycle=world.cycles[0].name)
		longer = figures(
			"Mentoring Feedback Ratings", from_date="2031-01-01", to_date=NOW.date(), **of_program
		)
	for label in ("Average rating (out of 5)", "Ratings"):
		assert both[label] == one[label] == longer[label]


def test_one_person_who_rates_often_is_still_one_person(world, committee):
	frappe.db.delete("Mentoring Feedback", {"cycle": ("in", [cycle.name for cycle in world.cycles])})
	for _number in range(PEOPLE_IN_A_CELL):
		_rate(world, 1, kind="Session")
	with logged_in(committee):
		assert figures("Mentoring Feedback Ratings", cycle=world.cycles[1].name)["Ratings"] == 0


def test_committee_reads_stories_that_may_not_be_told(world, committee):
	secret = store(
		"Mentoring Feedback",
		profile=world.profiles[0].name,
		full_name="Person 0",
		kind="Success Story",
		cycle=world.cycles[0].name,
		comment="Between us",
		may_publish=0,
	)
	with logged_in(committee):
		shown = json.dumps(ask("Mentoring Success Stories", shown=5000), default=str)
		assert "Between us" not in shown
		frappe.db.set_value("Mentoring Feedback", secret.name, "may_publish", 1)
		assert "Between us" in json.dumps(ask("Mentoring Success Stories", shown=5000), default=str)


def test_committee_reads_published_words_that_are_no_success_story(world, committee):
	"""Only a success story asks for consent; a tick that got into another record means nothing."""
	store(
		"Mentoring Feedback",
		profile=world.profiles[0].name,
		full_name="Person 0",
		kind="Check-in",
		cycle=world.cycles[0].name,
		comment="Between us",
		may_publish=1,
	)
	with logged_in(committee):
		assert "Between us" not in json.dumps(ask("Mentoring Success Stories", shown=5000), default=str)


def _export(report: str, **filters) -> list[list]:
	frappe.local.form_dict = frappe._dict(
		report_name=report, filters=frappe.as_json(filters), file_format_type="Excel", visible_idx="[]"
	)
	frappe.local.response = frappe._dict()
	query_report.export_query()
	return read_xlsx_file_from_attached_file(fcontent=frappe.response["filecontent"])


@pytest.mark.parametrize("report", [*COMMITTEE_REPORTS, *STAFF_REPORTS])
def test_committee_exports_a_report(committee, report):
	with logged_in(committee), pytest.raises(frappe.PermissionError):
		_export(report)


@pytest.mark.parametrize("report", [*COMMITTEE_REPORTS, *STAFF_REPORTS])
def test_coordinator_exports_what_the_report_shows(world, coordinator, report):
	with logged_in(coordinator):
		shown = ask(report)
		exported = _export(report)
	hidden = [column["fieldname"] for column in shown["columns"] if column.get("hidden")]
	assert exported[0] == [column["label"] for column in shown["columns"] if not column.get("hidden")]
	assert len(exported) == len(shown["result"]) + 1
	# People read titles, in the file too; of a record without a name of its own nobody reads the key.
	keys = {row[name] for row in shown["result"] for name in hidden if row.get(name) and not row.get("bold")}
	assert not keys & {cell for row in exported for cell in row}
	assert all(row[f"{name}_title"] for row in shown["result"] for name in hidden if row.get(name))


def test_committee_adds_private_columns_to_a_report_of_its_own(world, committee):
	"""“Add column” of the Desk reads fields of linked records."""
	for fieldname in ("staff_comment", "comment", "rating"):
		column = {
			"fieldname": fieldname,
			"label": "More",
			"fieldtype": "Data",
			"doctype": "Mentoring Feedback",
			"link_field": {"fieldname": "cycle", "names": {}},
			"insert_after_index": 0,
		}
		with logged_in(committee), pytest.raises(frappe.PermissionError):
			query_report.run("Mentoring Overview", "{}", custom_columns=[column], are_default_filters=False)


@pytest.mark.parametrize("report", STAFF_REPORTS)
def test_committee_copies_a_staff_report_to_a_report_of_its_own(committee, report):
	with logged_in(committee), pytest.raises(frappe.PermissionError):
		query_report.save_report(report, "Mine", "[]", "{}")


@pytest.mark.parametrize("report", STAFF_REPORTS)
def test_committee_opens_a_copy_that_a_coordinator_saved(coordinator, committee, report):
	with logged_in(coordinator):
		name = query_report.save_report(report, "Ours", "[]", "{}")
		assert ask(name)["columns"]
	with logged_in(committee), pytest.raises(frappe.PermissionError):
		ask(name)


def test_committee_asks_for_another_users_report(coordinator, committee):
	with logged_in(committee), pytest.raises(frappe.PermissionError):
		query_report.run("Feedback Comments", "{}", user=coordinator)


def test_committee_searches_everywhere(world, committee):
	with logged_in(committee):
		for words in ("never there", "shouts", "helps me", "Person 1", world.mark):
			assert not [hit for hit in search_everywhere(words) if hit.doctype.startswith("Ment")]


def test_coordinator_of_one_program_counts_that_of_another(world, coordinator):
	"""User Permissions hold for totals as well, which Frappe doesn't see to."""
	mine, other = world.programs
	store(
		"User Permission",
		user=coordinator,
		allow="Mentoring Program",
		for_value=mine.name,
		apply_to_all_doctypes=1,
	)
	frappe.cache.hdel("user_permissions", coordinator)
	try:
		with logged_in(coordinator):
			alone = ask("Mentoring Overview")
			assert {row["program"] for row in alone["result"] if not row.get("bold")} == {mine.name}
			assert not rows("Mentoring Participation", program=other.name)
			assert not rows("Mentees Waiting", program=other.name)
			everywhere = figures("Mentoring Hours by Person")
		assert everywhere == figures("Mentoring Hours by Person", program=mine.name)
	finally:
		frappe.cache.hdel("user_permissions", coordinator)


def test_coordinator_who_is_in_a_group_learns_of_a_concern_about_it(world, coordinator):
	concerned = frappe.get_all(
		"Mentoring Concern",
		{"cycle": ("in", [cycle.name for cycle in world.cycles])},
		pluck="mentoring_group",
	)
	assert concerned

	def shown() -> list:
		found = [ask(report, program=world.programs[0].name) for report in STAFF_REPORTS]
		return [(each["result"], each["report_summary"], each["chart"]) for each in found]

	with logged_in(coordinator):
		before = shown()
		frappe.db.delete("Mentoring Concern", {"mentoring_group": ("in", concerned)})
		assert shown() == before
