"""What members can't write, each test named by the attack."""

from __future__ import annotations

import contextlib
from typing import Any

import frappe
import frappe.client
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.exceptions import RuleViolation
from tests.factories import make_cycle, make_roll_entry, use_membership_roll
from tests.site.permissions import records
from tests.site.permissions.doors import logged_in

REFUSED = (frappe.PermissionError, RuleViolation, frappe.ValidationError)


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


def test_member_applies_by_rest(member):
	cycle = make_cycle()
	with logged_in(member.user):
		mentee = post("Mentee", profile=member.profile, cycle=cycle.name, goals="to learn")
		mentor_goals = put("Mentee", mentee["name"], goals="to learn more")["goals"]
	assert mentor_goals == "to learn more"
	assert frappe.db.get_value("Mentee", mentee["name"], "status") == "Applied"


@pytest.mark.parametrize("doctype", ["Mentor", "Mentee"])
def test_member_applies_in_the_name_of_another(member, doctype):
	other = records.make_person("other")
	cycle = make_cycle()
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		post(doctype, profile=other.profile, cycle=cycle.name)


@pytest.mark.parametrize("doctype", ["Mentor", "Mentee"])
def test_member_applies_already_approved(member, doctype):
	cycle = make_cycle()
	with logged_in(member.user):
		applied = post(
			doctype, profile=member.profile, cycle=cycle.name, status="Approved", training_completed=1
		)
	assert frappe.db.get_value(doctype, applied["name"], ["status", "training_completed"]) == ("Applied", 0)


def test_member_sets_own_status_by_rest(member):
	part = records.make_part("Mentee", member, make_cycle(), status="Applied")
	with logged_in(member.user), contextlib.suppress(REFUSED):
		put("Mentee", part.name, status="Approved", mentoring_group="", decision_note="mine")
	assert frappe.db.get_value("Mentee", part.name, "status") == "Applied"
	assert not frappe.db.get_value("Mentee", part.name, "decision_note")


def test_member_gives_their_application_to_another(member):
	other = records.make_person("other")
	part = records.make_part("Mentee", member, make_cycle(), status="Applied")
	with logged_in(member.user), pytest.raises(REFUSED):
		put("Mentee", part.name, profile=other.profile)


def test_member_takes_over_the_application_of_another(member):
	other = records.make_person("other")
	part = records.make_part("Mentee", other, make_cycle(), status="Applied")
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		put("Mentee", part.name, profile=member.profile)


def test_member_sets_seats_taken_by_rest(member):
	part = records.make_part(
		"Mentor", member, make_cycle(), status="Approved", seats_offered=1, seats_taken=1
	)
	with logged_in(member.user), contextlib.suppress(REFUSED):
		put("Mentor", part.name, seats_taken=0)
	assert frappe.db.get_value("Mentor", part.name, "seats_taken") != 0 or not frappe.db.exists(
		"Mentoring Group", {"mentor": part.name}
	)


def test_member_deletes_own_application(member):
	part = records.make_part("Mentee", member, make_cycle(), status="Applied")
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		frappe.client.delete("Mentee", part.name)


def test_member_writes_own_profile_but_not_its_membership(member):
	before = frappe.db.get_value("Mentoring Profile", member.profile, "membership_record")
	another = make_roll_entry("another@example.org").name
	with logged_in(member.user):
		put("Mentoring Profile", member.profile, city="Lisbon", membership_record=another)
	stored = frappe.db.get_value("Mentoring Profile", member.profile, ["city", "membership_record"])
	assert stored == ("Lisbon", before)


def test_member_makes_themselves_an_active_member_by_rest(member):
	frappe.db.set_value("Mentoring Profile", member.profile, "membership_state", "Lapsed")
	with logged_in(member.user), contextlib.suppress(REFUSED):
		put("Mentoring Profile", member.profile, membership_state="Active", active_until="2099-01-01")
	assert frappe.db.get_value("Mentoring Profile", member.profile, "membership_state") == "Lapsed"


def test_member_ties_their_profile_to_the_login_of_another(member):
	other = records.make_user("other")
	with logged_in(member.user), contextlib.suppress(REFUSED):
		put("Mentoring Profile", member.profile, user=other)
	assert frappe.db.get_value("Mentoring Profile", member.profile, "user") == member.user


def test_member_takes_the_membership_of_another_by_their_address(member):
	"""The address finds the membership, so it can't be the applicant's to choose."""
	other = records.make_user("paying")
	make_roll_entry(other)
	with logged_in(member.user), contextlib.suppress(REFUSED):
		put("Mentoring Profile", member.profile, email=other)
	assert frappe.db.get_value("Mentoring Profile", member.profile, "email") == member.user


def test_member_writes_the_profile_of_another(member):
	other = records.make_person("other")
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		put("Mentoring Profile", other.profile, city="Lisbon")


