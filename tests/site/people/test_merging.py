"""Two profiles of one person become one, and two again."""

from __future__ import annotations

import random
import re
from contextlib import suppress

import frappe
import pytest
from frappe.utils import add_days, now_datetime

from mentor_ispe.domain.statuses import LIVE_SEATS, PLACED
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import outbox, sending
from mentor_ispe.membership.status import standings
from mentor_ispe.readings.profiles import profile_of
from mentor_ispe.readings.seats import seats as seats_of
from mentor_ispe.roles import COORDINATOR, MEMBER
from mentor_ispe.services.groups import commands, ending
from mentor_ispe.services.members import login_moves, merging
from mentor_ispe.services.readiness import agreements
from tests import factories as make
from tests.effort import times

PROFILE, MERGE, TRACE, SEAT = (
	"Mentoring Profile",
	"Mentoring Merge",
	"Mentoring Merge Trace",
	"Mentoring Group Member",
)
OURS = {"module": "Mentor ISPE", "issingle": 0}


@pytest.fixture(autouse=True)
def _roll():
	make.use_membership_roll()


def two(**values) -> tuple[str, str]:
	return make.make_profile(**values).name, make.make_profile(**values).name


def with_login() -> str:
	user = make.make_user().name
	return make.make_profile(email=user, user=user).name


def seats(profile: str) -> list[tuple[str, str]]:
	rows = frappe.get_all(SEAT, {"profile": profile}, ["parent", "status"], order_by="parent")
	return [(row.parent, row.status) for row in rows]


def name_of(profile: str) -> str:
	return frappe.db.get_value(PROFILE, profile, "full_name")


def snapshot(*profiles: str) -> dict:
	"""Every row of ours that names these people or their applications, but for the merge's own and mails."""
	names = {*profiles}
	for role in ("Mentor", "Mentee"):
		names |= set(frappe.get_all(role, {"profile": ("in", profiles)}, pluck="name"))
	found = {}
	for doctype in frappe.get_all("DocType", OURS, pluck="name"):
		if doctype in (MERGE, TRACE, "Mentoring Notice"):
			continue
		for row in frappe.get_all(doctype, fields=["*"], limit_page_length=0):
			if names & {str(value) for value in row.values()}:
				if doctype == PROFILE:  # which a merge and its undo show as changed
					del row["modified"]
				found[doctype, row.name] = {
					key: str(value) for key, value in row.items() if not key.startswith("calendar_token")
				}
	return found


def differences(before: dict, after: dict) -> list:
	"""What isn't as it was: (record, field, before, after)."""
	found = [(key, "", key in before, key in after) for key in before.keys() ^ after.keys()]
	for key in before.keys() & after.keys():
		found += [
			(key, f, before[key][f], after[key][f]) for f in before[key] if before[key][f] != after[key][f]
		]
	return found


def dangling(merged: str) -> list[tuple[str, str]]:
	"""Where a profile is named that is gone."""
	found = []
	for doctype in frappe.get_all("DocType", OURS, pluck="name"):
		for df in frappe.get_meta(doctype).get_link_fields():
			if df.options == PROFILE and frappe.db.exists(doctype, {df.fieldname: merged}):
				found.append((doctype, df.fieldname))
	return found


def test_everything_goes_along_and_nothing_names_the_other_any_more():
	kept, merged = two()
	group = make.make_active_group(profiles=[merged])
	make.make_session(group.name)
	agreements.sign(make.make_agreement(), merged, group.cycle)
	before = seats(merged)
	doc = merging.ask(kept, merged)
	assert doc.status == "Merged"
	assert not frappe.db.exists(PROFILE, merged)
	assert seats(kept) == before
	assert not dangling(merged)
	assert frappe.db.get_value("Mentor", {"profile": kept, "cycle": group.cycle}, "seats_taken") == 2
	assert frappe.db.exists("Mentoring Agreement Acceptance", {"profile": kept, "cycle": group.cycle})
	assert {row.full_name for row in frappe.get_doc("Mentoring Group", group.name).mentors} == {name_of(kept)}


def test_what_is_called_by_the_merged_name_is_called_by_the_kept_one_everywhere():
	kept, merged = two()
	group, former = make.make_active_group(profiles=[merged]).name, name_of(merged)
	frappe.db.set_value("Mentoring Group", group, "title", f"{former} and friends")
	meeting = make.make_session(group).name
	doc = merging.ask(kept, merged)
	called = frappe.db.get_value(
		"Mentoring Group", group, ["title", "mentor_name", "all_mentors"], as_dict=True
	)
	assert called.title == f"{name_of(kept)} and friends"
	assert (called.mentor_name, called.all_mentors) == (name_of(kept), name_of(kept))
	assert frappe.db.get_value("Mentoring Session", meeting, "group_title") == called.title
	merging.undo(doc.name)
	assert frappe.db.get_value("Mentoring Session", meeting, "group_title") == f"{former} and friends"


