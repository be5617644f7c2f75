"""What somebody is shown as "how your group sees you" is what their group sees."""

from __future__ import annotations

import re

import pytest

from mentor_ispe.domain import sharing as rules
from mentor_ispe.roles import MEMBER
from mentor_ispe.services.members import sharing
from tests import factories as make
from tests.site.portal.pages import Pages
from tests.site.portal.test_sharing import VALUES


def card(page, name: str) -> str:
	"""The card of somebody on a page."""
	(found,) = [one for one in page.select(".mentoring-people > li") if name in one.get_text()]
	return re.sub(r"\s+", " ", str(found))


@pytest.mark.parametrize("level", rules.LEVELS)
def test_the_preview_is_the_card_that_others_see(site, level):
	make.use_membership_roll()
	users = [make.make_user(roles=[MEMBER]).name for _number in range(2)]
	values = {key: value for key, value in VALUES.items() if key != "industry"}
	rita = make.make_profile(full_name="Rita Reader", email=users[0], user=users[0], **values).name
	reader = make.make_profile(email=users[1], user=users[1]).name
	group = make.make_active_group(format="One-on-One", profiles=[rita, reader])
	sharing.choose(rita, dict.fromkeys(("biography", "city", "email"), level))
	seen = card(Pages(users[1]).open(f"/mentoring/groups/{group.name}")[1], "Rita Reader")
	preview = card(Pages(users[0]).open("/mentoring/data")[1], "Rita Reader")
	assert preview == seen
	for words in (VALUES["biography"], VALUES["city"], users[0]):
		assert (words in preview) == (level != rules.NOBODY), words
	assert VALUES["job_title"] in preview
