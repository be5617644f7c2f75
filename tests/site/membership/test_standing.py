"""The answer for a list of people: how it's asked, what it says when it can't be."""

from __future__ import annotations

from datetime import date

import frappe
import pytest
from freezegun import freeze_time

from mentor_ispe.clock import today
from mentor_ispe.domain.membership import Period
from mentor_ispe.membership.base import SourceUnavailable
from mentor_ispe.membership.status import standings
from tests.factories import make_profile, make_roll_entry
from tests.site.membership.records import counted_queries, use_source

SOURCES = ["Membership Roll", "Non Profit", "Subscription"]
ON = date(2027, 6, 30)


class OtherSource:
	"""What another app might add."""

	doctypes = ("User",)

	def periods(self, people):
		return {person.profile: [Period(ON, ON, "Guild", "User", "Administrator")] for person in people}


class BrokenSource(OtherSource):
	def periods(self, people):
		return frappe.qb.from_("tabNo Such Table").select("name").run()


class ClosedSource(OtherSource):
	def periods(self, people):
		raise SourceUnavailable("The other system is closed on Sundays.")


class HomelessSource(OtherSource):
	doctypes = ("No Such DocType",)


@pytest.fixture
def noon():
	"""The clock is what these tests are about; each sets its own."""


@pytest.fixture
def hooked(monkeypatch):
	"""Chooses one of the sources above, as if an app had added it by its hook."""
	original, original_attribute = frappe.get_hooks, frappe.get_attr

	def attribute(path: str):
		# Frappe loads from installed apps only, and the tests are none.
		module, _dot, name = path.rpartition(".")
		return globals()[name] if module == __name__ else original_attribute(path)

	def choose(name: str):
		def hooks(hook=None, *args, **kwargs):
			if hook == "mentoring_membership_sources":
				return {"Other": [f"{__name__}.{name}"], "Membership Roll": [f"{__name__}.{name}"]}
			return original(hook, *args, **kwargs)

		monkeypatch.setattr(frappe, "get_hooks", hooks)
		monkeypatch.setattr(frappe, "get_attr", attribute)
		use_source("Other")

	return choose


def logged() -> list[str]:
	return frappe.get_all(
		"Error Log", {"method": "Mentoring: the membership source can't be asked"}, pluck="error"
	)


@pytest.mark.parametrize("source", SOURCES)
def test_as_many_queries_for_500_people_as_for_one(source):
	use_source(source)
	frappe.db.set_single_value("Mentoring Settings", "membership_source", source)
	names = [make_profile().name for _ in range(20)]
	# Whoever the site holds already is asked about in both, since a person with a record costs a query more.
	there = list(dict.fromkeys(names[:1] + frappe.get_all("Mentoring Profile", pluck="name", limit=500)))
	many = list(dict.fromkeys(there + names + [f"nobody-{number}" for number in range(500)]))
	standings(many, on=ON)  # what Frappe reads of the DocTypes once and keeps isn't counted
	frappe.db.value_cache.clear()
	with counted_queries() as for_one:
		standings(there, on=ON)
	frappe.db.value_cache.clear()
	with counted_queries() as for_many:
		asked = standings(many, on=ON)
	assert len(asked) == len(many)
	assert len(for_many) <= len(for_one) <= 14, for_many


def test_the_order_and_the_doubles_of_the_question_do_not_matter():
	use_source("Membership Roll")
	one, other = make_profile().name, make_profile().name
	assert standings([one, other, one]) == standings([other, one])


def test_nobody_asked_nothing_answered():
	assert standings([]) == {}


def test_everybody_is_asked_with_none():
	use_source("Membership Roll")
	name = make_profile().name
	asked = standings(None)
	assert asked[name].state == "Active"
	assert len(asked) == frappe.db.count("Mentoring Profile")


def test_another_app_adds_a_source(hooked):
	hooked("OtherSource")
	profile = make_profile(member=False).name
	assert standings([profile], on=ON)[profile].membership_types == {"Guild"}


def test_another_app_can_not_replace_ours(hooked):
	hooked("OtherSource")
	use_source("Membership Roll")
	profile = make_profile(member=False).name
	make_roll_entry("someone@example.org")
	assert standings([profile], on=ON)[profile].state == "Never"


@pytest.mark.parametrize(
	("source", "words"),
	[
		("BrokenSource", "Other couldn't be read"),
		("ClosedSource", "closed on Sundays"),
		("HomelessSource", "needs No Such DocType, which this site doesn't have"),
		("NoSuchSource", "can't be loaded"),
	],
)
def test_a_source_that_fails_leaves_everybody_unknown_and_logs_once(hooked, source, words):
	hooked(source)
	names = [make_profile(member=False).name for _ in range(3)]
	before = len(logged())
	asked = standings(names, on=ON)
	assert {each.state for each in asked.values()} == {"Unknown"}
	assert all(words in each.reason for each in asked.values())
	assert len(logged()) == before + 1
	assert frappe.db.exists("Mentoring Profile", names[0]), "the transaction is still usable"


def test_a_source_that_is_gone_leaves_everybody_unknown():
	use_source("Gone with its app")
	profile = make_profile(member=False).name
	asked = standings([profile])[profile]
	assert asked.state == "Unknown"
	assert "Gone with its app isn't installed" in asked.reason


@pytest.mark.parametrize(
	("time_zone", "moment", "day"),
	[
		("Pacific/Auckland", "2027-06-30 11:59:59", date(2027, 6, 30)),
		("Pacific/Auckland", "2027-06-30 12:00:00", date(2027, 7, 1)),
		("America/Los_Angeles", "2027-07-01 06:59:59", date(2027, 6, 30)),
		("America/Los_Angeles", "2027-07-01 07:00:00", date(2027, 7, 1)),
	],
)
def test_the_day_changes_at_midnight_of_the_association(time_zone, moment, day):
	use_source("Membership Roll", grace_days=0)
	frappe.db.set_single_value("System Settings", "time_zone", time_zone)
	frappe.local.system_settings = None
	frappe.clear_document_cache("System Settings", "System Settings")
	profile = make_profile(member=False)
	make_roll_entry(profile.email, from_date="2026-07-01", to_date="2027-06-30")
	with freeze_time(moment):
		assert today() == day
		state = standings([profile.name])[profile.name].state
	assert state == ("Active" if day == date(2027, 6, 30) else "Lapsed")


def test_the_address_in_the_membership_records_is_asked_about_instead():
	use_source("Membership Roll")
	entry = make_roll_entry(f"known-{frappe.generate_hash(length=8)}@example.org")
	profile = make_profile(member=False, membership_email=entry.email.upper())
	assert standings([profile.name])[profile.name].state == "Active"
	make_roll_entry(profile.email, to_date="2020-01-01", from_date="2019-01-01")
	assert standings([profile.name])[profile.name].state == "Active"
