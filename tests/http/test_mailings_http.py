"""Two clicks at once are one letter; two coordinators who write the same are two."""

from __future__ import annotations

from functools import partial

import frappe
import pytest

from mentor_ispe.mails.default_templates.news import NEWS
from mentor_ispe.roles import COORDINATOR
from tests.http.client import at_once
from tests.http.conftest import outgoing_mail
from tests.http.people import make_staff
from tests.site.mailings.world import make_world

__all__ = ["outgoing_mail"]  # a fixture, used by name
SEND = "/api/method/mentor_ispe.api.mailings.send"
LETTER = {"subject": "News", "message": "<p>Hi {First name}</p>", "language": "en"}


@pytest.fixture
def world(site, outgoing_mail):
	world = make_world()
	frappe.db.commit()
	return world


def test_two_clicks_at_once_are_one_letter(world, coordinator, keyed):
	other = keyed(make_staff(COORDINATOR))
	frappe.db.commit()
	chosen = {"doctype": "Mentee", "names": [person.name for person in world.mentees]}
	asked = {"chosen": chosen, "letter": LETTER, "expected": 3, "key": "a letter of mine"}
	clicks = [partial(client.post, SEND, asked) for client in (coordinator, other) for _ in range(3)]
	answers = [answer.result for answer in at_once(clicks)]
	frappe.db.commit()
	mailings = {answer["mailing"] for answer in answers}
	assert len(mailings) == 2
	assert {answer["count"] for answer in answers} == {3}
	for person in world.mentees:
		told = frappe.get_all(
			"Mentoring Notice", {"template": NEWS, "profile": person.profile}, pluck="reference_name"
		)
		assert sorted(told) == sorted(mailings)
