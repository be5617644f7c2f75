"""The credit of a pair from its first day to an audit years later."""

from __future__ import annotations

import io
import re
from datetime import date, datetime

import frappe
import pytest
from pypdf import PdfReader

from mentor_ispe.domain.credit.findings import AT_RISK, MET, NOT_MET, ON_TRACK
from mentor_ispe.domain.months import DAY, add_months
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.credit.record import evaluate_many, pdf, record, state
from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.goals import review_goal
from tests import factories as make
from tests.site.credit.pairs import START, meet, on, start_pair, state_goal

END = date(2031, 7, 14)


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def rules(group: str, day: date) -> dict[str, str]:
	return {rule["rule"]: rule["state"] for rule in state(group, day)["rules"]}


def because(group: str, rule: str, day: date) -> str:
	return next(each["because"] for each in state(group, day)["rules"] if each["rule"] == rule)


def words_of(pdf: bytes) -> str:
	return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def play(**values):
	"""A pair that does everything that is asked; returns it with the names of its meetings."""
	pair = start_pair(**values)
	goal = state_goal(pair, START + 5 * DAY)
	pair.sessions = [
		meet(pair.group, add_months(START, number) + 5 * DAY, mode="In Person" if number % 2 else "Online")
		for number in range(6)
	]
	with on(END - 3 * DAY):
		review_goal(pair.ben, goal, "Achieved", "Led it, and would again.")
	with on(END + DAY):
		commands.complete(pair.group)
	return pair


def test_pair_that_did_everything_meets_all_five_rules():
	pair = play()
	with on(END + DAY):
		said = state(pair.group)
	assert said["earns"]
	assert said["state"] == MET
	assert [rule["state"] for rule in said["rules"]] == [MET] * 5
	assert "6 times, 3 of these in person" in because(pair.group, "regular_meetings", END + DAY)


def test_rules_tell_all_along_how_they_stand():
	pair = play()
	assert rules(pair.group, START) == {
		"one_to_one": MET,
		"duration": ON_TRACK,
		"regular_meetings": ON_TRACK,
		"employers_apart": ON_TRACK,
		"outcomes_revisited": ON_TRACK,
	}


def test_mentee_without_goals_puts_the_credit_at_risk_and_loses_it_at_the_end():
	pair = start_pair()
	meet(pair.group, START + 5 * DAY)
	assert rules(pair.group, START + 30 * DAY)["outcomes_revisited"] == ON_TRACK
	assert rules(pair.group, START + 31 * DAY)["outcomes_revisited"] == AT_RISK
	with on(END):
		commands.complete(pair.group)
	assert rules(pair.group, END)["outcomes_revisited"] == NOT_MET


def test_goal_is_reviewed_after_the_group_closed():
	pair = start_pair()
	goal = state_goal(pair, START + DAY)
	with on(END):
		commands.complete(pair.group)
	assert rules(pair.group, END)["outcomes_revisited"] == AT_RISK
	with on(END + 20 * DAY):
		review_goal(pair.ben, goal, "Partly Achieved", "Half of it.")
	assert rules(pair.group, END + 20 * DAY)["outcomes_revisited"] == MET


def test_pair_that_starts_late_hears_at_once_that_six_months_dont_fit():
	pair = start_pair(may_extend=0)
	frappe.db.set_value("Mentoring Cycle", pair.cycle, "end_date", END - DAY)
	assert rules(pair.group, START)["duration"] == NOT_MET
	assert "the cycle ends on Jul 13, 2031" in because(pair.group, "duration", START)
	frappe.db.set_value("Mentoring Program", pair.program, "may_extend", 1)
	assert rules(pair.group, START)["duration"] == AT_RISK


def test_meeting_that_one_of_the_two_missed_doesnt_count():
	pair = start_pair()
	meet(pair.group, START + 5 * DAY)
	meet(pair.group, START + 35 * DAY, absent=pair.ben)
	assert rules(pair.group, START + 50 * DAY)["regular_meetings"] == AT_RISK
	meet(pair.group, START + 52 * DAY, status="Planned")
	assert rules(pair.group, START + 50 * DAY)["regular_meetings"] == ON_TRACK


