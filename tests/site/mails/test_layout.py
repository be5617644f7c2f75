"""What stands around the words of every mail: the association, one button, a signature, why; nothing of Frappe's."""

from __future__ import annotations

import email
from email.policy import default

import frappe
import pytest
from bs4 import BeautifulSoup

from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates import groups, matches, members
from mentor_ispe.mails.rendering import render
from mentor_ispe.mails.sending import flush
from tests import factories as make
from tests.site.membership.records import make_email_account


@pytest.fixture
def group():
	make.use_membership_roll()
	return make.make_active_group()


def mail_about(group, template: str = groups.GROUP_COMPLETED):
	values = frappe.as_json({"group": "Circle_of *four*", "cycle": "C"})
	return render(template, values, group.people[1], reference=("Mentoring Group", group.name))


def test_the_button_leads_to_the_very_group_in_html_and_text(group):
	mail = mail_about(group)
	page = BeautifulSoup(mail.html(), "html.parser")
	button = page.select_one(".m-button a")
	assert button.get_text() == "View group"
	assert button["href"].endswith(f"/mentoring/groups/{group.name}")
	assert f"View group:\n{button['href']}\n" in mail.text()


def test_a_button_whose_place_is_not_known_leads_to_the_first_page():
	mail = render(matches.MATCH_REMINDER, "{}", None)
	assert mail.button.url == frappe.utils.get_url("/mentoring")


def test_a_renewal_leads_to_where_the_association_takes_it_else_to_ones_membership():
	profile = make.make_profile().name
	frappe.db.set_single_value("Mentoring Settings", "renewal_url", "")
	assert render(members.MEMBERSHIP_IN_GRACE, "{}", profile).button.url.endswith("/mentoring#membership")
	frappe.db.set_single_value("Mentoring Settings", "renewal_url", "https://renew.example.org/now")
	assert render(members.MEMBERSHIP_IN_GRACE, "{}", profile).button.url == "https://renew.example.org/now"


def test_the_program_signs_with_its_own_words_else_as_its_team(group):
	program = frappe.db.get_value("Mentoring Group", group.name, "program")
	assert f"Your {program} team" in mail_about(group).text()
	frappe.db.set_value("Mentoring Program", program, "mail_signature", "Kim <Adeyemi>\nCoordinator")
	frappe.clear_document_cache("Mentoring Program", program)
	mail = mail_about(group)
	assert "Kim <Adeyemi>\nCoordinator" in mail.text()
	assert "Kim &lt;Adeyemi&gt;" in mail.html()


def test_it_says_why_and_where_to_change_it_and_what_is_always_sent(group):
	needed, optional = mail_about(group), mail_about(group, groups.MODERATOR_RELIEVED)
	for mail in (needed, optional):
		assert "You get this email because you are in" in mail.text()
		assert "/mentoring/data#mails" in mail.text()
	assert "We always send this kind of email" in needed.text()
	assert "Unsubscribe from these emails:\n" not in needed.text()
	assert "We always send" not in optional.text()
	assert f"Unsubscribe from these emails:\n{optional.frame.unsubscribe}" in optional.text()


def test_whoever_turned_off_what_is_optional_is_offered_it_no_more(group):
	frappe.db.set_value("Mentoring Profile", group.people[1], "mail_rhythm", "Only What Is Needed")
	assert not mail_about(group, groups.MODERATOR_RELIEVED).frame.unsubscribe
	make_email_account()
	frappe.db.delete("Mentoring Notice")
	for template in (groups.MODERATOR_RELIEVED, groups.GROUP_COMPLETED):
		outbox.enqueue(make.unique("key"), template, group.people[1], context={"group": "G", "cycle": "C"})
	for notice in frappe.get_all("Mentoring Notice", pluck="name"):
		frappe.db.set_value("Mentoring Notice", notice, "not_before", None)  # it is the next morning
	flush()
	statuses = dict(frappe.get_all("Mentoring Notice", fields=["template", "status"], as_list=True))
	assert statuses == {groups.MODERATOR_RELIEVED: "Skipped", groups.GROUP_COMPLETED: "Queued"}


def test_the_color_of_the_theme_is_the_buttons_and_can_be_read(group):
	color = frappe.get_doc({"doctype": "Color", "name": make.unique("Yellow"), "color": "#ffe600"})
	color.insert(ignore_permissions=True)
	theme = frappe.db.get_single_value("Website Settings", "website_theme") or "Standard"
	frappe.db.set_value("Website Theme", theme, "primary_color", color.name)
	frappe.db.set_single_value("Website Settings", "website_theme", theme)
	frappe.local.website_settings = frappe._dict(website_theme=theme)
	frappe.clear_document_cache("Website Theme", theme)
	try:
		style = BeautifulSoup(mail_about(group).html(), "html.parser").select_one(".m-button")
	finally:
		del frappe.local.website_settings
		frappe.clear_document_cache("Website Theme", theme)
	assert "#ffe600" in style["style"]
	assert "color:#000000" in style.a["style"]


def test_what_goes_out_has_nothing_of_frappes_own_frame_and_no_escapes(group):
	make_email_account()
	frappe.db.set_default("email_footer_address", "1 Example Street\nTown")
	frappe.db.delete("Mentoring Notice")
	values = {"group": "Circle_of *four*", "cycle": "C"}
	outbox.enqueue("key", groups.GROUP_COMPLETED, group.people[1], context=values)
	flush()
	queued = frappe.db.get_value("Mentoring Notice", {"notice_key": "key"}, "email_queue")
	mail = email.message_from_string(frappe.db.get_value("Email Queue", queued, "message"), policy=default)
	html, text = (mail.get_body((kind,)).get_content() for kind in ("html", "plain"))
	for each in (html, text):
		assert "Sent via" not in each
		assert "1 Example Street" in each, "an address that the law may ask for stays"
		assert "Circle_of *four*" in each
	assert "\\" not in text
	assert html.count("<html") == 1
	assert "List-Unsubscribe" not in mail
