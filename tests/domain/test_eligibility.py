"""Who may commit to a program, and what they're told when they may not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mentor_ispe.domain.eligibility import JoinRules, may_commit
from mentor_ispe.domain.membership import Period, Standing, judge, unknown

END = date(2027, 6, 30)
ON = END + timedelta(days=10)


def make_standing(
	end=END, start=date(2026, 7, 1), on=ON, grace_days=0, kind="Full", past_due=False
) -> Standing:
	return judge([Period(start, end, kind, "Membership", "MSH-1", past_due)], on, grace_days)


def refusals(standing, chapter="Boston", **rules) -> dict[str, str]:
	broken = may_commit("Mara Lindqvist", standing, chapter, JoinRules(**rules))
	return {violation.code: str(violation) for violation in broken}


def test_an_active_member_may_commit():
	assert refusals(make_standing(on=END)) == {}


def test_a_lapsed_member_is_told_since_when_and_what_to_do():
	assert refusals(make_standing()) == {
		"membership_lapsed": "Mara Lindqvist's membership lapsed on 2027-07-01. Renew it, then try again."
	}


def test_a_member_in_grace_may_commit_only_where_the_program_says_so():
	in_grace = make_standing(grace_days=30)
	assert refusals(in_grace, grace_may_commit=True) == {}
	words = refusals(in_grace)["membership_in_grace"]
	assert "ended on 2027-06-30" in words
	assert "until 2027-07-30" in words


def test_a_member_whose_fee_is_overdue_is_told_since_when():
	words = refusals(make_standing(past_due=True, end=None))["membership_in_grace"]
	assert "overdue since 2026-07-01" in words


def test_someone_without_a_membership_is_told_to_join():
	assert "join the association" in refusals(judge([], ON, 0))["not_a_member"]


def test_someone_whose_first_membership_starts_tomorrow_is_told_when():
	tomorrow = ON + timedelta(days=1)
	words = refusals(make_standing(start=tomorrow, end=None))["not_a_member"]
	assert "starts on 2027-07-11" in words


def test_a_lapsed_member_who_renewed_from_tomorrow_is_told_when():
	tomorrow = ON + timedelta(days=1)
	periods = [
		Period(date(2026, 7, 1), END, "Full", "Membership", "MSH-1"),
		Period(tomorrow, None, "Full", "Membership", "MSH-2"),
	]
	words = refusals(judge(periods, ON, 0))["membership_lapsed"]
	assert "The next one starts on 2027-07-11" in words


@pytest.mark.parametrize("grace_may_commit", [True, False])
def test_unknown_is_never_let_in(grace_may_commit):
	broken = refusals(unknown("the roll is empty"), grace_may_commit=grace_may_commit)
	assert list(broken) == ["membership_unknown"]
	assert "the roll is empty" in broken["membership_unknown"]


def test_a_state_that_nobody_has_heard_of_is_never_let_in():
	assert list(refusals(Standing("Honorary"))) == ["membership_unknown"]


def test_a_program_for_some_kinds_of_membership_names_them_and_yours():
	broken = refusals(make_standing(on=END, kind="Student"), membership_types=frozenset({"Full", "Fellow"}))
	assert list(broken) == ["membership_type"]
	violation = may_commit(
		"Mara", make_standing(on=END, kind="Student"), None, JoinRules(frozenset({"Full", "Fellow"}))
	)[0]
	assert violation.params["wanted"] == ["Fellow", "Full"]
	assert violation.params["held"] == ["Student"]


def test_one_of_two_kinds_of_membership_is_enough():
	periods = [Period(date(2026, 7, 1), END, kind, "Membership", kind) for kind in ("Student", "Full")]
	assert refusals(judge(periods, END, 0), membership_types=frozenset({"Full"})) == {}


def test_only_members_of_the_chapter_may_join_its_program():
	rules = JoinRules(chapter="Boston")
	assert may_commit("Mara", make_standing(on=END), "boston ", rules) == []
	assert [each.code for each in may_commit("Mara", make_standing(on=END), "Delaware", rules)] == ["chapter"]
	assert [each.code for each in may_commit("Mara", make_standing(on=END), None, rules)] == ["chapter"]


def test_everything_that_is_wrong_is_said_at_once():
	broken = may_commit("Mara", make_standing(), "Delaware", JoinRules(chapter="Boston"))
	assert [each.code for each in broken] == ["membership_lapsed", "chapter"]
