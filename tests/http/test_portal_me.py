"""The members' own pages as forms without JavaScript: apply, answer a match, profile, data."""

from __future__ import annotations

import itertools
import json

import frappe
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.services.propose import propose
from tests import factories as make
from tests.http.people import make_member, make_staff
from tests.http.portal import Shown, Visitor

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def visit(site, base_url):
	"""`visit(user)`: a browser at the portal; a guest's without one."""
	return lambda user=None: Visitor(base_url, user)


def make_newcomer(name: str = "Nora New") -> str:
	"""A member with a login and a membership, who has never been here."""
	user = make.make_user(first_name=name.split()[0], last_name=name.split()[1]).name
	make.make_roll_entry(user, full_name=name)
	frappe.db.commit()
	return user


def make_open_cycle(**program):
	agreement = make.make_agreement(text="<p>What is said stays here.</p>")
	doc = make.make_program(
		agreements=[{"agreement": agreement, "required_of": "Everyone"}], reply_weeks=8, **program
	)
	cycle = make.make_cycle(doc.name)
	frappe.db.commit()
	return cycle.name, agreement


def make_match(reason: str = "Both make vaccines", **values):
	"""A member who is proposed to a mentor: (login, group)."""
	profile, user = make_member(**values)
	cycle = make.make_cycle().name
	mentor, mentee = make.make_mentor(cycle), make.make_mentee(cycle, profile=profile)
	group = propose(cycle, [mentee.name], mentor.name, reasons={mentee.name: reason})
	frappe.db.commit()
	return user, group


def fresh(doctype: str, name: str | dict, field: str):
	frappe.db.rollback()
	return frappe.db.get_value(doctype, name, field)


def apply_up_to_agreements(visitor: Visitor, cycle: str, role: str = "Mentee", **answers) -> Shown:
	"""Go through the first screens as somebody new."""
	about = visitor.open(f"/mentoring/apply/{cycle}?as={role}")
	questions = visitor.send(about, "profile.save", career_stage="Student", employer="School")
	assert "step=questions" in questions.address, questions.said or questions.words[:1500]
	return visitor.send(questions, "apply.keep", **answers)


# Applying -----------------------------------------------------------------------------------------


def test_a_newcomer_applies_as_mentee_from_the_landing_page_to_the_confirmation(visit):
	cycle, agreement = make_open_cycle()
	topic = frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique("Topic")}).insert().name
	user = make_newcomer()
	visitor = visit(user)
	landing = visitor.open("/mentoring")
	assert f"/mentoring/apply/{cycle.replace(' ', '%20')}?as=Mentee" in landing.html
	agreements = apply_up_to_agreements(visitor, cycle, mentee_topics=[topic], mentee_goals="To learn")
	assert "What is said stays here" in agreements.words
	done = visitor.send(agreements, "apply.send", signed=[agreement])
	assert done.said == "Your application is sent."
	assert "You have an answer by" in done.words
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
	about = visit(user).open(f"/mentoring/apply/{cycle}?as=Mentee")
	assert about.form("profile.save").find("input", attrs={"name": "full_name"})["value"] == "Rosa Record"


def test_one_applies_as_both_in_one_go_where_the_program_allows_it(visit):
	cycle, agreement = make_open_cycle(may_be_both=1, max_seats=3)
	user = make_newcomer()
	visitor = visit(user)
	agreements = apply_up_to_agreements(visitor, cycle, "Both", seats_offered="2", mentee_goals="G")
	visitor.send(agreements, "apply.send", signed=[agreement])
	profile = fresh("Mentoring Profile", {"user": user}, "name")
	assert frappe.db.get_value("Mentor", {"profile": profile, "cycle": cycle}, "seats_offered") == 2
	assert frappe.db.get_value("Mentee", {"profile": profile, "cycle": cycle}, "status") == "Applied"


def test_when_one_of_both_parts_is_refused_neither_is_sent(visit):
	cycle, agreement = make_open_cycle(may_be_both=1, max_seats=3)
	user = make_newcomer()
	visitor = visit(user)
	agreements = apply_up_to_agreements(visitor, cycle, "Both", seats_offered="9")
	refused = visitor.send(agreements, "apply.send", signed=[agreement])
	assert refused.refused
	assert "at most 3 seats" in refused.said
	profile = fresh("Mentoring Profile", {"user": user}, "name")
	assert not frappe.db.exists("Mentee", {"profile": profile, "cycle": cycle})


