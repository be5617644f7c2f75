"""Who gets the committee's mail."""

from __future__ import annotations

import pytest

from mentor_ispe.domain.committee.recipients import Listed, check_listed, check_rhythm, left_out

MEMBER = Listed(1, "ann@example.org", "ann@example.org", enabled=True, staff=True)
LEFT = Listed(2, "bob@example.org", "bob@example.org", enabled=False, staff=True)
DEMOTED = Listed(3, "cid@example.org", "cid@example.org", enabled=True, staff=False)
ADDRESS = Listed(4, "board@example.org")
WRONG = Listed(5, "board", valid=False)


@pytest.mark.parametrize(
	("one", "allowed", "code"),
	[
		(MEMBER, False, None),
		(LEFT, False, "disabled"),
		(LEFT, True, "disabled"),
		(DEMOTED, False, "not_staff"),
		(DEMOTED, True, None),
		(ADDRESS, False, "no_login"),
		(ADDRESS, True, None),
		(WRONG, True, "no_address"),
	],
)
def test_who_gets_it(one, allowed, code):
	refused = left_out(one, allowed)
	assert (refused and refused.code) == code


def test_a_bad_recipient_is_refused_with_the_row_and_the_address():
	broken = check_listed([MEMBER, ADDRESS], False, new={1, 4})
	assert [each.code for each in broken] == ["no_login"]
	assert "Row 4" in str(broken[0])
	assert "board@example.org" in str(broken[0])


def test_somebody_who_left_may_stay_listed_but_is_not_listed_anew():
	assert check_listed([MEMBER, LEFT], False, new=set()) == []
	assert [each.code for each in check_listed([MEMBER, LEFT], False, new={2})] == ["disabled"]


def test_the_same_address_stands_once():
	again = Listed(2, "ANN@example.org", "ann@example.org", enabled=True, staff=True)
	assert [each.code for each in check_listed([MEMBER, again], False, new=set())] == ["twice"]


@pytest.mark.parametrize(("every", "fine"), [(0, True), (2, True), (12, True), (13, False), (-1, False)])
def test_rhythm(every, fine):
	assert (check_rhythm(every) == []) == fine
