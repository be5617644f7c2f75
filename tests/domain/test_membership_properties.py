"""What holds for every set of periods, every day and every grace."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.membership import Period, judge

DAY = timedelta(days=1)
FIRST = date(2026, 1, 1)

days = st.integers(0, 400).map(lambda number: FIRST + number * DAY)
periods = st.builds(
	Period,
	start=days,
	end=st.none() | days,
	membership_type=st.sampled_from(["Full", "Student", ""]),
	record_doctype=st.just("Membership"),
	record_name=st.uuids().map(str),
	past_due=st.booleans(),
)
histories = st.lists(periods, max_size=6)
grace = st.integers(0, 60)


def paid_on(history: list[Period], day: date) -> bool:
	return any(period.covers(day) for period in history if not period.past_due)


@given(histories, days, grace)
def test_active_exactly_when_a_paid_period_covers_the_day(history, on, grace_days):
	assert (judge(history, on, grace_days).state == "Active") == paid_on(history, on)


@given(histories, days, grace, st.randoms())
def test_the_order_of_the_periods_does_not_matter(history, on, grace_days, random):
	shuffled = random.sample(history, len(history))
	one, other = judge(history, on, grace_days), judge(shuffled, on, grace_days)
	assert (one.state, one.active_until, one.grace_until, one.lapsed_since, one.membership_types) == (
		other.state,
		other.active_until,
		other.grace_until,
		other.lapsed_since,
		other.membership_types,
	)


@given(histories, days, grace)
def test_active_until_is_the_first_day_whose_morrow_is_not_paid(history, on, grace_days):
	standing = judge(history, on, grace_days)
	if standing.state != "Active":
		return
	if standing.active_until is None:
		assert all(paid_on(history, on + number * DAY) for number in range(500))
		return
	assert standing.active_until >= on
	day = on
	while day <= standing.active_until:
		assert paid_on(history, day)
		day += DAY
	assert not paid_on(history, standing.active_until + DAY)


@given(histories, days, grace, st.integers(0, 60))
def test_more_grace_never_makes_things_worse(history, on, grace_days, more):
	order = {"Never": 0, "Lapsed": 0, "Grace": 1, "Active": 2}
	less = judge(history, on, grace_days)
	longer = judge(history, on, grace_days + more)
	assert order[longer.state] >= order[less.state]


@given(histories, periods, days, grace)
def test_one_more_paid_period_never_makes_a_member_inactive(history, period, on, grace_days):
	if judge(history, on, grace_days).state == "Active":
		assert judge([*history, period], on, grace_days).state == "Active"


@given(histories, days, grace)
def test_the_states_follow_one_another_as_time_goes_by(history, on, grace_days):
	"""Without any period to come, nobody returns from Lapsed, nor from Grace to Active."""
	past = [period for period in history if period.start <= on and not period.past_due]
	order = {"Active": 0, "Grace": 1, "Lapsed": 2, "Never": 3}
	states = [order[judge(past, on + number * DAY, grace_days).state] for number in range(0, 500, 7)]
	assert states == sorted(states)


@given(histories, days, grace)
def test_the_dates_fit_the_state_and_the_record_is_one_of_the_periods(history, on, grace_days):
	standing = judge(history, on, grace_days)
	assert standing.reason
	if standing.state == "Lapsed":
		assert standing.active_until < on
		assert standing.grace_until < on
		assert standing.lapsed_since == standing.active_until + DAY
	if standing.state == "Grace" and standing.grace_until:
		assert standing.grace_until >= on
	if standing.record_name:
		assert standing.record_name in {period.record_name for period in history}
	if standing.state == "Active":
		proof = next(period for period in history if period.record_name == standing.record_name)
		assert proof.covers(on)
