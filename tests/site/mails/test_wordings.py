"""The words of a coordinator: kept only when they can be sent, filled without ever being run, the original behind them."""

from __future__ import annotations

import re
from types import SimpleNamespace

import frappe
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentor_ispe.api import mails as api
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import rendering
from mentor_ispe.mails.default_templates import MAILS, matches, polls
from mentor_ispe.mails.rendering import render
from mentor_ispe.mails.wordings import editing, filling, markup, rules, stored
from mentor_ispe.mails.wordings.pieces import original_of
from tests import factories as make
from tests.site.mails.test_email_templates import make_values
from tests.site.membership.records import make_email_account

PROPOSED = matches.MATCH_PROPOSED
BY = '<span data-field="part-if-respond_by"></span>'
CYCLE = '<span data-field="cycle"></span>'
MENTOR = '<span data-field="mentor"></span>'
IN_EDITOR = (
	'<span class="email-field" data-field="mentor" data-label="x">\ufeff'
	'<span contenteditable="false"><b>Name</b></span>\ufeff</span>'
)
TEXT = f"<p>Dear all,</p><p>Your mentor in {CYCLE} is {MENTOR}.</p><p>Answer{BY}.</p>"
VALUES = {"cycle": "2031", "group": "G", "mentor": "Mara", "respond_by": "2031-02-14"}


@pytest.fixture(autouse=True)
def coordinator():
	user = make.make_user(roles=["Mentoring Coordinator"], user_type="System User")
	frappe.set_user(user.name)
	return user


def mail_of(language: str = "en", reference=(None, None), **values):
	return render(PROPOSED, frappe.as_json(VALUES | values), None, language=language, reference=reference)


def keep(subject: str = f"Good news from {CYCLE}", message: str = TEXT, **values):
	return api.save_wording(values.pop("mail", PROPOSED), subject, message, **values)


# Every mail


def test_the_page_lists_every_mail_with_those_about_the_same_matter():
	entries = api.wordings()
	assert sorted(entry["mail"] for entry in entries) == sorted(MAILS)
	matters = [entry["about"] for entry in entries]
	headings = list(dict.fromkeys(matters))
	assert matters == sorted(matters, key=headings.index)
	assert headings[0] == "Applications"
	assert next(entry["mail"] for entry in entries if entry["about"] == "Matches") == PROPOSED
	assert not [entry["subject"] for entry in entries if "(+ 1)" in entry["subject"]]


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_original_can_be_kept_as_it_is_and_says_the_same(language):
	for name in MAILS:
		original = original_of(name, language)
		subject, message = stored.original_texts(original)
		assert stored.checked(original, subject, message) == (subject, message), name
		assert {each.key for each in editing.choices(original)} >= {
			*markup.fields_of(subject),
			*markup.fields_of(message),
		}


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_original_kept_as_a_wording_reads_as_before(language, filled, monkeypatch):
	for name in MAILS:
		before = render(name, make_values(name, filled), None, language=language)
		subject, message = stored.original_texts(original_of(name, language))
		own = SimpleNamespace(mail=name, language=language, subject=subject, message=message)
		with monkeypatch.context() as patched:
			patched.setattr(rendering, "wording_for", lambda *_asked, own=own: own)
			after = render(name, make_values(name, filled), None, language=language)
		assert after.subject == before.subject
		said = words(after.message)
		assert said == words(before.message) if filled else len(said) <= len(words(before.message)), name


def words(html: str) -> str:
	return re.sub(r"\s+", "", markup.words_of(html))


def test_every_original_has_what_its_mail_needs():
	for name in MAILS:
		for language in MAILS[name].wordings:
			original = original_of(name, language)
			assert rules.violations(original, *stored.original_texts(original)) == [], (name, language)


# Which words a mail takes


def test_a_wording_of_the_site_and_one_of_a_program():
	cycle = make.make_cycle()
	keep()
	keep(f"Only here: {CYCLE}", program=cycle.program)
	assert mail_of().subject == "Good news from 2031"
	assert mail_of(reference=("Mentoring Cycle", cycle.name)).subject == "Only here: 2031"
	assert "<p>Your mentor in 2031 is Mara.</p>" in mail_of().message


def test_without_words_in_their_language_people_read_the_english_ones_and_it_is_said():
	keep()
	assert mail_of("de").subject == "Good news from 2031"
	german = api.wording(PROPOSED, "de")
	assert (german["read_instead"], german["origin"]) == ("en", "site")
	assert "Vorschlag" in german["subject"], "one starts from the German original"
	keep(f"Gute Nachricht aus {CYCLE}", language="de")
	assert mail_of("de").subject == mail_of("de-CH").subject == "Gute Nachricht aus 2031"
	assert mail_of("fr").subject == "Good news from 2031"
	assert api.wording(PROPOSED, "de")["read_instead"] == ""