def test_a_peer_applies_to_a_circle_and_is_asked_for_no_seats(visit):
	cycle, agreement = make_open_cycle(format="Peer Circle", group_size_min=3, group_size_max=10)
	user = make_newcomer()
	visitor = visit(user)
	about = visitor.open(f"/mentoring/apply/{cycle}")
	questions = visitor.send(about, "profile.save")
	assert not questions.soup.find("input", attrs={"name": "seats_offered"})
	agreements = visitor.send(questions, "apply.keep", mentee_goals="Company")
	assert visitor.send(agreements, "apply.send", signed=[agreement]).said == "Your application is sent."


def test_without_a_signature_the_application_is_refused_and_the_answers_stay(visit):
	cycle, _agreement = make_open_cycle()
	user = make_newcomer()
	visitor = visit(user)
	agreements = apply_up_to_agreements(visitor, cycle, mentee_goals="Something long that I typed")
	refused = visitor.send(agreements, "apply.send", signed=None)
	assert refused.refused
	assert "read and sign" in refused.said
	questions = visitor.open(f"/mentoring/apply/{cycle}?as=Mentee")
	assert "Something long that I typed" in questions.html
	landing = visitor.open("/mentoring")
	assert "Finish your application" in landing.words


def test_what_is_typed_is_kept_before_it_is_sent(visit):
	cycle, _agreement = make_open_cycle()
	profile, user = make_member()
	visitor = visit(user)
	page = visitor.open(f"/mentoring/apply/{cycle}?as=Mentee&step=questions")
	kept = visitor.send(page, "apply.keep", mentee_goals="Half a sent")
	assert kept.status == 200
	token = page.form("apply.keep").find("input", attrs={"name": "csrf_token"})["value"]
	answer = visitor.post(
		"apply.keep_quietly",
		{"csrf_token": token, "cycle": cycle, "role": "Mentee", "mentee_goals": "Half a sentence"},
	)
	assert json.loads(answer.html)["message"]["words"] == "Kept."
	again = visitor.open(f"/mentoring/apply/{cycle}?as=Mentee&step=questions")
	assert "Half a sentence" in again.html
	assert not fresh("Mentee", {"profile": profile, "cycle": cycle}, "name")


def test_somebody_whose_membership_lapsed_is_told_in_words_and_nothing_is_sent(visit):
	cycle, agreement = make_open_cycle()
	profile, user = make_member()
	make.lapse(profile)
	frappe.db.commit()
	visitor = visit(user)
	assert "Renew it with the association" in visitor.open("/mentoring").words
	questions = visitor.open(f"/mentoring/apply/{cycle}?as=Mentee&step=questions")
	agreements = visitor.send(questions, "apply.keep")
	refused = visitor.send(agreements, "apply.send", signed=[agreement])
	assert refused.refused
	assert "membership" in refused.said.lower()
	assert not fresh("Mentee", {"profile": profile, "cycle": cycle}, "name")


def test_last_years_answers_start_this_years_application(visit):
	profile, user = make_member()
	program = make.make_program(max_seats=5).name
	last = make.make_cycle(program)
	make.make_mentor(last.name, profile=profile, seats_offered=3, motivation="To give back")
	cycle = make.make_cycle(program, start_date=add_days(nowdate(), 400), end_date=add_days(nowdate(), 800))
	frappe.db.commit()
	page = visit(user).open(f"/mentoring/apply/{cycle.name}?as=Mentor&step=questions")
	assert "To give back" in page.html
	assert page.soup.find("input", attrs={"name": "seats_offered"})["value"] == "3"


def test_an_application_is_changed_while_it_waits_and_not_afterwards(visit):
	cycle, _agreement = make_open_cycle()
	profile, user = make_member()
	mentee = make.make_mentee(cycle, approved=False, profile=profile)
	frappe.db.commit()
	visitor = visit(user)
	page = visitor.open(f"/mentoring/apply/{cycle}?step=questions")
	assert visitor.send(page, "apply.change", mentee_goals="Better words").said == "Your answers are saved."
	assert fresh("Mentee", mentee.name, "goals") == "Better words"
	frappe.db.set_value("Mentee", mentee.name, "status", "Approved")
	frappe.db.commit()
	refused = visitor.send(page, "apply.change", mentee_goals="Too late")
	assert refused.refused
	assert fresh("Mentee", mentee.name, "goals") == "Better words"


