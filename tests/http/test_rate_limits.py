"""A person works far below the limits; a script that floods the association doesn't."""

from __future__ import annotations

import frappe

from mentor_ispe.api.endpoint import SELDOM
from tests.http.client import Client
from tests.http.people import make_member

STORY = "mentor_ispe.api.feedback.tell_story"


def tell(client: Client, number: int) -> int:
	return client.call(STORY, story=f"Story number {number}", cycle="none").status


def test_a_member_who_calls_too_often_is_refused_and_nobody_else(site, keyed):
	one, other = (keyed(make_member()[1]) for _ in range(2))
	frappe.db.commit()
	answers = [tell(one, number) for number in range(SELDOM + 1)]
	assert 429 not in answers[:SELDOM]
	assert answers[SELDOM] == 429
	assert tell(other, 0) != 429
