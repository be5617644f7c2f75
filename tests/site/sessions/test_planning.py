"""Planning, moving, cancelling and answering meetings."""

from __future__ import annotations

from datetime import datetime, timedelta

import frappe
import pytest
from frappe.utils import add_days, get_datetime, getdate, now_datetime, nowdate

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.groups import ending
from mentor_ispe.services.sessions import planning, queries, recording
from tests import factories as make


def at(days: int, hour: int = 17) -> datetime:
	return get_datetime(f"{add_days(nowdate(), days)} {hour:02}:00:00")


def on_list(doc) -> list[str]:
	return [row.profile for row in doc.attendance]


def test_a_planned_meeting_invites_everyone_and_counts_nobody_as_there():
	group = make.make_active_group()
	doc = make.make_session(group.name)
	assert on_list(doc) == group.people
	assert not any(row.attended or row.minutes for row in doc.attendance)
	assert doc.calendar_uid
	assert doc.calendar_sequence == 0


def test_the_next_meeting_follows_the_programs_rhythm_from_the_last():
	group = make.make_active_group(meet_every=2, meet_every_unit="Week")
	make.make_session(group.name, at(10), duration_minutes=45, link="https://meet.example.org/x")
	proposal = planning.propose_next(group.name)
	assert proposal.starts_on == at(24)
	assert (proposal.duration_minutes, proposal.link) == (45, "https://meet.example.org/x")


def test_the_charters_rhythm_comes_before_the_programs():
	group = make.make_active_group(meet_every=1, meet_every_unit="Month")
	frappe.db.set_value(
		"Mentoring Group", group.name, {"charter_meet_every": 3, "charter_meet_every_unit": "Week"}
	)
	make.make_session(group.name, at(10))
	assert planning.propose_next(group.name).starts_on == at(31)


def test_nothing_is_proposed_after_the_cycle():
	group = make.make_active_group()
	make.make_session(group.name, at(10))
	frappe.db.set_value("Mentoring Cycle", group.cycle, "end_date", add_days(nowdate(), 20))
	assert planning.propose_next(group.name).starts_on is None
	with pytest.raises(RuleViolation, match="No more meetings fit"):
		planning.plan(group.name)
	with pytest.raises(RuleViolation) as refused:
		planning.plan(group.name, at(21))
	assert refused.value.codes == ["after_the_end"]


def test_a_series_runs_until_the_cycle_ends_and_is_known_as_one():
	group = make.make_active_group(meet_every=1, meet_every_unit="Month")
	planned = planning.plan_series(group.name, at(10), focus="Once a month")
	end = getdate(frappe.db.get_value("Mentoring Cycle", group.cycle, "end_date"))
	assert len(planned) in (12, 13)
	assert len({doc.series for doc in planned}) == 1
	assert planned[0].series
	assert all(doc.starts_on.date() <= end for doc in planned)
	assert len(planning.plan_series(group.name, at(11), times=3, every=1, unit="Week")) == 3


def test_the_same_series_planned_twice_is_refused():
	group = make.make_active_group()
	planning.plan_series(group.name, at(10), times=3)
	with pytest.raises(RuleViolation) as refused:
		planning.plan_series(group.name, at(10), times=3)
	assert refused.value.codes == ["overlap"]


@pytest.mark.parametrize(
	("values", "rises"),
	[
		({"starts_on": "later"}, True),
		({"duration_minutes": 90}, True),
		({"link": "https://meet.example.org/other"}, True),
		({"mode": "In Person", "location": "Library"}, True),
		({"focus": "Something else"}, False),
		({"agenda": "<p>One, two</p>"}, False),
		({}, False),
	],
)
def test_the_calendar_sequence_rises_with_what_calendars_show(values, rises):
	doc = make.make_session(make.make_active_group().name)
	if "starts_on" in values:
		values = {"starts_on": at(12)}
	changed = planning.change(doc.name, **values)
	assert changed.calendar_uid == doc.calendar_uid
	assert changed.calendar_sequence == int(rises)


