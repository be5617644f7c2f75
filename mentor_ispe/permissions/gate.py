"""The one gate in front of what members see: who is this, which seat do they hold, does it let them in.

Members hold no permission on any record, so nothing of Frappe's own reaches one for them. Our pages and
endpoints do: an endpoint names its audience (`api/endpoint.py`), and whatever is about a group asks `enter`
or `require` first. What is then loaded and saved is done with `ignore_permissions`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import now_datetime
from pypika.queries import QueryBuilder

from mentor_ispe.permissions.conflict_of_interest import groups_closed_to
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.readings.profiles import profile_of
from mentor_ispe.readings.seats import GROUP, SEAT, query_of_seats
from mentor_ispe.readings.seats import seats as seats_in
from mentor_ispe.roles import COMMITTEE, COORDINATOR

SYSTEM_MANAGER = "System Manager"
COORDINATORS = frozenset({COORDINATOR, SYSTEM_MANAGER})
STAFF = COORDINATORS | {COMMITTEE}

# What a seat opens, by its state.
# The match: as long as there is something to answer, and what became of it.
MATCH = (
	"Proposed",
	"Accepted",
	"Active",
	"Suspended",
	"Ended",
	"Completed",
	"Declined",
	"Expired",
	"Withdrawn",
)
# The group as a whole, for everybody who sits or sat in it once they had accepted.
SAT = ("Accepted", "Active", "Suspended", "Ended", "Completed")
# What its people show each other: names, hours, goals, the roster.
SHARED = ("Accepted", "Active", "Suspended", "Completed")
# What was said and written in it.
READ = ("Active", "Suspended", "Completed")
WRITE = ("Active",)
# The credit record: an audit may come years after the two went apart.
RECORD = ("Active", "Suspended", "Completed", "Ended")


@dataclass(frozen=True)
class Audience:
	"""Who an endpoint is for. `check` raises PermissionError for everybody else.

	`limited`: calls are counted, so that nobody floods the association; staff work as fast as they can.
	"""

	name: str
	check: Callable[[], object]
	limited: bool = True


def _nobody_asked() -> None:
	"""Everybody may."""


def _signed_in() -> None:
	if frappe.session.user == "Guest":
		frappe.throw(_("Please sign in first."), exc=frappe.PermissionError)


def _has_role(roles: Collection[str]) -> Callable[[], None]:
	def check() -> None:
		_signed_in()
		if not has_role(roles):
			frappe.throw(
				_("Only coordinators of the mentoring programs can do this.")
				if COMMITTEE not in roles
				else _("Only coordinators and the committee of the mentoring programs can do this."),
				exc=frappe.PermissionError,
			)

	return check


GUEST = Audience("everybody", _nobody_asked)
SIGNED_IN = Audience("everybody who is signed in", _signed_in)
MEMBER = Audience("everybody with a mentoring profile, for themselves", own_profile)
COORDINATOR_ONLY = Audience("coordinators", _has_role(COORDINATORS), limited=False)
COMMITTEE_TOO = Audience("coordinators and the committee", _has_role(STAFF), limited=False)


def permitted(doctype: str, *rights: str) -> Audience:
	"""Everybody whose roles have these rights to a DocType, the site's own roles too."""

	def check() -> None:
		for right in rights:
			frappe.has_permission(doctype, right, throw=True)

	return Audience(f"whoever may {' and '.join(rights)} {doctype}", check, limited=False)


def has_role(roles: Collection[str], user: str | None = None) -> bool:
	"""Whether the user has one of the roles; Administrator has all of them."""
	user = user or frappe.session.user
	return user == "Administrator" or not frozenset(roles).isdisjoint(frappe.get_roles(user))


def is_coordinator(user: str | None = None) -> bool:
	return has_role(COORDINATORS, user)


def coordinates(group: str | None) -> bool:
	"""Whether the user is a coordinator for this group: whoever sits in it is there as the others are."""
	return is_coordinator() and group not in groups_closed_to()


def is_staff() -> bool:
	"""Whether the user has work to do in the Desk: the app is shown on their start page then."""
	return has_role(STAFF)


def enter(group: str | None, seats: Collection[str] = SAT) -> str:
	"""The signed-in person's profile, when they hold a seat of the group in one of these states."""
	profile = own_profile()
	require(group, profile, seats)
	return profile


def enter_or_coordinate(group: str | None, seats: Collection[str] = SHARED) -> str | None:
	"""The same; None for a coordinator of the group, who needs no seat."""
	return None if coordinates(group) else enter(group, seats)


def require(group: str | None, profile: str | None, seats: Collection[str] = READ) -> None:
	"""Refuse unless `profile` holds a seat of the group in one of these states, and knows of it by now.

	A group that isn't there and one that is somebody else's are refused alike.
	"""
	if not (group and profile and holds_seat(group, profile, seats)):
		raise frappe.PermissionError(
			_("Only people with an active place in the group can do this.")
			if set(seats) == set(WRITE)
			else _("Only people in the group can see this.")
		)


def holds_seat(group: str, profile: str, seats: Collection[str]) -> bool:
	"""Whether it is so; one query."""
	table = DocType("Mentoring Group")
	return bool(groups_of(profile, seats).where(table.name == group).limit(1).run())


def keeps_record(group: str, profile: str) -> bool:
	"""Whether the credit record is theirs: also a mentor's who left, of the days on which they mentored."""
	if holds_seat(group, profile, RECORD):
		return True
	return any(seat.is_mentor and seat.took_part for seat in seats_in([group], [profile]))


def groups_of(profile: str, seats: Collection[str]) -> QueryBuilder:
	"""The announced groups where the person's seat is in one of the states; names."""
	group, row = DocType(GROUP), DocType(SEAT)
	theirs = query_of_seats(row, profiles=[profile], statuses=seats).select(row.parent)
	announced = group.announce_on.isnull() | (group.announce_on <= now_datetime())
	return frappe.qb.from_(group).select(group.name).where(group.name.isin(theirs) & announced)


def works_in_the_desk(user: str | None = None) -> bool:
	"""Whether the user has the Desk at all; members and guests don't."""
	user = user or frappe.session.user
	return user == "Administrator" or frappe.get_cached_value("User", user, "user_type") == "System User"


def signed_in_profile() -> str | None:
	"""The profile of whoever is signed in, None without one."""
	return profile_of(frappe.session.user) if frappe.session.user != "Guest" else None