def test_the_group_goes_on_after_a_merge():
	kept, merged = two()
	group = make.make_active_group(profiles=[merged])
	merging.ask(kept, merged)
	doc = frappe.get_doc("Mentoring Group", group.name)
	doc.save()
	commands.complete(group.name)
	assert seats(kept) == [(group.name, "Completed")]
	# One application for a person and a cycle, as before.
	with pytest.raises(RuleViolation, match="already applied"):
		make.make_mentor(group.cycle, profile=kept)


def test_an_undo_puts_back_all_that_was():
	kept, merged = two()
	cycle = make.make_cycle(make.make_program(format="Group", group_size_min=1).name).name
	first = make.make_active_group(profiles=[kept], cycle=cycle)
	second = make.make_active_group(profiles=[merged], cycle=cycle)
	for each in (first, second):
		frappe.db.set_value("Mentor", {"profile": each.mentor}, "seats_offered", 6)
		make.make_session(each.name)
	agreement = make.make_agreement()
	for profile in (merged, kept):
		agreements.sign(agreement, profile, cycle)
	before = snapshot(kept, merged)
	doc = merging.ask(kept, merged)
	assert frappe.db.get_value("Mentor", {"profile": kept}, ["seats_taken", "seats_offered"]) == (4, 6)
	merging.undo(doc.name)
	after = snapshot(kept, merged)
	assert differences(before, after) == []


def test_what_was_changed_since_stays_and_is_said():
	kept, merged = two()
	make.make_active_group(profiles=[merged])
	frappe.db.set_value(PROFILE, kept, "city", "")
	frappe.db.set_value(PROFILE, merged, "city", "Basel")
	doc = merging.ask(kept, merged)
	frappe.get_doc(PROFILE, kept).update({"city": "Bern"}).save()
	undone = merging.undo(doc.name)
	assert frappe.db.get_value(PROFILE, kept, "city") == "Bern"
	assert frappe.db.get_value(PROFILE, merged, "city") == "Basel"
	assert "changed after the merge" in undone.undo_summary


def test_what_was_added_to_a_group_since_goes_back_with_it():
	kept, merged = two()
	group = make.make_active_group(profiles=[merged])
	doc = merging.ask(kept, merged)
	session = make.make_session(group.name)
	merging.undo(doc.name)
	rows = frappe.get_all("Mentoring Session Attendance", {"parent": session.name}, pluck="profile")
	assert merged in rows
	assert kept not in rows


def test_the_chosen_values_stay():
	kept = make.make_profile(city="Basel", employer="Pfizer").name
	merged = make.make_profile(city="Bern", employer="Novartis").name
	shown = {each["field"]: each for each in merging.preview(kept, merged)["fields"]}
	assert (shown["city"]["kept"], shown["city"]["merged"], shown["city"]["stays"]) == (
		"Basel",
		"Bern",
		"kept",
	)
	merging.ask(kept, merged, {"city": "merged"})
	assert frappe.db.get_value(PROFILE, kept, ["city", "employer"]) == ("Bern", "Pfizer")


def test_a_choice_that_is_none_is_refused():
	with pytest.raises(RuleViolation, match="isn't a valid choice"):
		merging.ask(*two(), {"user": "merged"})


def test_the_membership_that_is_active_stays():
	kept = make.make_profile(member=False).name
	merged = make.make_profile().name
	for profile in (kept, merged):
		state = standings([profile])[profile].state
		frappe.db.set_value(PROFILE, profile, "membership_state", state)
	merging.ask(kept, merged)
	assert standings([kept])[kept].state == "Active"


# What stands in the way


def test_two_places_of_a_mentee_in_one_cycle_are_refused():
	kept, merged = two()
	cycle = make.make_cycle(make.make_program(format="One-on-One").name).name
	for profile in (kept, merged):
		make.make_active_group(profiles=[make.make_profile().name, profile], cycle=cycle, format="One-on-One")
	before = snapshot(kept, merged)
	assert merging.preview(kept, merged)["conflicts"]
	with pytest.raises(RuleViolation, match="Take one of them out first"):
		merging.ask(kept, merged)
	assert snapshot(kept, merged) == before


def test_mentor_and_mentee_of_each_other_are_two_people():
	group = make.make_active_group()
	with pytest.raises(RuleViolation, match="mentored the other in the group"):
		merging.ask(group.people[0], group.people[1])


def test_more_seats_than_offered_are_refused():
	kept, merged = two()
	cycle = make.make_cycle(make.make_program(format="One-on-One").name).name
	for profile in (kept, merged):
		make.make_active_group(profiles=[profile], cycle=cycle, format="One-on-One")
	with pytest.raises(RuleViolation, match="Offer more places"):
		merging.ask(kept, merged)


