"""Erasure by Frappe's own request: the name is gone everywhere, and the groups of others keep their history."""

from __future__ import annotations

import json

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime

from mentor_ispe.domain.erasure.wording import FORMER
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.members import erasure, own_data
from mentor_ispe.services.sessions import recording
from tests import factories as make
from tests.site.membership.records import make_email_account

NAME = "Zenobia Quartermain"


@pytest.fixture
def erased(site, monkeypatch):
	"""Somebody with a login who met with their group, and was then erased; the group, the profile."""
	make.use_membership_roll()
	user = make.make_user(first_name="Zenobia", last_name="Quartermain").name
	profile = make.make_profile(
		email=user, user=user, full_name=NAME, employer="Quartermain & Co", biography=f"I am {NAME}"
	).name
	group = make.make_active_group(profiles=[make.make_profile().name, profile])
	frappe.db.set_value("Mentoring Group", group.name, "title", f"With {NAME}")
	group.session = recording.record_unplanned(
		group.name, add_to_date(now_datetime(), hours=-3), group.people[0], dict.fromkeys(group.people, 60)
	).name
	make_email_account()
	monkeypatch.setattr(frappe, "sendmail", lambda *args, **kwargs: None)
	erasure.ask(user)
	request = frappe.get_last_doc("Personal Data Deletion Request", {"email": user})
	request.db_set("status", "Pending Approval")
	request.trigger_data_deletion()
	group.profile, group.user = profile, user
	return group


def test_a_site_that_sends_no_mail_says_whom_to_write_to(site):
	frappe.db.set_value("Email Account", {"default_outgoing": 1}, "default_outgoing", 0)
	frappe.local.outgoing_email_account = {}
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "office@example.org")
	user = make.make_user().name
	with pytest.raises(RuleViolation, match=r"office@example\.org"):
		erasure.ask(user)
	assert erasure.pending(user) is None


def test_the_others_keep_the_group_its_meeting_and_who_was_there(erased):
	"""One erasure for all of it: renaming a login takes Frappe its time."""
	rows = frappe.get_all(
		"Mentoring Session Attendance", {"parent": erased.session}, ["full_name", "attended", "profile"]
	)
	assert {row.profile for row in rows} == set(erased.people)
	assert FORMER in {row.full_name for row in rows}
	assert frappe.db.get_value("Mentoring Group", erased.name, "status") == "Active"
	seat = frappe.db.get_value(
		"Mentoring Group Member", {"parent": erased.name, "profile": erased.profile}, "status"
	)
	assert seat == "Withdrawn", "the seat is free"
	profile = frappe.get_doc("Mentoring Profile", erased.profile)
	assert not profile.calendar_token_hash, "the calendar's address stops"
	assert erased.user not in json.dumps(profile.as_dict(), default=str)


def test_a_copy_of_everything_knows_every_doctype_that_names_a_person(site):
	"""A new DocType with a person in it is either in the copy, or said here to be somebody else's."""
	named = set()
	for doctype in frappe.get_all(
		"DocType", {"module": "Mentor ISPE", "istable": 0, "issingle": 0}, pluck="name"
	):
		links = [df.fieldname for df in frappe.get_meta(doctype).fields if df.options == "Mentoring Profile"]
		if links:
			named.add(doctype)
	in_copy = {*own_data.OWN, *own_data.GATHERED}
	of_groups = {"Mentoring Session Note", "Mentoring Action Item"}  # with the meetings and the groups
	of_merges = {"Mentoring Merge Trace"}  # what both profiles had, for undoing it: the profile has it
	assert named <= in_copy | of_groups | of_merges
