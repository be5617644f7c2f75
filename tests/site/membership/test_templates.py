"""The Email Templates: made once, never overwritten, each renders with the values it promises."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.mails import templates
from mentor_ispe.mails.rendering import CannotRender, render
from mentor_ispe.mails.templates import matches, memberships
from tests.factories import make_profile, make_user

DAYS = {"start", "until"}  # and whatever ends in one of these, but for a person
ENDINGS_OF_DAYS = ("_on", "_by", "_date", "_from", "_since", "_until")
PERSONS = {"opened_by"}


def make_values(name: str, filled: bool) -> dict:
	"""What the template was promised; with `filled` False, without what may be empty."""
	values = {}
	for key, meaning in templates.TEMPLATES[name].values.items():
		is_day = key in DAYS or (key.endswith(ENDINGS_OF_DAYS) and key not in PERSONS)
		may_be_empty = "empty" in meaning or " or 0" in meaning
		if meaning.startswith("list"):
			full = (
				[{"title": "<b>Ada</b>", "url": "https://example.org"}]
				if "url" in meaning
				else ["<b>Ada</b>"]
			)
			values[key] = full if filled else []
		elif not filled and (may_be_empty or not is_day):
			values[key] = ""
		elif is_day:
			values[key] = "2027-06-30 10:00:00"
		elif key.endswith("_html"):
			values[key] = "<p>Be kind</p>"
		else:
			values[key] = f"<i>{key}</i>"
	return values


@pytest.fixture(autouse=True)
def all_there():
	templates.create_missing()


def test_created_once_and_what_staff_wrote_stays():
	frappe.db.set_value("Email Template", matches.MATCH_PROPOSED, "subject", "Ours")
	frappe.delete_doc("Email Template", matches.SEAT_ENDED)
	assert templates.create_missing() == [matches.SEAT_ENDED]
	assert frappe.db.get_value("Email Template", matches.MATCH_PROPOSED, "subject") == "Ours"
	assert templates.create_missing() == []


def test_deleted_with_their_translations_and_nothing_else():
	for name in (f"{matches.MATCH_PROPOSED} (de)", "Mentoring: Of the site's own"):
		frappe.get_doc({"doctype": "Email Template", "name": name, "subject": "x", "response": "x"}).insert()
	templates.delete_ours()
	assert frappe.get_all("Email Template", {"name": ("like", "Mentoring:%")}, pluck="name") == [
		"Mentoring: Of the site's own"
	]


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("name", list(templates.TEMPLATES))
def test_each_renders_with_the_values_it_promises(name, filled):
	mail = render(name, frappe.as_json(make_values(name, filled)), make_profile().name)
	for text in (mail.subject, mail.message):
		assert "{{" not in text
		assert "{%" not in text
		assert "None" not in text
	assert "<i>" not in mail.message
	assert "<b>" not in mail.message
	assert "\n" not in mail.subject


def test_what_people_write_is_text_and_never_markup():
	values = {"group": "<script>alert(1)</script>", "reason": "<a href='x'>renew</a>", "cycle": "C"}
	message = render(matches.SEAT_ENDED, frappe.as_json(values), None).message
	assert "<script>" not in message
	assert "<a href" not in message
	assert "&lt;script&gt;" in message


def test_what_people_write_is_never_a_template():
	values = {"group": "{{ 7 * 7 }}", "cycle": "C", "reason": ""}
	assert "49" not in render(matches.SEAT_ENDED, frappe.as_json(values), None).message


def test_a_line_break_does_not_get_into_the_subject():
	values = {"group": "A\nBcc: everyone@example.org", "cycle": "C", "reason": ""}
	subject = render(matches.SEAT_ENDED, frappe.as_json(values), None).subject
	assert subject == "Your place in A Bcc: everyone@example.org has ended"


def test_the_language_of_the_login_chooses_the_wording():
	german = f"{memberships.SEAT_RESTORED} (de)"
	frappe.get_doc(
		{"doctype": "Email Template", "name": german, "subject": "Ihr Platz", "response": "Hallo"}
	).insert()
	values = frappe.as_json({"program": "P", "groups": []})
	reader = make_profile(user=make_user(language="de").name).name
	other = make_profile(user=make_user(language="fr").name).name
	assert render(memberships.SEAT_RESTORED, values, reader).subject == "Ihr Platz"
	assert render(memberships.SEAT_RESTORED, values, other).subject == "Your place in P is yours again"
	assert frappe.local.lang == "en"


def test_a_template_that_is_gone_is_said_to_be():
	frappe.delete_doc("Email Template", matches.SEAT_ENDED)
	with pytest.raises(CannotRender, match="no Email Template Mentoring: Seat Ended"):
		render(matches.SEAT_ENDED, "{}", None)


def test_a_template_with_a_mistake_is_said_to_have_one():
	frappe.db.set_value("Email Template", matches.SEAT_ENDED, "response_html", "{% if %}")
	frappe.clear_document_cache("Email Template", matches.SEAT_ENDED)
	with pytest.raises(CannotRender, match="Seat Ended has a mistake"):
		render(matches.SEAT_ENDED, "{}", None)
