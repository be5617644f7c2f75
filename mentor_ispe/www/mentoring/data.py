"""One's own data: who sees it, the calendar's address, a copy, taking part, erasure."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.domain import sharing as rules
from mentor_ispe.domain.statuses import TAKES_PART
from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.push import site_key
from mentor_ispe.mails.readers import ONE_A_DAY, ONLY_NEEDED
from mentor_ispe.portal import page, shown_people, status_text
from mentor_ispe.services.members import devices, erasure, member_status, own_data, profiles, sharing
from mentor_ispe.services.sessions import calendar_feed

no_cache = 1
# What the page is about, by the places on it.
PLACES = (
	("shared", N_("Who sees what")),
	("preview", N_("How your group sees you")),
	("calendar", N_("Your calendar")),
	("mails", N_("Your emails")),
	("devices", N_("Notifications")),
	("login", N_("Your login")),
	("copy", N_("A copy of your data")),
	("erasure", N_("Erase my data")),
)


def get_context(context):
	profile = page.require_profile(context, _("Privacy and my data"), "/mentoring/data")
	status = member_status.status_of(profile)
	context.push_key = site_key.public_key()
	context.devices = devices.of_person(profile) if context.push_key else []
	context.places = [(place, _(words)) for place, words in PLACES if place != "devices" or context.push_key]
	context.groups = own_data.readers(profile)
	context.calendar = calendar_feed.address(profile)
	context.webcal = "webcal:" + context.calendar.partition(":")[2]
	context.rhythm = profiles.mail_frequency(profile)
	context.rhythms = [
		(profiles.EACH_AT_ONCE, _("Each email right away")),
		(ONE_A_DAY, _("One email a day, at 7 AM my time")),
		(ONLY_NEEDED, _("Only essential emails, at most one a day")),
	]
	# Pages are rolled back at their end, and an address that was just made is to be kept.
	frappe.local.flags.commit = True
	context.taking_part = [row for row in status["applications"] if row["status"] in TAKES_PART]
	context.role_words = status_text.role_words
	context.mentoring = frappe.get_all(
		"Mentor",
		{"profile": profile, "status": ("in", (*TAKES_PART, "Completed"))},
		["name", "cycle", "status", "seats_offered", "seats_taken", "pauses_next", "next_seats"],
		order_by="creation desc",
		limit=3,
	)
	shown_people.preview(context, profile)
	context.erasure = erasure.pending(frappe.session.user)
	context.not_erased = "" if context.erasure or erasure.can_confirm() else erasure.words_without_mail()
	context.login = frappe.session.user
	context.sharing = sharing.choices(profile)
	context.levels = [
		(rules.NOBODY, _("Nobody")),
		(rules.GROUPS, _("My groups")),
		(rules.SEARCH, _("My groups and mentor search")),
	]
	return context
