"""The preview of a mail: made-up values, or real ones, for staff, and only what they may read."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.api import mails as api
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.default_templates.concerns import CONCERN_RAISED
from mentor_ispe.mails.default_templates.digests import YOUR_DAY
from mentor_ispe.mails.default_templates.feedback import GROUP_ALARM
from mentor_ispe.mails.default_templates.matches import SEAT_ENDED
from tests import factories as make

NOTICE = "Mentoring Notice"


@pytest.fixture(autouse=True)
def world():
	make.use_membership_roll()
	frappe.db.delete(NOTICE)


def announce(profile: str, group: str, template: str = SEAT_ENDED) -> str:
	key = make.unique("key")
	values = {"group": group, "cycle": "Cycle 2031", "reason": ""}
	outbox.enqueue(key, template, profile, context=values)
	return outbox.notice_name(key)


def as_coordinator() -> None:
	user = make.make_user(roles=["Mentoring Coordinator"], user_type="System User")
	frappe.set_user(user.name)


def test_it_shows_what_was_announced_last_in_html_and_as_text():
	reader = make.make_profile(full_name="Mara Lindqvist").name
	older = announce(reader, "The first group")
	announce(make.make_profile(full_name="Tom Okafor").name, "The last <group>")
	frappe.db.set_value(NOTICE, older, "creation", "2020-01-01 00:00:00", update_modified=False)
	as_coordinator()
	shown = api.preview(SEAT_ENDED, values="latest")
	assert shown["subject"] == "Your place in The last <group> has ended"
	assert "Hi Tom," in shown["html"]
	assert "The last &lt;group&gt;" in shown["html"]
	assert "Hi Tom," in shown["text"]
	assert "<p>" not in shown["text"]
	assert api.preview(SEAT_ENDED, notice=older)["notice"] == older
	of_reader = api.preview(SEAT_ENDED, values="latest", profile=reader)
	assert (of_reader["subject"], of_reader["notice"]) == ("Your place in The first group has ended", older)
	stored = frappe.get_all(NOTICE, pluck="status")
	assert stored == ["Pending", "Pending"], "looking changes nothing"


@pytest.mark.parametrize("name", list(MAILS))
def test_without_a_real_one_each_template_shows_with_made_up_values(name):
	shown = api.preview(name)
	assert shown["subject"]
	assert shown["text"].strip()
	assert shown["notice"] is None


def test_a_language_is_chosen():
	dutch = f"{SEAT_ENDED} (nl)"
	frappe.get_doc(
		{"doctype": "Email Template", "name": dutch, "subject": "Uw plaats", "response": "Hallo"}
	).insert()
	assert api.preview(SEAT_ENDED, language="nl")["subject"] == "Uw plaats"
	assert api.preview(SEAT_ENDED)["subject"] != "Uw plaats"


def test_the_daily_mail_shows_what_goes_out_together():
	reader = make.make_profile(mail_rhythm="One a Day").name
	announce(reader, "One"), announce(reader, "Two")
	shown = api.preview(YOUR_DAY, values="latest")
	assert "One" in shown["text"]
	assert "Two" in shown["text"]


def test_a_coordinator_does_not_see_a_concern_of_their_own_group():
	user = make.make_user(roles=["Mentoring Coordinator"], user_type="System User")
	profile = make.make_profile(user=user.name).name
	group = make.make_active_group(profiles=[profile])
	concern = frappe.get_doc(
		{
			"doctype": "Mentoring Concern",
			"mentoring_group": group.name,
			"raised_by": group.people[1],
			"concern": "About them",
			"kind": "Conduct",
		}
	)
	concern.insert(ignore_permissions=True, ignore_mandatory=True)
	if not frappe.db.exists(NOTICE, {"template": CONCERN_RAISED}):
		outbox.enqueue(
			"c", CONCERN_RAISED, recipient="c@example.org", reference=(concern.doctype, concern.name)
		)
	frappe.set_user(user.name)
	assert api.preview(CONCERN_RAISED, values="latest")["notice"] is None
	notice = frappe.db.get_value(NOTICE, {"template": CONCERN_RAISED})
	with pytest.raises(frappe.PermissionError):
		api.preview(CONCERN_RAISED, notice=notice)


def test_a_template_with_a_mistake_says_so():
	make.make_email_template(GROUP_ALARM, subject="{% if %}")
	with pytest.raises(RuleViolation, match="has a mistake"):
		api.preview(GROUP_ALARM)


def test_another_template_of_the_site_is_none_of_ours():
	with pytest.raises(frappe.DoesNotExistError, match="no email called Welcome"):
		api.preview("Welcome")


@pytest.mark.parametrize("role", ["Mentoring Member", "Mentoring Committee"])
def test_nobody_but_staff_looks(role):
	frappe.set_user(make.make_user(roles=[role]).name)
	with pytest.raises(frappe.PermissionError):
		api.preview(SEAT_ENDED)
