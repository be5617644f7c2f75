"""Certificates: of completed parts only, for the person and the coordinators, in the language asked for."""

from __future__ import annotations

import io
from datetime import date
from types import SimpleNamespace

import frappe
import pytest
from pypdf import PdfReader

from mentor_ispe.domain.months import DAY
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.roles import COMMITTEE, COORDINATOR, MEMBER
from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.prints import certificates
from mentor_ispe.services.prints.printing import on_its_own
from tests import factories as make
from tests.site.credit.pairs import START, meet, on, start_pair
from tests.site.permissions import records
from tests.site.permissions.entry_points import logged_in
from tests.site.portal.counting import queries

END = date(2031, 7, 14)


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def words_of(pdf: bytes) -> list[str]:
	return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def completed_pair(**program) -> SimpleNamespace:
	pair = start_pair(**program)
	meet(pair.group, START + 5 * DAY, minutes=90)
	with on(END):
		group_commands.complete(pair.group)
	return pair


def login_of(profile: str) -> str:
	user = make.make_user(roles=[MEMBER]).name
	frappe.db.set_value("Mentoring Profile", profile, "user", user)
	return user


def test_completed_part_becomes_a_certificate_with_the_program_the_dates_and_who_signs():
	pair = completed_pair(certificate_signed_by="Jo Doe, Chair")
	with on(END + DAY):
		mentor = certificates.mentoring_certificate("Mentor", pair.mentor)
		mentee = certificates.mentoring_certificate("Mentee", pair.mentee)
	assert (mentor["role"], mentee["role"]) == ("Mentor", "Mentee")
	for each in (mentor, mentee):
		assert (each["first_day"], each["last_day"]) == (START, END)
		assert (each["program"], each["cycle"]) == (pair.program, pair.cycle)
		assert each["signed_by"] == "Jo Doe, Chair"
		assert each["hours"] == "", "hours only where the program chose them"


def test_hours_stand_on_it_where_the_program_says_so():
	pair = completed_pair(certificate_hours=1)
	with on(END + DAY):
		assert certificates.mentoring_certificate("Mentee", pair.mentee)["hours"] == "1:30 h"


@pytest.mark.parametrize(
	("format_", "moderates", "role"),
	[
		("Group", True, "Moderator"),
		("Group", False, "Mentee"),
		("Peer Circle", False, "Peer"),
		("Peer Circle", True, "Moderating peer"),
	],
)
def test_certificate_says_what_somebody_was(format_, moderates, role):
	group = make.make_active_group(3, format=format_)
	frappe.db.set_value(
		"Mentoring Group Member", {"participant": group.parts[0]}, "is_moderator", int(moderates)
	)
	group_commands.complete(group.name)
	certificate = certificates.mentoring_certificate("Mentee", group.parts[0])
	assert certificate["role"] == role
	assert certificate["took_part"] == certificates.TOOK_PART[role]


def test_part_that_goes_on_or_was_given_up_gets_no_certificate_but_words():
	pair = start_pair()
	with pytest.raises(RuleViolation, match="participation is Active"):
		certificates.pdf("Mentee", pair.mentee)
	with on(START + 20 * DAY):
		commands.withdraw("Mentee", pair.mentee, "No time any more")
	with pytest.raises(RuleViolation, match="is Withdrawn"):
		certificates.pdf("Mentee", pair.mentee)


def test_one_pdf_holds_a_page_for_each_who_completed_a_part():
	pair = completed_pair()
	stays_out = make.make_profile(full_name="Nora Never").name
	records.store("Mentee", cycle=pair.cycle, profile=stays_out, full_name="Nora Never", status="Applied")
	mentor, mentee = words_of(certificates.pdf("Mentoring Cycle", pair.cycle))
	assert "Ana Lindqvist participated as a mentor" in mentor
	assert "Ben Okafor participated as a mentee" in mentee
	assert "from January 15, 2031 to July 14, 2031" in mentee


def test_cycle_in_which_nobody_completed_a_part_says_so():
	pair = start_pair()
	with pytest.raises(RuleViolation, match=f"Nobody has completed {pair.cycle} yet"):
		certificates.pdf("Mentoring Cycle", pair.cycle)


def test_certificate_comes_on_the_letterhead_and_in_the_language_asked_for():
	pair = completed_pair()
	frappe.get_doc(
		{
			"doctype": "Letter Head",
			"letter_head_name": make.unique("Letterhead"),
			"source": "HTML",
			"content": "<b>Society of Test Pilots</b>",
			"is_default": 1,
		}
	).insert()
	english = words_of(certificates.pdf("Mentee", pair.mentee))
	german = words_of(certificates.pdf("Mentee", pair.mentee, language="de"))
	assert len(english) == len(german) == 1
	assert "Society of Test Pilots" in english[0]
	assert "15. Januar 2031" in german[0]
	assert "January 15, 2031" in english[0]


def test_picture_of_a_letterhead_needs_no_server():
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{frappe.generate_hash()}.svg",
			"content": "<svg/>",
			"is_private": 0,
		}
	).insert()
	try:
		page = on_its_own(f'<p><img src="{file.file_url}"><img src="/files/../private/backups/x.png"></p>')
	finally:
		file.delete()
	assert "data:image/svg+xml;base64," in page
	assert page.count("data:") == 1


def test_queries_stay_the_same_however_many_completed():
	small, large = (make.make_active_group(size, certificate_hours=1) for size in (1, 3))
	for group in (small, large):
		group_commands.complete(group.name)
	certificates.mentoring_certificates(small.cycle)  # what is read once and kept
	one = queries(lambda: certificates.mentoring_certificates(small.cycle))
	many = queries(lambda: certificates.mentoring_certificates(large.cycle))
	assert many == one
	assert many <= 20


def test_person_prints_their_own_certificate_and_no_stranger_does():
	pair = completed_pair()
	with logged_in(login_of(pair.ben)):
		assert "Ben Okafor" in words_of(certificates.pdf("Mentee", pair.mentee))[0]
	assert certificates.own_part("Mentee", pair.ben, pair.cycle) == {"doctype": "Mentee", "name": pair.mentee}
	assert certificates.own_part("Mentor", pair.ben, pair.cycle) is None
	for profile in (make.make_profile().name, pair.ana):
		with logged_in(login_of(profile)), pytest.raises(frappe.PermissionError):
			certificates.pdf("Mentee", pair.mentee)


def test_only_coordinators_print_the_certificates_of_a_cycle():
	pair = completed_pair()
	# A member holds no right to a cycle at all; the committee prints one, but not who is in it.
	refusals = {
		MEMBER: pytest.raises(frappe.PermissionError),
		COMMITTEE: pytest.raises(frappe.PrintFormatError, match="Only coordinators"),
	}
	for role, refused in refusals.items():
		with logged_in(records.make_user("intruder", role, user_type="System User")):
			for ask in (
				lambda: certificates.mentoring_certificates(pair.cycle),
				lambda: certificates.pdf("Mentoring Cycle", pair.cycle),
				lambda: certificates.mentoring_certificate("Mentor", pair.mentor),
			):
				with pytest.raises(frappe.PermissionError):
					ask()
			with refused:
				frappe.get_print("Mentoring Cycle", pair.cycle, print_format="Mentoring Certificates")
	with logged_in(records.make_user("cora", COORDINATOR, user_type="System User")):
		assert len(certificates.mentoring_certificates(pair.cycle)) == 2


def test_person_asks_for_the_certificate_of_another_kind_of_record():
	with pytest.raises(frappe.DoesNotExistError):
		certificates.mentoring_certificate("User", "Administrator")
