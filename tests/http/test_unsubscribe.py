"""Turning off optional mails: by the mail program with one click (RFC 8058), or on the page, without a login."""

from __future__ import annotations

import email
from datetime import timedelta
from email.policy import SMTP, default

import frappe
import pytest
import requests

from mentor_ispe.clock import today
from mentor_ispe.mails.default_templates import extension, matches
from mentor_ispe.mails.rendering import render
from mentor_ispe.mails.sending import MailBuilder
from mentor_ispe.permissions import signed_links
from mentor_ispe.services.members import profiles
from tests.http.portal_groups import visitor, world
from tests.http.rounds import look_again
from tests.http.visitor import Visitor
from tests.site.membership.records import make_email_account

__all__ = ["visitor", "world"]  # fixtures, used by name

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def cal(world):
	"""Cal's profile, who gets each mail; afterwards as before."""
	profile = world.profile["cal"]
	choose(profile, profiles.EACH_AT_ONCE)
	yield profile
	choose(profile, profiles.EACH_AT_ONCE)


def choose(profile: str, rhythm: str) -> None:
	look_again()
	profiles.choose_mail_frequency(profile, rhythm)
	frappe.db.commit()


def chosen(profile: str) -> str:
	look_again()
	return profiles.mail_frequency(profile)


def path(profile: str, days: int = 10, purpose: str = signed_links.OPTIONAL_MAILS) -> str:
	key = signed_links.make_short(purpose, profile, today() + timedelta(days=days))
	return f"/mentoring/unsubscribe?k={key}"


def click(base_url: str, address: str, data=ONE_CLICK) -> requests.Response:
	"""What a mail program sends: no cookie, no token, no page before."""
	return requests.post(f"{base_url}{address}", data=data, timeout=120)


def test_a_mail_program_turns_it_off_with_one_click_and_may_send_it_again(cal, base_url):
	for _ in range(2):
		answer = click(base_url, path(cal))
		assert answer.status_code == 200
		assert "Optional emails are off" in answer.text
		assert chosen(cal) == profiles.ONLY_NEEDED


def test_opening_the_link_changes_nothing_and_the_page_has_one_button(cal, base_url):
	guest = Visitor(base_url)
	page = guest.get(path(cal))
	assert page.status == 200
	assert chosen(cal) == profiles.EACH_AT_ONCE
	done = guest.send(page, "unsubscribe")
	assert "Optional emails are off" in done.text
	assert "Done." in done.words
	assert chosen(cal) == profiles.ONLY_NEEDED
	choose(cal, profiles.ONE_A_DAY)
	assert "Optional emails are off" not in guest.get(f"{path(cal)}&done=1").text, "not any more"


def test_who_is_signed_in_as_somebody_else_turns_it_off_for_whoever_got_the_mail(cal, visitor, world):
	ben = visitor("ben")
	ben.send(ben.get(path(cal)), "unsubscribe")
	assert chosen(cal) == profiles.ONLY_NEEDED
	assert chosen(world.profile["ben"]) == profiles.EACH_AT_ONCE


@pytest.mark.parametrize("data", [{}, {"List-Unsubscribe": "no"}])
def test_a_post_that_is_no_click_changes_nothing(cal, base_url, data):
	click(base_url, path(cal), data)
	assert chosen(cal) == profiles.EACH_AT_ONCE


def test_a_link_that_is_old_changed_somebody_elses_or_for_something_else_does_nothing(cal, world, base_url):
	good, other = path(cal), path(world.profile["ben"])
	stolen = good.rpartition(".")[0] + "." + other.rpartition(".")[2]
	wrong = [
		path(cal, days=-1),
		path(cal, purpose=signed_links.POLL),
		good[:-1],
		good.replace("?k=", "?k=f"),
		stolen,
		"/mentoring/unsubscribe",
		"/mentoring/unsubscribe?k=..",
		"/mentoring/unsubscribe?k=%00%ff",
	]
	for address in wrong:
		answer = click(base_url, address)
		assert answer.status_code == 200, address
		assert "no longer works" in answer.text, address
	assert chosen(cal) == chosen(world.profile["ben"]) == profiles.EACH_AT_ONCE


def test_only_optional_mails_name_the_link_whole_also_after_frappe_has_read_them_again(cal):
	look_again()
	make_email_account()
	values = frappe.as_json(
		{"cycle": "C", "program": "P", "until": "2031-02-10", "before": "B", "role": "Mentee"}
	)
	mail = render(extension.INVITATION, values, cal)
	stored = MailBuilder(recipients=["cal@example.org"], mail=mail).as_dict()["message"]
	sent = email.message_from_string(
		email.message_from_string(stored, policy=SMTP).as_string(), policy=default
	)
	assert sent["List-Unsubscribe"] == f"<{mail.frame.unsubscribe}>"
	assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
	needed = render(matches.MATCH_PROPOSED, "{}", cal)
	assert not needed.frame.unsubscribe
	frappe.db.rollback()
