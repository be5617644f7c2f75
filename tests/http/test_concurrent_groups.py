"""People of one group who act at the same moment: going on, ending, the charter, the moderator."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.services.groups import charter, commands
from tests import factories as make
from tests.http.client import COORDINATOR_API, Client
from tests.http.people import make_member
from tests.http.rounds import FEW_ROUNDS, Tally, live_groups, look_again, seats_taken

GROUP_API = "mentor_ispe.api.group"


@pytest.fixture(scope="module")
def people(site, keyed) -> list[tuple[str, Client]]:
	"""A mentor and four mentees with logins, the mentor first: (profile, client)."""
	people = [make_member() for _ in range(5)]
	return [(profile, keyed(user)) for profile, user in people]


def start(people, format: str = "One-on-One", members: int = 1) -> SimpleNamespace:
	"""A running group of these people, in a cycle whose next one takes applications."""
	program = make.make_program(format=format).name
	cycle = make.make_cycle(program, end_date=add_days(nowdate(), 100)).name
	mentor = make.make_mentor(cycle, profile=people[0][0], seats_offered=members)
	mentees = [
		make.make_mentee(cycle, profile=profile, willing_to_moderate=1)
		for profile, _client in people[1 : members + 1]
	]
	moderator = mentees[0].name if format == "Group" else None
	group = commands.propose(cycle, [each.name for each in mentees], mentor.name, moderator=moderator).name
	make.accept_all(group)
	commands.activate(group)
	frappe.db.set_value("Mentoring Cycle", cycle, "status", "Running")
	following = make.make_cycle(
		program, start_date=add_days(nowdate(), 120), end_date=add_days(nowdate(), 400)
	).name
	frappe.db.commit()
	return SimpleNamespace(
		group=group,
		cycle=cycle,
		next=following,
		mentor=mentor.name,
		mentees=[each.name for each in mentees],
		profiles=[profile for profile, _client in people[: members + 1]],
		clients=[client for _profile, client in people[: members + 1]],
	)


@pytest.mark.parametrize(("format", "members"), [("One-on-One", 1), ("Group", 4)])
def test_everyone_says_yes_at_once_and_one_group_goes_on(people, format, members):
	tally = Tally(f"{format}: everyone goes on")
	for _ in range(FEW_ROUNDS):
		here = start(people, format, members)
		calls = [
			partial(client.call, f"{GROUP_API}.go_on", group=here.group, answer="Yes")
			for client in here.clients
			for _twice in range(2)
		]
		assert all(answer.ok for answer in tally.round(calls))
		look_again()
		made = frappe.get_all("Mentoring Group", {"extends": here.group}, ["name", "status", "mentor"])
		assert len(made) == 1
		assert frappe.db.get_value("Mentoring Group", here.group, "extended_to") == made[0].name
		seats = frappe.get_all("Mentoring Group Member", {"parent": made[0].name}, pluck="status")
		assert seats == ["Accepted"] * (1 + members)
		assert seats_taken(made[0].mentor) == members
		notices = frappe.get_all(
			"Mentoring Notice",
			{"template": "Mentoring: Group Goes On", "reference_name": made[0].name},
			pluck="profile",
		)
		assert sorted(notices) == sorted(here.profiles)
	print(tally)


def test_yes_and_no_at_once_leave_a_group_only_where_the_yes_was_last(people):
	tally = Tally("yes against no")
	for _ in range(FEW_ROUNDS):
		here = start(people)
		mentor, mentee = here.clients
		assert mentee.call(f"{GROUP_API}.go_on", group=here.group, answer="Yes").ok
		yes = partial(mentor.call, f"{GROUP_API}.go_on", group=here.group, answer="Yes")
		no = partial(mentee.call, f"{GROUP_API}.go_on", group=here.group, answer="No")
		_said_yes, said_no = tally.round([yes, no])
		look_again()
		made = frappe.get_all("Mentoring Group", {"extends": here.group}, pluck="name")
		assert len(made) == (0 if said_no.ok else 1)
	print(tally)


def test_both_sides_and_the_coordinator_end_a_pair_at_once(people, coordinator):
	tally = Tally("three end one pair")
	for _ in range(FEW_ROUNDS):
		here = start(people)
		values = {"group": here.group, "kind": "Not Working", "reason": "We part"}
		answers = tally.round(
			[
				*(partial(client.call, f"{GROUP_API}.end", **values) for client in here.clients),
				partial(coordinator.call, f"{COORDINATOR_API}.end_early", **values),
			]
		)
		assert sum(answer.ok for answer in answers) == 1
		assert live_groups(here.mentees[0]) == []
		assert seats_taken(here.mentor) == 0
		told = frappe.get_all(
			"Mentoring Notice",
			{"template": "Mentoring: Seat Ended", "reference_name": here.group},
			pluck="profile",
		)
		assert sorted(told) == sorted(here.profiles)
	print(tally)


def test_members_leave_while_the_mentor_ends_the_group(people):
	tally = Tally("leaving against ending")
	for _ in range(FEW_ROUNDS):
		here = start(people, "Group", 4)
		tally.round(
			[
				partial(
					here.clients[0].call,
					f"{GROUP_API}.end",
					group=here.group,
					kind="Something Else",
					reason="Over",
				),
				*(
					partial(client.call, f"{GROUP_API}.leave", group=here.group, reason="No time")
					for client in here.clients[1:]
				),
			]
		)
		look_again()
		assert frappe.db.get_value("Mentoring Group", here.group, "status") == "Ended Early"
		for mentee in here.mentees:
			assert live_groups(mentee) == []
			apart = frappe.db.get_value("Mentee", mentee, "declined_mentors")
			assert frappe.parse_json(apart) == [here.mentor]
		assert seats_taken(here.mentor) == 0
	print(tally)


def test_two_who_write_the_charter_at_once_lose_nothing(people):
	tally = Tally("two write one charter")
	for _ in range(FEW_ROUNDS):
		here = start(people)
		version = here.clients[0].call(f"{GROUP_API}.charter", group=here.group).result["version"]
		fields = ("charter_place", "charter_boundaries")
		answers = tally.round(
			[
				partial(
					client.call,
					f"{GROUP_API}.write_charter",
					group=here.group,
					values={field: "Ours"},
					version=version,
				)
				for client, field in zip(here.clients, fields, strict=True)
			]
		)
		assert sorted(answer.ok for answer in answers) == [False, True]
		refused = next(answer for answer in answers if not answer.ok)
		assert "changed the charter while you were writing" in refused.words
		look_again()
		now = charter.read(here.group)
		written = [field for field in fields if now[field]]
		assert written == [fields[[answer.ok for answer in answers].index(True)]]
	print(tally)


def test_everybody_agrees_at_once(people):
	tally = Tally("everybody agrees")
	for _ in range(FEW_ROUNDS):
		here = start(people, "Group", 4)
		read = here.clients[0].call(f"{GROUP_API}.charter", group=here.group).result["version"]
		version = (
			here.clients[0]
			.call(
				f"{GROUP_API}.write_charter",
				group=here.group,
				values={"charter_place": "Online"},
				version=read,
			)
			.result["version"]
		)
		answers = tally.round(
			[
				partial(client.call, f"{GROUP_API}.agree_to_charter", group=here.group, version=version)
				for client in here.clients
			]
		)
		assert all(answer.ok for answer in answers)
		look_again()
		assert frappe.db.get_value("Mentoring Group", here.group, "charter_agreed_on")
	print(tally)


def test_moderator_mentor_and_coordinator_hand_over_at_once(people, coordinator):
	tally = Tally("three hand over")
	for _ in range(FEW_ROUNDS):
		here = start(people, "Group", 4)
		calls = [
			partial(here.clients[0].call, f"{GROUP_API}.hand_over", group=here.group, to=here.profiles[2]),
			partial(here.clients[1].call, f"{GROUP_API}.hand_over", group=here.group, to=here.profiles[3]),
			partial(coordinator.call, f"{COORDINATOR_API}.hand_over", group=here.group, to=here.profiles[4]),
		]
		tally.round(calls)
		look_again()
		rows = frappe.get_all("Mentoring Group Member", {"parent": here.group}, pluck="is_moderator")
		assert sum(rows) == 1
	print(tally)


def test_stranger_and_former_member_reach_nothing_of_the_group(people, keyed):
	here = start(people, "Group", 4)
	assert here.clients[4].call(f"{GROUP_API}.leave", group=here.group, reason="No time").ok
	_profile, user = make_member()
	frappe.db.commit()
	for client in (here.clients[4], keyed(user)):
		for name, values in {
			"charter": {},
			"write_charter": {"values": {"charter_place": "Mine"}, "version": "x"},
			"agree_to_charter": {"version": "x"},
			"end": {"kind": "Not Working", "reason": "x"},
			"leave": {"reason": "x"},
			"going_on": {},
			"go_on": {"answer": "Yes"},
			"willing_moderators": {},
			"hand_over": {"to": here.profiles[1]},
		}.items():
			refused = client.call(f"{GROUP_API}.{name}", group=here.group, **values)
			assert refused.status == 403, (name, refused.status, refused.text[:500])
		assert here.group not in [
			each["group"] for each in client.call(f"{GROUP_API}.moderator_tasks").result
		]
