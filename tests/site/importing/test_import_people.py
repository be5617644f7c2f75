"""Somebody else's list becomes profiles, logins and applications, or nothing at all."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.desk.import_people import import_people
from mentor_ispe.services.members import logins
from tests import factories as make

PROFILE = "Mentoring Profile"
MAPPING = """
leave_out = ["Religion"]
[fields]
full_name = ["First", "Last"]
email = "Mail"
career_stage = "Grade"
employer = "Department"
topics = "Interests"
[separators]
topics = "|"
[values.career_stage]
"Junior" = "Early Career"
"Boss" = "Executive"
[constants]
time_zone = "Europe/Dublin"
country = "Ireland"
[both]
heading = "Both"
[mentor.constants]
seats_offered = 2
"""
HEADINGS = "First,Last,Mail,Grade,Department,Interests,Both,Religion"


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def make_list(*rows: str) -> str:
	return "\n".join([HEADINGS, *rows])


def make_email() -> str:
	return f"{frappe.generate_hash(length=10)}@example.org"


def find(email: str):
	return frappe.get_doc(PROFILE, {"email": email})


def test_a_row_becomes_a_profile_with_new_topics_and_constants():
	email, topic = make_email(), make.unique("Topic")
	result = import_people(
		make_list(f"Ada,Example,{email.upper()},Boss,Ministry,{topic}|{topic},no,None"), MAPPING
	)
	profile = find(email)
	assert (result.created, result.new_records) == (1, {"Mentoring Topic": [topic]})
	assert (profile.full_name, profile.career_stage, profile.employer) == (
		"Ada Example",
		"Executive",
		"Ministry",
	)
	assert (profile.time_zone, profile.country) == ("Europe/Dublin", "Ireland")
	assert [row.topic for row in profile.topics] == [topic]


def test_the_same_list_again_changes_nothing_and_a_new_word_updates():
	email = make_email()
	import_people(make_list(f"Ada,Example,{email},Boss,Ministry,,no,"), MAPPING)
	modified = find(email).modified
	again = import_people(make_list(f"Ada,Example,{email},Boss,Ministry,,no,"), MAPPING)
	assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
	assert find(email).modified == modified
	third = import_people(make_list(f"Ada,Example,{email},Boss,Treasury,,no,"), MAPPING)
	assert third.updated == 1
	assert find(email).employer == "Treasury"


def test_what_people_wrote_themselves_stays_where_the_list_says_nothing():
	profile = make.make_profile(time_zone="Asia/Tokyo", employer="My Company")
	profile.db_set("country", None)
	import_people(make_list(f"Ada,Example,{profile.email},,,,no,"), MAPPING)
	profile.reload()
	assert (profile.time_zone, profile.employer) == ("Asia/Tokyo", "My Company")
	assert profile.country == "Ireland"


def test_one_wrong_row_stops_the_whole_list():
	good, bad = make_email(), make_email()
	with pytest.raises(RuleViolation) as refusal:
		import_people(make_list(f"Ada,Example,{good},Boss,,,no,", f"Ben,Example,{bad},G9,,,no,"), MAPPING)
	assert "Row 3, heading 'Grade': 'G9' is not in the table [values.career_stage]" in str(
		refusal.value.violations[0]
	)
	assert not frappe.db.exists(PROFILE, {"email": ("in", [good, bad])})


def test_what_a_record_refuses_is_told_by_row_and_undone():
	good, taken = make_email(), make.make_user().name
	make.make_profile(user=taken)
	with pytest.raises(RuleViolation) as refusal:
		import_people(
			make_list(f"Ada,Example,{good},,,,no,", f"Ben,Example,{taken},,,,no,"), MAPPING, with_logins=True
		)
	assert str(refusal.value.violations[0]).startswith(f"Row 3, {taken}: Another profile")
	assert not frappe.db.exists("User", good)
	assert not frappe.db.exists(PROFILE, {"email": good})


def test_two_addresses_and_a_total_are_told_and_the_side_may_be_a_column():
	first, second = make_email(), make_email()
	heading = HEADINGS.replace("Both", "Role")
	mapping = MAPPING.replace('[both]\nheading = "Both"', '[side]\nheading = "Role"')
	cycle = make.make_cycle().name
	make.make_roll_entry(first)
	people = "\n".join([heading, f"Ada,Example,{first}; {second},Boss,,,mentor,", "Total,1,,,,,,", ""])
	result = import_people(people, mapping, cycle=cycle)
	assert result.notes == [
		"Skipped because it looks like a total: row 3.",
		f"Row 2: The first address, {first}, is used; {second} is left out.",
	]
	assert result.applied == {"Mentor": 1, "Mentee": 0}


def test_constants_that_this_site_does_not_know_are_told():
	mapping = MAPPING.replace("Europe/Dublin", "Europe/Atlantis")
	with pytest.raises(RuleViolation, match="Europe/Atlantis"):
		import_people(make_list(f"Ada,Example,{make_email()},,,,no,"), mapping)


@pytest.mark.parametrize("mapping", ["[fields", "[fields]\nemail = 'Mail'"])
def test_a_mapping_that_cannot_be_used_is_told(mapping):
	with pytest.raises(RuleViolation):
		import_people(make_list(), mapping)


def test_who_takes_part_on_both_sides_applies_as_mentor_and_as_mentee():
	cycle = make.make_cycle(make.make_program(may_be_both=1).name).name
	both, one = make_email(), make_email()
	for email in (both, one):
		make.make_roll_entry(email)
	rows = make_list(f"Ada,Example,{both},,,,YES,", f"Ben,Example,{one},,,,no,")
	result = import_people(rows, MAPPING, side="Mentee", cycle=cycle)
	assert result.applied == {"Mentor": 1, "Mentee": 2}
	mentor = frappe.get_doc("Mentor", {"profile": find(both).name, "cycle": cycle})
	assert (mentor.status, mentor.seats_offered) == ("Applied", 2)
	again = import_people(rows, MAPPING, side="Mentee", cycle=cycle)
	assert (again.applied, again.applied_before) == ({"Mentor": 0, "Mentee": 0}, {"Mentor": 1, "Mentee": 2})


def test_a_lapsed_member_stops_the_list_unless_the_refused_are_passed_over():
	cycle = make.make_cycle().name
	member, lapsed = make_email(), make_email()
	make.make_roll_entry(member)
	make.make_roll_entry(lapsed, from_date="2019-01-01", to_date="2019-12-31")
	rows = make_list(f"Ada,Example,{member},,,,no,", f"Ben,Example,{lapsed},,,,no,")
	with pytest.raises(RuleViolation, match=f"Row 3, {lapsed} as Mentee: .*lapsed"):
		import_people(rows, MAPPING, side="Mentee", cycle=cycle)
	assert not frappe.db.exists(PROFILE, {"email": member})

	result = import_people(rows, MAPPING, side="Mentee", cycle=cycle, pass_over_refused=True)
	assert (result.created, result.applied["Mentee"]) == (2, 1)
	assert [(person.row, person.email) for person in result.refused] == [(3, lapsed)]
	assert not frappe.db.exists("Mentee", {"profile": find(lapsed).name})


def test_a_dry_run_says_what_would_happen_and_writes_nothing():
	email, topic = make_email(), make.unique("Topic")
	result = import_people(
		make_list(f"Ada,Example,{email},Boss,,{topic},no,"), MAPPING, with_logins=True, dry_run=True
	)
	assert (result.created, result.logins) == (1, 1)
	assert not frappe.db.exists(PROFILE, {"email": email})
	assert not frappe.db.exists("User", email)
	assert not frappe.db.exists("Mentoring Topic", topic)


def test_logins_are_website_users_of_ours_linked_at_sign_in_and_nobody_gets_a_mail():
	email, mails = make_email(), frappe.db.count("Email Queue")
	import_people(make_list(f"Ada,van Example,{email},,,,no,"), MAPPING, with_logins=True)
	user = frappe.get_doc("User", email)
	assert (user.enabled, user.user_type, user.last_name) == (1, "Website User", "van Example")
	assert [row.role for row in user.roles] == ["Mentoring Member"]
	assert frappe.db.count("Email Queue") == mails
	assert not find(email).user
	logins.link_waiting(email)
	assert find(email).user == email


def test_an_empty_file_is_told():
	with pytest.raises(RuleViolation) as refusal:
		import_people("", MAPPING)
	assert set(refusal.value.codes) == {"empty"}


def test_a_person_of_whom_the_list_says_no_country_has_none():
	email = make_email()
	mapping = MAPPING.replace('country = "Ireland"', "")
	import_people(make_list(f"Ada,Example,{email},,,,no,"), mapping)
	assert not find(email).country


@pytest.mark.parametrize(
	("side", "cycle", "code"), [(None, None, "side"), ("Mentor", "No such cycle", "cycle")]
)
def test_applications_need_a_side_and_a_cycle_that_exists(side, cycle, code):
	with pytest.raises(RuleViolation) as refusal:
		import_people(make_list(), MAPPING, side=side, cycle=cycle or make.make_cycle().name)
	assert refusal.value.codes == [code]
