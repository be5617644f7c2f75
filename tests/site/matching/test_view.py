"""What the page of a run is given: figures, pages of rows, words; in as many queries whatever the size."""

from __future__ import annotations

import json

import frappe
import pytest
from frappe.utils import now_datetime

from mentor_ispe.services.matching import adjust, runs, view
from tests import factories as make
from tests.site.matching.test_groups_by_hand import make_group_run
from tests.site.matching.test_match_run import make_people, make_run, rows_of
from tests.site.membership.records import counted_queries

PROPOSAL = "Mentoring Match Proposal"


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def make_finished_run(rows: int, program_format: str = "One-on-One", group: int = 1):
	"""A run with so many proposals, `group` of them in each group, and a tenth as many left alone."""
	cycle = make.make_cycle(make.make_program(format=program_format).name).name
	doc = frappe.get_doc({"doctype": "Mentoring Match Run", "cycle": cycle}).insert()
	alone = rows // 10
	fields = ["name", "creation", "modified", "match_run", "state", "group_key", "mentee", "mentee_name"]
	fields += ["mentor", "mentor_name", "score", "parts", "reasons"]
	reason = {
		"code": "same_industry",
		"message": "Both work in {value}.",
		"params": {"value": "Biotechnology"},
	}
	frappe.db.bulk_insert(
		PROPOSAL,
		fields,
		[
			(
				frappe.generate_hash(length=10),
				now_datetime(),
				now_datetime(),
				doc.name,
				"Proposed" if number >= alone else "Unmatched",
				f"{(number - alone) // group:05d}" if number >= alone else "",
				f"{doc.name}-{number}",
				f"Mentee {number}",
				f"M-{(number - alone) // group}" if number >= alone else None,
				f"Mentor {(number - alone) // group}" if number >= alone else None,
				500 + number if number >= alone else 0,
				json.dumps({"Industry": 500 + number}),
				json.dumps([reason]),
			)
			for number in range(rows + alone)
		],
	)
	suggestion = {
		"code": "seats_country",
		"message": "With {seats} more seats, {places} of {unmatched} could be matched.",
		"params": {"seats": alone, "places": alone, "unmatched": alone},
		"places": alone,
		"mentees": [f"{doc.name}-{number}" for number in range(alone)],
	}
	doc.db_set({"status": "Ready", "summary": json.dumps({"left_out": {}, "suggestions": [suggestion]})})
	return doc.name


def queries(call, *args, **options) -> int:
	with counted_queries() as statements:
		call(*args, **options)
	return len(statements)


@pytest.mark.parametrize(("program_format", "group"), [("One-on-One", 1), ("Group", 5)])
def test_the_page_costs_as_many_queries_for_600_rows_as_for_60(program_format, group):
	few, many = (make_finished_run(rows, program_format, group) for rows in (60, 600))
	view.figures(few)  # the format's program is in the cache from here on
	view.figures(many)
	assert queries(view.figures, many) == queries(view.figures, few) <= 8
	for wanted in (
		{"state": "Proposed"},
		{"state": "Unmatched"},
		{"state": "Proposed", "search": "Mentee 2"},
	):
		assert queries(view.proposals, many, **wanted) == queries(view.proposals, few, **wanted) <= 4


def test_scores_are_those_of_the_lowest_and_the_highest_match():
	figures = view.figures(make_finished_run(20))
	matched = [row.score for row in view.proposals(figures["name"], "Proposed")["rows"]]
	assert (figures["lowest"], figures["highest"]) == (min(matched), max(matched))
	assert figures["lowest"] > 0


def test_whom_to_ask_for_the_same_people_is_said_once():
	run = make_finished_run(30)
	summary = json.loads(frappe.db.get_value("Mentoring Match Run", run, "summary"))
	(one,) = summary["suggestions"]
	others = [
		{**one, "code": "seats_industry"},
		{**one, "code": "waive_rule", "params": {**one["params"], "seats": 1}},
		{**one, "code": "waive_rule"},
		{**one, "code": "seats_industry", "places": 1, "mentees": one["mentees"][:1]},
	]
	summary["suggestions"] += others
	frappe.db.set_value("Mentoring Match Run", run, "summary", json.dumps(summary))
	found = view.figures(run)["suggestions"]
	said = [(each["todo"], each["places"]) for each in found]
	assert sorted(said) == [("ask", 1), ("ask", 3), ("settings", 3), ("settings", 3)]


def test_rows_come_fifty_at_a_time_the_weakest_first():
	run = make_finished_run(120)
	first = view.proposals(run, "Proposed")
	second = view.proposals(run, "Proposed", start=50)
	assert (first["total"], len(first["rows"]), len(second["rows"])) == (120, 50, 50)
	scores = [row.score for row in (*first["rows"], *second["rows"])]
	assert scores == sorted(scores)
	assert first["rows"][0].reasons[0]["text"] == "Both work in Biotechnology."


