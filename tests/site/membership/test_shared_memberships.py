"""Memberships that several people share: of a company, of a household."""

from __future__ import annotations

from datetime import date

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.membership.places import with_too_few_places
from mentor_ispe.membership.roll import ENTRY
from mentor_ispe.membership.status import standings
from mentor_ispe.services.desk.worklist import need
from tests.factories import make_profile, make_program, make_roll_entry
from tests.site.membership.records import make_member, make_membership, use_source

ON = date(2027, 6, 30)
PROFILE = "Mentoring Profile"


@pytest.fixture(params=["Member", ENTRY])
def record(request) -> tuple[str, str]:
	"""(DocType, name) of a company's membership, which is for two people."""
	if not frappe.db.exists("DocType", request.param):
		pytest.skip("Non Profit isn't installed")
	if request.param == "Member":
		use_source("Non Profit")
		name = make_member("office@example.org").name
		make_membership(name, "2026-07-01", "2027-06-30", membership_type="Corporate")
	else:
		use_source("Membership Roll")
		name = make_roll_entry(
			"office@example.org", from_date="2026-07-01", to_date="2027-06-30", membership_type="Corporate"
		).name
	say_of_type("Corporate", 2)
	return request.param, name


def say_of_type(membership_type: str, places: int) -> None:
	settings = frappe.get_doc("Mentoring Settings")
	settings.set("membership_types", [{"membership_type": membership_type, "places": places}])
	settings.save()


def join(record: tuple[str, str], **values):
	doctype, name = record
	return make_profile(member=False, membership_doctype=doctype, membership_record=name, **values)


def standing(profile) -> str:
	return standings([profile.name], on=ON)[profile.name].state


def test_employees_share_the_membership_of_their_company(record):
	people = [join(record), join(record)]
	assert {standing(person) for person in people} == {"Active"}


def test_one_more_than_there_are_places_is_refused_and_told_who_has_them(record):
	join(record, full_name="Ada Achebe")
	join(record, full_name="Bo Berg")
	with pytest.raises(RuleViolation, match="shared by 2 people, and 2 already use it: Ada Achebe, Bo Berg"):
		join(record)


def test_a_person_who_leaves_the_company_frees_a_place(record):
	leaver, _stays = join(record), join(record)
	leaver.update({"membership_doctype": None, "membership_record": None})
	leaver.save()
	assert standing(leaver) == "Never"
	assert standing(join(record)) == "Active"


def test_with_more_people_than_places_nobody_loses_anything_and_the_coordinators_see_who(record):
	people = [join(record), join(record)]
	say_of_type("Corporate", 1)
	assert {standing(person) for person in people} == {"Active"}
	waiting = need("too_few_places")
	assert waiting.count == 2
	assert {row[3][0] for row in [waiting.filters[0]]} <= {person.name for person in people}
	people[0].reload()
	people[0].city = "Trondheim"
	people[0].save()  # other changes go on
	people[1].update({"membership_doctype": None, "membership_record": None})
	people[1].save()
	assert need("too_few_places").count == 0


def test_the_form_says_who_shares_and_how_many_may(record):
	person, other = join(record), join(record)
	doc = frappe.get_doc(PROFILE, person.name)
	doc.run_method("onload")
	told = doc.get_onload("membership_places")
	assert told["places"] == 2
	assert {each["name"] for each in told["people"]} == {person.name, other.name}


def test_any_number_of_people_belong_to_a_customer():
	if not frappe.db.exists("DocType", "Customer"):
		pytest.skip("ERPNext isn't installed")
	customer = frappe.get_doc({"doctype": "Customer", "customer_name": "A company"})
	customer.name = frappe.generate_hash(length=10)
	customer.db_insert()
	people = {join(("Customer", customer.name)).name for _person in range(3)}
	assert not people & with_too_few_places()


@pytest.mark.parametrize("doctype", ["Membership Type", "Subscription Plan"])
def test_a_type_that_is_called_otherwise_now_goes_along(doctype):
	if not frappe.db.exists("DocType", doctype):
		pytest.skip(f"This site has no {doctype}")
	old, new = frappe.generate_hash(length=8), frappe.generate_hash(length=8)
	program = make_program(membership_types=[{"membership_type": old}])
	say_of_type(old.upper(), 3)
	doc = frappe.new_doc(doctype)
	doc.name = old
	doc.db_insert()
	frappe.rename_doc(doctype, old, new, force=True)
	assert frappe.get_doc("Mentoring Program", program.name).membership_types[0].membership_type == new
	assert frappe.get_cached_doc("Mentoring Settings").membership_types[0].membership_type == new
