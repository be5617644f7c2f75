"""Every source and every standing it can give: what the person reads before they apply, with or without a profile."""

from __future__ import annotations

from collections.abc import Callable

import frappe
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.membership.base import SourceUnavailable
from mentor_ispe.membership.roll import ENTRY, RollSource
from mentor_ispe.portal import membership_note
from mentor_ispe.portal.times import Clock
from mentor_ispe.services.members import joining
from tests import factories as make
from tests.site.membership import records

Record = Callable[[str, int, int | None], None]
"""Puts a membership of an address into a source: from so many days after today to so many."""


def on_roll(email: str, start: int, end: int | None) -> None:
	make.make_roll_entry(
		email, from_date=add_days(nowdate(), start), to_date=None if end is None else add_days(nowdate(), end)
	)


def at_non_profit(email: str, start: int, end: int | None) -> None:
	member = records.make_member(email)
	last = add_days(nowdate(), 36_500 if end is None else end)
	records.make_membership(member.name, add_days(nowdate(), start), last)


def by_subscription(email: str, start: int, end: int | None) -> None:
	customer = records.make_customer()
	records.make_portal_user(customer, email)
	ended = {} if end is None or end >= 0 else {"cancelation_date": add_days(nowdate(), end)}
	records.make_subscription(
		customer,
		"Cancelled" if ended else "Active",
		add_days(nowdate(), start),
		end_date=None if end is None else add_days(nowdate(), end),
		**ended,
	)


SOURCES: dict[str, Record] = {
	"Membership Roll": on_roll,
	"Non Profit": at_non_profit,
	"Subscription": by_subscription,
}
# standing → (first day, last day, grace), what is said, whether one may apply
STANDINGS = {
	"active": ((-100, 100, 0), ("active_until", "active"), True),
	"starts tomorrow": ((1, 366, 0), ("starts_later",), False),
	"in grace": ((-300, -1, 30), ("in_grace",), False),
	"ended yesterday": ((-300, -1, 0), ("lapsed",), False),
}


@pytest.fixture(params=SOURCES)
def source(request, site) -> Record:
	doctype = {"Non Profit": "Membership", "Subscription": "Subscription"}.get(request.param)
	if doctype and not frappe.db.exists("DocType", doctype):
		pytest.skip(f"{doctype} isn't installed")
	records.use_source(request.param)
	on_roll("somebody-else@example.org", -10, 10)  # an empty roll can't tell anything of anybody
	return SOURCES[request.param]


def note_for(email: str, profile: str | None) -> membership_note.Note:
	membership = joining.membership_of(profile, email)
	return membership_note.note(membership.advice(), Clock.of(profile))


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("has_profile", [True, False], ids=["profile", "login alone"])
def test_each_standing_of_each_source_has_its_sentence(source, standing, has_profile):
	(start, end, grace), codes, may_apply = STANDINGS[standing]
	frappe.db.set_single_value("Mentoring Settings", "default_grace_days", grace)
	email = make.make_user().name
	profile = make.make_profile(member=False, email=email, user=email).name if has_profile else None
	source(email, start, end)
	note = note_for(email, profile)
	assert note.code in codes
	assert note.may_apply == may_apply
	assert may_apply or note.next_step
	if standing == "ended yesterday":
		assert Clock.of(profile).day(add_days(nowdate(), -1)) in note.words


def test_who_is_in_no_record_is_told_the_address_that_was_looked_for(source):
	email = make.make_user().name
	note = note_for(email, None)
	assert note.code == "not_found"
	assert email in note.words


def test_a_source_that_fails_blames_nobody(site, monkeypatch):
	def fails(*_args):
		raise SourceUnavailable("The server of members is down")

	records.use_source("Membership Roll")
	monkeypatch.setattr(RollSource, "periods", fails)
	note = note_for(make.make_user().name, None)
	assert (note.code, note.may_apply) == ("unknown", False)
	assert "server" not in f"{note.words} {note.next_step}"


def test_an_empty_roll_is_not_taken_for_nobody_being_a_member(site):
	records.use_source("Membership Roll")
	frappe.db.delete(ENTRY)
	assert note_for(make.make_user().name, None).code == "unknown"
