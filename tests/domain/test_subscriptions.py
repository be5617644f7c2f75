"""What a subscription and its invoices say, kind by kind; and what holds for every history of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.membership import Period, judge
from mentor_ispe.domain.subscriptions import KNOWN, Bill, Subscription

DAY = timedelta(days=1)
START = date(2026, 6, 1)
SUBSCRIPTION = Subscription("SUB-1", "A customer", "Active", START)
YEAR = Bill("SINV-1", 100, 0, begins=START, ends=date(2027, 5, 31), sent=START, due=date(2026, 7, 1))
NEXT = Bill(
	"SINV-2",
	100,
	0,
	begins=date(2027, 6, 1),
	ends=date(2028, 5, 31),
	sent=date(2027, 6, 1),
	due=date(2027, 7, 1),
)
IN_YEAR, IN_NEXT = date(2027, 3, 1), date(2027, 9, 1)


def ask(status, *bills, on, grace_days=0, **values):
	subscription = replace(SUBSCRIPTION, status=status, **values)
	return judge(periods(subscription, bills, on), on, grace_days)


def periods(subscription, bills, on):
	return [
		Period(
			each.first, each.last, "Full", "Subscription", each.bill or "SUB-1", each.overdue, each.unclear
		)
		for each in subscription.stretches(bills, on)
	]


def unpaid(bill, owed=100.0):
	return replace(bill, owed=owed)


def credited(bill, amount=100.0, owed=0.0):
	return replace(bill, credited=amount, owed=owed)


@pytest.mark.parametrize("status", sorted(KNOWN - {"Cancelled", "Completed"}))
def test_what_was_paid_counts_whatever_the_status_says(status):
	"""ERPNext sets the status once a day, and keeps "Unpaid" when there was a credit note."""
	asked = ask(status, YEAR, NEXT, on=IN_NEXT)
	assert asked.state == "Active"
	assert asked.active_until in (date(2028, 5, 31), None)


def test_unpaid_then_paid_late_is_active_again_at_once():
	assert ask("Unpaid", YEAR, unpaid(NEXT), on=IN_NEXT).state == "Lapsed"
	assert ask("Unpaid", YEAR, NEXT, on=IN_NEXT).state == "Active"


def test_unpaid_with_nothing_owed_after_the_paid_period_is_grace_until_erpnext_looks_again():
	asked = ask("Unpaid", YEAR, on=date(2027, 6, 1))
	assert (asked.state, asked.lapsed_since) == ("Grace", date(2027, 6, 1))


def test_an_older_unpaid_year_does_not_undo_the_year_that_was_paid():
	for status in ("Past Due Date", "Unpaid"):
		assert ask(status, unpaid(YEAR), NEXT, on=IN_NEXT).state == "Active"


def test_cancelled_for_want_of_payment_and_paid_afterwards_lasts_as_long_as_was_paid():
	late = replace(NEXT, paid_on=date(2027, 8, 20))
	asked = ask("Cancelled", YEAR, late, on=IN_NEXT, cancelation_date=date(2027, 8, 1))
	assert (asked.state, asked.active_until) == ("Active", date(2028, 5, 31))


def test_paid_first_and_cancelled_then_ends_on_the_day_of_the_cancellation():
	early = replace(NEXT, paid_on=date(2027, 6, 20))
	asked = ask("Cancelled", YEAR, early, on=IN_NEXT, cancelation_date=date(2027, 8, 1))
	assert (asked.state, asked.active_until) == ("Lapsed", date(2027, 8, 1))


def test_cancelled_before_anything_was_paid_was_never_a_membership():
	asked = ask("Cancelled", unpaid(YEAR), on=IN_YEAR, cancelation_date=date(2026, 8, 1))
	assert asked.state == "Never"


@pytest.mark.parametrize("status", ["Active", "Past Due Date", "Grace Period", "Unpaid"])
def test_nothing_was_paid_yet_whatever_the_status(status):
	assert ask(status, unpaid(YEAR), on=date(2026, 6, 20), grace_days=30).state == "Never"
	assert ask(status, unpaid(YEAR), on=date(2026, 7, 10), grace_days=30).state == "Never"


def test_a_draft_is_not_paid():
	"""Where invoices aren't submitted by ERPNext, the first is a draft: owed in full."""
	assert ask("Active", unpaid(YEAR), on=IN_YEAR).state == "Never"


def test_paid_in_part_counts_until_it_is_overdue():
	assert ask("Active", unpaid(YEAR, 40), on=date(2026, 6, 20)).state == "Active"
	overdue = ask("Past Due Date", unpaid(YEAR, 40), on=date(2026, 8, 1))
	assert (overdue.state, overdue.lapsed_since) == ("Grace", date(2026, 7, 2))
	assert ask("Unpaid", unpaid(YEAR, 40), on=date(2026, 10, 1)).state == "Lapsed"


