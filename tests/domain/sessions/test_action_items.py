"""Action items go from meeting to meeting."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.sessions.action_items import Item, carried_into, check_close

MEETINGS = [datetime(2031, 1, 7, 17) + timedelta(weeks=4 * number) for number in range(8)]


@given(
	st.lists(
		st.tuples(
			st.integers(0, 7), st.none() | st.tuples(st.sampled_from(["Done", "Dropped"]), st.integers(0, 7))
		)
	)
)
def test_an_item_comes_into_every_meeting_until_the_one_that_closes_it(agreed):
	items, until = [], {}
	for number, (origin, closed) in enumerate(agreed):
		name = f"{number:03}"
		last = max(origin, closed[1]) if closed else len(MEETINGS)
		until[name] = (origin, last)
		items.append(
			Item(
				name,
				MEETINGS[origin],
				closed[0] if closed else "Open",
				closed_at=MEETINGS[last] if closed else None,
			)
		)
	for index, meeting in enumerate(MEETINGS):
		brought = {item.name for item in carried_into(meeting, items)}
		assert brought == {name for name, (origin, last) in until.items() if origin < index <= last}


def test_an_item_closed_between_meetings_doesnt_come_into_the_next():
	item = Item("a", MEETINGS[0], "Done", closed_on=MEETINGS[1].date() - timedelta(days=3))
	assert carried_into(MEETINGS[1], [item]) == []


@pytest.mark.parametrize(
	("status", "new", "codes"),
	[
		("Open", "Done", []),
		("Open", "Dropped", []),
		("Done", "Done", []),
		("Open", "Open", ["item_status"]),
		("Done", "Dropped", ["item_closed"]),
	],
)
def test_an_item_is_closed_once(status, new, codes):
	assert [violation.code for violation in check_close(status, new)] == codes
