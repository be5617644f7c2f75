"""Frappe reads our German as we mean it, and finds no text that our own search passes over."""

from __future__ import annotations

from datetime import date

import frappe
import pytest
from frappe import translate

from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import violation_message
from mentor_ispe.gettext import catalogs

APP = "mentor_ispe"
LANGUAGE = "de"
GERMAN = [message for message in catalogs.read(catalogs.LOCALE / "de.po") if message.id]
NOT_TEXTS = {"Mentor ISPE"}  # the module's name

# Said by Frappe or ERPNext too, in another sense or less well: here ours holds for the whole site.
SAID_OTHERWISE = {
	"Accepted", "Applied", "Before", "Canceled", "Certificate", "Chapter", "Everyone", "Executive", "Feedback", "Hours",
	"Industry", "Lapsed", "Minutes", "More", "Notes", "Review", "Score", "Signature", "Student", "Suspended",
}  # fmt: skip

# Said as ERPNext says it, while Frappe alone says it otherwise.
SAID_AS_ERPNEXT_DOES = {"Cancelled", "Queued", "State", "Title", "User"}


@pytest.fixture
def in_german(site):
	before = frappe.local.lang
	frappe.local.lang = LANGUAGE
	yield
	frappe.local.lang = before


def test_frappe_finds_no_text_that_our_search_passes_over(site):
	ours = {message.id for message in GERMAN}
	frappe.flags.scanned_files = set()
	theirs = {
		message[1]
		for message in translate.get_messages_for_app(APP)
		if not str(message[0] or "").startswith("Navbar") and "public/dist" not in str(message[0])
	}
	reports = set(frappe.get_all("Report", {"module": "Mentor ISPE"}, pluck="name"))
	gone = {words for words in theirs if words in reports}  # of reports that a site still has from before
	assert not {words for words in theirs - ours - gone - NOT_TEXTS if catalogs.IS_TEXT.search(words)}


def test_frappe_reads_every_translation(site):
	read = translate.get_translations_from_apps(LANGUAGE, [APP])
	for message in GERMAN:
		key = f"{message.id}:{message.context}" if message.context else message.id
		assert read[key] == message.string


def test_the_rest_of_the_site_keeps_its_words(site):
	"""A translation without a context counts for every app of the site."""
	others = [app for app in frappe.get_installed_apps() if app != APP]
	said = [translate.get_translations_from_apps(LANGUAGE, [app]) for app in others]
	changed = set()
	for message in GERMAN:
		theirs = {each[message.id] for each in said if message.id in each}
		if theirs and not message.context and message.string not in theirs:
			changed.add(message.id)
	expected = SAID_OTHERWISE if "erpnext" in others else SAID_OTHERWISE | SAID_AS_ERPNEXT_DOES
	assert changed <= expected, "MEAN_SOMETHING_ELSE in gettext/extractors/doctype.py, or other words"


def test_a_refusal_says_its_words_and_days_in_german(in_german):
	words = Violation(
		"x", "Applications to {cycle} open on {day}.", {"cycle": "WIP", "day": date(2031, 2, 1)}
	)
	assert violation_message(words) == "Bewerbungen für WIP sind ab 01.02.2031 möglich."
	status = Violation(
		"x", "{doctype}: {old} is final, so it can't become {new}.",
		{"doctype": "Mentoring Cycle", "old": "Cancelled", "new": "Open"},
	)  # fmt: skip
	assert (
		violation_message(status)
		== "Mentoring-Durchgang: „Abgesagt“ ist endgültig, „Offen“ ist danach nicht möglich."
	)