def test_a_meeting_is_cancelled_with_a_reason_and_planned_again():
	doc = make.make_session(make.make_active_group().name)
	with pytest.raises(RuleViolation) as refused:
		planning.cancel(doc.name, " ")
	assert refused.value.codes == ["no_reason"]
	assert planning.cancel(doc.name, "Ana is ill").calendar_sequence == 1
	assert planning.cancel(doc.name, "again").cancel_reason == "Ana is ill"
	again = planning.plan_again(doc.name, at(20))
	assert (again.status, again.calendar_sequence, again.calendar_uid) == ("Planned", 2, doc.calendar_uid)


def test_a_cancelled_meeting_makes_room():
	group = make.make_active_group()
	planning.cancel(make.make_session(group.name, at(10)).name, "Ill")
	assert make.make_session(group.name, at(10)).status == "Planned"


def test_one_of_the_group_answers_for_themselves():
	group = make.make_active_group()
	doc = make.make_session(group.name)
	planning.answer(doc.name, group.people[1], "Maybe")
	planning.answer(doc.name, group.people[1], "Yes")
	rows = {row.profile: row.answer for row in frappe.get_doc("Mentoring Session", doc.name).attendance}
	assert rows[group.people[1]] == "Yes"
	assert not rows[group.people[0]]
	for profile, said in ((group.people[1], "Perhaps"), (make.make_profile().name, "Yes")):
		with pytest.raises(RuleViolation):
			planning.answer(doc.name, profile, said)


def test_in_a_circle_everybody_hosts_in_turn():
	group = make.make_active_group(members=4, format="Peer Circle")
	planned = planning.plan_series(group.name, at(10), times=9, every=1, unit="Week")
	assert [doc.host for doc in planned] == [*group.people, *group.people, group.people[0]]


def test_a_host_who_leaves_hands_over(monkeypatch):
	from mentor_ispe.services.applications.commands import withdraw

	group = make.make_active_group(members=4, format="Peer Circle")
	planned = planning.plan_series(group.name, at(10), times=4, every=1, unit="Week")
	withdraw("Mentee", group.parts[1], "No time")
	docs = [frappe.get_doc("Mentoring Session", doc.name) for doc in planned]
	assert all(group.people[1] not in on_list(doc) for doc in docs)
	assert all(doc.host in on_list(doc) for doc in docs)


def test_what_only_services_set_is_put_back(monkeypatch):
	doc = make.make_session(make.make_active_group().name)
	smuggled = {
		"calendar_uid": "mine",
		"calendar_sequence": 9,
		"series": "mine",
		"recorded_by": "Administrator",
		"recorded_on": now_datetime(),
	}
	again = frappe.get_doc("Mentoring Session", doc.name)
	again.update(smuggled)
	again.save()
	stored = frappe.get_doc("Mentoring Session", doc.name)
	assert stored.calendar_uid == doc.calendar_uid
	assert (stored.calendar_sequence, stored.series, stored.recorded_by) == (0, None, None)
	new = frappe.new_doc("Mentoring Session")
	new.update({**smuggled, "mentoring_group": doc.mentoring_group, "starts_on": at(20)})
	new.insert()
	assert new.calendar_uid != "mine"
	assert (new.calendar_sequence, new.series) == (0, None)


def test_a_planned_meeting_is_cancelled_before_it_is_deleted():
	doc = make.make_session(make.make_active_group().name)
	with pytest.raises(RuleViolation) as refused:
		frappe.delete_doc("Mentoring Session", doc.name)
	assert refused.value.codes == ["planned"]
	planning.cancel(doc.name, "Ill")
	frappe.delete_doc("Mentoring Session", doc.name)
	assert not frappe.db.exists("Mentoring Session", doc.name)


def test_a_group_that_ends_cancels_what_is_to_come():

	group = make.make_active_group()
	doc = make.make_session(group.name)
	ending.end_early(group.name, "The goals are met")
	assert frappe.db.get_value("Mentoring Session", doc.name, "status") == "Cancelled"
	with pytest.raises(RuleViolation) as refused:
		make.make_session(group.name, at(20))
	assert "group_not_active" in refused.value.codes


