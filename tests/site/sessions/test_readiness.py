"""Agreements and training come before the first meeting, and nobody late stalls the others."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest
from frappe.utils import add_days, now_datetime, nowdate

from mentor_ispe.clock import today
from mentor_ispe.demo import clock
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates.sessions import BEFORE_YOU_MEET
from mentor_ispe.readings import readiness
from mentor_ispe.services.membership.commands import restore_person, suspend_person
from mentor_ispe.services.readiness import agreements
from mentor_ispe.services.sessions import planning, recording
from tests import factories as make
from tests.site.membership.records import counted_queries


@pytest.fixture
def code() -> str:
	return make.make_agreement()


def group_with(code: str, required_of: str = "Everyone", **values):
	return make.make_active_group(agreements=[{"agreement": code, "required_of": required_of}], **values)


def listed(session: str) -> set[str]:
	return {row.profile for row in frappe.get_doc("Mentoring Session", session).attendance}


def told(profile: str) -> list[dict]:
	rows = frappe.get_all(
		"Mentoring Notice",
		{"profile": profile, "template": BEFORE_YOU_MEET},
		pluck="context",
		order_by="creation",
	)
	return [frappe.parse_json(row) for row in rows]


def test_a_meeting_takes_two_who_signed(code):
	group = group_with(code)
	with pytest.raises(RuleViolation) as refused:
		make.make_session(group.name)
	assert refused.value.codes == ["too_few", "unsigned", "unsigned", "unsigned"]
	agreements.sign(code, group.people[0])
	with pytest.raises(RuleViolation):
		make.make_session(group.name)
	agreements.sign(code, group.people[2])
	doc = make.make_session(group.name)
	assert listed(doc.name) == {group.people[0], group.people[2]}


def test_whoever_signs_later_joins_what_is_planned_by_themselves(code):
	group = group_with(code)
	for profile in group.people[:2]:
		agreements.sign(code, profile)
	planned = planning.plan_series(group.name, times=2)
	late = group.people[2]
	assert told(late)
	agreements.sign(code, late)
	for doc in planned:
		assert late in listed(doc.name)
		assert frappe.db.get_value("Mentoring Session", doc.name, "calendar_sequence") == 1
	assert readiness.missing(group.name, today()) == {}


def test_whoever_lacks_something_is_told_once(code):
	group = group_with(code)
	late = group.people[2]
	(first,) = told(late)
	assert first["agreements"] == [frappe.db.get_value("Mentoring Agreement", code, "title")]
	for profile in group.people[:2]:
		agreements.sign(code, profile)
	planning.plan_series(group.name, times=3)
	assert len(told(late)) == 1
	assert len(told(group.people[0])) == 1


@pytest.mark.parametrize(
	("required_of", "lacking"), [("Mentors", [0]), ("Mentees", [1, 2]), ("Everyone", [0, 1, 2])]
)
def test_an_agreement_is_asked_of_those_it_is_for(code, required_of, lacking):
	group = group_with(code, required_of)
	assert set(readiness.missing(group.name, today())) == {group.people[index] for index in lacking}


def test_the_moderators_agreement_is_asked_of_the_moderator(code):
	group = group_with(code, "Moderators")
	assert readiness.missing(group.name, today()) == {}
	row = frappe.get_all(
		"Mentoring Group Member", {"parent": group.name, "profile": group.people[1]}, pluck="name"
	)[0]
	frappe.db.set_value("Mentoring Group Member", row, "is_moderator", 1)
	assert set(readiness.missing(group.name, today())) == {group.people[1]}


def test_training_noted_by_the_coordinator_brings_the_person_in():
	group = make.make_active_group(training_for_mentees=1)
	with pytest.raises(RuleViolation) as refused:
		make.make_session(group.name)
	assert refused.value.codes == ["too_few", "untrained", "untrained"]
	first, second = (frappe.get_doc("Mentee", name) for name in group.parts)
	first.training_completed = 1
	first.save()
	doc = make.make_session(group.name)
	assert listed(doc.name) == set(group.people[:2])
	second.training_completed = 1
	second.save()
	assert listed(doc.name) == set(group.people)


def test_whoever_isnt_ready_is_not_put_on_the_list_by_hand(code):
	group = group_with(code)
	for profile in group.people[:2]:
		agreements.sign(code, profile)
	doc = make.make_session(group.name)
	doc.append("attendance", {"profile": group.people[2]})
	with pytest.raises(RuleViolation) as refused:
		doc.save()
	assert refused.value.codes == ["unsigned"]


def test_whoever_wasnt_ready_that_day_isnt_recorded_as_there(code):
	group = group_with(code)
	for profile in group.people[:2]:
		agreements.sign(code, profile)
	early, late = now_datetime() + timedelta(days=1, hours=1), now_datetime() + timedelta(days=9)
	doc = make.make_session(group.name, early)
	with clock.at(late):
		agreements.sign(code, group.people[2])
		everyone = dict.fromkeys(group.people, 60)
		with pytest.raises(RuleViolation) as refused:
			recording.record(doc.name, attendance=everyone)
		assert refused.value.codes == ["unsigned"]
		frappe.local.message_log = []
		recording.record(doc.name, attendance={**everyone, group.people[2]: 0})
		held = recording.record_unplanned(group.name, late, attendance=everyone)
	assert [row.attended for row in held.attendance] == [1, 1, 1]


def test_a_new_version_asks_again_but_keeps_who_is_invited(code):
	group = group_with(code)
	for profile in group.people:
		agreements.sign(code, profile)
	doc = make.make_session(group.name)
	second = agreements.publish(agreements.new_version(code).name).name
	assert set(readiness.missing(group.name, today())) == set(group.people)
	planning.change(doc.name, focus="What has changed")
	assert listed(doc.name) == set(group.people)
	with pytest.raises(RuleViolation):
		make.make_session(group.name, add_days(nowdate(), 20) + " 17:00:00")
	frappe.local.message_log = []
	for profile in group.people:
		agreements.sign(second, profile)
	assert readiness.missing(group.name, today()) == {}


def test_a_group_that_goes_on_signs_anew(code):
	group = group_with(code)
	for profile in group.people:
		agreements.sign(code, profile)
	frappe.db.set_value("Mentoring Group", group.name, "extends", make.make_active_group().name)
	assert set(readiness.missing(group.name, today())) == set(group.people)
	for profile in group.people:
		agreements.sign(code, profile, group.cycle)
	assert readiness.missing(group.name, today()) == {}


def test_a_suspended_person_leaves_what_is_planned_and_comes_back(code):
	group = make.make_active_group()
	doc = make.make_session(group.name)
	gone = group.people[1]
	suspend_person(gone, "Lapsed")
	assert listed(doc.name) == {group.people[0], group.people[2]}
	assert frappe.db.get_value("Mentoring Session", doc.name, "calendar_sequence") == 1
	restore_person(gone)
	assert listed(doc.name) == set(group.people)


def test_what_has_begun_isnt_changed_when_somebody_leaves():
	group = make.make_active_group()
	doc = make.make_session(group.name, now_datetime() + timedelta(hours=2))
	with clock.at(now_datetime() + timedelta(hours=3)):
		suspend_person(group.people[1], "Lapsed")
		assert listed(doc.name) == set(group.people)


def test_many_groups_are_asked_in_a_constant_number_of_queries(code):
	groups = [group_with(code).name for _ in range(4)]
	with counted_queries() as few:
		readiness.missing_in(groups[:1], today())
	with counted_queries() as many:
		found = readiness.missing_in(groups, today())
	assert all(len(missing) == 3 for missing in found.values())
	assert len(many) <= len(few) <= 8


def test_a_step_that_seats_nobody_asks_nothing_of_the_meetings():
	group = frappe.get_doc("Mentoring Group", make.make_active_group().name)
	group.title = "Another name"
	with counted_queries() as queries:
		group.save()
	assert not [query for query in queries if "tabMentoring Session`" in query]


def test_a_signature_that_changes_no_list_saves_no_meeting(code):
	other = make.make_agreement()
	asked = [{"agreement": name, "required_of": "Everyone"} for name in (code, other)]
	group = make.make_active_group(agreements=asked)
	for profile in group.people[:2]:
		agreements.sign(code, profile)
		agreements.sign(other, profile)
	planned = planning.plan_series(group.name, times=4)
	before = {
		doc.name: str(frappe.db.get_value("Mentoring Session", doc.name, "modified")) for doc in planned
	}
	with counted_queries() as queries:
		agreements.sign(code, group.people[2])
	assert len(queries) < 60
	after = {name: str(frappe.db.get_value("Mentoring Session", name, "modified")) for name in before}
	assert after == before