def test_a_closed_cycle_says_so_instead_of_a_form(visit):
	cycle = make.make_cycle(application_until=add_days(nowdate(), -1)).name
	_profile, user = make_member()
	page = visit(user).open(f"/mentoring/apply/{cycle}?as=Mentee")
	assert "are closed" in page.words
	assert not page.soup.select(".mentoring form")


def test_a_draft_cycle_and_an_unpublished_program_are_pages_not_found(visit):
	hidden = make.make_cycle(status="Draft").name
	unpublished = make.make_cycle(make.make_program(status="Draft").name).name
	_profile, user = make_member()
	visitor = visit(user)
	for path in (f"apply/{hidden}", f"apply/{unpublished}", "programs/nothing", "apply/nothing"):
		assert visitor.open(f"/mentoring/{path}").status == 404, path


# Guests, forms from elsewhere, script ------------------------------------------------------------------


@pytest.mark.parametrize("page", ["profile", "data", "sign", "match/abc", "apply/{cycle}", "mentors/{cycle}"])
def test_a_guest_is_sent_to_the_login(visit, page):
	cycle, _agreement = make_open_cycle()
	shown = visit().open(f"/mentoring/{page.format(cycle=cycle)}")
	assert shown.address.startswith("/login?redirect-to=%2Fmentoring%2F")


FORMS = (
	"profile.save",
	*("apply.keep", "apply.keep_quietly", "apply.send", "apply.change", "apply.sign"),
	*("match.accept", "match.decline", "match.rank", "match.ask"),
	*("data.new_address", "data.copy", "data.erase", "data.withdraw", "data.seats"),
)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_a_guest_is_refused(visit, form):
	assert visit().post(form, {}).status == 403


@pytest.mark.parametrize("form", FORMS)
def test_a_form_without_the_token_is_refused(visit, form):
	profile, user = make_member(full_name="Unchanged")
	visitor = visit(user)
	visitor.open("/mentoring")  # there is a token in the session from now on
	assert visitor.post(form, {"full_name": "Changed", "sure": "1"}).status == 400
	assert fresh("Mentoring Profile", profile, "full_name") == "Unchanged"


def test_script_in_every_text_comes_out_as_text(visit):
	profile, user = make_member(
		full_name=f"A {SCRIPT}", biography=SCRIPT, job_title=SCRIPT, employer=SCRIPT, city=SCRIPT
	)
	cycle = make.make_cycle(make.make_program(summary=SCRIPT, mentees_rank=1).name).name
	other = make.make_profile(full_name=f"B {SCRIPT}", biography=SCRIPT, job_title=SCRIPT)
	mentor = make.make_mentor(cycle, profile=other.name, motivation=SCRIPT)
	mentee = make.make_mentee(cycle, profile=profile, goals=SCRIPT)
	group = propose(cycle, [mentee.name], mentor.name, reasons={mentee.name: SCRIPT})
	second = make.make_cycle(make.make_program(summary=SCRIPT).name).name
	frappe.db.commit()
	visitor = visit(user)
	page = visitor.open(f"/mentoring/apply/{second}?as=Mentee&step=questions")
	visitor.send(page, "apply.keep", mentee_goals=f"</textarea>{SCRIPT}")
	for path in (
		"/mentoring",
		f"/mentoring/programs/{frappe.db.get_value('Mentoring Cycle', cycle, 'program')}",
		f"/mentoring/apply/{cycle}",
		f"/mentoring/apply/{second}?as=Mentee&step=questions",
		f"/mentoring/match/{group.name}",
		f"/mentoring/match/{group.name}?x=%22%3E{SCRIPT}",
		f"/mentoring/mentors/{cycle}",
		"/mentoring/profile",
		"/mentoring/data",
	):
		shown = visitor.open(path)
		assert shown.status == 200, path
		assert "alert(1)" in shown.html or path.startswith("/mentoring/mentors"), path
		assert SCRIPT not in shown.html, (path, shown.html.partition(SCRIPT)[0][-200:])


def test_what_was_typed_comes_back_as_text_after_a_refusal(visit):
	_profile, user = make_member()
	visitor = visit(user)
	page = visitor.open("/mentoring/profile")
	refused = visitor.send(page, "profile.save", time_zone="Mars/Base", biography=f"</textarea>{SCRIPT}")
	assert refused.refused
	assert "Mars/Base" in refused.said
	assert SCRIPT not in refused.html
	assert "alert(1)" in refused.html


