"""Which Customers of ERPNext a person belongs to: as portal user, or as contact."""

from __future__ import annotations

from collections.abc import Sequence

import frappe

from mentor_ispe.membership.base import Person, fold
from mentor_ispe.membership.reading import folded, narrow

CUSTOMER = "Customer"


def customers_of(people: Sequence[Person]) -> dict[str, set[str]]:
	"""Return the profiles that belong to each Customer, in two queries.

	The Customer linked to a profile goes before everything else. Without one, it's every Customer that
	has the person's login among its portal users, or a Contact with their login or email address that
	staff keep.
	"""
	found: dict[str, set[str]] = {}
	searched = []
	for person in people:
		if person.membership_doctype == CUSTOMER and person.membership_record:
			found.setdefault(person.membership_record, set()).add(person.profile)
		else:
			searched.append(person)
	if searched:
		_by_portal_user(searched, found)
		_by_contact(searched, found)
	return found


def _logins(people: Sequence[Person]) -> dict[str, str]:
	"""The profile of each login and each email address; Frappe names a user by the address."""
	return {
		fold(login): person.profile for person in people for login in (person.user, person.email) if login
	}


def _by_portal_user(people: Sequence[Person], found: dict[str, set[str]]) -> None:
	profiles = _logins(people)
	portal_user = frappe.qb.DocType("Portal User")
	query = narrow(
		frappe.qb.from_(portal_user)
		.select(portal_user.parent, portal_user.user)
		.where(portal_user.parenttype == CUSTOMER),
		(folded(portal_user.user), profiles),
	)
	for customer, user in query.run() if query else ():
		if profile := profiles.get(fold(user)):
			found.setdefault(customer, set()).add(profile)


def _by_contact(people: Sequence[Person], found: dict[str, set[str]]) -> None:
	profiles = _logins(people)
	by_contact = {person.contact: person.profile for person in people if person.contact}
	link, contact, address, owner = map(
		frappe.qb.DocType, ("Dynamic Link", "Contact", "Contact Email", "User")
	)
	query = narrow(
		frappe.qb.from_(link)
		.join(contact)
		.on(contact.name == link.parent)
		.left_join(address)
		.on((address.parent == contact.name) & (address.parenttype == "Contact"))
		.left_join(owner)
		.on(owner.name == contact.owner)
		.select(link.link_name, contact.name, contact.user, address.email_id)
		.where((link.parenttype == "Contact") & (link.link_doctype == CUSTOMER))
		# Frappe lets everybody make Contacts and change their own: what a website user says proves nothing.
		# Those that Frappe makes when somebody signs up are Guest's, and Guest changes none.
		.where(owner.name.isnull() | (owner.name == "Guest") | (owner.user_type != "Website User")),
		(contact.name, by_contact),
		(folded(contact.user), profiles),
		(folded(address.email_id), profiles),
	)
	for customer, name, user, email in query.run() if query else ():
		for profile in (by_contact.get(name), profiles.get(fold(user)), profiles.get(fold(email))):
			if profile:
				found.setdefault(customer, set()).add(profile)
