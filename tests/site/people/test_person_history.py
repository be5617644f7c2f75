"""A person's years on one line of time: what is on it, for whom, and how much is read."""

from __future__ import annotations

from datetime import date, datetime

import frappe
import pytest

from mentor_ispe.api import desk
from mentor_ispe.services.members import person_history
from tests import factories as make
from tests.site.membership.records import counted_queries
from tests.site.permissions.entry_points import logged_in
from tests.site.permissions.records import store


@pytest.fixture
def group(site):
	make.use_membership_roll()
	return make.make_active_group(members=2)


def make_coordinator() -> str:
	return make.make_user(roles=["Mentoring Coordinator"]).name


def meet(group, profile: str, day: datetime, minutes: int = 90, attended: int = 1) -> None:
	session = store(
		"Mentoring Session",
		mentoring_group=group.name,
		status="Held",
		starts_on=day,
		duration_minutes=minutes,
	)
	store(
		"Mentoring Session Attendance",
		parent=session.name,
		parenttype="Mentoring Session",
		parentfield="attendance",
		profile=profile,
		attended=attended,
	)


def kinds(profile: str) -> dict[str, int]:
	found: dict[str, int] = {}
	for year in person_history.history(profile).years:
		for entry in year.entries:
			found[entry.kind] = found.get(entry.kind, 0) + 1
	return found


def test_everything_of_a_person_is_on_it_newest_first_with_the_hours_of_each_year(group):
	profile = group.people[1]
	meet(group, profile, datetime(2019, 3, 1, 9), 90)
	meet(group, profile, datetime(2019, 4, 1, 9), 60)
	meet(group, profile, datetime(2020, 4, 1, 9), 30)
	meet(group, profile, datetime(2020, 5, 1, 9), attended=0)
	meet(group, group.people[2], datetime(2020, 6, 1, 9))
	store(
		"Mentoring Notice",
		profile=profile,
		status="Queued",
		queued_on="2020-05-03",
		template="Match Proposed",
	)
	store(
		"Mentoring Notice",
		profile=profile,
		status="Failed",
		queued_on="2020-05-04",
		template="Match Proposed",
	)
	store("Mentoring Concern", raised_by=profile, status="Open", concern="Between us", cycle=group.cycle)
	store("Mentoring Feedback", profile=profile, kind="Check-in", cycle=group.cycle, comment="Between us")
	workshop = store("Mentoring Workshop", title="Listening", starts_on="2020-01-02 10:00:00")
	for status in ("Attended", "Missed"):
		store(
			"Mentoring Workshop Participant",
			parent=workshop.name,
			parenttype="Mentoring Workshop",
			parentfield="participants",
			profile=profile if status == "Attended" else group.people[2],
			status=status,
		)
	with logged_in(make_coordinator()):
		shown = desk.person_history(profile)
		found = kinds(profile)
	years = {year["year"]: (year["meetings"], year["hours"]) for year in shown["years"]}
	assert (years[2019], years[2020]) == ((2, 2.5), (1, 0.5))
	days = [entry["on"] for year in shown["years"] for entry in year["entries"]]
	assert days == sorted(days, reverse=True)
	assert not shown["cut"]
	assert {kind: found[kind] for kind in ("meeting", "mail", "concern", "feedback", "workshop")} == {
		"meeting": 3,
		"mail": 1,
		"concern": 1,
		"feedback": 1,
		"workshop": 1,
	}
	assert {"application", "group"} <= set(found)
	said = [entry["words"] for year in shown["years"] for entry in year["entries"]]
	assert not [words for words in said if "Between us" in words]
	title = frappe.db.get_value("Mentoring Group", group.name, "title")
	assert f"Met in {title}, 30 minutes" in said


def test_coordinator_in_the_group_reads_nothing_of_it(group):
	coordinator, profile = make_coordinator(), group.people[1]
	meet(group, profile, datetime(2020, 4, 1, 9))
	store("Mentoring Concern", raised_by=profile, status="Open", mentoring_group=group.name)
	frappe.db.set_value("Mentoring Profile", group.mentor, "user", coordinator)
	with logged_in(coordinator):
		assert set(kinds(profile)) <= {"agreement", "mail"}
		assert "Met in" not in frappe.as_json(desk.person_history(profile))


def test_nobody_else_asks_for_it(group):
	for roles in (["Mentoring Committee"], ["Mentoring Member"], []):
		with logged_in(make.make_user(roles=roles).name), pytest.raises(frappe.PermissionError):
			desk.person_history(group.people[1])


def test_it_is_bounded_in_entries_and_queries(group):
	profile = group.people[1]
	meet(group, profile, datetime(2020, 4, 1, 9))
	person_history.history(profile)
	with counted_queries() as few:
		person_history.history(profile)
	for number in range(person_history.ENTRIES + 5):
		store(
			"Mentoring Notice",
			profile=profile,
			status="Queued",
			queued_on=datetime(2020, 1, 1, number % 24),
			template="Digest",
		)
	with counted_queries() as many:
		found = person_history.history(profile)
	assert len(many) == len(few)
	assert found.cut
	assert sum(len(year.entries) for year in found.years) == person_history.ENTRIES
	assert found.years[0].entries[0].on >= found.years[-1].entries[-1].on > date(2019, 12, 31)
