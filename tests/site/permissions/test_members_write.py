"""What members and guests can't write, each test named by the attack.

They hold no permission on a record of ours, so Frappe's own entry points write nothing for them, not even of what
is theirs; our endpoints do, and take only what is the person's to say.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import frappe
import frappe.client
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.api import concerns as concern_api
from mentor_ispe.api import feedback as feedback_api
from mentor_ispe.api import group as group_api
from mentor_ispe.api import member as member_api
from mentor_ispe.api import sessions as session_api
from mentor_ispe.exceptions import RuleViolation
from tests.factories import make_cycle, make_roll_entry, use_membership_roll
from tests.site.permissions import records
from tests.site.permissions.entry_points import logged_in

REFUSED = (frappe.PermissionError, RuleViolation)


@pytest.fixture
def member(site):
	"""A member in good standing with a login and a profile."""
	use_membership_roll()
	return records.make_person("member")


def post(doctype: str, **values: Any) -> dict:
	"""POST /api/resource/<doctype>."""
	return frappe.client.insert({"doctype": doctype, **values})


def put(doctype: str, name: str, **values: Any) -> dict:
	"""PUT /api/resource/<doctype>/<name>."""
	doc = frappe.get_doc(doctype, name, for_update=True)
	doc.update(values)
	return doc.save().as_dict()


# By an entry point of Frappe's


def own_records(member: SimpleNamespace) -> dict[str, str]:
	"""By DocType: a record of the member's own."""
	group = records.make_group(records.make_person("mentor"), [(member, "Active")])
	agreement = records.make_agreement()
	return {
		"Mentoring Profile": member.profile,
		"Mentee": group.members[0].participant,
		"Mentor": records.make_part("Mentor", member, make_cycle(), status="Approved").name,
		"Mentoring Group": group.name,
		"Mentoring Group Member": group.members[0].name,
		"Mentoring Session": records.make_session(group).name,
		"Mentoring Feedback": records.make_feedback(member, group).name,
		"Mentoring Agreement Acceptance": records.make_acceptance(member, agreement).name,
	}


@pytest.mark.parametrize("who", ["owner", "stranger", "guest"])
def test_member_or_guest_writes_shares_or_deletes_records(member, who):
	"""Their own as well as others': by REST, as a value of a field, as a share."""
	names = own_records(member)
	before = {doctype: frappe.get_all(doctype, {"name": name}, ["*"]) for doctype, name in names.items()}
	user = {"owner": member.user, "stranger": records.make_person("stranger").user, "guest": "Guest"}[who]
	for doctype, name in names.items():
		with logged_in(user):
			with pytest.raises(frappe.PermissionError):
				put(doctype, name, idx=7)
			with pytest.raises(frappe.PermissionError):
				frappe.client.set_value(doctype, name, frappe.get_meta(doctype).fields[0].fieldname, "mine")
			with pytest.raises((frappe.PermissionError, frappe.DoesNotExistError)):  # a row by itself
				frappe.client.delete(doctype, name)
			with pytest.raises(frappe.PermissionError):
				frappe.share.add(doctype, name, user, read=1)
	after = {doctype: frappe.get_all(doctype, {"name": name}, ["*"]) for doctype, name in names.items()}
	assert after == before


@pytest.mark.parametrize("who", ["member", "guest"])
def test_member_or_guest_enters_records(member, who):
	"""Their own application, a session of their own group and their own signature too."""
	group = records.make_group(records.make_person("mentor"), [(member, "Active")])
	own = {"profile": member.profile, "cycle": make_cycle().name}
	entered = {
		"Mentor": {**own, "seats_offered": 1},
		"Mentee": {**own, "goals": "to learn"},
		"Mentoring Profile": {"full_name": "Second", "email": "second@example.org", "user": member.user},
		"Mentoring Session": {
			"mentoring_group": group.name,
			"starts_on": f"{add_days(nowdate(), 3)} 10:00:00",
		},
		"Mentoring Feedback": {**own, "kind": "Check-in", "mentoring_group": group.name},
		"Mentoring Agreement Acceptance": {**own, "agreement": records.make_agreement().name},
		"Mentoring Concern": {"mentoring_group": group.name, "concern": "words"},
		"Mentoring Program": {"program_name": "Mine"},
		"Mentoring Cycle": {"cycle_name": "Mine"},
		"Mentoring Agreement": {"title": "Mine", "text": "Mine"},
		"Mentoring Staff Note": {"mentoring_group": group.name, "note": "mine"},
		"Membership Roll Entry": {"member_number": "M-1", "full_name": "Me", "email": member.user},
	}
	for doctype, values in entered.items():
		before = frappe.db.count(doctype)
		with logged_in(member.user if who == "member" else "Guest"), pytest.raises(frappe.PermissionError):
			post(doctype, **values)
		assert frappe.db.count(doctype) == before, doctype


# By our own endpoints