def test_a_form_leads_back_to_the_members_pages_only(visit):
	_profile, user = make_member()
	visitor = visit(user)
	page = visitor.open("/mentoring/profile")
	for elsewhere in ("https://example.org/", "//example.org", "/app", "/mentoringx"):
		assert visitor.send(page, "profile.save", next=elsewhere).address.split("#")[0] == "/mentoring"


# A match --------------------------------------------------------------------------------------------


def test_a_match_says_who_and_why_and_is_accepted(visit):
	user, group = make_match()
	visitor = visit(user)
	landing = visitor.open("/mentoring")
	assert f"/mentoring/match/{group.name}" in landing.html
	match = visitor.open(f"/mentoring/match/{group.name}")
	assert "Both make vaccines" in match.words
	assert "days are left" in match.words
	assert visitor.send(match, "match.accept").said.startswith("You have accepted")
	assert fresh("Mentoring Group Member", {"parent": group.name}, "status") == "Accepted"


def test_a_match_shows_no_address_and_no_employer(visit):
	user, group = make_match()
	profile = frappe.db.get_value("Mentor", group.mentor, "profile")
	email, employer = frappe.db.get_value("Mentoring Profile", profile, ["email", "employer"])
	page = visit(user).open(f"/mentoring/match/{group.name}")
	assert email not in page.html
	assert employer not in page.html


def test_a_match_is_declined_with_a_reason_only(visit):
	user, group = make_match()
	visitor = visit(user)
	match = visitor.open(f"/mentoring/match/{group.name}")
	refused = visitor.send(match, "match.decline", reason="  ")
	assert refused.refused
	assert "why you decline" in refused.said
	assert fresh("Mentoring Group Member", {"parent": group.name}, "status") == "Proposed"
	declined = visitor.send(match, "match.decline", reason="Too far away")
	assert "another match follows" in declined.said
	assert fresh("Mentoring Group Member", {"parent": group.name}, "status") == "Declined"
	after = visitor.open(f"/mentoring/match/{group.name}")
	assert "wait for another match" in after.words
	assert not after.has_form("match.accept")


def test_another_members_match_by_guessed_address_is_a_page_not_found(visit):
	_user, group = make_match()
	stranger, _own = make_match()
	visitor = visit(stranger)
	assert visitor.open(f"/mentoring/match/{group.name}").status == 404
	page = visitor.open(f"/mentoring/match/{_own.name}")
	for form in ("match.accept", "match.decline"):
		refused = visitor.send(page, form, group=group.name, reason="Mine")
		assert refused.refused
		assert group.title not in refused.html
	assert fresh("Mentoring Group Member", {"parent": group.name}, "status") == "Proposed"


def test_a_match_that_is_not_announced_yet_is_a_page_not_found(visit):
	user, group = make_match()
	frappe.db.set_value("Mentoring Group", group.name, "announce_on", add_days(nowdate(), 3))
	frappe.db.commit()
	visitor = visit(user)
	assert visitor.open(f"/mentoring/match/{group.name}").status == 404
	assert group.name not in visitor.open("/mentoring").html


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
	page = visitor.open(f"/mentoring/mentors/{cycle}")
	assert visitor.send(page, "match.rank", wish=[mentors[1], mentors[0], ""]).said == "Your wishes are kept."
	frappe.db.rollback()
	assert [row.mentor for row in frappe.get_doc("Mentee", mentee).wishes] == [mentors[1], mentors[0]]
	elsewhere = make.make_mentor(make.make_cycle().name).name
	frappe.db.commit()
	assert visitor.send(page, "match.rank", wish=[elsewhere]).refused


def test_a_mentor_is_asked_directly_and_not_twice(visit):
	cycle, user, mentee, mentors = make_ranking_cycle()
	visitor = visit(user)
	page = visitor.open(f"/mentoring/mentors/{cycle}")
	asked = visitor.send(page, "match.ask", mentor=mentors[0])
	assert "The mentor is asked" in asked.said
	assert asked.address.startswith("/mentoring/match/")
	assert fresh("Mentee", mentee, "mentoring_group")
	assert visitor.send(page, "match.ask", mentor=mentors[1]).refused


def test_cards_are_a_page_not_found_where_the_association_proposes(visit):
	cycle = make.make_cycle().name
	profile, user = make_member()
	make.make_mentee(cycle, profile=profile)
	frappe.db.commit()
	assert visit(user).open(f"/mentoring/mentors/{cycle}").status == 404