def test_only_in_german_the_others_read_the_original():
	keep(f"Gute Nachricht aus {CYCLE}", language="de")
	assert mail_of("de").subject == "Gute Nachricht aus 2031"
	assert mail_of("en").subject == "You have a match in 2031"


def test_a_wording_stands_before_an_email_template_of_the_site():
	make.make_email_template(PROPOSED, subject="By hand")
	assert mail_of().subject == "By hand"
	assert api.wording(PROPOSED)["template"] == PROPOSED
	keep()
	assert mail_of().subject == "Good news from 2031"


def test_back_to_the_original():
	shown = keep()
	back = api.reset_wording(PROPOSED, modified=shown["modified"])
	assert (back["origin"], back["modified"]) == ("original", "")
	assert mail_of().subject == "You have a match in 2031"


def test_what_has_changed_in_the_original_since_is_said():
	shown = keep()
	assert not shown["changed_since"]
	frappe.db.set_value(stored.WORDING, shown["name"], "original_message", "<p>As it was</p>")
	shown = api.wording(PROPOSED)
	assert shown["changed_since"]
	assert shown["original_before"]["message"] == "<p>As it was</p>"
	assert next(row for row in api.wordings() if row["mail"] == PROPOSED)["outdated"]


def test_a_wording_that_no_longer_fits_is_passed_by_and_said():
	shown = keep()
	gone = TEXT.replace("part-if-respond_by", "part-if-gone")
	frappe.db.set_value(stored.WORDING, shown["name"], "message", gone)
	assert mail_of().subject == "You have a match in 2031"
	assert api.wording(PROPOSED)["unfit"]


def test_a_line_whose_field_is_empty_is_left_out_and_a_part_takes_nothing_along():
	keep()
	mail = mail_of(mentor="", respond_by="")
	assert "Your mentor" not in mail.message
	assert "<p>Answer.</p>" in mail.message


def test_a_subject_of_which_nothing_is_left_is_that_of_the_original():
	keep(MENTOR)
	assert mail_of(mentor="").subject == "You have a match in 2031"


# What is refused


@pytest.mark.parametrize(
	("subject", "message", "said"),
	[
		("", TEXT, "subject is empty"),
		("Hi", "<p><br></p>", "text is empty"),
		("Hi", TEXT + '<p><span data-field="password"></span></p>', "can.+t have the field “password”"),
		('<span data-field="part-if-mentor"></span>', TEXT, "can.+t have the field “Mentor: "),
		("Hi", f"<p>{MENTOR}</p>", "The text needs “by \\[Last day to answer\\]”"),
		("Hi {{ cycle }}", TEXT, "would be sent as it is written"),
		("Hi", TEXT + "{% for x in y %}", "would be sent as it is written"),
		("Hi", TEXT + "<script>alert(1)</script>", "can.+t have “script”"),
		("Hi", TEXT + "<p onclick='x()'>x</p>", "can.+t have “onclick”"),
		("Hi", TEXT + "<img src=x onerror=y>", "can.+t have “onerror”"),
		("Hi", TEXT + "<img src='https://example.org/pixel.png'>", "can.+t have “img”"),
		("Hi", TEXT + "<style>p{display:none}</style>", "can.+t have “style”"),
		("Hi", TEXT + "<a href='javascript:alert(1)'>x</a>", "not the address of a page"),
		("Hi", TEXT + "<a href='data:text/html,x'>x</a>", "not the address of a page"),
		("Hi", TEXT + "<p>" + "<b>" * 4_000 + "x", "more than 15000 characters"),
		("x" * 201, TEXT, "more than 200 characters"),
		("Hi", TEXT + "<p>" + "x" * 15_000 + "</p>", "more than 15000 characters"),
	],
)
def test_what_cannot_be_sent_is_refused_in_words(subject, message, said):
	with pytest.raises(RuleViolation, match=said):
		keep(subject, message)
	assert not frappe.db.count(stored.WORDING, {"mail": PROPOSED})


def test_the_times_of_a_poll_cannot_be_left_out():
	with pytest.raises(RuleViolation, match="The text needs"):
		keep("When?", "<p>Please answer.</p>", mail=polls.MEETING_POLL)


def test_the_same_holds_for_the_api_of_the_platform():
	doc = {"doctype": stored.WORDING, "mail": PROPOSED, "language": "en", "subject": "x"}
	with pytest.raises(RuleViolation, match=r"can.+t have “script”"):
		frappe.get_doc(doc | {"message": TEXT + "<script>x</script>"}).insert()
	with pytest.raises(RuleViolation, match="no email called"):
		frappe.get_doc(doc | {"mail": "Mentoring: None", "message": TEXT}).insert()


def test_who_saw_an_earlier_text_overwrites_nobodys():
	first = keep()
	with pytest.raises(RuleViolation, match="Someone else has changed"):
		keep("Mine")
	keep("Second", modified=first["modified"])
	for late in (lambda: keep("Third", modified=first["modified"]), lambda: api.reset_wording(PROPOSED)):
		with pytest.raises(RuleViolation, match="Someone else has changed"):
			late()
	assert mail_of().subject == "Second"


