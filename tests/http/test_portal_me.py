"""The members' own pages: who gets in, forms from elsewhere, script as text, profile and data."""

from __future__ import annotations

import itertools
import json

import frappe
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.http.people import make_member, make_staff
from tests.http.portal_world import (
	SCRIPT,
	fresh,
	make_match,
	make_open_cycle,
	visit,
)
from tests.http.visitor import Page

__all__ = ["visit"]  # a fixture, used by name


@pytest.mark.parametrize("page", ["profile", "data", "sign", "match/abc", "apply/{cycle}", "mentors/{cycle}"])
def test_a_guest_is_sent_to_the_login(visit, page):
	cycle, _agreement = make_open_cycle()
	shown = visit().get(f"/mentoring/{page.format(cycle=cycle)}")
	assert shown.address.startswith("/login?redirect-to=%2Fmentoring%2F")


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
	page = visitor.get(f"/mentoring/apply/{second}?as=Mentee&step=questions")
	visitor.send(page, "application.keep_draft", answers__Mentee__goals=f"</textarea>{SCRIPT}")
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
		shown = visitor.get(path)
		assert shown.status == 200, path
		assert "alert(1)" in shown.text or path.startswith("/mentoring/mentors"), path
		assert SCRIPT not in shown.text, (path, shown.text.partition(SCRIPT)[0][-200:])


def test_what_was_typed_comes_back_as_text_after_a_refusal(visit):
	_profile, user = make_member()
	visitor = visit(user)
	page = visitor.get("/mentoring/profile")
	refused = visitor.send(
		page, "member.save_profile", time_zone="Mars/Base", biography=f"</textarea>{SCRIPT}"
	)
	assert refused.refused
	assert "Mars/Base" in refused.said
	assert SCRIPT not in refused.text
	assert "alert(1)" in refused.text


def test_a_form_leads_back_to_the_members_pages_only(visit):
	_profile, user = make_member()
	visitor = visit(user)
	page = visitor.get("/mentoring/profile")
	for elsewhere in ("https://example.org/", "//example.org", "/app", "/mentoringx"):
		assert visitor.send(page, "member.save_profile", next=elsewhere).address.split("#")[0] == "/mentoring"


def test_the_profile_is_saved_and_a_wrong_value_is_refused_in_words(visit):
	profile, user = make_member()
	visitor = visit(user)
	page = visitor.get("/mentoring/profile")
	saved = visitor.send(
		page, "member.save_profile", city="Basel", languages=["de", "en", ""], time_zone="Europe/Zurich"
	)
	assert saved.said == "Your profile has been saved."
	frappe.db.rollback()
	doc = frappe.get_doc("Mentoring Profile", profile)
	assert (doc.city, [row.language for row in doc.languages]) == ("Basel", ["de", "en"])
	refused = visitor.send(page, "member.save_profile", full_name=" ", city="Bern")
	assert refused.refused
	assert 'value="Bern"' in refused.text
	assert fresh("Mentoring Profile", profile, "city") == "Basel"


def test_the_profile_form_cannot_change_whose_it_is(visit):
	profile, user = make_member()
	visitor = visit(user)
	page = visitor.get("/mentoring/profile")
	visitor.send(
		page,
		"member.save_profile",
		email="other@example.org",
		user="Administrator",
		membership_state="Active",
	)
	assert fresh("Mentoring Profile", profile, "user") == user


def test_dates_are_shown_on_the_readers_clock(visit):
	profile, user = make_member(time_zone="Pacific/Auckland")
	cycle = make.make_cycle(kickoff_on=f"{add_days(nowdate(), 20)} 22:00:00").name
	mentee = make.make_mentee(cycle, profile=profile, approved=False)
	frappe.db.commit()
	page = visit(user).get(f"/mentoring/apply/{mentee.cycle}")
	assert "M Auckland" in page.words