def test_lowered_by_a_credit_note_and_the_rest_unpaid_is_not_paid_in_part():
	assert ask("Active", credited(YEAR, 40, owed=60), on=date(2026, 6, 20)).state == "Never"
	assert ask("Active", credited(YEAR, 40, owed=0), on=date(2026, 6, 20)).state == "Active"


@pytest.mark.parametrize("status", ["Active", "Past Due Date", "Grace Period", "Unpaid"])
def test_a_year_that_was_given_back_is_unclear_and_the_one_before_counts(status):
	asked = ask(status, YEAR, credited(NEXT), on=IN_NEXT)
	assert (asked.state, asked.record_name) == ("Unknown", "SINV-2")
	assert "Credit Note Issued" in asked.reason
	assert ask(status, YEAR, credited(NEXT), on=date(2027, 5, 31)).state == "Active"


def test_an_invoice_that_was_cancelled_is_unclear_until_another_stands_in_its_place():
	cancelled = replace(YEAR, cancelled=True)
	assert ask("Active", cancelled, on=IN_YEAR).state == "Unknown"
	assert ask("Active", cancelled, replace(YEAR, name="SINV-1-1"), on=IN_YEAR).state == "Active"
	assert ask("Active", cancelled, unpaid(replace(YEAR, name="SINV-1-1")), on=IN_YEAR).state == "Never"


def test_given_back_and_cancelled_has_ended():
	asked = ask("Cancelled", YEAR, credited(NEXT), on=IN_NEXT, cancelation_date=date(2027, 6, 15))
	assert (asked.state, asked.active_until) == ("Lapsed", date(2027, 6, 15))


@pytest.mark.parametrize("status", ["Trialling", "Trialing"])
def test_a_trial_lasts_as_long_as_it_was_given_for(status):
	trial = {"trial_period_start": START, "trial_period_end": date(2026, 6, 30)}
	asked = ask(status, on=date(2026, 6, 30), **trial)
	assert (asked.state, asked.active_until) == ("Active", date(2026, 6, 30))
	# ERPNext hasn't looked yet: nobody is suspended for that.
	assert ask(status, on=date(2026, 7, 1), **trial).state == "Grace"


def test_after_a_trial_nothing_counts_until_something_was_paid():
	trial = {"trial_period_start": START, "trial_period_end": date(2026, 6, 30)}
	free = replace(YEAR, name="SINV-0", total=0, ends=date(2026, 6, 30))
	first = replace(YEAR, begins=date(2026, 7, 1), ends=date(2027, 6, 30), sent=date(2026, 7, 1))
	assert ask("Active", free, unpaid(first), on=date(2026, 7, 10), **trial).state == "Lapsed"
	assert ask("Active", free, unpaid(first), on=date(2026, 7, 10), grace_days=30, **trial).state == "Grace"
	assert ask("Active", free, first, on=date(2026, 7, 10), **trial).state == "Active"


def test_billed_afterwards_a_first_unpaid_year_was_a_membership():
	"""ERPNext bills at the end of a period unless it is told otherwise: until then nobody owes anything."""
	afterwards = replace(unpaid(YEAR), sent=YEAR.ends, due=date(2027, 6, 30))
	assert ask("Active", on=IN_YEAR).state == "Active"
	assert ask("Active", afterwards, on=date(2027, 6, 15)).state == "Active"
	asked = ask("Past Due Date", afterwards, on=date(2027, 7, 1))
	assert (asked.state, asked.lapsed_since) == ("Grace", date(2027, 7, 1))


def test_cancelled_for_later_lasts_no_longer_than_was_billed():
	"""`current_invoice_end` is a year ahead once the year was billed."""
	asked = ask(
		"Active",
		YEAR,
		on=date(2027, 5, 25),
		cancelation_date=date(2027, 5, 20),
		current_invoice_start=date(2027, 6, 1),
		current_invoice_end=date(2028, 5, 31),
	)
	assert (asked.state, asked.active_until) == ("Active", date(2027, 5, 31))


def test_an_end_date_set_by_staff_ends_a_paid_year():
	asked = ask("Active", YEAR, on=IN_YEAR, end_date=date(2026, 12, 31))
	assert (asked.state, asked.active_until) == ("Lapsed", date(2026, 12, 31))


def test_a_status_that_is_not_known_is_unknown_but_what_another_subscription_paid_counts():
	assert ask("Paused", YEAR, on=IN_YEAR).state == "Unknown"
	other = replace(SUBSCRIPTION, status="Paused")
	both = periods(other, [], IN_YEAR) + periods(SUBSCRIPTION, [YEAR], IN_YEAR)
	assert judge(both, IN_YEAR, 0).state == "Active"


# Histories: what happens to one subscription, month by month, with the status that ERPNext would give it.