@pytest.mark.parametrize("role", ["Mentoring Member", "Mentoring Committee"])
def test_nobody_but_coordinators_reads_or_writes(role):
	frappe.set_user("Administrator")
	frappe.set_user(make.make_user(roles=[role]).name)
	for call in (api.wordings, lambda: api.wording(PROPOSED), keep, lambda: api.send_test(PROPOSED)):
		with pytest.raises(frappe.PermissionError):
			call()


# What is written is never run


@settings(max_examples=60, deadline=None)
@given(
	st.text(st.sampled_from("{}%#-_.[]()'\"<>/=&;ax7*| \n"), max_size=60),
	st.text(st.sampled_from("{}%#-_.[]()'\"<>/=&;ax7*| \n"), max_size=40),
)
def test_neither_the_words_nor_the_values_are_code(typed, value):
	"""Whatever is typed stands in the mail as it was typed, and so does every value."""
	original = original_of(PROPOSED, "en")
	written = markup.tidy(f"<p>{frappe.utils.escape_html('x' + typed)}{MENTOR}</p>")
	message = filling.message_of(original, written, {"mentor": frappe.utils.escape_html("y" + value)})
	said = "".join(re.sub("[\ufeff\u200b\u2060]", "", markup.words_of(message)).split())
	assert said == "".join(f"x{typed}y{value}".split())
	assert set(re.findall(r"<(\w+)", message)) <= {"p"}


def test_code_past_the_check_is_not_run_either():
	shown = keep()
	frappe.db.set_value(
		stored.WORDING, shown["name"], {"subject": "{{ 7 * 7 }}", "message": TEXT + "<p>{{ 7 * 7 }}</p>"}
	)
	mail = mail_of(mentor="{{ 6 * 6 }} <b>x</b>")
	assert mail.subject == "{{ 7 * 7 }}"
	assert "{{ 7 * 7 }}" in mail.message
	assert "{{ 6 * 6 }} &lt;b&gt;x&lt;/b&gt;" in mail.message


@settings(max_examples=80, deadline=None)
@given(
	st.lists(
		st.sampled_from(
			[
				"<p>",
				"</p>",
				"<ul>",
				"<ol>",
				"<li>",
				'<li data-list="bullet">',
				"</li>",
				"</ul>",
				"</ol>",
				"<strong>",
				"</strong>",
				"<b>",
				"<div>",
				"</div>",
				"<h2>",
				"</h2>",
				"<table><tr><td>",
				"<br>",
				'<a href="https://example.org">',
				"</a>",
				MENTOR,
				IN_EDITOR,
				"word",
				" ",
				"&amp;",
				"<!-- x -->",
				"<span style='color:red'>",
				"</span>",
				"<blockquote>",
			]
		),
		max_size=14,
	).map("".join)
)
def test_tidy_gives_few_tags_and_the_same_again(html):
	tidied = markup.tidy(html)
	assert markup.tidy(tidied) == tidied
	assert set(re.findall(r"<(\w+)", tidied)) <= {
		"p",
		"ul",
		"ol",
		"li",
		"strong",
		"em",
		"a",
		"br",
		"span",
		"blockquote",
	}
	assert markup.fields_of(tidied) == markup.fields_of(html)
	assert tidied.count("word") == html.count("word")


# Preview and test


def test_a_draft_is_shown_with_sample_values_and_nothing_is_kept():
	shown = api.preview(PROPOSED, subject=f"Draft {CYCLE}", message=TEXT)
	assert shown["subject"] == "Draft Mentoring 2031"
	assert "Your mentor in Mentoring 2031 is Mara Lindqvist." in shown["text"]
	assert "<p>" not in shown["text"]
	assert "Accept or decline" in shown["html"]
	least = api.preview(PROPOSED, subject="Draft", message=TEXT, values="least")
	assert "Your mentor" not in least["text"]
	assert not frappe.db.count(stored.WORDING, {"mail": PROPOSED})


def test_a_test_goes_to_the_coordinator_alone(coordinator):
	frappe.set_user("Administrator")
	make_email_account()
	frappe.set_user(coordinator.name)
	assert api.send_test(PROPOSED, subject=f"Draft {CYCLE}", message=TEXT) == {"sent_to": coordinator.email}
	queue = frappe.get_last_doc("Email Queue")
	assert [row.recipient for row in queue.recipients] == [coordinator.email]
	assert "Subject: [Test] Draft Mentoring 2031" in queue.message


def test_without_an_account_a_test_is_refused_in_words(coordinator):
	frappe.db.delete("Email Account")
	frappe.local.outgoing_email_account = {}
	with pytest.raises(RuleViolation, match=r"can.+t send emails yet"):
		api.send_test(PROPOSED)