def test_fewer_mails_are_chosen_where_the_foot_of_each_mail_leads(visit):
	profile, user = make_member()
	visitor = visit(user)
	page = visitor.get("/mentoring/data")
	assert page.soup.find(id="mails"), "the foot of the mails leads there"
	assert page.soup.find("input", {"name": "rhythm", "checked": True})["value"] == "Each at Once"
	assert visitor.send(page, "my_data.choose_mails", rhythm="Never").refused
	assert (
		visitor.send(page, "my_data.choose_mails", rhythm="One a Day").said
		== "Your email settings have been saved."
	)
	assert fresh("Mentoring Profile", profile, "mail_rhythm") == "One a Day"
	page = visitor.get("/mentoring/data")
	assert page.soup.find("input", {"name": "rhythm", "checked": True})["value"] == "One a Day"


def test_a_new_calendar_address_ends_the_old_one(visit):
	_profile, user = make_member()
	visitor = visit(user)

	def address(page: Page) -> str:
		return page.soup.find(id="calendar-address")["value"]

	page = visitor.get("/mentoring/data")
	assert address(visitor.get("/mentoring/data")) == address(page), "kept from visit to visit"
	(subscribe,) = page.soup.find_all("a", string="Subscribe to this calendar")
	assert subscribe["href"] == "webcal:" + address(page).partition(":")[2]
	renewed = visitor.send(page, "calendar.renew")
	assert "new address" in renewed.said
	assert address(renewed) != address(page)
	old = address(page).partition("/api/")[2]
	assert visit().get(f"/api/{old}").status == 404


def test_who_sees_what_is_chosen_on_ones_data_and_holds_at_once_everywhere(visit, keyed):
	"""The form, the mentors' cards, the match, the group, and REST, which shows nobody's profile."""
	owner, login = make_member(full_name="Olga Owner", employer="Chosen Ltd", job_title="Chooser")
	seeker, other = make_member(full_name="Sam Seeker")
	cycle = make.make_cycle(make.make_program(mentees_ask=1).name).name
	make.make_mentor(cycle, profile=owner, seats_offered=3)
	make.make_mentee(cycle, profile=seeker)
	group = make.make_active_group(profiles=[owner, seeker]).name
	frappe.db.commit()
	visitor, reader = visit(login), visit(other)
	cards, people = f"/mentoring/mentors/{cycle}", f"/mentoring/groups/{group}"
	page = visitor.get("/mentoring/data")
	assert "Currently: Chosen Ltd" in page.words
	assert login not in reader.get(people).text, "the address is shown to nobody unless one says so"
	assert "Chooser" in reader.get(cards).words
	assert "Chosen Ltd" not in reader.get(cards).words
	assert "Chosen Ltd" in reader.get(people).words
	levels = {
		"choices:email": "My Groups",
		"choices:job_title": "Nobody",
		"choices:employer": "My Groups and Search",
	}
	page = visitor.send(page, "my_data.share", **levels)
	assert "sharing choices have been saved" in page.said
	chosen = page.form("my_data.share").find("select", attrs={"name": "choices:email"})
	assert chosen.find("option", selected=True)["value"] == "My Groups"
	for path, address in ((people, True), (cards, False)):
		text = reader.get(path).text
		assert (login in text) is address
		assert "Chooser" not in text
		assert "Chosen Ltd" in text
	assert visitor.send(page, "my_data.share", choices__email="Everyone").refused
	assert visitor.send(page, "my_data.share", choices__learning_style="Nobody").refused
	assert keyed(other).get(f"/api/resource/Mentoring Profile/{owner}").status == 403


def test_the_copy_holds_everything_of_ones_own_and_nothing_of_others(visit):
	user, group = make_match()
	visitor = visit(user)
	answer = visitor.send(visitor.get("/mentoring/data"), "my_data.copy")
	data = json.loads(answer.text)
	profile = fresh("Mentoring Profile", {"user": user}, "name")
	assert data["Mentoring Profile"]["name"] == profile
	assert data["Mentee"][0]["cycle"] == group.cycle
	assert data["Mentoring Group"][0]["name"] == group.name
	assert "calendar_token" not in answer.text
	mentor = frappe.db.get_value("Mentor", group.mentor, "profile")
	assert frappe.db.get_value("Mentoring Profile", mentor, "email") not in answer.text


