"""Nobody gets stuck: in every state the next step leads to where it can be done, and no link leads nowhere.

The daily check takes some of the states, other ones beside each other; `MENTOR_TEST_EFFORT=21` takes all of them.
"""

from __future__ import annotations

import re

import frappe
import pytest
from bs4 import BeautifulSoup

from mentor_ispe.domain.next_steps import KINDS
from mentor_ispe.services.members import member_status
from mentor_ispe.services.members.next_steps import Step, steps_and_news
from tests import factories as make
from tests.effort import times
from tests.site.portal.lives import DUE, MEMBERSHIPS, SIDES, STAGES, Life, Person, lives
from tests.site.portal.pages import Pages
from tests.site.sign_in import sign_in

API = "/api/method/mentor_ispe.api."
CAUGHT_UP = "You're all caught up."


def some_lives() -> list[Life]:
	"""Spread over all of them, so that each side, stage and membership comes."""
	found = lives()
	wanted = min(len(found), times(8))
	return [found[(number * 11) % len(found)] for number in range(wanted)]


def offers(page: BeautifulSoup, step: Step) -> bool:
	"""Whether the page has the form that the step is about."""
	form = KINDS[step.kind].form
	return not form or bool(page.select(f'form[action^="{API}{form}"]'))


@pytest.mark.parametrize("life", some_lives(), ids=str)
def test_nobody_gets_stuck(site, life):
	make.use_membership_roll()
	frappe.db.set_single_value("Mentoring Settings", "renewal_url", "")  # elsewhere, and not a page of ours
	person = Person(life)
	sign_in(person.user)
	steps, news = steps_and_news(person.profile, member_status.status_of(person.profile))
	pages = Pages(person.user)
	status, home = pages.open("/mentoring")
	words = re.sub(r"\s+", " ", home.get_text(" "))
	assert status == 200
	assert (CAUGHT_UP in words) == (not steps), words
	assert all(step.words in words for step in steps)
	assert all(said in words for said in news)
	dead = []
	for step in steps:
		path, _hash, anchor = step.link.partition("#")
		status, page = pages.open(path)
		if status != 200 or not offers(page, step) or (anchor and not page.find(id=anchor)):
			dead.append((step.kind, step.link, status))
	assert not dead, dead
	assert not (wrong := pages.crawl("/mentoring")), wrong


def test_every_side_stage_and_membership_comes():
	found = lives()
	assert {life.side for life in found} == set(SIDES)
	assert {life.stage for life in found} == set(STAGES)
	for side in SIDES:
		assert {life.membership for life in found if life.side == side} == set(MEMBERSHIPS), side
		assert {life.due for life in found if life.side == side} == set(DUE), side