# Signing --------------------------------------------------------------------------------------------


def test_what_is_still_to_sign_is_next_and_is_signed(visit):
	cycle, agreement = make_open_cycle()
	profile, user = make_member()
	make.make_mentee(cycle, profile=profile)
	frappe.db.commit()
	visitor = visit(user)
	assert "Read and sign:" in visitor.open("/mentoring").words
	page = visitor.open("/mentoring/sign")
	assert visitor.send(page, "apply.sign", read=None).refused
	assert visitor.send(page, "apply.sign", read="1").said == "Signed."
	assert fresh("Mentoring Agreement Acceptance", {"profile": profile, "agreement": agreement}, "name")
	assert "Nothing is asked of you now" in visitor.open("/mentoring").words
	assert visitor.send(page, "apply.sign", agreement="nothing", read="1").refused


# Profile and data --------------------------------------------------------------------------------------


def test_the_profile_is_saved_and_a_wrong_value_is_refused_in_words(visit):
	profile, user = make_member()
	visitor = visit(user)
	page = visitor.open("/mentoring/profile")
	saved = visitor.send(
		page, "profile.save", city="Basel", languages=["de", "en", ""], time_zone="Europe/Zurich"
	)
	assert saved.said == "Your profile is saved."
	frappe.db.rollback()
	doc = frappe.get_doc("Mentoring Profile", profile)
	assert (doc.city, [row.language for row in doc.languages]) == ("Basel", ["de", "en"])
	refused = visitor.send(page, "profile.save", full_name=" ", city="Bern")
	assert refused.refused
	assert 'value="Bern"' in refused.html
	assert fresh("Mentoring Profile", profile, "city") == "Basel"


def test_the_profile_form_cannot_change_whose_it_is(visit):
	profile, user = make_member()
	visitor = visit(user)
	page = visitor.open("/mentoring/profile")
	visitor.send(
		page, "profile.save", email="other@example.org", user="Administrator", membership_state="Active"
	)
	assert fresh("Mentoring Profile", profile, "user") == user


def test_dates_are_shown_on_the_readers_clock(visit):
	profile, user = make_member(time_zone="Pacific/Auckland")
	cycle = make.make_cycle(kickoff_on=f"{add_days(nowdate(), 20)} 22:00:00").name
	mentee = make.make_mentee(cycle, profile=profile, approved=False)
	frappe.db.commit()
	page = visit(user).open(f"/mentoring/apply/{mentee.cycle}")
	assert "(Pacific/Auckland)" in page.words


def test_a_new_calendar_address_ends_the_old_one(visit):
	_profile, user = make_member()
	visitor = visit(user)

	def address(page: Shown) -> str:
		return page.soup.find(id="calendar-address")["value"]

	page = visitor.open("/mentoring/data")
	assert address(visitor.open("/mentoring/data")) == address(page), "kept from visit to visit"
	renewed = visitor.send(page, "data.new_address")
	assert "new address" in renewed.said
	assert address(renewed) != address(page)
	old = address(page).partition("/api/")[2]
	assert visit().open(f"/api/{old}").status == 404


def test_the_copy_holds_everything_of_ones_own_and_nothing_of_others(visit):
	user, group = make_match()
	visitor = visit(user)
	answer = visitor.send(visitor.open("/mentoring/data"), "data.copy")
	data = json.loads(answer.html)
	profile = fresh("Mentoring Profile", {"user": user}, "name")
	assert data["Mentoring Profile"]["name"] == profile
	assert data["Mentee"][0]["cycle"] == group.cycle
	assert data["Mentoring Group"][0]["name"] == group.name
	assert "calendar_token" not in answer.html
	mentor = frappe.db.get_value("Mentor", group.mentor, "profile")
	assert frappe.db.get_value("Mentoring Profile", mentor, "email") not in answer.html


@pytest.fixture
def outgoing_mail(site):
	"""An account that Frappe's own mails can be queued for; nothing is sent."""
	if frappe.db.exists("Email Account", {"default_outgoing": 1, "enable_outgoing": 1}):
		yield
		return
	account = frappe.new_doc("Email Account")
	account.update(
		{"email_account_name": "Portal tests", "email_id": "portal@example.org", "default_outgoing": 1}
	)
	account.update({"enable_outgoing": 1, "smtp_server": "127.0.0.1", "awaiting_password": 1})
	account.name = account.email_account_name
	account.db_insert()
	frappe.db.commit()
	frappe.clear_cache()
	yield
	frappe.db.rollback()
	frappe.db.delete("Email Account", {"name": account.name})
	frappe.db.delete("Email Queue", {"sender": ("like", "%portal@example.org%")})
	frappe.db.commit()
	frappe.clear_cache()


