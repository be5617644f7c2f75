"""Load the demo: records, people, and cycles played through the app's own services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import now_datetime

from mentor_ispe.clock import format_short_date, today
from mentor_ispe.demo import clock, memberships, records
from mentor_ispe.demo.casting import Casting
from mentor_ispe.demo.committee import follow_report, make_report
from mentor_ispe.demo.library import make_library
from mentor_ispe.demo.manifest import noted
from mentor_ispe.demo.people import MENTEE_LOGIN, MENTOR_LOGIN, everybody
from mentor_ispe.demo.phases import PHASES
from mentor_ispe.demo.played import PlayedCycle
from mentor_ispe.membership.status import standings, store_membership_status
from mentor_ispe.program_templates import read_toml
from mentor_ispe.services.membership.commands import suspend_person

NOTICE = "Mentoring Notice"
# Before the first cycle: what is published then could be signed by everyone in the demo.
LONG_AGO = 400


def load() -> dict[str, dict[str, str]]:
	"""Make the demo, or what is missing of it; return the logins.

	Only ever started by hand (bench execute mentor_ispe.demo.load). No mail goes out, neither now nor later.
	"""
	with silence():
		source = _load_records()
		people = everybody()
		for first in range(0, len(people), 20):
			with step():
				for person in people[first : first + 20]:
					records.make_person(person, source, today())
		casting, plans = Casting(people), read_toml(Path(__file__).with_name("cycles.toml"))
		for phase, play in PHASES.items():
			with step():
				play(PlayedCycle(plans[phase], today()), casting)
		with step():
			make_library(today())
		with step():
			make_report(today())
		with step():
			follow_report()
			_ask_for_memberships()
	return logins()


def logins() -> dict[str, dict[str, str]]:
	"""Who can sign in, with which password, by what they are in the demo."""
	people = {
		"coordinator": "coordinator@example.org",
		"committee": "committee@example.org",
		"mentor": MENTOR_LOGIN,
		"mentee": MENTEE_LOGIN,
	}
	return {part: {"user": email, "password": records.PASSWORD} for part, email in people.items()}


def _load_records() -> str:
	with step():
		source = memberships.choose_source()
		memberships.prepare(source)
		records.make_masters()
		records.make_staff()
		with clock.at(now_datetime() - timedelta(days=LONG_AGO)):
			agreements = records.make_agreements()
		records.make_programs(agreements)
	return source


def _ask_for_memberships() -> None:
	"""What the first nightly sweep would do: note everybody's standing, suspend the seats of the lapsed."""
	people = noted("Mentoring Profile")
	answers = standings(people)
	store_membership_status(answers)
	for profile, standing in answers.items():
		if standing.state == "Lapsed":
			suspend_person(
				profile, _("The membership lapsed on {0}.").format(format_short_date(standing.lapsed_since))
			)


@contextmanager
def silence() -> Iterator[None]:
	"""Act as Administrator, and let nothing send a mail."""
	user, muted = frappe.session.user, frappe.flags.mute_emails
	frappe.set_user("Administrator")
	frappe.flags.mute_emails = True
	try:
		yield
	finally:
		frappe.flags.mute_emails = muted
		frappe.set_user(user)


@contextmanager
def step() -> Iterator[None]:
	"""One part of the demo: all of it or nothing, and its notices stay unsent."""
	before = set(_pending())
	try:
		yield
	except BaseException:
		frappe.db.rollback()
		raise
	for name in _pending():
		if name not in before:
			words = {"status": "Skipped", "error": _("Created by the demo; not sent.")}
			frappe.db.set_value(NOTICE, name, words, update_modified=False)
	frappe.db.commit()  # a command of its own, which goes on from here when it is stopped


def _pending() -> list[str]:
	return frappe.get_all(NOTICE, filters={"status": "Pending"}, pluck="name")
