"""The standing of a member by date; no test looks at today's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mentor_ispe.domain.membership import Period, judge, unknown

DAY = timedelta(days=1)
END = date(2027, 6, 30)


def make_period(start=date(2026, 7, 1), end=END, kind="Full", name="MSH-1", past_due=False):
	return Period(start, end, kind, "Membership", name, past_due)


def test_last_day_of_a_membership_counts():
	standing = judge([make_period()], on=END, grace_days=0)
	assert (standing.state, standing.active_until) == ("Active", END)
	assert standing.reason == "Active until 2027-06-30 (Membership MSH-1)."
	assert (standing.record_doctype, standing.record_name) == ("Membership", "MSH-1")


def test_first_day_of_a_membership_counts():
	assert judge([make_period()], on=date(2026, 7, 1), grace_days=0).state == "Active"


def test_lapsed_the_day_after_the_last_one_without_grace():
	standing = judge([make_period()], on=END + DAY, grace_days=0)
	assert (standing.state, standing.active_until) == ("Lapsed", END)
	assert standing.lapsed_since == date(2027, 7, 1)
	assert standing.reason == "Ended on 2027-06-30 (Membership MSH-1)."


@pytest.mark.parametrize(("days_after", "state"), [(1, "Grace"), (30, "Grace"), (31, "Lapsed")])
def test_last_day_of_grace_counts(days_after, state):
	standing = judge([make_period()], on=END + days_after * DAY, grace_days=30)
	assert standing.state == state
	assert standing.grace_until == date(2027, 7, 30)
	assert standing.lapsed_since == date(2027, 7, 1)


def test_renewed_on_the_last_day_is_active_without_a_break():
	periods = [make_period(), make_period(start=END, end=date(2028, 6, 30), name="MSH-2")]
	for on in (END - DAY, END, END + DAY):
		standing = judge(periods, on, grace_days=0)
		assert (standing.state, standing.active_until) == ("Active", date(2028, 6, 30))


def test_renewed_from_the_day_after_the_last_one_is_active_without_a_break():
	periods = [make_period(), make_period(start=END + DAY, end=date(2028, 6, 30), name="MSH-2")]
	on_the_last_day = judge(periods, END, grace_days=0)
	assert (on_the_last_day.active_until, on_the_last_day.record_name) == (date(2028, 6, 30), "MSH-1")
	assert judge(periods, END + DAY, grace_days=0).record_name == "MSH-2"


def test_a_day_between_two_memberships_breaks_the_chain():
	periods = [make_period(), make_period(start=END + 2 * DAY, end=date(2028, 6, 30), name="MSH-2")]
	assert judge(periods, END, grace_days=0).active_until == END
	between = judge(periods, END + DAY, grace_days=0)
	assert between.state == "Lapsed"
	assert "the next membership starts on 2027-07-02 (MSH-2)" in between.reason


def test_of_two_overlapping_memberships_the_one_that_ends_later_speaks():
	periods = [
		make_period(kind="Student", end=date(2027, 12, 31), name="LONG"),
		make_period(kind="Full", start=date(2027, 1, 1), name="SHORT"),
	]
	standing = judge(periods, date(2027, 3, 1), grace_days=0)
	assert (standing.record_name, standing.active_until) == ("LONG", date(2027, 12, 31))
	assert standing.membership_types == {"Student", "Full"}


def test_a_membership_within_another_does_not_end_it():
	periods = [make_period(), make_period(start=date(2027, 1, 1), end=date(2027, 1, 31), name="INNER")]
	assert judge(periods, date(2027, 2, 1), grace_days=0).active_until == END


def test_a_first_membership_that_starts_tomorrow_is_none_today():
	standing = judge([make_period(start=END + DAY, end=date(2028, 6, 30))], on=END, grace_days=30)
	assert standing.state == "Never"
	assert standing.reason == "The first membership starts on 2027-07-01 (Membership MSH-1)."


def test_lapsed_with_a_membership_that_starts_tomorrow_is_lapsed_today():
	later = date(2027, 12, 31)
	periods = [make_period(), make_period(start=later + DAY, end=date(2028, 12, 31), name="MSH-2")]
	standing = judge(periods, on=later, grace_days=30)
	assert (standing.state, standing.lapsed_since) == ("Lapsed", date(2027, 7, 1))
	assert "starts on 2028-01-01 (MSH-2)" in standing.reason


def test_a_membership_without_an_end_is_active_until_no_day():
	standing = judge([make_period(end=None)], on=date(2099, 1, 1), grace_days=0)
	assert (standing.state, standing.active_until) == ("Active", None)
	assert standing.reason == "Active with no end date (Membership MSH-1)."


def test_a_chain_that_reaches_a_membership_without_an_end_has_none():
	periods = [make_period(), make_period(start=END + DAY, end=None, name="LIFE")]
	assert judge(periods, END, grace_days=0).active_until is None


def test_nothing_on_record_is_never_a_member():
	standing = judge([], on=END, grace_days=30)
	assert (standing.state, standing.active_until, standing.lapsed_since) == ("Never", None, None)


def test_a_period_that_ends_before_it_starts_counts_for_nothing():
	assert judge([make_period(start=END, end=END - DAY)], on=END, grace_days=30).state == "Never"


def test_an_overdue_fee_is_grace_from_the_day_it_was_due():
	periods = [make_period(), make_period(start=END + DAY, end=None, name="SUB-1", past_due=True)]
	standing = judge(periods, on=date(2028, 1, 1), grace_days=0)
	assert (standing.state, standing.active_until, standing.grace_until) == ("Grace", END, None)
	assert standing.lapsed_since == date(2027, 7, 1)
	assert standing.reason == "The fee has been overdue since 2027-07-01 (Membership SUB-1)."


def test_an_overdue_fee_beside_a_paid_membership_does_no_harm():
	periods = [make_period(), make_period(name="SUB-1", past_due=True)]
	assert judge(periods, on=END, grace_days=0).state == "Active"


def test_an_overdue_stretch_that_is_over_is_no_grace():
	periods = [make_period(end=date(2027, 1, 31)), make_period(start=date(2027, 2, 1), past_due=True)]
	assert judge(periods, on=END + DAY, grace_days=30).state == "Lapsed"


def test_unknown_says_why():
	standing = unknown("the table is missing")
	assert standing.state == "Unknown"
	assert "the table is missing" in standing.reason


def test_the_lapse_has_one_name_on_all_its_days():
	names = {judge([make_period()], END + days * DAY, grace_days=30).lapse for days in (1, 29, 30, 31, 400)}
	assert names == {"2027-06-30"}


def test_grace_beyond_the_end_of_the_calendar():
	assert judge([make_period()], on=date(2900, 1, 1), grace_days=10**9).grace_until == date.max
