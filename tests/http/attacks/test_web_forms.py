"""Web forms that read and write records of another DocType than their own, the contact form and the booking of appointments."""

from __future__ import annotations

import json
from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.services import concerns
from tests.http.client import Client
from tests.http.rounds import look_again
from tests.http.running_group import group

__all__ = ["group"]  # a fixture, used by name

CONCERN = "Mentoring Concern"
NOTED = "what-only-coordinators-noted"
WEB_FORM = "frappe.website.doctype.web_form.web_form"
ACCEPT = (f"{WEB_FORM}.accept", "payments.overrides.payment_webform.accept")


@pytest.fixture(scope="module")
def raised(group, keyed, site) -> SimpleNamespace:
	"""A concern that Ben raised over HTTP, so that he is its owner; a coordinator noted something of it."""
	ben = keyed(group.people["ben"][1])
	answer = ben.call("mentor_ispe.api.concerns.raise_concern", group=group.name, words="It happened")
	assert answer.ok, answer.text[:500]
	look_again()
	name = frappe.db.get_value(CONCERN, {"mentoring_group": group.name})
	assert frappe.db.get_value(CONCERN, name, "owner") == group.people["ben"][1]
	concerns.take_step(name, "In Mediation", note=NOTED)
	frappe.db.commit()
	return SimpleNamespace(client=ben, name=name, user=group.people["ben"][1])


@pytest.mark.parametrize("form", ["tasks", "addresses", "edit-profile"])
def test_whoever_raised_a_concern_reads_by_a_web_form_what_was_noted_of_it(raised, form):
	shown = raised.client.call(
		f"{WEB_FORM}.get_form_data", doctype=CONCERN, docname=raised.name, web_form_name=form
	)
	assert shown.status == 403, shown.text[-2000:]
	assert NOTED not in shown.text


@pytest.mark.parametrize("accept", ACCEPT)
def test_whoever_raised_a_concern_changes_it_by_a_web_form(raised, accept):
	before = frappe.db.get_value(CONCERN, raised.name, "modified")
	for form, values in (("edit-profile", {}), ("tasks", {"status": "Resolved"})):
		data = json.dumps({"doctype": CONCERN, **values})
		answer = raised.client.call(accept, web_form=form, docname=raised.name, data=data)
		assert answer.status == 403, answer.text[:2000]
		assert NOTED not in answer.text
	look_again()
	assert frappe.db.get_value(CONCERN, raised.name, "modified") == before


@pytest.mark.parametrize("accept", ACCEPT)
def test_records_of_any_kind_are_inserted_by_a_web_form(outsider, guest, accept):
	before = frappe.db.count("Mentoring Topic"), frappe.db.count("Tag")
	for client, form, data in (
		(outsider.client, "tasks", {"doctype": "Tag", "description": "x", "name": "mine"}),
		(outsider.client, "tasks", {"doctype": "Mentoring Topic", "description": "x"}),
		(guest, "request-to-delete-data", {"doctype": "Mentoring Profile", "email": "a@example.org"}),
	):
		answer = client.call(accept, web_form=form, data=json.dumps(data))
		assert answer.status == 403, answer.text[:500]
	look_again()
	assert (frappe.db.count("Mentoring Topic"), frappe.db.count("Tag")) == before


def test_a_web_form_still_takes_and_shows_its_own_records(raised):
	"""The same endpoints, for the DocType of the form."""
	data = json.dumps({"doctype": "User", "first_name": "Benjamin"})
	answer = raised.client.call(ACCEPT[0], web_form="edit-profile", docname=raised.user, data=data)
	assert answer.ok, answer.text[:500]
	look_again()
	assert frappe.db.get_value("User", raised.user, "first_name") == "Benjamin"
	shown = raised.client.call(
		f"{WEB_FORM}.get_form_data", doctype="User", docname=raised.user, web_form_name="edit-profile"
	)
	assert shown.ok, shown.text[:500]
	assert shown.result["doc"]["first_name"] == "Benjamin"


@pytest.mark.parametrize(
	"method", ["frappe.www.contact.send_message", "erpnext.templates.utils.send_message"]
)
def test_a_guest_has_the_association_write_to_anybody_by_the_contact_form(
	guest: Client, outgoing_mail, method
):
	"""The attack: the answer to what a guest wrote goes to the address they typed, with what they wrote."""
	words = f"Pay at https://evil.example/{frappe.generate_hash(length=8)}"
	before = set(frappe.get_all("Email Queue", pluck="name"))
	answer = guest.call(method, sender="victim@example.net", message=words, subject="Your membership")
	assert answer.ok, answer.text[:500]
	look_again()
	new = set(frappe.get_all("Email Queue", pluck="name")) - before
	to = frappe.get_all("Email Queue Recipient", {"parent": ("in", [*new, ""])}, pluck="recipient")
	assert "victim@example.net" not in to
	assert frappe.db.exists("Communication", {"content": ("like", f"%{words}%")}), "the association has it"


def test_a_guest_books_an_appointment_where_nobody_offers_any(guest: Client, outgoing_mail):
	"""The attack: the page is off, its endpoint isn't, and mails the name that the guest gave to any address."""
	assert not frappe.db.get_single_value("Appointment Booking Settings", "enable_scheduling")
	victim = f"{frappe.generate_hash(length=8)}@example.net"
	contact = {"name": "Pay at https://evil.example", "email": victim, "number": "", "skype": "", "notes": ""}
	answer = guest.call(
		"erpnext.www.book_appointment.index.create_appointment",
		date="2031-12-03",
		time="10:00:00",
		tz="UTC",
		contact=json.dumps(contact),
	)
	assert answer.status == 403, answer.text[:500]
	look_again()
	assert not frappe.db.exists("Email Queue Recipient", {"recipient": victim})
	assert not frappe.db.exists("Appointment", {"customer_email": victim})
