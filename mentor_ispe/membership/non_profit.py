"""Memberships of Non Profit: paid, between their dates, not cancelled.

Non Profit sets `membership_status` to Expired by a job, so a row may say Current after its last day;
only "Cancelled" is taken from that column, since staff set it.
"""

from __future__ import annotations

from collections.abc import Sequence

import frappe

from mentor_ispe.domain.membership import Period
from mentor_ispe.membership.base import PeopleIndex, Person
from mentor_ispe.membership.reading import folded, narrow

MEMBER = "Member"
MEMBERSHIP = "Membership"


class NonProfitSource:
	"""Finds the Member linked to a profile, or the Members with the profile's email address."""

	doctypes = (MEMBER, MEMBERSHIP)

	def periods(self, people: Sequence[Person]) -> dict[str, list[Period]]:
		index = PeopleIndex(people, MEMBER)
		member, membership = frappe.qb.DocType(MEMBER), frappe.qb.DocType(MEMBERSHIP)
		query = narrow(
			frappe.qb.from_(membership)
			.join(member)
			.on(membership.member == member.name)
			.select(
				member.name,
				member.email_id,
				membership.name,
				membership.membership_type,
				membership.from_date,
				membership.to_date,
				membership.membership_status,
			)
			.where(membership.paid == 1),
			(member.name, index.by_record),
			(folded(member.email_id), index.by_email),
		)
		found: dict[str, list[Period]] = {}
		for member_name, email, name, membership_type, start, end, status in query.run() if query else ():
			profiles = index.find(member_name, email)
			if not profiles or status == "Cancelled" or not start:
				continue
			period = Period(start, end, membership_type or "", MEMBERSHIP, name)
			for profile in profiles:
				found.setdefault(profile, []).append(period)
		return found
