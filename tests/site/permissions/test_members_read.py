"""What members and guests can't read of others, each test named by the attack."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import frappe.api.v2
import frappe.client
import frappe.utils.global_search
import pytest
from frappe.utils import add_to_date, now_datetime

from tests.site.permissions import doors, records
from tests.site.permissions.doors import LISTS, can_open, logged_in

PERSONAL = (
	"Mentoring Profile",
	"Mentor",
	"Mentee",
	"Mentoring Group",
	"Mentoring Session",
	"Mentoring Feedback",
)


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
		other_feedback=records.make_feedback(people["dan"], other),
	)


@pytest.mark.parametrize("door", LISTS.values(), ids=LISTS)
def test_member_lists_everybody(two_groups, door):
	expected = {
		"Mentoring Profile": {two_groups.ben.profile},
		"Mentor": set(),
		"Mentee": {two_groups.one.members[0].mentee},
		"Mentoring Group": {two_groups.one.name},
		"Mentoring Session": {two_groups.session.name},
		"Mentoring Feedback": {two_groups.feedback.name},
	}
	with logged_in(two_groups.ben.user):
		assert {doctype: door(doctype) for doctype in PERSONAL} == expected


def test_mentor_lists_everybody(two_groups):
	with logged_in(two_groups.ana.user):
		assert doors.by_get_list("Mentor") == {two_groups.one.mentor}
		assert doors.by_get_list("Mentee") == set()
		assert doors.by_get_list("Mentoring Group") == {two_groups.one.name}
		assert doors.by_get_list("Mentoring Session") == {two_groups.session.name}
		assert doors.by_get_list("Mentoring Feedback") == {two_groups.feedback.name}


def test_member_counts_what_they_may_not_read(two_groups):
	with logged_in(two_groups.ben.user):
		assert frappe.api.v2.count("Mentee") == 1
		assert frappe.api.v2.count("Mentor") == 0


def test_member_of_another_group_reads_session_by_guessed_name(two_groups):
	with logged_in(two_groups.dan.user):
		assert not can_open("Mentoring Session", two_groups.session.name)
		assert can_open("Mentoring Session", two_groups.other_session.name)


def test_member_opens_the_records_of_others_by_guessed_name(two_groups):
	with logged_in(two_groups.dan.user):
		assert not can_open("Mentoring Group", two_groups.one.name)
		assert not can_open("Mentor", two_groups.one.mentor)
		assert not can_open("Mentor", two_groups.other.mentor)
		assert not can_open("Mentee", two_groups.one.members[0].mentee)
		assert not can_open("Mentoring Profile", two_groups.cleo.profile)
		assert not can_open("Mentoring Feedback", two_groups.feedback.name)


def test_mentor_reads_what_their_mentee_told_the_coordinators(two_groups):
	private = {"going": "Not Working", "staff_rating": 0.2, "staff_comment": "not to be known"}
	frappe.db.set_value("Mentoring Feedback", two_groups.feedback.name, dict(private))
	with logged_in(two_groups.ana.user):
		read = frappe.client.get("Mentoring Feedback", two_groups.feedback.name)
		assert read["comment"] == "between us"
		assert not any(read.get(field) for field in private)
		for field in private:
			listed = frappe.get_list("Mentoring Feedback", fields=["name", field])
			assert not any(row.get(field) for row in listed)
		with pytest.raises(frappe.PermissionError):
			frappe.client.set_value("Mentoring Feedback", two_groups.feedback.name, "rating", 1)


@pytest.mark.parametrize("seat", ["Withdrawn", "Ended", "Declined", "Expired", "Draft", "Proposed"])
def test_former_member_reads_sessions(site, seat):
	mentor, member = records.make_person("mentor"), records.make_person("former")
	session = records.make_session(records.make_group(mentor, [(member, seat)]))
	with logged_in(member.user):
		assert doors.by_get_list("Mentoring Session") == set()
		assert not can_open("Mentoring Session", session.name)


@pytest.mark.parametrize("seat", ["Accepted", "Active", "Suspended", "Completed"])
def test_member_who_stayed_reads_sessions(site, seat):
	mentor, member = records.make_person("mentor"), records.make_person("member")
	session = records.make_session(records.make_group(mentor, [(member, seat)]))
	with logged_in(member.user):
		assert doors.by_get_list("Mentoring Session") == {session.name}
		assert can_open("Mentoring Session", session.name)


@pytest.mark.parametrize("seat", ["Withdrawn", "Ended", "Declined", "Expired", "Draft"])
def test_former_mentor_reads_sessions(site, seat):
	mentor, member = records.make_person("mentor"), records.make_person("member")
	session = records.make_session(records.make_group(mentor, [(member, "Active")], mentor_seat=seat))
	with logged_in(mentor.user):
		assert not can_open("Mentoring Session", session.name)


@pytest.mark.parametrize("seat", ["Draft", "Declined", "Expired"])
def test_person_in_a_group_they_never_joined_reads_it(site, seat):
	mentor, member = records.make_person("mentor"), records.make_person("asked")
	group = records.make_group(mentor, [(member, seat)])
	with logged_in(member.user):
		assert doors.by_get_list("Mentoring Group") == set()
		assert not can_open("Mentoring Group", group.name)


@pytest.mark.parametrize(("days", "visible"), [(1, False), (-1, True)])
def test_member_reads_their_match_before_its_announcement(site, days, visible):
	mentor, member = records.make_person("mentor"), records.make_person("member")
	announce_on = add_to_date(now_datetime(), days=days)
	group = records.make_group(
		mentor, [(member, "Proposed")], mentor_seat="Proposed", status="Proposed", announce_on=announce_on
	)
	for person in (mentor, member):
		with logged_in(person.user):
			assert (doors.by_get_list("Mentoring Group") == {group.name}) is visible
			assert can_open("Mentoring Group", group.name) is visible


def test_member_reads_groups_draft_by_being_in_its_rows(site):
	mentor, member = records.make_person("mentor"), records.make_person("member")
	group = records.make_group(mentor, [(member, "Draft")], mentor_seat="Draft", status="Draft")
	for person in (mentor, member):
		with logged_in(person.user):
			assert not can_open("Mentoring Group", group.name)


def test_member_reads_the_reasons_that_others_gave(two_groups):
	with logged_in(two_groups.ben.user):
		group = frappe.client.get("Mentoring Group", two_groups.one.name)
		assert not group.get("mentor_reason")
		assert not any(row.get("reason") for row in group["members"])
		row = frappe.client.get(
			"Mentoring Group Member", group["members"][0]["name"], parent="Mentoring Group"
		)
		assert not row.get("reason")
		listed = frappe.get_list("Mentoring Group", fields=["name", "mentor_reason"])
		assert "mentor_reason" not in listed[0]
		listed = frappe.get_list("Mentoring Group", fields=["name", "members.reason", "members.full_name"])
		assert "reason" not in listed[0]


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
def test_member_lists_rows_around_their_documents(two_groups, child, parent):
	with logged_in(two_groups.ben.user):
		assert frappe.client.get_list(child, parent=parent, limit_page_length=0) == []
		assert frappe.get_list(child, parent_doctype=parent, limit=0) == []


def test_member_opens_a_row_of_another_group(two_groups):
	with logged_in(two_groups.dan.user), pytest.raises(frappe.PermissionError):
		frappe.client.get("Mentoring Group Member", two_groups.one.members[0].name, parent="Mentoring Group")


def test_member_finds_others_by_global_search(two_groups):
	with logged_in(two_groups.ben.user):
		found = frappe.utils.global_search.search("Ana") + frappe.utils.global_search.search("group")
		assert [row for row in found if row.doctype.startswith("Ment")] == []
	searched = frappe.get_all("Global Search DocType", pluck="document_type")
	assert not set(searched) & set(PERSONAL)


def test_member_reads_what_only_staff_keep(two_groups):
	note = records.store("Mentoring Staff Note", mentoring_group=two_groups.one.name, note="watch this")
	with logged_in(two_groups.ben.user):
		for doctype in (
			"Mentoring Staff Note",
			"Mentoring Notice",
			"Membership Roll Entry",
			"Mentoring Settings",
		):
			with pytest.raises(frappe.PermissionError):
				frappe.client.get_list(doctype)
		assert not can_open("Mentoring Staff Note", note.name)
		with pytest.raises(frappe.PermissionError):
			frappe.client.get("Mentoring Settings")


def test_member_reads_where_their_profile_keeps_the_membership_record(two_groups):
	with logged_in(two_groups.ben.user):
		profile = frappe.client.get("Mentoring Profile", two_groups.ben.profile)
	assert not profile.get("membership_record")
	assert profile["membership_state"] == "Active"


def test_member_reads_acceptances_and_agreements_of_others(site):
	ana, ben = records.make_person("ana"), records.make_person("ben")
	draft, published, old = (records.make_agreement(s) for s in ("Draft", "Published", "Superseded"))
	signed = records.make_acceptance(ana, old)
	with logged_in(ben.user):
		assert doors.by_get_list("Mentoring Agreement") >= {published.name}
		assert not doors.by_get_list("Mentoring Agreement") & {draft.name, old.name}
		assert not can_open("Mentoring Agreement", draft.name)
		assert doors.by_get_list("Mentoring Agreement Acceptance") == set()
		assert not can_open("Mentoring Agreement Acceptance", signed.name)
	with logged_in(ana.user):
		assert can_open("Mentoring Agreement", old.name)
		assert can_open("Mentoring Agreement Acceptance", signed.name)


def test_member_reads_programs_and_cycles_before_they_are_published(site):
	member = records.make_person("member")
	hidden, archived, shown = (records.make_program(s).name for s in ("Draft", "Archived", "Published"))
	cycles = {
		"of a draft": records.make_cycle(hidden),
		"still a draft": records.make_cycle(shown, status="Draft"),
		"open": records.make_cycle(shown, status="Open"),
	}
	with logged_in(member.user):
		programs = doors.by_get_list("Mentoring Program")
		assert shown in programs
		assert not programs & {hidden, archived}
		assert not can_open("Mentoring Program", hidden)
		assert not can_open("Mentoring Cycle", cycles["of a draft"].name)
		assert not can_open("Mentoring Cycle", cycles["still a draft"].name)
		assert can_open("Mentoring Cycle", cycles["open"].name)


def test_guest_lists_mentees_and_everything_else(two_groups):
	for doctype in (
		*PERSONAL,
		"Mentoring Cycle",
		"Mentoring Agreement",
		"Mentoring Agreement Acceptance",
		"Mentoring Staff Note",
		"Mentoring Notice",
		"Membership Roll Entry",
		"Mentoring Topic",
		"Mentoring Industry",
	):
		with logged_in("Guest"), pytest.raises(frappe.PermissionError):
			frappe.client.get_list(doctype)


def test_guest_sees_published_programs_without_their_committee(site):
	shown, hidden = records.make_program("Published"), records.make_program("Draft")
	with logged_in("Guest"):
		programs = doors.by_get_list("Mentoring Program")
		assert shown.name in programs
		assert hidden.name not in programs
		assert not can_open("Mentoring Program", hidden.name)
		program = frappe.client.get("Mentoring Program", shown.name)
		assert not program.get("recipients") or not any(row.get("email") for row in program["recipients"])
		assert not program.get("report_every_months")
		listed = frappe.get_list("Mentoring Program", fields=["name", "recipients.email"], limit=0)
		assert all("email" not in row for row in listed)
		assert frappe.get_list("Mentoring Program Recipient", parent_doctype="Mentoring Program") == []


def test_person_who_lost_the_members_role_reads_their_old_group(two_groups):
	frappe.db.delete("Has Role", {"parent": two_groups.ben.user})
	frappe.clear_cache(user=two_groups.ben.user)
	with logged_in(two_groups.ben.user):
		assert not can_open("Mentoring Group", two_groups.one.name)
