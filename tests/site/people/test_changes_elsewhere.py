"""Logins, addresses and names that change in records which others keep."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import outbox, sending
from mentor_ispe.membership.status import standings
from mentor_ispe.readings.profiles import profile_of
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.desk import worklist
from mentor_ispe.services.members import changes_elsewhere as changes
from mentor_ispe.services.members import departures
from mentor_ispe.services.membership import roll
from mentor_ispe.services.membership.commands import sweep
from tests import factories as make
from tests.site.membership import records

PROFILE, CHANGE, NOTICE = "Mentoring Profile", "Mentoring Profile Change", "Mentoring Notice"


def address(word: str = "new") -> str:
	return f"{word}-{frappe.generate_hash(length=10)}@example.org"


@pytest.fixture
def person():
	"""A member of the roll who signs in with the address that the roll has."""
	make.use_membership_roll()
	user = make.make_user()
	profile = make.make_profile(email=user.name, user=user.name)
	make.make_roll_entry(user.name)
	return profile


def rename_login(old: str, new: str, merge: bool = False) -> None:
	frappe.rename_doc("User", old, new, merge=merge, force=True, show_alert=False)


def asked(profile: str, **filters) -> list[frappe._dict]:
	return frappe.get_all(CHANGE, {"profile": profile, **filters}, ["*"], order_by="what")


def seat_of(group: str, profile: str) -> frappe._dict:
	fields = ["status", "full_name"]
	return frappe.db.get_value(
		"Mentoring Group Member", {"parent": group, "profile": profile}, fields, as_dict=True
	)


def state(profile: str) -> str:
	return standings([profile])[profile].state


def coordinator() -> str:
	user = make.make_user()
	user.add_roles(COORDINATOR)
	return user.name


# The login


def test_the_address_follows_a_renamed_login(person):
	new = address()
	entry = frappe.db.get_value("Membership Roll Entry", {"email": person.email})
	frappe.db.set_value("Membership Roll Entry", entry, "email", new)
	rename_login(person.user, new)
	person.reload()
	assert (person.user, person.email, person.membership_email) == (new, new, None)
	assert state(person.name) == "Active"


def test_the_membership_is_found_where_the_source_still_has_the_old_address(person):
	old, new = person.email, address()
	rename_login(old, new)
	person.reload()
	assert (person.email, person.membership_email) == (new, old)
	assert state(person.name) == "Active"


def test_the_seat_stays_when_the_login_is_renamed(person):
	group = make.make_active_group(profiles=[person.name])
	rename_login(person.user, address())
	sweep()
	assert seat_of(group.name, person.name).status == "Active"


def test_what_waits_to_be_sent_goes_to_the_new_address(person):
	key, new = f"case:{frappe.generate_hash(length=10)}", address()
	outbox.enqueue(key, "Mentoring: Password Set", person.name, context={"by": "Kim"})
	rename_login(person.user, new)
	assert frappe.db.get_value(NOTICE, {"notice_key": key}, "recipient") == new


def test_another_address_of_the_person_stays_when_the_login_is_renamed():
	own, new = address("own"), address()
	user = make.make_user().name
	profile = make.make_profile(email=own, user=user)
	rename_login(user, new)
	assert frappe.db.get_value(PROFILE, profile.name, ["user", "email"]) == (new, own)


def test_two_logins_with_a_profile_each_are_not_merged(person):
	other = make.make_user().name
	make.make_profile(email=other, user=other)
	with pytest.raises(RuleViolation, match="Merge the profiles first"):
		rename_login(person.user, other, merge=True)
	assert profile_of(person.user) == person.name


def test_a_login_merged_into_one_without_a_profile_takes_it_along(person):
	other = make.make_user().name
	rename_login(person.user, other, merge=True)
	assert frappe.db.get_value(PROFILE, person.name, ["user", "email"]) == (other, other)
	assert state(person.name) == "Active"


def test_no_mail_goes_to_a_disabled_login_and_coordinators_see_who_it_is(person, monkeypatch):
	monkeypatch.setattr(sending, "can_send", lambda: True)
	make.make_active_group(profiles=[person.name])
	before = worklist.need("disabled_logins").count
	frappe.get_doc("User", person.user).update({"enabled": 0}).save()
	key = f"case:{frappe.generate_hash(length=10)}"
	outbox.enqueue(key, "Mentoring: Password Set", person.name, context={"by": "Kim"})
	sending.flush()
	status, error = frappe.db.get_value(NOTICE, {"notice_key": key}, ["status", "error"])
	assert (status, error) == ("Skipped", "This person's login is disabled.")
	assert worklist.need("disabled_logins").count == before + 1


def test_who_is_not_to_be_written_to_gets_no_mail(person, monkeypatch):
	monkeypatch.setattr(sending, "can_send", lambda: True)
	frappe.get_doc(PROFILE, person.name).update({"no_mails": 1}).save()
	key = f"case:{frappe.generate_hash(length=10)}"
	outbox.enqueue(key, "Mentoring: Password Set", person.name, context={"by": "Kim"})
	sending.flush()
	assert frappe.db.get_value(NOTICE, {"notice_key": key}, "status") == "Skipped"


# Records of the membership, Contacts


def test_the_roll_names_another_address(person):
	entry = frappe.get_doc("Membership Roll Entry", {"email": person.email})
	new, old = address(), person.email
	entry.update({"email": new}).save()
	assert state(person.name) == "Active"
	[change] = asked(person.name)
	assert (change.what, change.old_value, change.new_value, change.status) == ("Address", old, new, "Open")
	assert frappe.db.get_value(PROFILE, person.name, "email") == old


def test_a_loaded_roll_names_another_address_and_name(person):
	entry = frappe.get_doc("Membership Roll Entry", {"email": person.email})
	frappe.db.set_value("Membership Roll Entry", entry.name, "full_name", person.full_name)
	new = address()
	row = {field: entry.get(field) for field in ("member_number", "from_date", "to_date")}
	loaded = roll.upsert([{**row, "full_name": "Mara Okafor", "email": new}])
	assert (loaded.updated, loaded.errors) == (1, [])
	assert state(person.name) == "Active"
	assert [(each.what, each.new_value) for each in asked(person.name)] == [
		("Address", new),
		("Name", "Mara Okafor"),
	]


def test_the_same_change_is_asked_about_once(person):
	entry = frappe.get_doc("Membership Roll Entry", {"email": person.email})
	new, old = address(), person.email
	for email in (new, old, new):
		entry.update({"email": email}).save()
	assert [each.new_value for each in asked(person.name)] == [new]


def test_a_contact_of_the_person_names_another_address(person):
	contact = frappe.get_doc(
		{
			"doctype": "Contact",
			"first_name": "Mara",
			"email_ids": [{"email_id": person.email, "is_primary": 1}],
		}
	).insert()
	new = address()
	contact.email_ids[0].email_id = new
	contact.save()
	assert [each.new_value for each in asked(person.name)] == [new]


def test_what_a_member_makes_of_their_own_contact_asks_nobody(person):
	contact = frappe.get_doc(
		{
			"doctype": "Contact",
			"first_name": "Mara",
			"email_ids": [{"email_id": person.email, "is_primary": 1}],
		}
	).insert()
	frappe.set_user(make.make_user().name)
	contact.email_ids[0].email_id = address()
	contact.save(ignore_permissions=True)
	assert not asked(person.name)


def test_the_coordinator_takes_over_an_address_of_somebody_without_a_login():
	make.use_membership_roll()
	profile, new = make.make_profile(), address()
	entry = frappe.get_doc("Membership Roll Entry", {"email": profile.email})
	entry.update({"email": new}).save()
	[change] = asked(profile.name)
	assert worklist.need("changes_elsewhere").count
	frappe.set_user(coordinator())
	assert changes.take_over(change.name) == "The address has been changed."
	assert frappe.db.get_value(PROFILE, profile.name, "email") == new
	assert state(profile.name) == "Active"
	with pytest.raises(RuleViolation, match="already been decided"):
		changes.keep([change.name])


def test_who_signs_in_confirms_a_new_address_themselves(person, monkeypatch):
	monkeypatch.setattr(sending, "can_send", lambda: True)
	sent: list[str] = []
	monkeypatch.setattr(sending, "send_alone", lambda mail, address: sent.append(address))
	entry = frappe.get_doc("Membership Roll Entry", {"email": person.email})
	new, old = address(), person.email
	entry.update({"email": new}).save()
	frappe.set_user(coordinator())
	changes.take_over(asked(person.name)[0].name)
	assert sent == [old, new]
	assert frappe.db.get_value(PROFILE, person.name, ["user", "email"]) == (old, old)


def test_nobody_takes_over_a_profile_to_their_own_address():
	make.use_membership_roll()
	profile, thief = make.make_profile(), coordinator()
	entry = frappe.get_doc("Membership Roll Entry", {"email": profile.email})
	entry.update({"email": thief}).save()
	frappe.set_user(thief)
	with pytest.raises(RuleViolation, match="your own address"):
		changes.take_over(asked(profile.name)[0].name)


def test_a_new_name_goes_into_every_copy(person):
	group = make.make_active_group(profiles=[person.name])
	user = frappe.get_doc("User", person.user)
	frappe.db.set_value(PROFILE, person.name, "full_name", user.full_name)
	user.update({"first_name": "Mara", "last_name": "Ito"}).save()
	frappe.set_user(coordinator())
	[change] = asked(person.name, what="Name")
	changes.take_over(change.name)
	assert frappe.db.get_value(PROFILE, person.name, "full_name") == "Mara Ito"
	assert frappe.db.get_value("Mentor", {"profile": person.name}, "full_name") == "Mara Ito"
	assert seat_of(group.name, person.name).full_name == "Mara Ito"


def test_what_was_kept_is_remembered(person):
	entry = frappe.get_doc("Membership Roll Entry", {"email": person.email})
	entry.update({"email": address()}).save()
	changes.keep([asked(person.name)[0].name])
	assert [each.status for each in asked(person.name)] == ["Kept as It Was"]


# Two people, whose addresses cross


def test_each_of_two_people_whose_addresses_cross_has_their_own_membership():
	records.use_source("Subscription")
	login = make.make_user().name
	first = make.make_profile(member=False, email=address("own"), user=login)
	second = make.make_profile(member=False, email=login)
	paid, unpaid = records.make_customer(), records.make_customer()
	records.make_portal_user(paid, login)
	records.make_contact(unpaid, email=login)
	records.make_subscription(paid, "Active", "2020-01-01")
	records.make_subscription(unpaid, "Cancelled", "2020-01-01", cancelation_date="2020-06-01")
	found = standings([first.name, second.name])
	assert (found[first.name].state, found[second.name].state) == ("Active", "Lapsed")


# Frappe's own merging


def test_two_members_with_a_profile_each_are_not_merged():
	people = [make.make_profile(member=False) for _ in range(2)]
	members = [records.make_member().name for _ in people]
	for profile, member in zip(people, members, strict=True):
		profile.update({"membership_doctype": "Member", "membership_record": member}).save()
	with pytest.raises(RuleViolation, match="Merge the profiles first"):
		frappe.rename_doc("Member", *members, merge=True, force=True)


def test_a_renamed_customer_keeps_its_people():
	customer = records.make_customer().name
	profile = make.make_profile(member=False)
	profile.update({"membership_doctype": "Customer", "membership_record": customer}).save()
	new = f"Renamed {frappe.generate_hash(length=8)}"
	frappe.rename_doc("Customer", customer, new, force=True)
	assert frappe.db.get_value(PROFILE, profile.name, "membership_record") == new


# Somebody who takes part no longer


def test_all_that_somebody_takes_part_in_ends_and_nothing_is_sent_to_them(person, monkeypatch):
	monkeypatch.setattr(sending, "can_send", lambda: True)
	group = make.make_active_group(profiles=[person.name])
	waiting = make.make_mentee(make.make_cycle().name, profile=person.name).name
	assert departures.end_participation(person.name, "She has died.", no_mails=True) == 2
	assert seat_of(group.name, person.name).status == "Withdrawn"
	assert frappe.db.get_value("Mentee", waiting, "status") == "Withdrawn"
	sending.flush()
	notices = frappe.get_all(NOTICE, {"profile": person.name}, pluck="status")
	assert set(notices) == {"Skipped"}
	told = frappe.get_all(
		NOTICE, {"profile": ("in", group.people[1:]), "template": "Mentoring: Member Left"}, pluck="context"
	)
	assert told
	assert not any("died" in context for context in told)


def test_why_somebody_takes_part_no_longer_is_said(person):
	with pytest.raises(RuleViolation, match="few words"):
		departures.end_participation(person.name, " ", no_mails=False)