def test_groups_are_never_torn_apart_by_a_page_or_a_search():
	run = make_finished_run(60, "Group", group=5)
	page = view.proposals(run, "Proposed", start=2, page_length=3)
	keys = [row.group_key for row in page["rows"]]
	assert page["grouped"]
	assert page["total"] == 12
	assert [keys.count(key) for key in dict.fromkeys(keys)] == [5, 5, 5]
	found = view.proposals(run, "Proposed", search="Mentee 33")
	assert found["total"] == 1
	assert len(found["rows"]) == 5


def test_figures_say_in_words_who_was_left_out_and_what_would_place_more():
	cycle, mentees, _mentors = make_people(mentees=3, seats=(1,))
	make.lapse(mentees[0].profile)
	run = make_run(cycle)
	figures = view.figures(run.name)
	(out,) = figures["left_out"]
	assert (out["doctype"], out["name"], out["full_name"]) == (
		"Mentee",
		mentees[0].name,
		mentees[0].full_name,
	)
	assert "lapsed" in out["reason"]
	frappe.local.lang = "de"
	assert "erloschen" in view.figures(run.name)["left_out"][0]["reason"]
	frappe.local.lang = "en"
	assert figures["counts"]["Proposed"] == {"people": 1, "groups": 1, "by_hand": 0}
	assert figures["counts"]["Unmatched"]["people"] == 1
	alone = rows_of(run.name, state="Unmatched")[0].mentee
	for suggestion in figures["suggestions"]:
		assert suggestion["text"]
		assert suggestion["people"] == [frappe.db.get_value("Mentee", alone, "full_name")]


def test_a_change_by_hand_shows_in_every_figure_and_taking_it_back_restores_them():
	cycle, _mentees, _mentors = make_people(mentees=2, seats=(1, 1))
	run = make_run(cycle)
	before = view.figures(run.name)
	row = rows_of(run.name)[0]
	adjust.move(run.name, row.mentee, None)
	after = view.figures(run.name)
	assert (after["matched"], after["proven"]) == (1, 0)
	assert sum(line[2] for line in after["summary"]["distribution"]) == 1
	assert sum(line["matched"] for line in after["summary"]["fairness"]["career_stage"]) == 1
	adjust.move(run.name, row.mentee, row.mentor)
	again = view.figures(run.name)
	assert (again["matched"], again["total_score"], again["proven"]) == (2, before["total_score"], 1)
	for part in ("distribution", "contributions", "fairness"):
		assert again["summary"][part] == before["summary"][part]


def test_a_pin_is_taken_back_and_the_pair_stays_in_this_run():
	cycle, mentees, mentors = make_people(mentees=1, seats=(1,))
	run = make_run(cycle)
	adjust.pin(run.name, mentees[0].name, mentors[0].name)
	assert rows_of(run.name)[0].pinned == 1
	adjust.unpin(run.name, mentees[0].name, mentors[0].name)
	assert (rows_of(run.name)[0].pinned, rows_of(run.name)[0].mentor) == (0, mentors[0].name)
	assert not frappe.db.exists("Mentoring Match Constraint", {"cycle": cycle, "kind": "Pin"})


def test_reasons_name_languages_and_not_their_codes():
	cycle, mentees, mentors = make_people(criteria=[{"criterion": "Languages", "weight": 10}])
	for person in (*mentees, *mentors):
		profile = frappe.get_doc("Mentoring Profile", person.profile)
		profile.append("languages", {"language": "en"})
		profile.save()
	run = make_run(cycle)
	words = [reason["text"] for row in view.proposals(run.name, "Proposed")["rows"] for reason in row.reasons]
	assert "Both speak English." in words


def test_what_is_true_of_one_member_is_not_shown_as_true_of_the_group():
	"""One hour apart was, since the page's own list of short words lacked it."""
	run = make_group_run(members=3, mentors=1, criteria=[{"criterion": "Time Zone", "weight": 10}])
	mentor = frappe.db.get_value("Mentor", {"cycle": run.cycle}, "profile")
	frappe.db.set_value("Mentoring Profile", mentor, "time_zone", "Europe/London")
	for mentee in frappe.get_all("Mentee", {"cycle": run.cycle}, pluck="profile"):
		frappe.db.set_value("Mentoring Profile", mentee, "time_zone", "Europe/Berlin")
	runs.carry_out(run.name)
	rows = view.proposals(run.name, "Proposed")["rows"]
	assert len(rows) == 3
	for row in rows:
		(apart,) = (reason for reason in row.reasons if reason["code"] == "one_hour_apart")
		assert (apart["short"], apart["of_group"]) == ("1 h apart", False)
		assert {reason["code"] for reason in row.reasons if reason["of_group"]} >= {"group_countries"}


def test_run_that_is_not_there_is_said_to_be_none():
	"""Found by the canaries: two runs side by side, one of them the name of a group, answered 500."""
	for asked in (view.figures, lambda run: view.compare(run, run)):
		with pytest.raises(frappe.DoesNotExistError):
			asked("none")