def test_erasure_is_asked_for_once_and_only_with_a_tick(visit, outgoing_mail):
	_profile, user = make_member()
	visitor = visit(user)
	page = visitor.open("/mentoring/data")
	assert visitor.send(page, "data.erase").refused
	assert "You get a mail" in visitor.send(page, "data.erase", sure="1").said
	assert fresh("Personal Data Deletion Request", {"email": user}, "status") == "Pending Verification"
	assert visitor.send(page, "data.erase", sure="1").refused
	assert not visitor.open("/mentoring/data").has_form("data.erase")
	frappe.db.delete("Personal Data Deletion Request", {"email": user})
	frappe.db.commit()


def test_one_withdraws_with_a_reason_and_only_oneself(visit):
	profile, user = make_member()
	cycle = make.make_cycle().name
	mine, other = make.make_mentee(cycle, profile=profile), make.make_mentee(cycle)
	frappe.db.commit()
	visitor = visit(user)
	page = visitor.open("/mentoring/data")
	assert visitor.send(page, "data.withdraw", reason="").refused
	assert visitor.send(page, "data.withdraw", name=other.name, reason="Not mine").refused
	assert visitor.send(page, "data.withdraw", reason="No time").said == "You have withdrawn."
	assert fresh("Mentee", mine.name, "status") == "Withdrawn"
	assert frappe.db.get_value("Mentee", other.name, "status") == "Approved"


def test_a_mentor_lowers_seats_and_pauses_without_losing_anybody(visit):
	profile, user = make_member()
	program = make.make_program(max_seats=5).name
	cycle = make.make_cycle(program).name
	mentor = make.make_mentor(cycle, profile=profile, seats_offered=4)
	group = propose(cycle, [make.make_mentee(cycle).name], mentor.name)
	frappe.db.commit()
	visitor = visit(user)
	page = visitor.open("/mentoring/data")
	refused = visitor.send(page, "data.seats", seats_now="0")
	assert refused.refused
	saved = visitor.send(page, "data.seats", seats_now="1", next_year_is="pause")
	assert "stays with you" in saved.said
	frappe.db.rollback()
	doc = frappe.get_doc("Mentor", mentor.name)
	assert (doc.seats_offered, doc.seats_taken, doc.pauses_next) == (1, 1, 1)
	assert frappe.db.get_value("Mentoring Group", group.name, "mentor_status") == "Proposed"
	later = make.make_cycle(
		program, start_date=add_days(nowdate(), 400), end_date=add_days(nowdate(), 800)
	).name
	frappe.db.commit()
	assert "you would pause now" in visitor.open(f"/mentoring/apply/{later}?as=Mentor&step=questions").words


def test_seats_of_another_mentor_are_refused(visit):
	profile, user = make_member()
	cycle = make.make_cycle().name
	make.make_mentor(cycle, profile=profile)
	other = make.make_mentor(cycle, seats_offered=2)
	frappe.db.commit()
	visitor = visit(user)
	page = visitor.open("/mentoring/data")
	assert visitor.send(page, "data.seats", mentor=other.name, seats_now="1").refused
	assert fresh("Mentor", other.name, "seats_offered") == 2


def test_a_login_without_a_profile_is_led_to_one(visit):
	visitor = visit(make_staff("Mentoring Coordinator"))
	assert "no mentoring profile yet" in visitor.open("/mentoring").words
	assert visitor.open("/mentoring/data").address == "/mentoring/profile"


def test_every_page_has_one_heading_and_skips_no_level(visit):
	user, group = make_match()
	cycle, _agreement = make_open_cycle()
	visitor = visit(user)
	for path in (
		*("/mentoring", f"/mentoring/apply/{cycle}?as=Mentee", f"/mentoring/match/{group.name}"),
		*("/mentoring/profile", "/mentoring/data", "/mentoring/sign"),
		f"/mentoring/programs/{frappe.db.get_value('Mentoring Cycle', cycle, 'program')}",
	):
		levels = [int(tag.name[1]) for tag in visitor.open(path).soup.find_all(["h1", "h2", "h3", "h4"])]
		assert levels.count(1) == 1, path
		assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), path