def test_employer_change_is_noticed_on_its_day():
	pair = start_pair()
	with on(START + 60 * DAY):
		doc = frappe.get_doc("Mentoring Profile", pair.ben)
		doc.employer = " aurora vaccines "
		doc.save()
	assert rules(pair.group, START + 59 * DAY)["employers_apart"] == ON_TRACK
	assert rules(pair.group, START + 60 * DAY)["employers_apart"] == NOT_MET
	with on(START + 90 * DAY):
		doc.reload()
		doc.employer = "Cygnus"
		doc.save()
	assert rules(pair.group, START + 90 * DAY)["employers_apart"] == NOT_MET
	with on(START + 90 * DAY):
		ben = record(pair.group)["partners"][1]
	assert ben["employer_at_start"] == "Borealis Labs"
	assert [(each["from"], each["to"]) for each in ben["employer_changes"]] == [
		("Borealis Labs", "aurora vaccines"),
		("aurora vaccines", "Cygnus"),
	]


def test_employer_filled_in_late_is_no_change():
	pair = start_pair(ben={"employer": ""})
	assert rules(pair.group, START)["employers_apart"] == AT_RISK
	with on(START + 60 * DAY):
		doc = frappe.get_doc("Mentoring Profile", pair.ben)
		doc.employer = "Borealis Labs"
		doc.save()
	assert rules(pair.group, START)["employers_apart"] == ON_TRACK
	assert not frappe.db.exists("Mentoring Employer Change", {"profile": pair.ben})


def test_person_who_changed_employers_and_never_took_part_can_be_deleted():
	profile = make.make_profile(employer="Borealis Labs")
	profile.employer = "Cygnus"
	profile.save()
	assert frappe.db.exists("Mentoring Employer Change", {"profile": profile.name})
	profile.delete()
	assert not frappe.db.exists("Mentoring Employer Change", {"profile": profile.name})


def test_change_before_the_partnership_says_nothing_about_it():
	pair = start_pair()
	frappe.get_doc(
		{
			"doctype": "Mentoring Employer Change",
			"profile": pair.ben,
			"employer_before": "Aurora Vaccines",
			"employer": "Borealis Labs",
			"changed_on": START - 100 * DAY,
		}
	).insert()
	assert rules(pair.group, START)["employers_apart"] == ON_TRACK


def test_group_and_circle_say_that_they_earn_no_credit():
	for format in ("Group", "Peer Circle"):
		cycle = make.make_cycle(make.make_program(format=format).name).name
		mentees = [make.make_mentee(cycle).name for _ in range(3)]
		from mentor_ispe.services.groups.commands import propose

		mentor = make.make_mentor(cycle, seats_offered=3).name if format == "Group" else None
		group = propose(cycle, mentees, mentor).name
		said = state(group)
		assert not said["earns"]
		assert "Only one-on-one programs do" in said["because"]
		with pytest.raises(RuleViolation, match="Only one-on-one programs do"):
			record(group)


def test_program_for_groups_cant_choose_a_scheme_for_pairs():
	with pytest.raises(RuleViolation, match="one-on-one"):
		make.make_program(format="Group", credit_scheme="HRCI")
	with pytest.raises(RuleViolation, match="no credit scheme"):
		make.make_program(credit_scheme="SHRM")


def test_program_with_the_scheme_keeps_employers_apart():
	assert make.make_program(credit_scheme="HRCI").employers_apart == 1


def test_scheme_of_another_app_is_chosen_and_evaluated(monkeypatch):
	hook = {
		"Short": {"title": "A short one", "rules": [{"rule": "duration", "title": "Two weeks", "months": 1}]}
	}
	hooks = frappe.get_hooks

	def with_scheme(name=None, *args, **kwargs):
		return ["here"] if name == "mentoring_credit_schemes" else hooks(name, *args, **kwargs)

	monkeypatch.setattr(frappe, "get_hooks", with_scheme)
	monkeypatch.setattr(
		frappe, "get_attr", lambda path, of=frappe.get_attr: hook if path == "here" else of(path)
	)
	pair = start_pair(credit_scheme="Short")
	assert rules(pair.group, START + 31 * DAY) == {"duration": MET}


