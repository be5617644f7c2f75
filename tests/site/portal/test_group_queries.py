"""What a group's pages ask of the database doesn't grow with its people, meetings, goals and feedback."""

from __future__ import annotations

from importlib import import_module

import frappe
import pytest
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from mentor_ispe.services import goals
from mentor_ispe.services.feedback import give
from mentor_ispe.services.sessions import recording
from tests import factories as make
from tests.site.membership.records import counted_queries

MANY = 12
PAGES = ("groups", "library", "group.overview", "group.meetings", "group.meeting", "group.charter")
MORE = ("group.goals", "group.feedback", "group.hours", "group.more", "group.concern")


def make_group(size: int) -> tuple[str, str, str]:
	"""A group of so many members with as many meetings held and planned, goals and feedback: (group, user, session)."""
	user = make.make_user().name
	people = [make.make_profile(email=user, user=user).name]
	values = {"group_size_min": 1, "group_size_max": 20, "max_seats": 20, "may_extend": 1}
	group = make.make_active_group(members=size, profiles=people, guest_speakers_per_year=1, **values)
	start = now_datetime().replace(microsecond=0)
	for table in ("Mentoring Group Member",):
		for row in frappe.get_all(table, {"parent": group.name}, pluck="name"):
			frappe.db.set_value(table, row, "joined_on", add_days(nowdate(), -90))
	frappe.db.set_value("Mentoring Group", group.name, "start_date", add_days(nowdate(), -90))
	session = ""
	for number in range(1, size + 1):
		session = recording.record_unplanned(
			group.name,
			add_to_date(start, days=-2 * number),
			people[0],
			dict.fromkeys(group.people, 30),
			summary="What we said",
			new_items=[{"words": "Write", "assigned_to": group.people[-1]}],
		).name
		make.make_session(group.name, f"{add_days(nowdate(), 2 * number)} 10:00:00")
		goals.save_goal(
			group.people[number], {"title": "Speak", "steps": [{"step": "Read"}]}, group=group.name
		)
		give.give(people[0], {"comment": "Good"}, kind="Session", group=group.name, session=session)
	return group.name, user, session


@pytest.fixture
def sizes():
	make.use_membership_roll()
	return [make_group(1), make_group(MANY)]


@pytest.mark.parametrize("name", [*PAGES, *MORE])
def test_a_page_of_many_takes_as_many_queries_as_one_of_few(sizes, name):
	module = import_module(f"mentor_ispe.www.mentoring.{name}")
	counts = []
	for group, user, session in [*sizes, *sizes]:  # the first round fills the caches
		frappe.set_user(user)
		frappe.local.form_dict = frappe._dict(group=group, session=session)
		with counted_queries() as statements:
			module.get_context(frappe._dict())
		counts.append(len(statements))
	assert counts[3] <= counts[2], counts
