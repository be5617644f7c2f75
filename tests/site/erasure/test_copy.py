"""The copy of one's data: every word of one's own, whatever the record, and none of others' private ones."""

from __future__ import annotations

import frappe

from mentor_ispe.services.members import own_data
from tests import factories as make
from tests.site.erasure import seeded as world
from tests.site.permissions.entry_points import logged_in

# What a person's records hold that isn't shown to them.
LEFT_OUT = {
	("Mentoring Profile", "calendar_token_hash"),
	("Mentoring Mailing", "left_out_reasons"),
	("Mentoring Login Move", "old_key"),
	("Mentoring Login Move", "new_key"),
	("Mentoring Concern", "step_note"),
	("Mentoring Merge Trace", "choices"),
	("Mentoring Merge Trace", "moved"),
	("Mentoring Notice", "context"),
	("Mentoring Notice", "calendar"),
	("Mentoring Notice", "error"),
	("Mentoring Group Member", "reason"),
	("Mentoring Group Member", "match_reason"),
}


def test_every_word_of_ones_own_is_in_the_copy(site):
	make.use_membership_roll()
	seeded = world.seed()
	words = world.number_own_words(seeded.profile)
	assert len(words) > 20
	with logged_in(world.LOGIN):
		text = frappe.as_json(own_data.export_personal_data(seeded.profile))
	assert {where for word, where in words.items() if word not in text} <= LEFT_OUT