def test_record_has_every_meeting_with_its_times_and_nothing_that_was_said():
	pair = play(ana={"time_zone": "Europe/Berlin"}, ben={"time_zone": "America/New_York"})
	with on(END + DAY):
		written = record(pair.group)
	assert [meeting["session"] for meeting in written["meetings"]] == pair.sessions
	assert written["meetings_of_both"] == 6
	assert written["in_person"] == 3
	assert written["minutes"] == 360
	first = written["meetings"][0]
	zone = frappe.utils.get_system_timezone()
	assert first["time_zone"] == zone
	assert re.fullmatch(r"2031-01-20T17:00:00[+-]\d\d:\d\d", first["starts_at"])
	for name, partner in (("ana", "Europe/Berlin"), ("ben", "America/New_York")):
		assert first["clocks"][getattr(pair, name)]["time_zone"] == partner
	assert "what only they know" not in frappe.as_json(written)
	assert [(one["role"], one["employer_at_start"]) for one in written["partners"]] == [
		("Mentor", "Aurora Vaccines"),
		("Mentee", "Borealis Labs"),
	]


def test_partnership_that_went_on_is_one_record_of_both_cycles():
	pair = start_pair(months=4)
	first = [meet(pair.group, add_months(START, number) + 5 * DAY) for number in range(4)]
	day = add_months(START, 4)
	assert rules(pair.group, day - DAY)["duration"] == AT_RISK
	with on(day):
		commands.complete(pair.group)
		assert rules(pair.group, day)["duration"] == NOT_MET
	next_one = start_pair(start=day, months=4, may_extend=0)
	# The same two people: their parts in the next cycle.
	frappe.db.set_value("Mentor", next_one.mentor, "profile", pair.ana)
	frappe.db.set_value("Mentee", next_one.mentee, "profile", pair.ben)
	for role, profile in (("Mentor", pair.ana), ("Mentee", pair.ben)):
		row = {"parent": next_one.group, "role": role}
		frappe.db.set_value("Mentoring Group Member", row, "profile", profile)
	frappe.db.set_value("Mentoring Group", next_one.group, "extends", pair.group)
	frappe.db.set_value("Mentoring Group", pair.group, "extended_to", next_one.group)
	second = [meet(next_one.group, add_months(day, number) + 5 * DAY) for number in range(3)]
	later = add_months(START, 7)
	for group in (pair.group, next_one.group):
		with on(later):
			assert [one["session"] for one in record(group)["meetings"]] == [*first, *second]
		assert rules(group, later)["duration"] == MET
		assert rules(group, later)["regular_meetings"] == MET


def test_many_groups_take_the_queries_of_one(monkeypatch):
	groups = [start_pair().group for _ in range(4)]
	counted = []
	sql = frappe.db.sql
	monkeypatch.setattr(frappe.db, "sql", lambda *args, **kwargs: counted.append(1) or sql(*args, **kwargs))
	evaluate_many(groups[:1], START)
	one = len(counted)
	counted.clear()
	found = evaluate_many(groups, START)
	assert set(found) == set(groups)
	assert len(counted) <= one


def test_pdf_shows_date_and_time_of_every_meeting_for_both_partners():
	pair = play(ana={"time_zone": "Europe/Berlin"}, ben={"time_zone": "America/New_York"})
	with on(END + DAY):
		written, content = record(pair.group), pdf(pair.group)
	assert content[:5] == b"%PDF-"
	text = words_of(content)
	for name in ("Ana Lindqvist", "Ben Okafor", "Aurora Vaccines", "Borealis Labs", "Europe/Berlin"):
		assert name in text
	for meeting in written["meetings"]:
		for clock in meeting["clocks"].values():
			assert clock["shown"] in text
			begins, ends = (datetime.fromisoformat(clock[when]) for when in ("starts_at", "ends_at"))
			assert f"{begins:%Y-%m-%d %H:%M} – {ends:%H:%M}" in text
	for rule in written["rules"]:
		assert rule["title"] in text
		assert rule["because"] in text
	assert "what only they know" not in text


def test_pdf_of_fifty_meetings_loses_none_on_its_pages():
	pair = start_pair(months=12, meet_every=1, meet_every_unit="Week")
	days = [START + (5 + 7 * number) * DAY for number in range(50)]
	for day in days:
		meet(pair.group, day)
	with on(days[-1] + DAY):
		content = pdf(pair.group)
	text = words_of(content)
	assert len(PdfReader(io.BytesIO(content)).pages) > 1
	for day in days:
		assert text.count(f"{day} 17:00") == 2


def test_coordinator_changes_nothing_by_looking(monkeypatch):
	pair = play()
	before = frappe.db.count("Version"), frappe.db.get_value("Mentoring Group", pair.group, "modified")
	with on(END + DAY):
		record(pair.group)
	assert before == (
		frappe.db.count("Version"),
		frappe.db.get_value("Mentoring Group", pair.group, "modified"),
	)
