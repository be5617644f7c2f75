"""A match at the portal: seen by whom it is for, accepted, declined; mentors ranked and asked."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, nowdate

from tests import factories as make
from tests.http.people import make_member
from tests.http.portal_world import (
	fresh,
	make_match,
	visit,
)

__all__ = ["visit"]  # a fixture, used by name


def test_a_match_says_who_and_why_and_is_accepted(visit):
	user, group = make_match()
	visitor = visit(user)
	landing = visitor.get("/mentoring")
	assert f"/mentoring/match/{group.name}" in landing.text
	match = visitor.get(f"/mentoring/match/{group.name}")
	assert "Both make vaccines" in match.words
	assert "days are left" in match.words
	assert visitor.send(match, "member.accept").said.startswith("You have accepted")
	assert fresh("Mentoring Group Member", {"parent": group.name, "role": "Mentee"}, "status") == "Accepted"


def test_a_match_shows_no_address_and_no_employer(visit):
	user, group = make_match()
	profile = frappe.db.get_value("Mentor", group.mentor, "profile")
	email, employer = frappe.db.get_value("Mentoring Profile", profile, ["email", "employer"])
	page = visit(user).get(f"/mentoring/match/{group.name}")
	assert email not in page.text
	assert employer not in page.text


def test_a_match_is_declined_with_a_reason_only(visit):
	user, group = make_match()
	visitor = visit(user)
	match = visitor.get(f"/mentoring/match/{group.name}")
	refused = visitor.send(match, "member.decline", reason="  ")
	assert refused.refused
	assert "why you decline" in refused.said
	assert fresh("Mentoring Group Member", {"parent": group.name, "role": "Mentee"}, "status") == "Proposed"
	declined = visitor.send(match, "member.decline", reason="Too far away")
	assert "look for another match" in declined.said
	assert fresh("Mentoring Group Member", {"parent": group.name, "role": "Mentee"}, "status") == "Declined"
	after = visitor.get(f"/mentoring/match/{group.name}")
	assert "waiting for another match" in after.words
	assert not after.has_form("member.accept")


def test_another_members_match_by_guessed_address_is_a_page_not_found(visit):
	_user, group = make_match()
	stranger, _own = make_match()
	visitor = visit(stranger)
	assert visitor.get(f"/mentoring/match/{group.name}").status == 404
	page = visitor.get(f"/mentoring/match/{_own.name}")
	for form in ("member.accept", "member.decline"):
		refused = visitor.send(page, form, group=group.name, reason="Mine")
		assert refused.refused
		assert group.title not in refused.text
	assert fresh("Mentoring Group Member", {"parent": group.name, "role": "Mentee"}, "status") == "Proposed"


def test_a_match_that_is_not_announced_yet_is_a_page_not_found(visit):
	user, group = make_match()
	frappe.db.set_value("Mentoring Group", group.name, "announce_on", add_days(nowdate(), 3))
	frappe.db.commit()
	visitor = visit(user)
	assert visitor.get(f"/mentoring/match/{group.name}").status == 404
	assert group.name not in visitor.get("/mentoring").text


def make_ranking_cycle():
	"""A mentee (login, record) and two mentors of a program where one ranks and asks."""
	profile, user = make_member()
	cycle = make.make_cycle(make.make_program(mentees_rank=1, mentees_ask=1).name).name
	mentee = make.make_mentee(cycle, profile=profile)
	mentors = [make.make_mentor(cycle).name for _ in range(2)]
	frappe.db.commit()
	return cycle, user, mentee.name, mentors


def test_mentors_are_ranked_by_their_cards(visit):
	cycle, user, mentee, mentors = make_ranking_cycle()
	visitor = visit(user)
	page = visitor.get(f"/mentoring/mentors/{cycle}")
	assert (
		visitor.send(page, "member.rank", names=[mentors[1], mentors[0], ""]).said
		== "Your choices have been saved."
	)
	frappe.db.rollback()
	assert [row.mentor for row in frappe.get_doc("Mentee", mentee).wishes] == [mentors[1], mentors[0]]
	elsewhere = make.make_mentor(make.make_cycle().name).name
	frappe.db.commit()
	assert visitor.send(page, "member.rank", names=[elsewhere]).refused


def test_a_mentor_is_asked_directly_and_not_twice(visit):
	cycle, user, mentee, mentors = make_ranking_cycle()
	visitor = visit(user)
	page = visitor.get(f"/mentoring/mentors/{cycle}")
	asked = visitor.send(page, "member.ask_mentor", mentor=mentors[0])
	assert "asked the mentor" in asked.said
	assert asked.address.startswith("/mentoring/match/")
	assert fresh("Mentee", mentee, "mentoring_group")
	assert visitor.send(page, "member.ask_mentor", mentor=mentors[1]).refused


def test_cards_are_a_page_not_found_where_the_association_proposes(visit):
	cycle = make.make_cycle().name
	profile, user = make_member()
	make.make_mentee(cycle, profile=profile)
	frappe.db.commit()
	assert visit(user).get(f"/mentoring/mentors/{cycle}").status == 404
