"""Who reads why somebody ended a group, left, withdrew or declined; what they are told of their place."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import strip_html

from mentor_ispe.mails.default_templates.matches import SEAT_ENDED
from mentor_ispe.mails.rendering import render
from mentor_ispe.services.applications import commands as applications
from mentor_ispe.services.groups import commands, ending
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.matching import for_members
from tests import factories as make


def place_mails(profile: str) -> list[str]:
	"""Subjects and words of the mails about the person's place, as they read them."""
	rows = frappe.get_all(
		"Mentoring Notice",
		{"template": SEAT_ENDED, "profile": profile},
		["context", "creation"],
		order_by="creation",
	)
	mails = [render(SEAT_ENDED, row.context, profile) for row in rows]
	return [f"{mail.subject} {strip_html(mail.message)}" for mail in mails]


@pytest.mark.parametrize("way", ["end", "withdraw", "leave"])
def test_only_coordinators_read_why_a_member_ended_left_or_withdrew(site, way):
	make.use_membership_roll()
	group = make.make_active_group(format="Group" if way == "leave" else "One-on-One")
	mentor, mentee = group.people[:2]
	if way == "end":
		ending.end(group.name, "Not Working", "He is rude", mentee)
	elif way == "leave":
		ending.leave(group.name, mentee, "He is rude")
	else:
		applications.withdraw("Mentee", group.parts[0], "He is rude")
	others = [profile for profile in group.people if profile != mentee]
	assert mentor in others
	assert all("rude" not in words for profile in others for words in place_mails(profile))
	doc = frappe.get_doc("Mentoring Group", group.name)
	assert (doc.status == "Ended Early") == bool(doc.reason_is_private)
	assert "He is rude" in [doc.end_reason, *(row.reason for row in doc.seats)]


def test_everybody_reads_why_a_coordinator_ended_it(site):
	make.use_membership_roll()
	group = make.make_active_group(format="One-on-One")
	ending.end_early(group.name, "The company asked for it")
	assert all("The company asked for it" in place_mails(profile)[0] for profile in group.people)


def test_whoever_was_declined_reads_of_a_match_that_does_not_go_ahead(site):
	make.use_membership_roll()
	cycle = make.make_cycle().name
	mentor, mentee = make.make_mentor(cycle), make.make_mentee(cycle)
	group = propose(cycle, [mentee.name], mentor.name).name
	commands.decline(group, mentee.profile, "Too far away")
	(words,) = place_mails(mentor.profile)
	assert "won't go ahead" in words
	assert "another match" in words
	assert "has ended" not in words
	assert "Thank you for taking part" not in words
	assert "far away" not in words
	assert place_mails(mentee.profile) == []


def test_whoever_declined_a_mentor_is_not_shown_them_again(site):
	make.use_membership_roll()
	cycle = make.make_cycle(make.make_program(mentees_rank=1).name).name
	declined, other, mentee = make.make_mentor(cycle), make.make_mentor(cycle), make.make_mentee(cycle)
	group = propose(cycle, [mentee.name], declined.name).name
	commands.decline(group, mentee.profile, "Too far away")
	assert [card["name"] for card in for_members.mentor_cards(mentee.profile, cycle)] == [other.name]
