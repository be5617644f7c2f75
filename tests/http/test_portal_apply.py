"""Applying at the portal as forms without JavaScript: screens, drafts, signatures, refusals."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_days, nowdate

from tests import factories as make
from tests.http.people import make_api_key, make_member
from tests.http.portal_world import (
	apply_up_to_agreements,
	fresh,
	make_newcomer,
	make_open_cycle,
	visit,
)
from tests.http.visitor import FORMS, fields

__all__ = ["visit"]  # a fixture, used by name


def test_a_newcomer_applies_as_mentee_from_the_landing_page_to_the_confirmation(visit):
	cycle, agreement = make_open_cycle()
	topic = frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique("Topic")}).insert().name
	user = make_newcomer()
	visitor = visit(user)
	landing = visitor.get("/mentoring")
	assert f"/mentoring/apply/{cycle.replace(' ', '%20')}?as=Mentee" in landing.text
	agreements = apply_up_to_agreements(
		visitor, cycle, answers__Mentee__topics=[topic], answers__Mentee__goals="To learn"
	)
	assert "What is said stays here" in agreements.words
	done = visitor.send(agreements, "application.send", signed=[agreement])
	assert done.said == "Your application has been sent."
	assert "hear from us by" in done.words
	profile = fresh("Mentoring Profile", {"user": user}, "name")
	mentee = frappe.get_doc("Mentee", {"profile": profile, "cycle": cycle})
	assert (mentee.status, mentee.goals, [row.topic for row in mentee.topics]) == (
		"Applied",
		"To learn",
		[topic],
	)
	assert frappe.db.exists("Mentoring Agreement Acceptance", {"profile": profile, "agreement": agreement})
	assert not frappe.db.exists("Mentoring Application Draft", {"profile": profile})


def test_a_newcomers_profile_starts_from_the_membership_record(visit):
	cycle, _agreement = make_open_cycle()
	user = make_newcomer("Rosa Record")
	frappe.db.set_value("User", user, "full_name", "rosa")
	frappe.db.commit()
	about = visit(user).get(f"/mentoring/apply/{cycle}?as=Mentee")
	assert (
		about.form("member.save_profile").find("input", attrs={"name": "full_name"})["value"] == "Rosa Record"
	)


def test_a_newcomers_time_zone_is_guessed_by_the_country_and_never_the_sites(visit):
	cycle, _agreement = make_open_cycle()
	user = make_newcomer()
	visitor = visit(user)
	about = visitor.get(f"/mentoring/apply/{cycle}?as=Mentee")
	assert not about.soup.select_one("select[name=time_zone] option[selected][value*='/']")
	visitor.send(about, "member.save_profile", time_zone="", country="New Zealand")
	assert fresh("Mentoring Profile", {"user": user}, "time_zone") == "Pacific/Auckland"


def test_a_name_that_is_too_long_is_refused_in_words_and_stays_typed(visit):
	cycle, _agreement = make_open_cycle()
	user = make_newcomer()
	visitor = visit(user)
	about = visitor.get(f"/mentoring/apply/{cycle}?as=Mentee")
	refused = visitor.send(about, "member.save_profile", full_name="N" * 200)
	assert refused.said == "Your name: use 140 characters or fewer. You have 200."
	typed = refused.form("member.save_profile").find("input", attrs={"name": "full_name"})["value"]
	assert typed == "N" * 200


def test_one_applies_as_both_in_one_go_where_the_program_allows_it(visit):
	cycle, agreement = make_open_cycle(may_be_both=1, max_seats=3)
	user = make_newcomer()
	visitor = visit(user)
	agreements = apply_up_to_agreements(
		visitor, cycle, "Both", answers__Mentor__seats_offered="2", answers__Mentee__goals="G"
	)
	visitor.send(agreements, "application.send", signed=[agreement])
	profile = fresh("Mentoring Profile", {"user": user}, "name")
	assert frappe.db.get_value("Mentor", {"profile": profile, "cycle": cycle}, "seats_offered") == 2
	assert frappe.db.get_value("Mentee", {"profile": profile, "cycle": cycle}, "status") == "Applied"


def test_when_one_of_both_parts_is_refused_neither_is_sent(visit):
	cycle, agreement = make_open_cycle(may_be_both=1, max_seats=3)
	user = make_newcomer()
	visitor = visit(user)
	agreements = apply_up_to_agreements(visitor, cycle, "Both", answers__Mentor__seats_offered="9")
	refused = visitor.send(agreements, "application.send", signed=[agreement])
	assert refused.refused
	assert "offer at most 3 places; 9 were offered" in refused.said
	profile = fresh("Mentoring Profile", {"user": user}, "name")
	assert not frappe.db.exists("Mentee", {"profile": profile, "cycle": cycle})


def test_a_peer_applies_to_a_circle_and_is_asked_for_no_seats(visit):
	cycle, agreement = make_open_cycle(format="Peer Circle", group_size_min=3, group_size_max=10)
	user = make_newcomer()
	visitor = visit(user)
	about = visitor.get(f"/mentoring/apply/{cycle}")
	questions = visitor.send(about, "member.save_profile")
	assert not questions.soup.find("input", attrs={"name": "answers:Mentor:seats_offered"})
	agreements = visitor.send(questions, "application.keep_draft", answers__Mentee__goals="Company")
	assert (
		visitor.send(agreements, "application.send", signed=[agreement]).said
		== "Your application has been sent."
	)


def test_what_was_typed_stays_until_it_is_sent_and_a_signature_may_follow_later(visit):
	cycle, _agreement = make_open_cycle()
	user = make_newcomer()
	visitor = visit(user)
	agreements = apply_up_to_agreements(visitor, cycle, answers__Mentee__goals="Something long that I typed")
	questions = visitor.get(f"/mentoring/apply/{cycle}?as=Mentee")
	assert "Something long that I typed" in questions.text
	assert "Finish your application" in visitor.get("/mentoring").words
	sent = visitor.send(agreements, "application.send", signed=None)
	assert sent.said == "Your application has been sent."
	assert "Sign your remaining agreements" in sent.words
	assert "Read and sign:" in visitor.get("/mentoring").words


def test_what_is_typed_is_kept_before_it_is_sent(visit):
	cycle, _agreement = make_open_cycle()
	profile, user = make_member()
	visitor = visit(user)
	page = visitor.get(f"/mentoring/apply/{cycle}?as=Mentee&step=questions")
	kept = visitor.send(page, "application.keep_draft", answers__Mentee__goals="Half a sent")
	assert kept.status == 200
	typed = {**fields(page.form("application.keep_draft")), "answers:Mentee:goals": "Half a sentence"}
	answer = visitor.session.post(
		f"{visitor.base_url}{FORMS}application.keep_draft",
		data=typed,
		headers={"Accept": "application/json"},
		timeout=60,
	)
	assert answer.json()["message"]["words"] == "Saved."
	again = visitor.get(f"/mentoring/apply/{cycle}?as=Mentee&step=questions")
	assert "Half a sentence" in again.text
	assert not fresh("Mentee", {"profile": profile, "cycle": cycle}, "name")


def test_whose_membership_ended_reads_it_before_any_form_and_nothing_is_sent(visit, renewal):
	cycle, agreement = make_open_cycle()
	profile, user = make_member()
	visitor = visit(user)
	questions = visitor.get(f"/mentoring/apply/{cycle}?as=Mentee&step=questions")
	agreements = visitor.send(questions, "application.keep_draft")
	make.lapse(profile)
	frappe.db.commit()
	refused = visitor.send(agreements, "application.send", signed=[agreement])
	assert refused.refused
	assert "Your membership ended on" in refused.said
	assert not fresh("Mentee", {"profile": profile, "cycle": cycle}, "name")
	program = fresh("Mentoring Cycle", cycle, "program")
	for path in ("", f"/programs/{program}", f"/apply/{cycle}?as=Mentee"):
		page = visitor.get(f"/mentoring{path}")
		assert "Renew it to apply." in page.words, path
		assert page.soup.find("a", href=renewal), path
		assert not page.soup.select(f"a[href*='{cycle.replace(' ', '%20')}?as=']"), path
	assert not page.soup.select("form[action$=save_profile], form[action$=keep_draft], form[action$=send]")


def test_a_login_without_a_membership_is_told_how_to_join_before_any_form(visit):
	cycle, _agreement = make_open_cycle(contact_email="coordinators@example.org")
	user = make.make_user(first_name="Nils").name
	frappe.db.commit()
	page = visit(user).get(f"/mentoring/apply/{cycle}?as=Mentee")
	assert f"We couldn't find a membership under {user}." in page.words
	assert not page.soup.select(".mentoring form")
	assert page.soup.find("a", href=lambda href: href and href.startswith("mailto:coordinators@example.org?"))


def test_whose_membership_starts_tomorrow_is_told_the_day(visit):
	cycle, _agreement = make_open_cycle()
	user = make.make_user(first_name="Nele").name
	make.make_roll_entry(user, from_date=add_days(nowdate(), 1), to_date=add_days(nowdate(), 366))
	frappe.db.commit()
	page = visit(user).get(f"/mentoring/apply/{cycle}?as=Mentee")
	assert "Your membership starts on" in page.words
	assert not page.soup.select(".mentoring form")


@pytest.fixture
def renewal(site):
	"""Where members renew."""
	address = "https://example.org/renew"
	frappe.db.set_single_value("Mentoring Settings", "renewal_url", address)
	frappe.db.commit()
	return address


def test_last_years_answers_start_this_years_application(visit):
	profile, user = make_member()
	program = make.make_program(max_seats=5).name
	last = make.make_cycle(program)
	make.make_mentor(last.name, profile=profile, seats_offered=3, motivation="To give back")
	cycle = make.make_cycle(program, start_date=add_days(nowdate(), 400), end_date=add_days(nowdate(), 800))
	frappe.db.commit()
	page = visit(user).get(f"/mentoring/apply/{cycle.name}?as=Mentor&step=questions")
	assert "To give back" in page.text
	assert page.soup.find("input", attrs={"name": "answers:Mentor:seats_offered"})["value"] == "3"


def test_what_matching_compares_is_needed_and_named_where_it_is_missing(visit):
	cycle, agreement = make_open_cycle(
		criteria=[{"criterion": each, "weight": 10} for each in ("Topics", "Country")]
	)
	topic = frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique("Topic")}).insert().name
	frappe.db.commit()
	user = make_newcomer()
	visitor = visit(user)
	review = apply_up_to_agreements(visitor, cycle, answers__Mentee__goals="To learn")
	assert "To learn" in review.words
	assert review.words.count("Still needed to find your match.") == 2
	refused = visitor.send(review, "application.send", signed=[agreement])
	assert refused.refused
	assert "Country, Topics you want to work on" in refused.said
	profile = fresh("Mentoring Profile", {"user": user}, "name")
	assert not frappe.db.exists("Mentee", {"profile": profile, "cycle": cycle})
	about = visitor.get(f"/mentoring/apply/{cycle}?as=Mentee&step=about")
	assert about.form("member.save_profile").find("select", attrs={"name": "country"}).has_attr("required")
	visitor.send(about, "member.save_profile", country="Norway")
	questions = visitor.get(f"/mentoring/apply/{cycle}?as=Mentee&step=questions")
	assert "To learn" in questions.text
	complete = visitor.send(questions, "application.keep_draft", answers__Mentee__topics=[topic])
	assert "Still needed" not in complete.words
	done = visitor.send(complete, "application.send", signed=[agreement])
	assert done.said == "Your application has been sent."
	assert "To learn" in done.words
	assert topic in done.words
	assert "Norway" in done.words


def test_a_program_that_asks_for_the_application_by_the_api_needs_the_same(visit):
	cycle, _agreement = make_open_cycle(criteria=[{"criterion": "Topics", "weight": 10}])
	profile, user = make_member()
	answer = visit(user).session.post(
		f"{visit(user).base_url}{FORMS}member.apply",
		json={"cycle": cycle, "role": "Mentee"},
		headers={"Authorization": make_api_key(user), "Accept": "application/json"},
		timeout=60,
	)
	assert answer.status_code == 417
	assert "Topics you want to work on" in answer.text
	assert not fresh("Mentee", {"profile": profile, "cycle": cycle}, "name")


def test_who_comes_back_to_a_draft_is_not_asked_again_as_what(visit):
	cycle, _agreement = make_open_cycle()
	user = make_newcomer()
	visitor = visit(user)
	apply_up_to_agreements(visitor, cycle, "Mentor", answers__Mentor__motivation="To give back")
	assert "To give back" in visitor.get(f"/mentoring/apply/{cycle}?step=questions").text


def test_an_application_is_changed_until_its_cycle_is_matched(visit):
	cycle, _agreement = make_open_cycle()
	profile, user = make_member()
	mentee = make.make_mentee(cycle, approved=False, profile=profile)
	frappe.db.commit()
	visitor = visit(user)
	page = visitor.get(f"/mentoring/apply/{cycle}?step=questions")
	assert (
		visitor.send(page, "application.change", answers__Mentee__goals="Better words").said
		== "Your answers have been saved."
	)
	assert fresh("Mentee", mentee.name, "goals") == "Better words"
	frappe.db.set_value("Mentee", mentee.name, "status", "Approved")
	frappe.db.commit()
	assert not visitor.send(page, "application.change", answers__Mentee__goals="Better words").refused
	frappe.db.set_value("Mentoring Cycle", cycle, "status", "Matching")
	frappe.db.commit()
	assert "Change your answers" not in visitor.get(f"/mentoring/apply/{cycle}").words
	refused = visitor.send(page, "application.change", answers__Mentee__goals="Too late")
	assert refused.refused
	assert fresh("Mentee", mentee.name, "goals") == "Better words"


def test_a_closed_cycle_says_so_instead_of_a_form(visit):
	cycle = make.make_cycle(application_until=add_days(nowdate(), -1)).name
	_profile, user = make_member()
	page = visit(user).get(f"/mentoring/apply/{cycle}?as=Mentee")
	assert "are closed" in page.words
	assert not page.soup.select(".mentoring form")


def test_a_draft_cycle_and_an_unpublished_program_are_pages_not_found(visit):
	hidden = make.make_cycle(status="Draft").name
	unpublished = make.make_cycle(make.make_program(status="Draft").name).name
	_profile, user = make_member()
	visitor = visit(user)
	for path in (f"apply/{hidden}", f"apply/{unpublished}", "programs/nothing", "apply/nothing"):
		assert visitor.get(f"/mentoring/{path}").status == 404, path


def test_what_is_still_to_sign_is_next_and_is_signed(visit):
	cycle, agreement = make_open_cycle()
	profile, user = make_member()
	make.make_mentee(cycle, profile=profile)
	frappe.db.commit()
	visitor = visit(user)
	assert "Read and sign:" in visitor.get("/mentoring").words
	page = visitor.get("/mentoring/sign")
	assert visitor.send(page, "member.sign", read=None).refused
	assert visitor.send(page, "member.sign", read="1").said == "Signed."
	assert fresh("Mentoring Agreement Acceptance", {"profile": profile, "agreement": agreement}, "name")
	assert "all caught up" in visitor.get("/mentoring").words
	assert visitor.send(page, "member.sign", agreement="nothing", read="1").refused