def test_everyone_sees_the_meeting_on_their_own_clock():
	ana = make.make_profile(time_zone="Pacific/Kiritimati").name
	ben = make.make_profile(time_zone="Pacific/Honolulu").name
	group = make.make_active_group(profiles=[ana, ben], format="One-on-One")
	doc = make.make_session(group.name)
	shown = {profile: queries.sessions_of(group.name, profile)[0] for profile in (ana, ben)}
	assert shown[ana]["local_start"] - shown[ben]["local_start"] == timedelta(hours=24)
	clocks = {row["profile"]: row for row in queries.agenda(doc.name, ana)["local_times"]}
	assert clocks[ana]["starts_on"] == shown[ana]["local_start"]
	assert clocks[ben]["zone"] == "Pacific/Honolulu"
	assert clocks[ana]["day_shift"] - clocks[ben]["day_shift"] == 1


def test_a_stranger_asks_for_a_groups_meetings():
	doc = make.make_session(make.make_active_group().name)
	stranger = make.make_profile().name
	for ask in (
		lambda: queries.sessions_of(doc.mentoring_group, stranger),
		lambda: queries.agenda(doc.name, stranger),
	):
		with pytest.raises(frappe.PermissionError):
			ask()


def test_a_moved_meeting_that_was_held_is_refused():
	group = make.make_active_group()
	held = recording.record_unplanned(group.name, now_datetime() - timedelta(hours=2))
	with pytest.raises(RuleViolation, match="only change upcoming meetings"):
		planning.change(held.name, starts_on=at(10))


@pytest.mark.parametrize("value", ["soon", "2031-02-30 10:00", "17:00 some day"])
def test_a_start_that_is_no_moment_is_refused_in_words(value):
	group = make.make_active_group()
	for plan in (
		lambda: planning.plan(group.name, value),
		lambda: planning.plan_series(group.name, value),
		lambda: planning.change(make.make_session(group.name).name, starts_on=value),
	):
		with pytest.raises(RuleViolation):
			plan()


def test_a_member_answers_for_another_and_books_a_speaker():
	from mentor_ispe.api import sessions as session_api
	from tests.site.permissions.entry_points import logged_in

	user = make.make_user(roles=["Mentoring Member"]).name
	ana = make.make_profile(email=user, user=user).name
	group = make.make_active_group(profiles=[ana])
	doc = make.make_session(group.name)
	rows = [{"name": row.name, "profile": row.profile, "answer": "Yes"} for row in doc.attendance]
	with logged_in(user):
		for values in ({"attendance": rows}, {"guest_speaker": "Sam"}):
			with pytest.raises(RuleViolation):
				session_api.change(doc.name, values)
		session_api.answer(doc.name, "Yes")
	stored = frappe.get_doc("Mentoring Session", doc.name)
	assert {row.profile: row.answer or "" for row in stored.attendance} == {
		ana: "Yes",
		group.people[1]: "",
		group.people[2]: "",
	}
	assert not stored.guest_speaker


@pytest.mark.parametrize("entry_point", ["rest", "form"])
def test_every_entry_point_keeps_the_rules_of_a_meeting(entry_point):
	from tests.site.permissions.entry_points import logged_in
	from tests.site.permissions.records import make_staff
	from tests.site.permissions.test_members_write import post

	user = make_staff().coordinator
	group = make.make_active_group()
	wrong = {"mentoring_group": group.name, "starts_on": at(-3), "duration_minutes": 0}
	entry_points = {
		"rest": lambda: post("Mentoring Session", **{**wrong, "starts_on": str(wrong["starts_on"])}),
		"form": lambda: frappe.get_doc({"doctype": "Mentoring Session", **wrong}).insert(),
	}
	with logged_in(user), pytest.raises(RuleViolation) as refused:
		entry_points[entry_point]()
	assert refused.value.codes == ["no_length", "in_the_past"]