@dataclass
class Ledger:
	"""A plain model: invoices as they are written, and the status by the rules of ERPNext's daily job."""

	paid: dict[int, bool] = field(default_factory=dict)  # by period: whether it is paid in full
	back: set[int] = field(default_factory=set)  # given back or cancelled, with none in its place
	paid_after: set[int] = field(default_factory=set)
	ever_paid: bool = False


PERIOD = 30
EVENTS = st.lists(
	st.tuples(
		st.sampled_from(
			["bill", "bill", "bill", "pay", "pay", "part", "credit", "cancel invoice", "replace", "cancel"]
		),
		st.integers(0, 2),
	),
	max_size=14,
)


def first_day(number):
	return START + number * PERIOD * DAY


def live_through(events):
	"""(subscription, bills, model, today) after these events, one a day or a month on; bills in advance."""
	bills, model = {}, Ledger()
	today, cancelled = START, None
	for what, which in events:
		if what == "bill" and cancelled is None:
			number = len(bills)
			today = max(today, first_day(number))
			bills[number] = Bill(
				f"SINV-{number}",
				100,
				100,
				first_day(number),
				first_day(number + 1) - DAY,
				first_day(number),
				first_day(number) + 10 * DAY,
			)
			model.paid[number] = False
			continue
		if what == "cancel" and cancelled is None:
			cancelled = today
		elif which in bills:
			bill = bills[which]
			if what == "pay" and not bill.taken_back:
				today += DAY
				bills[which] = replace(bill, owed=0, paid_on=today)
				model.paid[which] = model.ever_paid = True
				if cancelled is not None:
					model.paid_after.add(which)
			elif what == "part" and not bill.taken_back and bill.owed:
				bills[which] = replace(bill, owed=min(bill.owed, 40))
				model.ever_paid = True
			elif what in ("credit", "cancel invoice"):
				back = {"credited": 100, "owed": 0} if what == "credit" else {"cancelled": True}
				bills[which] = replace(bill, **back)
				model.back.add(which)
				model.paid[which] = False
			elif what == "replace" and which in model.back:
				bills[which] = Bill(
					bill.name + "-1", 100, 0, bill.begins, bill.ends, bill.sent, bill.due, paid_on=today
				)
				model.back.discard(which)
				model.paid[which] = model.ever_paid = True
				if cancelled is not None and today > cancelled:
					model.paid_after.add(which)
	status = "Cancelled" if cancelled else _status_by_erpnext(bills, today)
	return Subscription("SUB-1", "A customer", status, START, cancelation_date=cancelled), bills, model, today


def _status_by_erpnext(bills, today):
	"""Subscription.set_subscription_status of ERPNext 15, with seven days of grace."""
	current = bills[max(bills)] if bills else None
	is_paid = current is None or (current.owed == 0 and not current.credited)
	if current is not None and not current.cancelled and not is_paid and today >= current.due:
		return "Unpaid" if today >= current.due + 7 * DAY else "Past Due Date"
	outstanding = any(not each.cancelled and (each.owed or each.credited) for each in bills.values())
	return "Active" if not outstanding else "Past Due Date"


@given(EVENTS)
def test_a_paid_day_is_a_day_of_membership_in_whatever_order_it_came_about(events):
	subscription, bills, model, today = live_through(events)
	known = periods(subscription, list(bills.values()), today)
	for number, paid in model.paid.items():
		if paid and (subscription.status != "Cancelled" or number in model.paid_after):
			for day in (first_day(number), first_day(number + 1) - DAY):
				assert judge(known, day, 0).state == "Active"


@given(EVENTS, st.integers(0, 200), st.integers(0, 60))
def test_nobody_who_never_paid_is_a_member_or_in_grace(events, days, grace_days):
	subscription, bills, model, today = live_through(events)
	asked = judge(
		periods(subscription, list(bills.values()), today + days * DAY), today + days * DAY, grace_days
	)
	if 0 in bills and not model.ever_paid and 0 not in model.back:
		assert asked.state in ("Never", "Unknown")


@given(EVENTS, st.integers(0, 200))
def test_nobody_who_owes_nothing_loses_a_seat_before_the_subscription_is_cancelled(events, days):
	subscription, bills, _model, today = live_through(events)
	on = today + days * DAY
	if subscription.status == "Cancelled" or any(
		bill.owed and not bill.taken_back for bill in bills.values()
	):
		return
	asked = judge(periods(subscription, list(bills.values()), on), on, 0)
	assert asked.state in ("Active", "Grace", "Unknown")


@given(EVENTS, st.integers(0, 200), st.randoms())
def test_the_order_of_the_invoices_does_not_matter(events, days, random):
	subscription, bills, _model, today = live_through(events)
	on, listed = today + days * DAY, list(bills.values())
	shuffled = random.sample(listed, len(listed))
	one, other = (judge(periods(subscription, each, on), on, 10) for each in (listed, shuffled))
	assert (one.state, one.active_until, one.lapsed_since) == (
		other.state,
		other.active_until,
		other.lapsed_since,
	)
