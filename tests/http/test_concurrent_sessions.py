"""Several people plan, record and answer at the same moment, by the API and by REST."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_days, now_datetime, nowdate

from mentor_ispe.services.readiness import agreements
from mentor_ispe.services.sessions import planning
from tests import factories as make
from tests.http.client import COORDINATOR_API, MEMBER_API
from tests.http.people import make_member
from tests.http.rounds import FEW_ROUNDS, Tally, look_again

API = "mentor_ispe.api.sessions"
PEOPLE = 6


@pytest.fixture(scope="module")
def people(site, keyed) -> list[tuple[str, object]]:
	"""A mentor and some mentees with logins: (profile, client)."""
	members = [make_member() for _ in range(PEOPLE)]
	return [(profile, keyed(user)) for profile, user in members]


def new_group(people, **program) -> SimpleNamespace:
	frappe.db.rollback()
	group = make.make_active_group(
		members=len(people) - 1, profiles=[profile for profile, _ in people], may_be_both=1, **program
	)
	frappe.db.commit()
	return group


def at(days: int, hour: int = 17) -> str:
	return f"{add_days(nowdate(), days)} {hour:02}:00:00"


def meetings(group: str, **filters) -> list[str]:
	look_again()
	return frappe.get_all("Mentoring Session", {"mentoring_group": group, **filters}, pluck="name")


def test_everybody_plans_the_same_series_at_once(people):
	tally = Tally("6 plan one series")
	for _round in range(FEW_ROUNDS):
		group = new_group(people).name
		answers = tally.round(
			[
				partial(client.call, f"{API}.plan_series", group=group, starts_on=at(10), times=4)
				for _, client in people
			]
		)
		assert sum(answer.ok for answer in answers) == 1
		assert all("meets at" in answer.words for answer in answers if not answer.ok), answers
		assert len(meetings(group)) == 4
	print(tally)


def test_a_meeting_is_planned_by_the_api_and_by_rest_at_once(people, coordinator):
	tally = Tally("plan by two entry points")
	for _round in range(FEW_ROUNDS):
		group = new_group(people).name
		values = {"mentoring_group": group, "starts_on": at(10, 17)}
		calls = [
			partial(client.call, f"{API}.plan", group=group, starts_on=at(10)) for _, client in people[:3]
		]
		calls += [partial(coordinator.post, "/api/resource/Mentoring Session", values) for _ in people[3:]]
		answers = tally.round(calls)
		assert sum(answer.ok for answer in answers) == 1, [answer.words for answer in answers]
		assert len(meetings(group)) == 1
	print(tally)


def test_several_groups_plan_at_once(people):
	groups = [new_group(people[:2], format="One-on-One").name for _ in range(8)]
	tally = Tally("8 groups plan")
	for day in range(10, 10 + FEW_ROUNDS):
		answers = tally.round(
			[partial(people[0][1].call, f"{API}.plan", group=group, starts_on=at(day)) for group in groups]
		)
		assert all(answer.ok for answer in answers), [answer.words for answer in answers]
	assert all(len(meetings(group)) == FEW_ROUNDS for group in groups)
	print(tally)


def test_two_record_the_same_meeting_at_once(people):
	tally = Tally("6 record one meeting")
	for _round in range(FEW_ROUNDS):
		group = new_group(people)
		session = make.make_session(group.name).name
		frappe.db.set_value("Mentoring Session", session, "starts_on", add_days(now_datetime(), -1))
		frappe.db.commit()
		attendance = dict.fromkeys(group.people, 60)
		answers = tally.round(
			[
				partial(
					client.call,
					f"{API}.record",
					session=session,
					attendance=attendance,
					summary=f"by {profile}",
					new_items=[{"words": profile}],
				)
				for profile, client in people
			]
		)
		assert sum(answer.ok for answer in answers) == 1
		assert all("already recorded this meeting" in answer.words for answer in answers if not answer.ok)
		look_again()
		assert frappe.db.count("Mentoring Session Note", {"session": session}) == 1
		assert frappe.db.count("Mentoring Action Item", {"session": session}) == 1
	print(tally)


def test_everybody_answers_an_invitation_at_once(people):
	tally = Tally("6 answers")
	group = new_group(people)
	for day in range(10, 10 + FEW_ROUNDS):
		session = make.make_session(group.name, at(day)).name
		frappe.db.commit()
		answers = tally.round(
			[partial(client.call, f"{API}.answer", session=session, said="Yes") for _, client in people]
		)
		assert all(answer.ok for answer in answers), [answer.words for answer in answers]
		look_again()
		rows = frappe.get_all("Mentoring Session Attendance", {"parent": session}, pluck="answer")
		assert rows == ["Yes"] * PEOPLE
	print(tally)


def test_somebody_signs_while_others_plan(people):
	"""Whoever is ready in the end is on the list of every meeting, whichever request was first."""
	tally = Tally("sign while planning")
	late, client = people[-1]
	for _round in range(FEW_ROUNDS):
		frappe.db.rollback()
		code = make.make_agreement()
		frappe.db.commit()
		group = new_group(people, agreements=[{"agreement": code, "required_of": "Everyone"}])
		for profile in group.people[:-1]:
			agreements.sign(code, profile)
		frappe.db.commit()
		calls = [
			partial(one.call, f"{API}.plan", group=group.name, starts_on=at(10 + number))
			for number, (_, one) in enumerate(people[:3])
		]
		answers = tally.round([*calls, partial(client.call, f"{MEMBER_API}.sign", agreement=code)])
		assert all(answer.ok for answer in answers), [answer.words for answer in answers]
		for session in meetings(group.name):
			assert frappe.db.exists("Mentoring Session Attendance", {"parent": session, "profile": late})
	print(tally)


def test_somebody_leaves_while_others_plan_and_move(people):
	"""Whoever left is on no list in the end, and everybody else on every one."""
	tally = Tally("leave while planning")
	gone, client = people[-1]
	for _round in range(FEW_ROUNDS):
		group = new_group(people)
		moved = planning.plan(group.name, at(40)).name
		frappe.db.commit()
		calls = [
			partial(one.call, f"{API}.plan", group=group.name, starts_on=at(10 + number))
			for number, (_, one) in enumerate(people[:3])
		]
		calls.append(partial(people[0][1].call, f"{API}.change", session=moved, values={"starts_on": at(41)}))
		calls.append(
			partial(
				client.call,
				f"{MEMBER_API}.withdraw",
				application_doctype="Mentee",
				name=group.parts[-1],
				reason="No time",
			)
		)
		answers = tally.round(calls)
		assert all(answer.ok for answer in answers), [answer.words for answer in answers]
		for session in meetings(group.name):
			listed = frappe.get_all("Mentoring Session Attendance", {"parent": session}, pluck="profile")
			assert sorted(listed) == sorted(set(group.people) - {gone})
	print(tally)


def test_the_coordinator_ends_the_group_while_others_plan(people, coordinator):
	"""Nothing stays planned in a group that has ended."""
	tally = Tally("end while planning")
	for _round in range(FEW_ROUNDS):
		group = new_group(people).name
		calls = [
			partial(one.call, f"{API}.plan", group=group, starts_on=at(10 + number))
			for number, (_, one) in enumerate(people[:4])
		]
		calls.append(
			partial(coordinator.call, f"{COORDINATOR_API}.end_early", group=group, reason="Goals met")
		)
		answers = tally.round(calls)
		assert answers[-1].ok, answers[-1].words
		assert meetings(group, status="Planned") == []
	print(tally)
