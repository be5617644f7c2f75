"""Merging over HTTP: who may not, and two who act on the same people at the same moment."""

from __future__ import annotations

from functools import partial

import frappe
import pytest

from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.readings.seats import seats
from mentor_ispe.roles import COMMITTEE, COORDINATOR
from mentor_ispe.services.groups import commands
from tests import factories as make
from tests.http.client import MEMBER_API
from tests.http.people import make_member, make_staff
from tests.http.rounds import FEW_ROUNDS, Tally, live_groups, look_again, seats_taken

PEOPLE_API = "mentor_ispe.api.people"
PROFILE = "Mentoring Profile"


def two_profiles() -> tuple[str, str]:
	kept, merged = make.make_profile().name, make.make_profile().name
	frappe.db.commit()
	return kept, merged


@pytest.fixture(scope="module")
def member(site, keyed):
	profile, user = make_member()
	return profile, keyed(user)


@pytest.mark.parametrize("endpoint", ["preview_merge", "merge_profiles"])
def test_members_and_the_committee_neither_see_nor_do_a_merge(site, keyed, member, endpoint):
	kept, merged = two_profiles()
	for client in (member[1], keyed(make_staff(COMMITTEE))):
		for pair in ((kept, merged), (member[0], merged)):
			answer = client.call(f"{PEOPLE_API}.{endpoint}", profile=pair[0], merged=pair[1])
			assert answer.status == 403, answer.text[:500]
	look_again()
	assert frappe.db.exists(PROFILE, merged)


def test_a_coordinator_merges_nobody_into_a_login_of_their_own(site, keyed):
	thief = make_staff(COORDINATOR)
	own = make.make_profile(email=thief, user=thief).name
	made_up_profile, made_up_login = make_member()
	victim, _user = make_member()
	frappe.db.commit()
	client = keyed(thief)
	assert client.call(f"{PEOPLE_API}.merge_profiles", profile=own, merged=victim).status == 417
	# Into a login that they made up: the victim is asked first.
	client.call(f"{PEOPLE_API}.merge_profiles", profile=made_up_profile, merged=victim)
	look_again()
	assert frappe.db.exists(PROFILE, victim)
	assert frappe.db.get_value(PROFILE, made_up_profile, "user") == made_up_login


def test_nobody_reads_what_is_kept_for_an_undo(site, keyed, coordinator):
	kept, merged = two_profiles()
	answer = coordinator.call(f"{PEOPLE_API}.merge_profiles", profile=kept, merged=merged)
	assert answer.result["status"] == "Merged", answer.text[:1000]
	[trace] = frappe.get_all("Mentoring Merge Trace", {"merge": answer.result["merge"]}, pluck="name")
	assert coordinator.get(f"/api/resource/Mentoring Merge Trace/{trace}").status == 403


def test_a_merge_while_one_of_the_two_accepts_a_match(site, coordinator, keyed):
	tally = Tally("merges while a match is accepted")
	profile, user = make_member()
	client = keyed(user)
	for _ in range(FEW_ROUNDS):
		other = make.make_profile().name
		cycle = make.make_cycle(make.make_program(format="One-on-One", max_seats=20).name).name
		groups = []
		for mentee in (profile, other):
			mentor = make.make_mentor(cycle, seats_offered=2).name
			groups.append(
				commands.propose(cycle, [make.make_mentee(cycle, profile=mentee).name], mentor).name
			)
		commands.decline(groups[1], other, "Another field")
		frappe.db.commit()
		tally.round(
			[
				partial(client.call, f"{MEMBER_API}.accept", group=groups[0]),
				partial(coordinator.call, f"{PEOPLE_API}.merge_profiles", profile=profile, merged=other),
				partial(client.call, f"{MEMBER_API}.decline", group=groups[0], reason="No time"),
			]
		)
		look_again()
		[mentee] = frappe.get_all("Mentee", {"profile": profile, "cycle": cycle}, pluck="name")
		assert not frappe.db.exists(PROFILE, other)
		assert len(live_groups(mentee)) <= 1
		for seat in seats(groups, statuses=LIVE_SEATS):
			if seat.is_mentor:
				seats_taken(seat.person)
		assert not frappe.get_all("Mentoring Group Member", {"profile": other})


def test_two_coordinators_merge_the_same_two_at_once_and_undo_at_once(site, coordinator, keyed):
	tally, second = Tally("merges at once"), keyed(make_staff(COORDINATOR))
	for _ in range(FEW_ROUNDS):
		kept, merged = two_profiles()
		answers = tally.round(
			[
				partial(client.call, f"{PEOPLE_API}.merge_profiles", profile=a, merged=b)
				for client in (coordinator, second)
				for a, b in ((kept, merged), (merged, kept))
			]
		)
		done = [answer.result["merge"] for answer in answers if answer.ok]
		assert len(done) == 1
		undone = tally.round(
			[
				partial(client.call, f"{PEOPLE_API}.undo_merge", merge=done[0])
				for client in (coordinator, second)
			]
		)
		assert sum(answer.ok for answer in undone) == 1
		look_again()
		assert frappe.db.exists(PROFILE, kept)
		assert frappe.db.exists(PROFILE, merged)