def test_without_an_account_for_mails_erasure_says_what_to_do(visit):
	if frappe.db.exists("Email Account", {"default_outgoing": 1, "enable_outgoing": 1}):
		pytest.skip("this site sends mails")
	_profile, user = make_member()
	visitor = visit(user)
	page = visitor.get("/mentoring/data")
	assert "this site can't send emails right now" in page.words
	assert not page.has_form("my_data.erase")
	refused = visitor.post(
		"my_data.erase", sure="1", back="/mentoring/data", csrf_token=visitor.token("/mentoring/data")
	)
	assert refused.refused
	assert "Ask the association" in refused.said or "Write to" in refused.said
	assert not fresh("Personal Data Deletion Request", {"email": user}, "name")


def test_erasure_is_asked_for_once_and_only_with_a_tick(visit, outgoing_mail):
	_profile, user = make_member()
	visitor = visit(user)
	page = visitor.get("/mentoring/data")
	assert visitor.send(page, "my_data.erase").refused
	assert "Check your email and confirm" in visitor.send(page, "my_data.erase", sure="1").said
	assert fresh("Personal Data Deletion Request", {"email": user}, "status") == "Pending Verification"
	assert visitor.send(page, "my_data.erase", sure="1").refused
	assert not visitor.get("/mentoring/data").has_form("my_data.erase")
	frappe.db.delete("Personal Data Deletion Request", {"email": user})
	frappe.db.commit()


def test_one_withdraws_with_a_reason_and_only_oneself(visit):
	profile, user = make_member()
	cycle = make.make_cycle().name
	mine, other = make.make_mentee(cycle, profile=profile), make.make_mentee(cycle)
	frappe.db.commit()
	visitor = visit(user)
	page = visitor.get("/mentoring/data")
	assert visitor.send(page, "member.withdraw", reason="").refused
	assert visitor.send(page, "member.withdraw", name=other.name, reason="Not mine").refused
	assert visitor.send(page, "member.withdraw", reason="No time").said == "You have withdrawn."
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
	page = visitor.get("/mentoring/data")
	refused = visitor.send(page, "my_data.set_seats", seats_now="0")
	assert refused.refused
	saved = visitor.send(page, "my_data.set_seats", seats_now="1", next_year_is="pause")
	assert "stays with you" in saved.said
	frappe.db.rollback()
	doc = frappe.get_doc("Mentor", mentor.name)
	assert (doc.seats_offered, doc.seats_taken, doc.pauses_next) == (1, 1, 1)
	assert frappe.get_doc("Mentoring Group", group.name).mentors[0].status == "Proposed"
	later = make.make_cycle(
		program, start_date=add_days(nowdate(), 400), end_date=add_days(nowdate(), 800)
	).name
	frappe.db.commit()
	assert (
		"you said you would pause" in visitor.get(f"/mentoring/apply/{later}?as=Mentor&step=questions").words
	)


def test_seats_of_another_mentor_are_refused(visit):
	profile, user = make_member()
	cycle = make.make_cycle().name
	make.make_mentor(cycle, profile=profile)
	other = make.make_mentor(cycle, seats_offered=2)
	frappe.db.commit()
	visitor = visit(user)
	page = visitor.get("/mentoring/data")
	assert visitor.send(page, "my_data.set_seats", mentor=other.name, seats_now="1").refused
	assert fresh("Mentor", other.name, "seats_offered") == 2


def test_a_login_without_a_profile_is_led_to_one(visit):
	visitor = visit(make_staff("Mentoring Coordinator"))
	assert "Welcome, Test" in visitor.get("/mentoring").words
	assert visitor.get("/mentoring/data").address == "/mentoring/profile"


def test_every_page_has_one_heading_and_skips_no_level(visit):
	user, group = make_match()
	cycle, _agreement = make_open_cycle()
	visitor = visit(user)
	for path in (
		*("/mentoring", f"/mentoring/apply/{cycle}?as=Mentee", f"/mentoring/match/{group.name}"),
		*("/mentoring/profile", "/mentoring/data", "/mentoring/sign"),
		f"/mentoring/programs/{frappe.db.get_value('Mentoring Cycle', cycle, 'program')}",
	):
		levels = [int(tag.name[1]) for tag in visitor.get(path).soup.find_all(["h1", "h2", "h3", "h4"])]
		assert levels.count(1) == 1, path
		assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), path
