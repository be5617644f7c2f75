"""ERPNext's Subscriptions of the Customer whose portal user or contact a person is.

Active and Trialling count as long as they last. Past Due Date, Grace Period in newer versions, is grace.
Whoever never paid anything isn't a member yet. A status that isn't known here is said and logged, and judged
as unknown. Cancelled, Unpaid and Completed ended, and the dates say when: what wasn't paid ends on the day it
was due. The field `current_invoice_end` is the end of the period that is billed next, not of what is paid, so it
only ends a subscription that nothing else ends.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import getdate

from mentor_ispe.domain.membership import DAY, Period
from mentor_ispe.membership.base import Person, Source, fold, folded, narrow

SUBSCRIPTION, CUSTOMER = "Subscription", "Customer"
# ERPNext spells the first one in either way, and calls the second one by either name, by version.
TRIALS = frozenset({"Trialling", "Trialing"})
RUNNING = frozenset({"Active", *TRIALS})
PAST_DUE = frozenset({"Past Due Date", "Grace Period"})
CANCELLED = "Cancelled"
ENDED = frozenset({CANCELLED, "Unpaid", "Completed"})
KNOWN = RUNNING | PAST_DUE | ENDED


@dataclass(frozen=True)
class Subscription:
	"""A subscription as ERPNext keeps it, its fields under their own names."""

	name: str
	party: str
	status: str
	start_date: date
	end_date: date | None = None
	cancelation_date: date | None = None
	trial_period_start: date | None = None
	current_invoice_start: date | None = None
	current_invoice_end: date | None = None
	cancel_at_period_end: bool = False

	@property
	def first_day(self) -> date:
		return min(filter(None, (self.start_date, self.trial_period_start)))

	def stretches(
		self, unpaid_since: date | None, today: date, paid_nothing: bool = False
	) -> list[tuple[date, date | None, bool]]:
		"""(first day, last day, overdue) of each stretch of membership that this subscription gives.

		`unpaid_since` is the day on which its oldest unpaid invoice was due, if there is one. `paid_nothing`:
		not even the first invoice was paid, so the membership hasn't begun but for a trial.
		"""
		first = self.first_day
		if paid_nothing and self.status not in TRIALS and self.status not in ENDED:
			return []
		if self.status in RUNNING:
			return [(first, self._planned_end, False)]
		if self.status in PAST_DUE:
			if unpaid_since is None:
				return [(first, self._planned_end, True)]
			return [(first, unpaid_since, False), (max(first, unpaid_since + DAY), self._planned_end, True)]
		if self.status in ENDED:
			return [(first, self._end(unpaid_since, today), False)]
		return []

	@property
	def _planned_end(self) -> date | None:
		ends = self.cancel_at_period_end or self.cancelation_date
		period_end = self.current_invoice_end if ends else None
		return min(filter(None, (self.end_date, period_end)), default=None)

	def _end(self, unpaid_since: date | None, today: date) -> date:
		if self.status == CANCELLED and self.cancelation_date:
			return min(filter(None, (self.cancelation_date, unpaid_since)))
		if unpaid_since:
			return min(filter(None, (self.end_date, unpaid_since)))
		period_start = self.current_invoice_start and self.current_invoice_start - DAY
		# Over is over, whatever the dates say: the last one that is past, or not a day.
		past = [day for day in (self.end_date, self.current_invoice_end, period_start) if day and day < today]
		return past[0] if past else self.first_day - DAY


class SubscriptionSource(Source):
	"""Everybody of a Customer shares its subscriptions; their plans are the membership types."""

	name = "Subscription"
	app = "erpnext"
	doctypes = (CUSTOMER, "Portal User", "Contact", SUBSCRIPTION, "Sales Invoice")
	record = CUSTOMER
	shared = True  # everybody of a Customer has its subscription

	def periods(self, people: Sequence[Person]) -> dict[str, list[Period]]:
		profiles = customers_of(people)
		subscriptions = _subscriptions(profiles)
		plans = _plans(subscriptions)
		unpaid_since, paid_nothing = _unpaid(subscriptions)
		today = getdate()
		found: dict[str, list[Period]] = {}
		for each in subscriptions.values():
			if each.status not in KNOWN:
				_note_unknown(each)
				unclear = Period(
					each.first_day, None, "", SUBSCRIPTION, each.name, unclear=each.status or "-"
				)
				for profile in profiles[each.party]:
					found.setdefault(profile, []).append(unclear)
			periods = [
				Period(first, last, plan, SUBSCRIPTION, each.name, past_due=overdue)
				for first, last, overdue in each.stretches(
					unpaid_since.get(each.name), today, each.name in paid_nothing
				)
				for plan in plans.get(each.name, [""])
			]
			for profile in profiles[each.party]:
				found.setdefault(profile, []).extend(periods)
		return found


def _subscriptions(customers: Collection[str]) -> dict[str, Subscription]:
	table = frappe.qb.DocType(SUBSCRIPTION)
	query = narrow(
		frappe.qb.from_(table)
		.select(
			table.name,
			table.party,
			table.status,
			table.start_date,
			table.end_date,
			table.cancelation_date,
			table.trial_period_start,
			table.current_invoice_start,
			table.current_invoice_end,
			table.cancel_at_period_end,
		)
		.where(table.party_type == CUSTOMER),
		(table.party, customers),
	)
	rows = [Subscription(*row) for row in query.run()] if query else []
	return {row.name: row for row in rows if row.party in customers and row.start_date}


def _plans(subscriptions: Collection[str]) -> dict[str, list[str]]:
	table = frappe.qb.DocType("Subscription Plan Detail")
	query = narrow(
		frappe.qb.from_(table).select(table.parent, table.plan).where(table.parenttype == SUBSCRIPTION),
		(table.parent, subscriptions),
	)
	plans: dict[str, list[str]] = {}
	for subscription, plan in query.run() if query else ():
		plans.setdefault(subscription, []).append(plan)
	return plans


def _unpaid(subscriptions: dict[str, Subscription]) -> tuple[dict[str, date], set[str]]:
	"""The day on which the oldest unpaid invoice of each was due, and those whose first invoice nobody paid.

	The first one is the one whose period begins with the subscription; ERPNext writes the period into it.
	"""
	invoice = frappe.qb.DocType("Sales Invoice")
	query = narrow(
		frappe.qb.from_(invoice)
		.select(
			invoice.subscription,
			invoice.due_date,
			invoice.from_date,
			invoice.outstanding_amount,
			invoice.rounded_total,
			invoice.grand_total,
		)
		.where((invoice.docstatus == 1) & (invoice.outstanding_amount > 0) & invoice.subscription.notnull()),
		# By customer, since that column has an index and `subscription` has none.
		(invoice.customer, {each.party for each in subscriptions.values()}),
	)
	since: dict[str, date] = {}
	paid_nothing: set[str] = set()
	for name, due, begins, outstanding, rounded, total in query.run() if query else ():
		each = subscriptions.get(name)
		if each is None:
			continue
		if due:
			since[name] = min(due, since.get(name, due))
		if begins and begins <= each.start_date and outstanding >= (rounded or total or 0):
			paid_nothing.add(name)
	return since, paid_nothing


def _note_unknown(subscription: Subscription) -> None:
	"""Log it, once a day for each status: it is asked for at every step of everybody."""
	key = f"mentoring_unknown_subscription:{subscription.status}"
	if frappe.cache.get_value(key, expires=True):
		return
	frappe.cache.set_value(key, 1, expires_in_sec=int(DAY.total_seconds()))
	frappe.log_error(
		title="Mentoring: a subscription has a status that isn't known",
		message=f"{subscription.name}: {subscription.status}. Known are {', '.join(sorted(KNOWN))}.",
		reference_doctype=SUBSCRIPTION,
		reference_name=subscription.name,
	)


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
