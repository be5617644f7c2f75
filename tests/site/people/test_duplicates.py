"""The list of possible duplicates: what it names, what coordinators said, and what is done about it."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.domain.duplicates import KnownPerson
from mentor_ispe.jobs.people import process_erasures
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.desk import worklist
from mentor_ispe.services.erasure import by_staff
from mentor_ispe.services.members import duplicates
from tests import factories as make
from tests.site.permissions.entry_points import logged_in

POSSIBLE = "Mentoring Possible Duplicate"


@pytest.fixture
def name() -> str:
	return f"Mara {frappe.generate_hash(length=12)}"


def two_profiles(name: str):
	return [make.make_profile(member=False, full_name=name, employer="Pfizer").name for _ in range(2)]


def listed(*records: str) -> list[frappe._dict]:
	rows = frappe.get_all(POSSIBLE, fields=["*"])
	return [row for row in rows if {row.first_record, row.second_record} == set(records)]


def test_two_profiles_are_listed_with_words_and_counted(name):
	one, other = two_profiles(name)
	before = worklist.need("possible_duplicates").count
	duplicates.refresh_possible_duplicates()
	[row] = listed(one, other)
	assert (row.level, row.status, row.title) == ("Likely", "Open", name)
	assert row.reasons == f"They have the same name: {name}.\nBoth work at Pfizer."
	assert worklist.need("possible_duplicates").count > before


def test_a_second_look_lists_nobody_twice(name):
	pair = two_profiles(name)
	duplicates.refresh_possible_duplicates()
	duplicates.refresh_possible_duplicates()
	assert len(listed(*pair)) == 1


def test_what_a_coordinator_said_is_remembered(name):
	pair = two_profiles(name)
	duplicates.refresh_possible_duplicates()
	[row] = listed(*pair)
	duplicates.dismiss([row.name])
	duplicates.refresh_possible_duplicates()
	[row] = listed(*pair)
	assert (row.status, row.decided_by) == ("Not the Same Person", "Administrator")


def test_who_is_told_apart_by_now_leaves_the_list(name):
	one, other = two_profiles(name)
	duplicates.refresh_possible_duplicates()
	frappe.get_doc("Mentoring Profile", other).update({"full_name": "Tom", "employer": "Novartis"}).save()
	duplicates.refresh_possible_duplicates()
	assert not listed(one, other)


def test_a_birthday_of_the_logins_counts(name):
	people = []
	for employer in ("Pfizer", "Novartis"):
		user = make.make_user(birth_date="1984-05-17").name
		people.append(make.make_profile(False, full_name=name, email=user, user=user, employer=employer).name)
	duplicates.refresh_possible_duplicates()
	assert listed(*people)[0].reasons.startswith("They have the same birthday.")


def test_an_entry_of_the_roll_is_linked_to_the_profile_beside_it(name):
	make.use_membership_roll()
	profile = make.make_profile(member=False, full_name=name).name
	entry = make.make_roll_entry(f"{frappe.generate_hash(length=9)}@example.org", full_name=name).name
	duplicates.refresh_possible_duplicates()
	[row] = listed(profile, entry)
	duplicates.link_membership(row.name)
	assert frappe.db.get_value("Mentoring Profile", profile, "membership_record") == entry
	duplicates.refresh_possible_duplicates()
	assert not listed(profile, entry)


def test_entries_of_a_profile_are_nobody_else(name):
	profile = make.make_profile(full_name=name)  # with an entry under the same address
	make.make_roll_entry(profile.email, full_name=name)
	duplicates.refresh_possible_duplicates()
	assert not frappe.get_all(POSSIBLE, {"title": name})


def test_a_row_of_a_file_is_asked_about(name):
	profile = make.make_profile(
		member=False, full_name=name, email=f"{frappe.generate_hash(length=9)}@example.org"
	)
	index = duplicates.duplicate_index()
	row = KnownPerson("", name.upper(), (profile.email.replace("@", "+2027@"),))
	[found] = duplicates.possible_duplicates_of(row, index)
	assert (found.second, found.level) == (profile.name, "Almost Certain")
	assert duplicates.reasons_in_words(found)[0].startswith("Their email addresses reach the same mailbox")


def test_an_erasure_takes_the_person_out_of_the_list(name):
	one, other = two_profiles(name)
	duplicates.refresh_possible_duplicates()
	with logged_in(make.make_user(roles=[COORDINATOR], user_type="System User").name):
		by_staff.ask("Mentoring Profile", one, name)
	assert process_erasures() == 1
	assert not listed(one, other)
