"""Members answer while coordinators act on the same people, by the API, by REST and from the Desk's form."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from functools import partial

import frappe
import pytest

from mentor_ispe.mails.default_templates import matches
from mentor_ispe.services.groups import commands
from tests import factories as make
from tests.http.client import COORDINATOR_API, MEMBER_API, Client
from tests.http.people import make_member
from tests.http.rounds import FEW_ROUNDS, ROUNDS, Tally, live_groups, look_again, seats_taken

MEMBERS = 4


@pytest.fixture(scope="module")
def people(site, keyed) -> list[tuple[str, Client]]:
	"""One mentor and some mentees with logins, the mentor first: (profile, client)."""
	people = [make_member() for _ in range(MEMBERS + 1)]
	return [(profile, keyed(user)) for profile, user in people]


@pytest.fixture(scope="module")
def crowd(site) -> list[str]:
	"""Profiles of people without logins, who may take part in every cycle."""
	profiles = [make.make_profile().name for _ in range(32)]
	frappe.db.commit()
	return profiles


def make_pairs(
	people, seats: int = MEMBERS, waiting: Sequence[str] = ()
) -> tuple[str, str, list[str], list[str]]:
	"""A cycle with a mentor and as many proposed pairs as there are mentees; other profiles wait.

	Returns (cycle, mentor, groups in the order of the people, waiting mentees).
	"""
	cycle = make.make_cycle(make.make_program(max_seats=20).name).name
	mentor = make.make_mentor(cycle, profile=people[0][0], seats_offered=seats).name
	groups = [
		commands.propose(cycle, [make.make_mentee(cycle, profile=profile).name], mentor).name
		for profile, _ in people[1:]
	]
	waiting_mentees = [make.make_mentee(cycle, profile=profile).name for profile in waiting]
	frappe.db.commit()
	return cycle, mentor, groups, waiting_mentees


def saved_form(client: Client, group: str, **values) -> dict:
	"""What the Desk's form sends when it saves the group as it is now with other values."""
	doc = client.get(f"/api/resource/Mentoring Group/{group}").result
	return {"doc": json.dumps({**doc, **values}), "action": "Save"}


def test_members_answer_while_the_coordinator_lowers_the_seats(people, crowd, coordinator):
	tally, left = Tally("answers while seats are lowered"), Counter()
	for _ in range(ROUNDS):
		cycle, mentor, groups, waiting = make_pairs(people, MEMBERS + 1, crowd[:2])
		mentees = [client for _, client in people[1:]]
		lower = partial(coordinator.put, f"/api/resource/Mentor/{mentor}")
		tally.round(
			[
				partial(mentees[0].call, f"{MEMBER_API}.accept", group=groups[0]),
				partial(mentees[1].call, f"{MEMBER_API}.accept", group=groups[1]),
				partial(mentees[2].call, f"{MEMBER_API}.decline", group=groups[2], reason="Another field"),
				partial(mentees[3].call, f"{MEMBER_API}.decline", group=groups[3], reason="No time"),
				partial(people[0][1].call, f"{MEMBER_API}.accept", group=groups[0]),
				*(partial(lower, {"seats_offered": seats}) for seats in (4, 3, 2, 1)),
				*(
					partial(
						coordinator.call,
						f"{COORDINATOR_API}.propose",
						cycle=cycle,
						mentor=mentor,
						mentees=[name],
					)
					for name in waiting
				),
			]
		)
		taken = seats_taken(mentor)
		offered = frappe.db.get_value("Mentor", mentor, "seats_offered")
		assert taken <= offered
		left[taken, offered] += 1
	refused = [answer for answer in tally.answers if not answer.ok]
	assert {answer.status for answer in refused} <= {417}
	assert all("places" in answer.words for answer in refused), {answer.words for answer in refused}
	print(tally, "(taken, offered) at the end:", dict(left))


def test_the_last_place_of_a_cycle_goes_to_one_of_ten(crowd, coordinator):
	tally = Tally("10 approvals for 1 place")
	for _ in range(FEW_ROUNDS):
		cycle = make.make_cycle(places=1).name
		applied = [make.make_mentee(cycle, approved=False, profile=profile).name for profile in crowd[:10]]
		frappe.db.commit()
		answers = tally.round(
			[
				partial(coordinator.call, f"{COORDINATOR_API}.approve", doctype="Mentee", names=[name])
				for name in applied
			]
		)
		refused = [answer for answer in answers if not answer.ok]
		assert len(refused) == 9
		assert all(answer.status == 417 and "places of" in answer.words for answer in refused)
		look_again()
		assert frappe.db.get_value("Mentoring Cycle", cycle, "places_taken") == 1
		assert frappe.db.count("Mentee", {"cycle": cycle, "status": "Approved"}) == 1
	print(tally)