# No mail twice


def test_who_was_told_of_something_is_not_told_again_after_a_merge():
	kept, merged = two()
	outbox.enqueue(f"agenda:x:{merged}", "Mentoring: Password Set", merged, context={"by": "Kim"})
	merging.ask(kept, merged)
	assert not outbox.enqueue(f"agenda:x:{kept}", "Mentoring: Password Set", kept, context={"by": "Kim"})
	assert frappe.db.get_value("Mentoring Notice", {"notice_key": f"agenda:x:{kept}"}, "recipient") == (
		frappe.db.get_value(PROFILE, kept, "email")
	)


# Logins


@pytest.fixture
def keys(monkeypatch):
	monkeypatch.setattr(sending, "can_send", lambda: True)
	mailed: dict[str, str] = {}

	def send_alone(mail, address):
		mailed[address] = re.search(r"move\?key=(\w+)", mail.text()).group(1)

	monkeypatch.setattr(sending, "send_alone", send_alone)
	return mailed


def as_coordinator() -> str:
	user = make.make_user(user_type="System User")
	user.add_roles(COORDINATOR)
	frappe.set_user(user.name)
	return user.name


def test_two_who_sign_in_are_merged_when_both_have_confirmed(keys):
	kept, merged = with_login(), with_login()
	users = [frappe.db.get_value(PROFILE, each, "user") for each in (kept, merged)]
	as_coordinator()
	doc = merging.ask(kept, merged)
	assert doc.status == "Waiting for Confirmation"
	frappe.set_user("Guest")
	login_moves.confirm(keys[users[0]])
	assert frappe.db.exists(PROFILE, merged)
	login_moves.confirm(keys[users[1]])
	assert not frappe.db.exists(PROFILE, merged)
	assert [profile_of(user) for user in users] == [kept, None]
	assert MEMBER not in frappe.get_roles(users[1])
	frappe.set_user("Administrator")
	merging.undo(doc.name)
	assert [profile_of(user) for user in users] == [kept, merged]
	assert MEMBER in frappe.get_roles(users[1])


def test_either_address_refuses_a_merge(keys):
	kept, merged = with_login(), with_login()
	as_coordinator()
	doc = merging.ask(kept, merged)
	frappe.set_user("Guest")
	login_moves.refuse_move(keys[frappe.db.get_value(PROFILE, merged, "user")])
	assert frappe.db.get_value(MERGE, doc.name, "status") == "Refused"
	assert frappe.db.exists(PROFILE, merged)


def test_a_merge_that_is_not_possible_any_more_is_not_done(keys):
	kept, merged = with_login(), with_login()
	as_coordinator()
	doc = merging.ask(kept, merged)
	frappe.set_user("Administrator")
	cycle = make.make_cycle(make.make_program(format="One-on-One").name).name
	make.make_active_group(profiles=[kept, merged], cycle=cycle, format="One-on-One")
	frappe.set_user("Guest")
	for key in list(keys.values()):
		login_moves.confirm(key)
	assert frappe.db.get_value(MERGE, doc.name, "status") == "Not Possible"
	assert frappe.db.exists(PROFILE, merged)


def test_the_address_that_goes_is_told():
	kept, merged = two()
	old = frappe.db.get_value(PROFILE, merged, "email")
	merging.ask(kept, merged)
	assert frappe.db.exists("Mentoring Notice", {"template": "Mentoring: Address Changed", "recipient": old})


def test_nobody_merges_their_own_profile():
	user = as_coordinator()
	frappe.set_user("Administrator")
	own = make.make_profile(email=user, user=user).name
	other = make.make_profile().name
	frappe.set_user(user)
	for pair in ((own, other), (other, own)):
		with pytest.raises(RuleViolation, match="your own profile"):
			merging.ask(*pair)


def test_a_coordinators_login_is_merged_by_a_system_manager_alone():
	user = as_coordinator()
	frappe.set_user("Administrator")
	colleague = make.make_profile(email=user, user=user).name
	other = make.make_profile().name
	as_coordinator()
	with pytest.raises(RuleViolation, match="System Manager"):
		merging.ask(colleague, other)


# Undo


def test_a_merge_is_undone_once_and_within_its_days():
	doc = merging.ask(*two())
	frappe.db.set_value(MERGE, doc.name, "undo_until", add_days(now_datetime(), -1))
	with pytest.raises(RuleViolation, match="30 days"):
		merging.undo(doc.name)
	assert merging.forget_old_traces() >= 1
	with pytest.raises(RuleViolation, match="can't be undone"):
		merging.undo(doc.name)