def test_member_creates_a_second_profile(member):
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		post("Mentoring Profile", full_name="Second", email="second@example.org", user=member.user)


def test_member_writes_their_group(member):
	other = records.make_person("mentor")
	group = records.make_group(other, [(member, "Active")])
	with logged_in(member.user):
		with pytest.raises(frappe.PermissionError):
			put("Mentoring Group", group.name, charter="mine alone")
		with pytest.raises(REFUSED):
			frappe.client.set_value("Mentoring Group Member", group.members[0].name, "status", "Completed")


def test_member_writes_a_row_of_their_group_around_it(member):
	group = records.make_group(records.make_person("mentor"), [(member, "Active")])
	row = group.members[0].name
	with logged_in(member.user), pytest.raises(REFUSED):
		put("Mentoring Group Member", row, status="Completed")
	assert frappe.db.get_value("Mentoring Group Member", row, "status") == "Active"


def session_for(group, **values: Any) -> dict:
	return {
		"mentoring_group": group.name,
		"starts_on": f"{add_days(nowdate(), 3)} 10:00:00",
		"duration_minutes": 60,
		"mode": "Online",
		**values,
	}


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_active_member_plans_a_session(site, who):
	people = {"mentor": records.make_person("mentor"), "mentee": records.make_person("mentee")}
	group = records.make_group(people["mentor"], [(people["mentee"], "Active")])
	with logged_in(people[who].user):
		session = post("Mentoring Session", **session_for(group))
		put("Mentoring Session", session["name"], focus="our goals")
	assert frappe.db.get_value("Mentoring Session", session["name"], "focus") == "our goals"


def test_member_plans_a_session_of_another_group(member):
	group = records.make_group(records.make_person("mentor"), [(records.make_person("mentee"), "Active")])
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		post("Mentoring Session", **session_for(group))


def test_member_moves_their_session_into_another_group(member):
	own = records.make_group(records.make_person("mentor"), [(member, "Active")])
	other = records.make_group(records.make_person("mentor"), [(records.make_person("mentee"), "Active")])
	session = records.make_session(own)
	with logged_in(member.user), pytest.raises(REFUSED):
		put("Mentoring Session", session.name, mentoring_group=other.name)


@pytest.mark.parametrize("seat", ["Suspended", "Completed", "Withdrawn", "Ended", "Proposed", "Declined"])
def test_former_or_suspended_member_writes_sessions(member, seat):
	group = records.make_group(records.make_person("mentor"), [(member, seat)])
	session = records.make_session(group)
	with logged_in(member.user):
		with pytest.raises(frappe.PermissionError):
			post("Mentoring Session", **session_for(group))
		with pytest.raises(frappe.PermissionError):
			put("Mentoring Session", session.name, focus="still here")


def test_member_gives_feedback_in_the_name_of_another(member):
	mentor = records.make_person("mentor")
	group = records.make_group(mentor, [(member, "Active")])
	values = {"kind": "Check-in", "cycle": group.cycle, "mentoring_group": group.name, "rating": 0.2}
	with logged_in(member.user):
		own = post("Mentoring Feedback", profile=member.profile, **values)
		with pytest.raises(frappe.PermissionError):
			post("Mentoring Feedback", profile=mentor.profile, **values)
	assert own["profile"] == member.profile


def test_member_changes_the_feedback_of_another(member):
	mentor = records.make_person("mentor")
	feedback = records.make_feedback(mentor, records.make_group(mentor, [(member, "Active")]))
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		put("Mentoring Feedback", feedback.name, rating=1)


def test_member_signs_for_another_by_rest(member):
	agreement = records.make_agreement()
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		post("Mentoring Agreement Acceptance", agreement=agreement.name, profile=member.profile)


@pytest.mark.parametrize(
	"doctype",
	[
		"Mentoring Program",
		"Mentoring Cycle",
		"Mentoring Agreement",
		"Mentoring Staff Note",
		"Membership Roll Entry",
	],
)
def test_member_creates_what_only_staff_may(member, doctype):
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		post(doctype, title="mine")


def test_member_enters_their_own_membership(member):
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		post(
			"Membership Roll Entry",
			member_number="M-1",
			full_name="Me",
			email=member.user,
			from_date="2031-01-01",
		)


def test_guest_applies(site):
	person = records.make_person("member")
	cycle = make_cycle()
	with logged_in("Guest"), pytest.raises(frappe.PermissionError):
		post("Mentee", profile=person.profile, cycle=cycle.name)


def test_member_shares_their_group_with_a_stranger(member):
	group = records.make_group(records.make_person("mentor"), [(member, "Active")])
	stranger = records.make_person("stranger")
	with logged_in(member.user), pytest.raises(frappe.PermissionError):
		frappe.share.add("Mentoring Group", group.name, stranger.user, read=1)
