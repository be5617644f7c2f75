"""Places in a workshop, for whatever people do in whatever order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.violations import Violation
from mentor_ispe.domain.workshops import ON_A_PLACE, Place, Workshop, arrange, check

PLANNED = Workshop("Planned", "Everyone", 3, started=False, late=False, by_staff=False)
START = datetime(2031, 1, 1)
MENTOR = frozenset({"Mentor"})


def signing_up(number: int) -> Place:
	return Place(
		f"P{number}", "Signed Up", START + timedelta(minutes=number), None, f"Person {number}", MENTOR
	)


def later(rows: list[Place]) -> list[Place]:
	"""The rows as they are stored after a save."""
	return [replace(row, old_status=row.status) for row in rows]


def codes(workshop: Workshop, rows: list[Place], **gone) -> set[str]:
	return {violation.code for violation in check(workshop, rows, **gone)}


def test_the_first_come_get_the_places_and_the_rest_waits():
	rows = arrange(PLANNED, [signing_up(number) for number in (4, 1, 3, 2, 0)])
	assert {row.profile for row in rows if row.status == "Signed Up"} == {"P0", "P1", "P2"}
	assert check(PLANNED, rows) == []


def test_whoever_waits_comes_before_whoever_asks_now():
	rows = later(arrange(PLANNED, [signing_up(number) for number in range(4)]))
	rows[0] = replace(rows[0], status="Cancelled")
	early_bird = replace(signing_up(9), signed_up_on=START - timedelta(days=1))
	rows = arrange(PLANNED, [*rows, early_bird])
	assert [row.status for row in rows] == ["Cancelled", "Signed Up", "Signed Up", "Signed Up", "Waiting"]


def test_nobody_moves_up_once_it_has_started():
	rows = later(arrange(PLANNED, [signing_up(number) for number in range(4)]))
	rows[0] = replace(rows[0], status="Missed")
	assert arrange(replace(PLANNED, started=True), rows)[3].status == "Waiting"


def test_m9_whoever_may_not_commit_gets_no_place():
	lapsed = replace(signing_up(1), refusals=(Violation("membership_lapsed", "Renew it."),))
	assert codes(PLANNED, arrange(PLANNED, [lapsed])) == {"membership_lapsed"}
	# Whoever came was there.
	came = replace(PLANNED, started=True, status="Held", by_staff=True)
	assert codes(came, [replace(lapsed, status="Attended")]) == set()


def test_fewer_places_than_people_is_refused():
	rows = later(arrange(PLANNED, [signing_up(number) for number in range(3)]))
	smaller = replace(PLANNED, places=2)
	assert codes(smaller, arrange(smaller, rows)) == {"places"}


@pytest.mark.parametrize(
	("workshop", "row", "code"),
	[
		(replace(PLANNED, late=True), signing_up(1), "late"),
		(replace(PLANNED, status="Held", started=True), signing_up(1), "closed"),
		(replace(PLANNED, audience="Mentees"), signing_up(1), "audience"),
		(PLANNED, replace(signing_up(1), status="Attended"), "not_started"),
		(replace(PLANNED, started=True), replace(signing_up(1), status="Missed"), "status_initial"),
	],
)
def test_what_is_refused(workshop, row, code):
	assert code in codes(workshop, [row])


def test_staff_may_add_people_late():
	assert codes(replace(PLANNED, late=True, by_staff=True), [signing_up(1)]) == set()


def test_rows_stay_and_are_there_once():
	assert codes(PLANNED, [signing_up(1), signing_up(1)], gone=["Ben"]) == {"twice", "row_deleted"}


ACTS = st.lists(
	st.tuples(st.integers(0, 9), st.sampled_from(["sign up", "cancel", "start", "attend", "miss"])),
	max_size=60,
)


@given(st.integers(1, 4), ACTS)
def test_places_are_never_exceeded_and_those_who_wait_keep_their_order(places, acts):
	workshop, rows, moment = replace(PLANNED, places=places), [], START
	for number, act in acts:
		moment += timedelta(minutes=1)
		if act == "start":
			workshop = replace(workshop, started=True)
			continue
		status = {"sign up": "Signed Up", "cancel": "Cancelled", "attend": "Attended", "miss": "Missed"}[act]
		asked = list(rows)
		at = next((index for index, row in enumerate(rows) if row.profile == f"P{number}"), None)
		if at is None:
			asked.append(replace(signing_up(number), status=status, signed_up_on=moment))
		else:
			joins = act == "sign up" and rows[at].status == "Cancelled"
			asked[at] = replace(
				rows[at], status=status, signed_up_on=moment if joins else rows[at].signed_up_on
			)
		arranged = arrange(workshop, asked)
		if check(workshop, arranged):
			continue  # refused: nothing is written
		waited = [row for row in rows if row.status == "Waiting"]
		rows = later(arranged)
		now = {row.profile: row.status for row in rows}
		assert sum(row.status in ON_A_PLACE for row in rows) <= places
		if not workshop.started:
			free = places - sum(row.status in ON_A_PLACE for row in rows)
			assert not (free and "Waiting" in now.values())
		if act in ("cancel", "sign up"):
			waited.sort(key=lambda row: row.signed_up_on)
			moved = [now[row.profile] == "Signed Up" for row in waited if now[row.profile] != "Cancelled"]
			assert moved == sorted(moved, reverse=True)
