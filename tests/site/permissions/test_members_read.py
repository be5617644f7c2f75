"""What members and guests can't read, each test named by the attack, and what they are shown instead.

Nobody but staff holds a permission on a record of ours, so no generic entry point of Frappe's opens one, not even
one's own. What people see comes from our endpoints, which ask for a seat.
"""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import frappe.api.v2
import frappe.client
import frappe.utils.global_search
import pytest
from frappe.utils import add_to_date, now_datetime

from mentor_ispe.api import group as group_api
from mentor_ispe.api import public
from mentor_ispe.api import sessions as session_api
from mentor_ispe.services.matching import for_members
from tests.site.permissions import records
from tests.site.permissions.entry_points import LISTS, can_open, listed, logged_in

PERSONAL = (
	"Mentoring Profile",
	"Mentor",
	"Mentee",
	"Mentoring Group",
	"Mentoring Session",
	"Mentoring Feedback",
)
OF_THE_PROGRAMS = (
	"Mentoring Program",
	"Mentoring Cycle",
	"Mentoring Agreement",
	"Mentoring Agreement Acceptance",
	"Mentoring Topic",
	"Mentoring Industry",
)
OF_THE_STAFF = ("Mentoring Staff Note", "Mentoring Notice", "Membership Roll Entry")


@pytest.fixture
def two_groups(site) -> SimpleNamespace:
	"""Two groups of one cycle with a session and feedback each; nobody is in both."""
	cycle = records.make_cycle()
	people = {name: records.make_person(name) for name in ("ana", "ben", "cleo", "dan")}
	one = records.make_group(people["ana"], [(people["ben"], "Active")], cycle)
	other = records.make_group(people["cleo"], [(people["dan"], "Active")], cycle)
	return SimpleNamespace(
		cycle=cycle,
		**people,
		one=one,
		other=other,
		session=records.make_session(one),
		other_session=records.make_session(other),
		feedback=records.make_feedback(people["ben"], one),
	)


def meetings_of(group) -> set[str]:
	"""The names of the meetings that the signed-in person is shown of the group; none where they are refused."""
	try:
		return {row["name"] for row in session_api.sessions(group.name)}
	except frappe.PermissionError:
		return set()


# By an entry point of Frappe's


@pytest.mark.parametrize("who", ["ben", "ana", "guest"])
@pytest.mark.parametrize("entry_point", LISTS.values(), ids=LISTS)
def test_member_mentor_or_guest_lists_records(two_groups, who, entry_point):
	with logged_in("Guest" if who == "guest" else two_groups.__dict__[who].user):
		for doctype in (*PERSONAL, *OF_THE_PROGRAMS, *OF_THE_STAFF):
			assert listed(entry_point, doctype) == set(), doctype


def test_member_or_guest_counts_records(two_groups):
	for user in (two_groups.ben.user, "Guest"):
		for doctype in PERSONAL:
			with logged_in(user), pytest.raises(frappe.PermissionError):
				frappe.api.v2.count(doctype)


@pytest.mark.parametrize("who", ["ben", "ana", "dan", "guest"])
def test_member_opens_records_by_guessed_name(two_groups, who):
	"""Those of their own group and of others, by REST as by the form."""
	draft, published = (records.make_agreement(status).name for status in ("Draft", "Published"))
	names = {
		"Mentoring Profile": two_groups.ben.profile,
		"Mentor": two_groups.one.mentor,
		"Mentee": two_groups.one.members[0].participant,
		"Mentoring Group": two_groups.one.name,
		"Mentoring Session": two_groups.session.name,
		"Mentoring Feedback": two_groups.feedback.name,
		"Mentoring Program": two_groups.cycle.program,
		"Mentoring Cycle": two_groups.cycle.name,
		"Mentoring Agreement": published,
	}
	with logged_in("Guest" if who == "guest" else two_groups.__dict__[who].user):
		assert [doctype for doctype, name in names.items() if can_open(doctype, name)] == []
		assert not can_open("Mentoring Agreement", draft)
		assert not can_open("Mentoring Settings", "Mentoring Settings")


@pytest.mark.parametrize(
	("child", "parent"),
	[
		("Mentoring Group Member", "Mentoring Group"),
		("Mentoring Session Attendance", "Mentoring Session"),
		("Mentoring Program Criterion", "Mentoring Program"),
		("Mentoring Program Recipient", "Mentoring Program"),
		("Mentoring Topic Item", "Mentee"),
		("Mentoring Profile Language", "Mentoring Profile"),
	],
)
def test_member_or_guest_lists_rows_around_their_documents(two_groups, child, parent):
	for user in (two_groups.ben.user, "Guest"):
		with logged_in(user):
			with pytest.raises(frappe.PermissionError):
				frappe.client.get_list(child, parent=parent, limit_page_length=0)
			with pytest.raises(frappe.PermissionError):
				frappe.get_list(child, parent_doctype=parent, limit=0)


