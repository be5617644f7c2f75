"""A membership that several people share, when the last places are given away at the same moment."""

from __future__ import annotations

from functools import partial

import frappe
import pytest

from mentor_ispe.membership.roll import ENTRY
from tests import factories as make
from tests.http.rounds import FEW_ROUNDS, Tally, look_again

PLACES, PEOPLE = 3, 12
TYPE = "A company of three"


@pytest.fixture(scope="module")
def shared_type(site):
	settings = frappe.get_doc("Mentoring Settings")
	settings.append("membership_types", {"membership_type": TYPE, "places": PLACES})
	settings.save()
	frappe.db.commit()
	yield TYPE
	look_again()
	settings = frappe.get_doc("Mentoring Settings")
	settings.membership_types = [row for row in settings.membership_types if row.membership_type != TYPE]
	settings.save()
	frappe.db.commit()


def test_no_more_people_get_a_place_than_there_are(coordinator, shared_type):
	tally = Tally(f"{PEOPLE} people for {PLACES} places")
	profiles = [make.make_profile().name for _person in range(PEOPLE)]
	for _round in range(FEW_ROUNDS):
		entry = make.make_roll_entry(
			f"{make.unique('office')}@example.org".replace(" ", "-"), membership_type=TYPE
		)
		frappe.db.commit()
		values = {"membership_doctype": ENTRY, "membership_record": entry.name}
		answers = tally.round(
			[
				partial(coordinator.put, f"/api/resource/Mentoring Profile/{profile}", values)
				for profile in profiles
			]
		)
		refused = [answer for answer in answers if not answer.ok]
		assert len(refused) == PEOPLE - PLACES, [answer.words for answer in refused][:3]
		assert all("shared by 3 people" in answer.words for answer in refused), {
			each.words for each in refused
		}
		look_again()
		assert frappe.db.count("Mentoring Profile", values) == PLACES
	print(tally)
