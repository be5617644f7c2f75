"""Which people belong to which Customers of ERPNext."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import frappe

from mentor_ispe.membership.base import Person, fold, folded, narrow

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
		logins, addresses = _owners(searched, "user", "email"), _owners(searched, "email", "user")
		_by_portal_user(logins, found)
		_by_contact(searched, logins, addresses, found)
	return found


def _owners(people: Sequence[Person], *fields: str) -> dict[str, str]:
	"""The profile of each login or address; what two people have is theirs who have it in the first field.

	Frappe names a user by the address, and one's login may be another's address.
	"""
	owners: dict[str, str] = {}
	for name in fields:
		for person in people:
			if value := fold(getattr(person, name)):
				owners.setdefault(value, person.profile)
	return owners


def _by_portal_user(logins: Mapping[str, str], found: dict[str, set[str]]) -> None:
	portal_user = frappe.qb.DocType("Portal User")
	query = narrow(
		frappe.qb.from_(portal_user)
		.select(portal_user.parent, portal_user.user)
		.where(portal_user.parenttype == CUSTOMER),
		(folded(portal_user.user), logins),
	)
	for customer, user in query.run() if query else ():
		if profile := logins.get(fold(user)):
			found.setdefault(customer, set()).add(profile)


def _by_contact(
	people: Sequence[Person],
	logins: Mapping[str, str],
	addresses: Mapping[str, str],
	found: dict[str, set[str]],
) -> None:
	by_contact: dict[str, list[str]] = {}
	for person in people:
		if person.contact:
			by_contact.setdefault(person.contact, []).append(person.profile)
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
		(folded(contact.user), logins),
		(folded(address.email_id), addresses),
	)
	for customer, name, user, email in query.run() if query else ():
		for profile in (*by_contact.get(name, ()), logins.get(fold(user)), addresses.get(fold(email))):
			if profile:
				found.setdefault(customer, set()).add(profile)
