"""What the committee can't read or change, and what coordinators can."""

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace

import frappe
import frappe.client
import pytest

from mentor_ispe.api import coordinator
from tests.site.permissions import entry_points, records
from tests.site.permissions.entry_points import LISTS, can_open, logged_in

KEPT_FROM_THE_COMMITTEE = (
	"Mentoring Profile",
	"Mentor",
	"Mentee",
	"Mentoring Group",
	"Mentoring Session",
	"Mentoring Feedback",
	"Mentoring Agreement Acceptance",
	"Mentoring Staff Note",
	"Mentoring Notice",
	"Membership Roll Entry",
)
READ_BY_THE_COMMITTEE = ("Mentoring Program", "Mentoring Cycle", "Mentoring Agreement")


@pytest.fixture
def running(site) -> SimpleNamespace:
	"""A group with everything in it, and the staff."""
	mentor, mentee = records.make_person("ana"), records.make_person("ben")
	group = records.make_group(mentor, [(mentee, "Active")])
	agreement = records.make_agreement()
	return SimpleNamespace(
		mentor=mentor,
		mentee=mentee,
		group=group,
		records={
			"Mentoring Program": group.program,
			"Mentoring Cycle": group.cycle,
			"Mentoring Profile": mentee.profile,
			"Mentor": group.mentor,
			"Mentee": group.members[0].participant,
			"Mentoring Group": group.name,
			"Mentoring Session": records.make_session(group).name,
			"Mentoring Feedback": records.make_feedback(mentee, group).name,
			"Mentoring Agreement": agreement.name,
			"Mentoring Agreement Acceptance": records.make_acceptance(mentee, agreement).name,
			"Mentoring Staff Note": records.store(
				"Mentoring Staff Note", mentoring_group=group.name, note="watch this"
			).name,
			"Membership Roll Entry": records.store(
				"Membership Roll Entry",
				name="R-1",
				member_number="R-1",
				full_name="Ben",
				email="ben@example.org",
			).name,
		},
		staff=records.make_staff(),
	)


@pytest.mark.parametrize("entry_point", LISTS.values(), ids=LISTS)
def test_coordinator_reads_everything(running, entry_point):
	with logged_in(running.staff.coordinator):
		for doctype, name in running.records.items():
			assert name in entry_point(doctype)
			assert can_open(doctype, name)


def test_coordinator_exports_mentees(running):
	with logged_in(running.staff.coordinator):
		assert running.records["Mentee"] in entry_points.by_export("Mentee")


@pytest.mark.parametrize("entry_point", LISTS.values(), ids=LISTS)
def test_committee_reads_programs_and_cycles(running, entry_point):
	with logged_in(running.staff.committee):
		for doctype in READ_BY_THE_COMMITTEE:
			assert running.records[doctype] in entry_point(doctype)


@pytest.mark.parametrize("entry_point", LISTS.values(), ids=LISTS)
def test_committee_lists_what_is_kept_from_it(running, entry_point):
	with logged_in(running.staff.committee):
		for doctype in KEPT_FROM_THE_COMMITTEE:
			with suppress(frappe.PermissionError):
				assert (
					entry_point(doctype) == set()
				)  # a Link field's search shows nothing where others refuse


def test_committee_opens_what_is_kept_from_it_by_name(running):
	with logged_in(running.staff.committee):
		for doctype in {*KEPT_FROM_THE_COMMITTEE} & {*running.records}:
			assert not can_open(doctype, running.records[doctype]), doctype


def test_committee_member_who_takes_part_reads_no_record_of_anybody(running):
	"""Two roles in one person add up, and neither has a right to a record about people."""
	person = records.make_person("both", "Mentoring Committee", "Mentoring Member")
	own = records.make_feedback(person, running.group)
	with logged_in(person.user):
		for doctype, name in {**running.records, "Mentoring Feedback": own.name}.items():
			assert can_open(doctype, name) == (doctype in READ_BY_THE_COMMITTEE), doctype


def test_committee_member_who_takes_part_writes_the_profile_of_others(running):
	person = records.make_person("both", "Mentoring Committee", "Mentoring Member")
	with logged_in(person.user):
		other = frappe.get_doc("Mentoring Profile", running.mentee.profile)
		other.city = "Lisbon"
		with pytest.raises(frappe.PermissionError):
			other.save()


def test_committee_reads_staff_note_by_report_view(running):
	with logged_in(running.staff.committee):
		frappe.local.form_dict = frappe._dict(
			doctype="Mentoring Staff Note", fields='["name","note"]', filters="[]", view="Report"
		)
		with pytest.raises(frappe.PermissionError):
			frappe.desk.reportview.get()


def test_committee_writes_anything(running):
	for doctype in READ_BY_THE_COMMITTEE:
		doc = frappe.get_doc(doctype, running.records[doctype])
		with logged_in(running.staff.committee):
			for right in ("write", "create", "delete", "share", "export"):
				assert not doc.has_permission(right), (doctype, right)


def test_committee_exports_people(running):
	with logged_in(running.staff.committee), pytest.raises(frappe.PermissionError):
		entry_points.by_export("Mentee")


def test_committee_opens_the_settings(running):
	with logged_in(running.staff.committee), pytest.raises(frappe.PermissionError):
		frappe.client.get("Mentoring Settings")


BUTTONS = (
	coordinator.approve,
	coordinator.reject,
	coordinator.withdraw,
	coordinator.propose,
	coordinator.propose_group,
	coordinator.answer_for,
	coordinator.activate,
	coordinator.complete,
	coordinator.end_early,
	coordinator.cancel,
	coordinator.remove_person,
	coordinator.set_cycle_status,
	coordinator.refresh_standing,
	coordinator.publish_agreement,
	coordinator.new_agreement_version,
)


def test_committee_presses_the_coordinators_buttons(running, monkeypatch):
	monkeypatch.setitem(frappe.flags, "in_test", False)  # only_for() asks nobody in a test
	arguments = {
		"doctype": "Mentee",
		"names": [running.records["Mentee"]],
		"name": running.records["Mentee"],
		"note": "no",
		"reason": "no",
		"group": running.group.name,
		"mentee": running.records["Mentee"],
		"mentees": [running.records["Mentee"]],
		"accept": 1,
		"cycle": running.group.cycle,
		"status": "Cancelled",
		"profile": running.mentee.profile,
		"agreement": running.records["Mentoring Agreement"],
	}
	for button in BUTTONS:
		with logged_in(running.staff.committee), pytest.raises(frappe.PermissionError):
			frappe.call(button, **arguments)


def test_site_gives_another_role_the_right_to_read(running):
	"""A role that the site itself lets read a DocType reads all of it."""
	role = frappe.get_doc({"doctype": "Role", "role_name": "Program Auditor", "desk_access": 1}).insert()
	frappe.permissions.add_permission("Mentoring Group", role.name)
	auditor = records.make_user("auditor", role.name, user_type="System User")
	with logged_in(auditor):
		assert running.group.name in entry_points.by_get_list("Mentoring Group")
		assert can_open("Mentoring Group", running.group.name)