@pytest.mark.parametrize("who", ["ben", "dan"])
def test_member_opens_a_row_of_a_group(two_groups, who):
	with logged_in(two_groups.__dict__[who].user), pytest.raises(frappe.PermissionError):
		frappe.client.get("Mentoring Group Member", two_groups.one.members[0].name, parent="Mentoring Group")


def test_member_finds_others_by_global_search(two_groups):
	with logged_in(two_groups.ben.user):
		found = frappe.utils.global_search.search("Ana") + frappe.utils.global_search.search("group")
		assert [row for row in found if row.doctype.startswith("Ment")] == []
	searched = frappe.get_all("Global Search DocType", pluck="document_type")
	assert not set(searched) & set(PERSONAL)


# By our own endpoints


def test_member_is_shown_the_meetings_of_their_own_group_only(two_groups):
	for own in (two_groups.ana, two_groups.ben):
		with logged_in(own.user):
			assert meetings_of(two_groups.one) == {two_groups.session.name}
			assert meetings_of(two_groups.other) == set()
	with logged_in("Guest"):
		assert meetings_of(two_groups.one) == set()


def test_member_of_another_group_reads_session_by_guessed_name(two_groups):
	with logged_in(two_groups.dan.user):
		assert session_api.agenda(two_groups.other_session.name)
		with pytest.raises(frappe.PermissionError):
			session_api.agenda(two_groups.session.name)


@pytest.mark.parametrize(
	"seat", ["Withdrawn", "Ended", "Declined", "Expired", "Draft", "Proposed", "Accepted"]
)
def test_former_or_coming_member_reads_sessions(site, seat):
	mentor, member = records.make_person("mentor"), records.make_person("former")
	group = records.make_group(mentor, [(member, seat)])
	session = records.make_session(group)
	with logged_in(member.user):
		assert meetings_of(group) == set()
		with pytest.raises(frappe.PermissionError):
			session_api.agenda(session.name)


@pytest.mark.parametrize("seat", ["Active", "Suspended", "Completed"])
def test_member_who_stayed_reads_sessions(site, seat):
	mentor, member = records.make_person("mentor"), records.make_person("member")
	group = records.make_group(mentor, [(member, seat)])
	session = records.make_session(group)
	with logged_in(member.user):
		assert meetings_of(group) == {session.name}


@pytest.mark.parametrize("seat", ["Withdrawn", "Ended", "Declined", "Expired", "Draft"])
def test_former_mentor_reads_sessions(site, seat):
	mentor, member = records.make_person("mentor"), records.make_person("member")
	group = records.make_group(mentor, [(member, "Active")], mentor_seat=seat)
	records.make_session(group)
	with logged_in(mentor.user):
		assert meetings_of(group) == set()


@pytest.mark.parametrize("seat", ["Draft", "Declined", "Expired", "Proposed"])
def test_person_in_a_group_they_never_joined_reads_its_charter(site, seat):
	mentor, member = records.make_person("mentor"), records.make_person("asked")
	group = records.make_group(mentor, [(member, seat)])
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		group_api.charter(group.name)


@pytest.mark.parametrize(("days", "visible"), [(1, False), (-1, True)])
def test_member_reads_their_match_before_its_announcement(site, days, visible):
	mentor, member = records.make_person("mentor"), records.make_person("member")
	announce_on = add_to_date(now_datetime(), days=days)
	group = records.make_group(
		mentor, [(member, "Proposed")], mentor_seat="Proposed", status="Proposed", announce_on=announce_on
	)
	for person in (mentor, member):
		assert bool(for_members.match_for_member(group.name, person.profile)) is visible


def test_member_reads_groups_draft_by_being_in_its_rows(site):
	mentor, member = records.make_person("mentor"), records.make_person("member")
	group = records.make_group(mentor, [(member, "Draft")], mentor_seat="Draft", status="Draft")
	for person in (mentor, member):
		assert for_members.match_for_member(group.name, person.profile) is None


def test_member_reads_the_reasons_that_others_gave(two_groups):
	"""Why somebody declined or left is told to the coordinators; the match says why two were put together."""
	for person in (two_groups.ana, two_groups.ben):
		assert "private reason" not in frappe.as_json(
			for_members.match_for_member(two_groups.one.name, person.profile)
		)


def test_guest_sees_published_programs_without_their_committee(site):
	shown = records.make_program("Published")
	hidden = {records.make_program(status).name for status in ("Draft", "Archived")}
	with logged_in("Guest"):
		programs = {program["name"]: program for program in public.programs()}
	assert shown.name in programs
	assert not hidden & set(programs)
	assert "secret@committee.example" not in frappe.as_json(programs)
	assert "report_every_months" not in programs[shown.name]
