"""Memberships of Non Profit: paid, between their dates, not cancelled.

Non Profit sets `membership_status` to Expired by a job, so a row may say Current after its last day;
only "Cancelled" is taken from that column, since staff set it. With a status that isn't known here, an association's
own or a newer version's, nobody can say whether the membership counts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import frappe

from mentor_ispe.domain.membership import Period
from mentor_ispe.membership.base import (
	PeopleIndex,
	Person,
	Source,
	endless_types,
	folded,
	narrow,
	never_ends,
	note_unknown_status,
)

MEMBER = "Member"
MEMBERSHIP = "Membership"
CANCELLED = "Cancelled"
KNOWN = frozenset({"", "New", "Current", "Expired", "Pending", CANCELLED})


class NonProfitSource(Source):
	"""Finds the Member linked to a profile, or the Members with the profile's email address."""

	name = "Non Profit"
	app = "non_profit"
	doctypes = (MEMBER, MEMBERSHIP)
	record = MEMBER

	def periods(self, people: Sequence[Person]) -> dict[str, list[Period]]:
		profiles = _profiles_by_member(people)
		membership = frappe.qb.DocType(MEMBERSHIP)
		query = narrow(
			frappe.qb.from_(membership)
			.select(
				membership.member,
				membership.name,
				membership.membership_type,
				membership.from_date,
				membership.to_date,
				membership.membership_status,
			)
			.where(membership.paid == 1),
			(membership.member, profiles),
		)
		endless = endless_types()
		found: dict[str, list[Period]] = {}
		for member, name, membership_type, start, end, status in query.run() if query else ():
			if member not in profiles or status == CANCELLED or not start:
				continue
			unclear = "" if (status or "") in KNOWN else status
			if unclear:
				note_unknown_status(MEMBERSHIP, name, status, KNOWN)
			if never_ends(membership_type, endless):
				end = None  # Non Profit writes one a year later for every type
			period = Period(start, end, membership_type or "", MEMBERSHIP, name, unclear=unclear)
			for profile in profiles[member]:
				found.setdefault(profile, []).append(period)
		return found

	def types_of(self, records: Collection[str]) -> dict[str, set[str]]:
		"""The types of everything that was paid for these Members and not cancelled."""
		membership = frappe.qb.DocType(MEMBERSHIP)
		query = narrow(
			frappe.qb.from_(membership)
			.select(membership.member, membership.membership_type, membership.membership_status)
			.where(membership.paid == 1),
			(membership.member, records),
		)
		found: dict[str, set[str]] = {}
		for member, membership_type, status in query.run() if query else ():
			if status != CANCELLED:
				found.setdefault(member, set()).add(membership_type or "")
		return found

	def full_name(self, email: str) -> str | None:
		return frappe.db.get_value(MEMBER, {"email_id": email}, "member_name")


def _profiles_by_member(people: Sequence[Person]) -> dict[str, list[str]]:
	"""The profiles that each Member belongs to.

	Asked before the memberships and not joined to them: neither `Membership.member` nor `Member.email_id`
	has an index in Non Profit, and a join of two tables without one takes ten times as long for one person.
	"""
	index = PeopleIndex(people, MEMBER)
	member = frappe.qb.DocType(MEMBER)
	query = narrow(
		frappe.qb.from_(member).select(member.name, member.email_id),
		(member.name, index.by_record),
		(folded(member.email_id), index.by_email),
	)
	rows = query.run() if query else ()
	return {name: profiles for name, email in rows if (profiles := index.find(name, email))}