@pytest.mark.parametrize("entry_point", ["api", "rest"])
def test_one_person_applies_ten_times_at_once(people, coordinator, entry_point):
	profile, member = people[0]
	tally = Tally(f"10 applications of one person by {entry_point}")
	for _ in range(FEW_ROUNDS):
		cycle = make.make_cycle().name
		frappe.db.commit()
		apply = (
			partial(member.call, f"{MEMBER_API}.apply", cycle=cycle, role="Mentee")
			if entry_point == "api"
			else partial(coordinator.post, "/api/resource/Mentee", {"profile": profile, "cycle": cycle})
		)
		answers = tally.round([apply] * 10)
		refused = [answer for answer in answers if not answer.ok]
		assert len(refused) == 9
		assert all("already applied" in answer.words for answer in refused), {a.words for a in refused}
		look_again()
		assert frappe.db.count("Mentee", {"cycle": cycle, "profile": profile}) == 1
	print(tally)


def test_the_same_acceptance_sent_five_times(people):
	tally = Tally("1 acceptance sent 5 times")
	for _ in range(FEW_ROUNDS):
		_, mentor, groups, _ = make_pairs(people[:2], seats=1)
		answers = tally.round([partial(people[1][1].call, f"{MEMBER_API}.accept", group=groups[0])] * 5)
		assert all(answer.ok for answer in answers), {answer.words for answer in answers}
		assert seats_taken(mentor) == 1
		told = frappe.get_all(
			"Mentoring Notice",
			{"reference_name": groups[0], "template": matches.MATCH_ACCEPTED},
			pluck="recipient",
		)
		assert len(told) == len(set(told))
	print(tally)


def test_coordinators_save_groups_by_rest_and_form_while_members_accept(people, coordinator, keyed):
	tally = Tally("saves by REST and form while members accept")
	mentees = [client for _, client in people[1:]]
	for number in range(FEW_ROUNDS):
		_, mentor, groups, _ = make_pairs(people)
		forms = [saved_form(coordinator, group, title=f"From the form {number}") for group in groups[:2]]
		answers = tally.round(
			[
				*(
					partial(
						coordinator.put,
						f"/api/resource/Mentoring Group/{group}",
						{"title": f"By REST {number}"},
					)
					for group in groups[:2]
				),
				*(partial(coordinator.call, "frappe.desk.form.save.savedocs", **form) for form in forms),
				*(
					partial(client.call, f"{MEMBER_API}.accept", group=group)
					for client, group in zip(mentees, groups, strict=True)
				),
				*(partial(people[0][1].call, f"{MEMBER_API}.accept", group=group) for group in groups),
			]
		)
		refused = [answer for answer in answers if not answer.ok]
		# The form was opened before; whoever saves it after somebody's answer is told to refresh.
		assert all("Please refresh" in answer.words for answer in refused), {a.words for a in refused}
		assert len(refused) <= len(forms)
		look_again()
		for group in groups:
			doc = frappe.get_doc("Mentoring Group", group)
			assert [row.status for row in doc.seats] == ["Accepted", "Accepted"]
		assert seats_taken(mentor) == MEMBERS
	print(tally)


def test_two_coordinators_swap_the_members_of_two_groups(crowd, coordinator):
	tally = Tally("members of two groups swapped")
	for _ in range(FEW_ROUNDS):
		cycle = make.make_cycle(make.make_program(format="Group").name).name
		mentors = [make.make_mentor(cycle, profile=profile, seats_offered=6).name for profile in crowd[:2]]
		members = [make.make_mentee(cycle, profile=profile).name for profile in crowd[2:6]]
		mentees = [members[:2], members[2:]]
		groups = [
			commands.propose(cycle, names, mentor).name
			for mentor, names in zip(mentors, mentees, strict=True)
		]
		frappe.db.commit()
		rows = [frappe.get_doc("Mentoring Group", group).as_dict()["seats"] for group in groups]
		answers = tally.round(
			[
				partial(
					coordinator.request,
					"PUT",
					f"/api/resource/Mentoring Group/{groups[here]}",
					data=json.dumps(
						{"seats": [*rows[here], {"participant": mentees[1 - here][0]}]}, default=str
					),
				)
				for here in (0, 1, 0, 1)
			]
		)
		assert all("already has a place" in answer.words for answer in answers), {a.words for a in answers}
		assert {answer.status for answer in answers} == {417}
		assert [seats_taken(mentor) for mentor in mentors] == [2, 2]
	print(tally)


def test_members_are_added_to_many_groups_by_rest_at_once(crowd, coordinator):
	tally = Tally("members added to 8 groups by REST")
	for _ in range(FEW_ROUNDS):
		cycle = make.make_cycle(make.make_program(format="Group").name).name
		groups = []
		for number in range(0, 32, 4):
			first, *others = crowd[number : number + 4]
			mentor = make.make_mentor(cycle, profile=first, seats_offered=6).name
			mentees = [make.make_mentee(cycle, profile=profile).name for profile in others]
			groups.append((commands.propose(cycle, mentees[:2], mentor).name, mentees[2]))
		frappe.db.commit()
		answers = tally.round(
			[
				partial(
					coordinator.request,
					"PUT",
					f"/api/resource/Mentoring Group/{group}",
					data=json.dumps(
						{
							"seats": [
								*frappe.get_doc("Mentoring Group", group).as_dict()["seats"],
								{"participant": mentee},
							]
						},
						default=str,
					),
				)
				for group, mentee in groups
			]
		)
		assert all(answer.ok for answer in answers), {answer.words for answer in answers}
		assert all(live_groups(mentee) == [group] for group, mentee in groups)
	print(tally)