def test_the_later_merge_is_undone_first():
	first, second = two()
	third = make.make_profile().name
	earlier = merging.ask(first, second)
	later = merging.ask(third, first)
	with pytest.raises(RuleViolation, match="Undo that merge first"):
		merging.undo(earlier.name)
	merging.undo(later.name)
	merging.undo(earlier.name)
	assert all(frappe.db.exists(PROFILE, each) for each in (first, second, third))


def test_an_address_that_somebody_else_has_by_now_keeps_a_merge():
	kept, merged = two()
	old = frappe.db.get_value(PROFILE, merged, "email")
	frappe.db.set_value(PROFILE, kept, "membership_record", None)
	doc = merging.ask(kept, merged)
	make.make_profile(member=False, email=old)
	with pytest.raises(RuleViolation, match="now belongs to"):
		merging.undo(doc.name)


def test_what_a_request_wrote_a_moment_late_is_collected_and_goes_back():
	kept, merged = two()
	doc = merging.ask(kept, merged)
	outbox.enqueue(f"late:{merged}", "Mentoring: Password Set", kept, context={"by": "Kim"})
	late = frappe.db.get_value("Mentoring Notice", {"notice_key": f"late:{merged}"})
	frappe.db.set_value("Mentoring Notice", late, "profile", merged)
	assert merging.collect_late_rows() == 1
	assert frappe.db.get_value("Mentoring Notice", late, "profile") == kept
	merging.undo(doc.name)
	assert frappe.db.get_value("Mentoring Notice", late, "profile") == merged


# Any history


def random_history(chance: random.Random, people: tuple[str, str]) -> None:
	"""Each of the two applies, is matched, answers, leaves, as it comes; in up to two cycles."""
	for _ in range(chance.randint(1, 2)):
		cycle = make.make_cycle(make.make_program(format="One-on-One", max_seats=9, may_be_both=1).name).name
		for profile in people:
			role = chance.choice(["Mentor", "Mentee", None])
			if role == "Mentor":
				part = make.make_mentor(cycle, profile=profile, seats_offered=chance.randint(1, 3)).name
			elif role:
				part = make.make_mentee(cycle, profile=profile).name
			else:
				continue
			for _ in range(chance.randint(0, 2)):
				other = make.make_mentee(cycle).name if role == "Mentor" else make.make_mentor(cycle).name
				mentor, mentee = (part, other) if role == "Mentor" else (other, part)
				with suppress(RuleViolation):
					group = commands.propose(cycle, [mentee], mentor).name
					end = chance.choice(["", "decline", "accept", "leave"])
					if end == "decline":
						commands.decline(group, profile, "No time")
					elif end:
						for each in frappe.get_all(SEAT, {"parent": group}, pluck="profile"):
							commands.accept(group, each)
						commands.activate(group)
						if end == "leave":
							ending.end_early(group, "It didn't fit")


def check_rules(profile: str) -> None:
	"""What must hold of one person, counted anew from the seats."""
	for part in frappe.get_all("Mentor", {"profile": profile}, ["name", "seats_taken", "seats_offered"]):
		groups = {seat.group for seat in seats_of(participants=[part.name], statuses=LIVE_SEATS)}
		taken = sum(not seat.is_mentor for seat in seats_of(groups, statuses=LIVE_SEATS))
		assert part.seats_taken == taken <= part.seats_offered
	for part in frappe.get_all(
		"Mentee", {"profile": profile}, ["name", "mentoring_group", "declined_mentors"]
	):
		live = [seat.group for seat in seats_of(participants=[part.name], statuses=LIVE_SEATS)]
		assert live == ([part.mentoring_group] if part.mentoring_group else [])
		partners = {seat.person for seat in seats_of(live, statuses=LIVE_SEATS) if seat.is_mentor}
		assert not partners & set(frappe.parse_json(part.declined_mentors) or ())
	for role in ("Mentor", "Mentee"):
		cycles = frappe.get_all(role, {"profile": profile}, pluck="cycle")
		assert len(cycles) == len(set(cycles))
	for cycle in frappe.get_all("Mentee", {"profile": profile}, pluck="cycle"):
		placed = frappe.db.count("Mentee", {"cycle": cycle, "status": ("in", list(PLACED))})
		assert frappe.db.get_value("Mentoring Cycle", cycle, "places_taken") == placed


@pytest.mark.parametrize("seed", range(times(6)))
def test_the_rules_hold_after_any_merge_and_its_undo(seed):
	kept, merged = two()
	random_history(random.Random(seed), (kept, merged))
	before = snapshot(kept, merged)
	try:
		doc = merging.ask(kept, merged)
	except RuleViolation:
		assert snapshot(kept, merged) == before
		return
	check_rules(kept)
	assert not dangling(merged)
	merging.undo(doc.name)
	check_rules(kept)
	check_rules(merged)
	assert differences(before, snapshot(kept, merged)) == []
