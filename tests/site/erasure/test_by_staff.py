"""Staff erase somebody by a button: who may, whom, and that it needs no login."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.domain.erasure.wording import FORMER
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs.people import process_erasures
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.erasure import by_staff
from tests import factories as make
from tests.site.permissions.entry_points import logged_in

PROFILE, SPEAKER, ERASURE = "Mentoring Profile", "Guest Speaker", "Mentoring Erasure"
NAME = "Xanthippe Quillfeather"


@pytest.fixture
def coordinator(site):
	make.use_membership_roll()
	return make.make_user(roles=[COORDINATOR], user_type="System User").name


def make_imported_profile(**values):
	return make.make_profile(full_name=NAME, email="xq@example.org", **values).name


def test_who_was_imported_without_a_login_is_erased_and_the_partner_keeps_the_group(coordinator):
	profile = make_imported_profile()
	group = make.make_active_group(profiles=[make.make_profile().name, profile])
	# An empty link finds nobody else's records.
	other = make.make_profile().name
	stranger = frappe.get_doc(
		{
			"doctype": "Guest Speaker",
			"full_name": "Somebody Else",
			"email": "",
			"organisation": "Elsewhere",
		}
	).insert(ignore_mandatory=True)
	with logged_in(coordinator):
		told = by_staff.preview(PROFILE, profile)
		assert told["full_name"] == NAME
		assert told["login"] is None
		assert len(told["groups"]) == 1
		erasure = by_staff.ask(PROFILE, profile, f" {NAME.upper()} ")
		with pytest.raises(RuleViolation, match="already"):
			by_staff.ask(PROFILE, profile, NAME)
	assert frappe.db.get_value(PROFILE, profile, "full_name") == NAME
	assert process_erasures() == 1
	assert process_erasures() == 0
	row = frappe.db.get_value(PROFILE, profile, ["full_name", "email"], as_dict=True)
	assert row.full_name == FORMER
	assert row.email.startswith("deleted-user-")
	trace = frappe.get_doc(ERASURE, erasure)
	assert (trace.status, trace.erased_by, trace.asked_by) == ("Done", coordinator, "Staff")
	assert "Quillfeather" not in frappe.as_json(trace.as_dict())
	seats = dict(
		frappe.get_all("Mentoring Group Member", {"parent": group.name}, ["profile", "status"], as_list=True)
	)
	assert seats[profile] == "Withdrawn"
	assert frappe.db.get_value(PROFILE, other, "full_name") != FORMER
	assert frappe.db.get_value(SPEAKER, stranger.name, "full_name") == "Somebody Else"
	with logged_in(coordinator), pytest.raises(RuleViolation, match="already be"):
		by_staff.ask(PROFILE, profile, FORMER)


def test_a_speaker_who_is_nobody_elses_profile_is_erased(coordinator):
	speaker = frappe.get_doc(
		{"doctype": SPEAKER, "full_name": NAME, "email": "xq@example.org", "biography": f"{NAME} speaks"}
	).insert()
	with logged_in(coordinator):
		by_staff.ask(SPEAKER, speaker.name, NAME)
	process_erasures()
	row = frappe.db.get_value(SPEAKER, speaker.name, ["full_name", "email", "biography"])
	assert row[0] == FORMER
	assert "xq@" not in str(row)
	assert not row[2]


def test_another_name_erases_nobody(coordinator):
	profile = make_imported_profile()
	with logged_in(coordinator), pytest.raises(RuleViolation, match=NAME):
		by_staff.ask(PROFILE, profile, "Somebody Else")
	assert process_erasures() == 0


def test_a_coordinator_erases_neither_oneself_nor_ones_group_nor_a_login_with_more_rights(coordinator):
	own = make.make_profile(email=coordinator, user=coordinator).name
	partner = make_imported_profile()
	make.make_active_group(profiles=[own, partner])
	manager = make.make_user(roles=["System Manager"], user_type="System User").name
	above = make.make_profile(email=manager, user=manager).name
	with logged_in(coordinator):
		for profile, words in ((own, "This is you"), (partner, "in a group with"), (above, "System Manager")):
			with pytest.raises(frappe.PermissionError, match=words):
				by_staff.preview(PROFILE, profile)
		with pytest.raises(RuleViolation):
			by_staff.preview("User", manager)


def test_a_login_takes_nobody_elses_profile_with_it(site):
	"""The address of a profile is the login of somebody else: whoever signs in there is erased alone."""
	make.use_membership_roll()
	login, other = make.make_user().name, make.make_user().name
	profile = make.make_profile(user=login, email=login).name
	frappe.db.set_value(PROFILE, profile, "email", other)
	assert by_staff.find_person(address=other).profile is None
	assert by_staff.find_person(address=login).profile == profile