def test_member_applies_already_approved(member):
	for role in ("Mentor", "Mentee"):
		cycle = make_cycle().name
		with logged_in(member.user):
			with pytest.raises(RuleViolation):
				member_api.apply(cycle, role, {"status": "Approved", "training_completed": 1})
			applied = member_api.apply(cycle, role)
		stored = frappe.db.get_value(role, applied["name"], ["profile", "status", "training_completed"])
		assert stored == (member.profile, "Applied", 0)


def test_member_withdraws_the_application_of_another(member):
	part = records.make_part("Mentee", records.make_person("other"), make_cycle(), status="Applied")
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		member_api.withdraw("Mentee", part.name, "No time")
	assert frappe.db.get_value("Mentee", part.name, "status") == "Applied"


def test_member_writes_own_profile_but_not_whose_it_is(member):
	"""The address finds the membership and the login opens the profile, so they aren't the person's to choose."""
	other = records.make_user("paying")
	theirs = {
		"email": other,
		"user": other,
		"membership_state": "Active",
		"membership_record": make_roll_entry("another@example.org").name,
		"active_until": "2099-01-01",
		"name": records.make_person("other").profile,
	}
	before = frappe.db.get_value("Mentoring Profile", member.profile, ["email", "user", "membership_record"])
	with logged_in(member.user):
		for field, value in theirs.items():
			with pytest.raises(RuleViolation):
				member_api.save_profile({field: value, "city": "Elsewhere"})
		member_api.save_profile({"city": "Lisbon"})
	stored = frappe.db.get_value(
		"Mentoring Profile", member.profile, ["city", "email", "user", "membership_record"]
	)
	assert stored == ("Lisbon", *before)


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_active_member_plans_a_session(site, who):
	people = {"mentor": records.make_person("mentor"), "mentee": records.make_person("mentee")}
	group = records.make_group(people["mentor"], [(people["mentee"], "Active")])
	with logged_in(people[who].user):
		session = session_api.plan(group.name, f"{add_days(nowdate(), 3)} 10:00:00")
		session_api.change(session["name"], {"focus": "our goals"})
	assert frappe.db.get_value("Mentoring Session", session["name"], "focus") == "our goals"


def test_member_plans_a_session_of_another_group(member):
	group = records.make_group(records.make_person("mentor"), [(records.make_person("mentee"), "Active")])
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		session_api.plan(group.name, f"{add_days(nowdate(), 3)} 10:00:00")


def test_member_moves_their_session_into_another_group(member):
	own = records.make_group(records.make_person("mentor"), [(member, "Active")])
	other = records.make_group(records.make_person("mentor"), [(records.make_person("mentee"), "Active")])
	session = records.make_session(own)
	with logged_in(member.user), pytest.raises(RuleViolation):
		session_api.change(session.name, {"mentoring_group": other.name})
	assert frappe.db.get_value("Mentoring Session", session.name, "mentoring_group") == own.name


@pytest.mark.parametrize("seat", ["Suspended", "Completed", "Withdrawn", "Ended", "Proposed", "Declined"])
def test_former_or_suspended_member_writes_sessions(member, seat):
	group = records.make_group(records.make_person("mentor"), [(member, seat)])
	session = records.make_session(group)
	with logged_in(member.user):
		with pytest.raises(frappe.PermissionError):
			session_api.plan(group.name, f"{add_days(nowdate(), 3)} 10:00:00")
		with pytest.raises(frappe.PermissionError):
			session_api.change(session.name, {"focus": "still here"})


def test_member_gives_or_changes_feedback_in_the_name_of_another(member):
	mentor = records.make_person("mentor")
	group = records.make_group(mentor, [(member, "Active")])
	theirs = records.make_feedback(mentor, group)
	with logged_in(member.user):
		with pytest.raises(RuleViolation):
			feedback_api.give({"profile": mentor.profile, "rating": 0.2}, kind="Check-in", group=group.name)
		with pytest.raises(frappe.PermissionError):
			feedback_api.change(theirs.name, {"rating": 1})
		own = feedback_api.give({"rating": 0.2}, kind="Check-in", group=group.name)
	assert frappe.db.get_value("Mentoring Feedback", own["name"], "profile") == member.profile


def test_stranger_writes_for_a_group(member):
	group = records.make_group(records.make_person("mentor"), [(records.make_person("mentee"), "Active")])
	with logged_in(member.user):
		for write in (
			lambda: group_api.write_charter(group.name, {"charter": "mine"}, ""),
			lambda: group_api.leave(group.name, "No time"),
			lambda: group_api.end(group.name, "Other", "No time"),
			lambda: member_api.accept(group.name),
			lambda: member_api.decline(group.name, "Not theirs"),
			lambda: concern_api.raise_concern(group.name, "Not mine"),
		):
			with pytest.raises(REFUSED):
				write()
	assert frappe.db.get_value("Mentoring Group", group.name, ["status", "charter"]) == (
		"Active",
		"what we agreed",
	)
	assert not frappe.db.exists("Mentoring Concern", {"mentoring_group": group.name})
