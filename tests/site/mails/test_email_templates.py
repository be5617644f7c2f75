"""The app's wordings render with the values they promise; an Email Template of the site stands in place of one."""

from __future__ import annotations

import re
from dataclasses import asdict

import frappe
import pytest

from mentor_ispe.mails import email_templates
from mentor_ispe.mails.default_templates import MAILS, default_templates, matches, members
from mentor_ispe.mails.rendering import CannotRender, render
from mentor_ispe.patches import delete_unchanged_email_templates
from tests.factories import make_email_template, make_profile, make_user

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def make_values(name: str, filled: bool) -> list[str]:
	"""What the template was promised, written as markup; with `filled` False, without what may be empty."""
	return [
		frappe.as_json(marked(row) if filled else emptied(row, name)) for row in MAILS[name].sample_contexts()
	]


def marked(value, key: str = ""):
	if isinstance(value, dict):
		return {each: marked(inner, each) for each, inner in value.items()}
	if isinstance(value, list):
		return [marked(inner) for inner in value]
	is_text = isinstance(value, str) and value and not DAY.match(value) and not key.endswith("_html")
	return f"<i>{value}</i>" if is_text else value


def emptied(row: dict, name: str) -> dict:
	meanings = {field.name: field.meaning for field in MAILS[name].fields}
	nothing = {str: "", list: [], bool: False, int: 0}
	return {
		key: nothing[type(value)] if may_be_empty(meanings.get(key, "")) and key != "matters" else value
		for key, value in row.items()
	}


def may_be_empty(meaning: str) -> bool:
	return bool(re.search(r"\bempty\b| or 0|^list|^whether|^true", meaning))


def test_an_upgrade_keeps_what_staff_wrote_and_deletes_what_nobody_touched():
	german = f"{matches.MATCH_PROPOSED} (de)"
	for name in (matches.MATCH_PROPOSED, matches.SEAT_ENDED, german):
		texts = MAILS[matches.MATCH_PROPOSED].wordings["de"]
		doc = {"doctype": "Email Template", "name": name, "use_html": 1, **asdict(texts)}
		frappe.get_doc(doc).insert()
	staff = frappe.get_doc("Email Template", matches.MATCH_PROPOSED)
	staff.subject = "Ours, {{ cycle }}"
	staff.save()
	frappe.db.set_value("Email Template", german, "modified", "2031-01-01 00:00:00", update_modified=False)
	delete_unchanged_email_templates.execute()
	assert not frappe.db.exists("Email Template", matches.SEAT_ENDED), "nobody has touched it"
	assert not frappe.db.exists("Email Template", german), "it says what the app says"
	values = frappe.as_json({"cycle": "2031", "group": "G"})
	assert render(matches.MATCH_PROPOSED, values, None).subject == "Ours, 2031"
	assert (
		render(matches.MATCH_PROPOSED, values, None, language="de").subject == "Ein Vorschlag für Sie in 2031"
	)
	delete_unchanged_email_templates.execute()
	assert frappe.db.exists("Email Template", matches.MATCH_PROPOSED)


def test_deleted_with_their_translations_and_nothing_else():
	for name in (f"{matches.MATCH_PROPOSED} (nl)", "Mentoring: Of the site's own"):
		frappe.get_doc({"doctype": "Email Template", "name": name, "subject": "x", "response": "x"}).insert()
	email_templates.delete_ours()
	assert frappe.get_all("Email Template", {"name": ("like", "Mentoring:%")}, pluck="name") == [
		"Mentoring: Of the site's own"
	]


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("wording", list(default_templates()))
def test_each_renders_with_the_values_it_promises(wording, filled):
	name, _bracket, language = wording.partition(" (")
	reader = make_profile().name
	mail = render(name, make_values(name, filled), reader, language=language.rstrip(")") or None)
	for text in (mail.subject, mail.message):
		assert "{{" not in text
		assert "{%" not in text
		assert "None" not in text
		assert not DAY.search(text), "a date that nobody formatted"
	assert "<i>" not in mail.message
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
	dutch = f"{members.SEAT_RESTORED} (nl)"
	frappe.get_doc(
		{"doctype": "Email Template", "name": dutch, "subject": "Uw plaats", "response": "Hallo"}
	).insert()
	values = frappe.as_json({"program": "P", "groups": []})
	reader = make_profile(user=make_user(language="nl").name).name
	other = make_profile(user=make_user(language="fr").name).name
	assert render(members.SEAT_RESTORED, values, reader).subject == "Uw plaats"
	assert render(members.SEAT_RESTORED, values, other).subject == "Your place in P is active again"
	assert frappe.local.lang == "en"


def test_a_mail_that_is_gone_is_said_to_be():
	with pytest.raises(CannotRender, match="no email called Mentoring: Of Earlier"):
		render("Mentoring: Of Earlier", "{}", None)


def test_a_template_with_a_mistake_is_said_to_have_one():
	make_email_template(matches.SEAT_ENDED, response_html="{% if %}")
	with pytest.raises(CannotRender, match="Seat Ended has a mistake"):
		render(matches.SEAT_ENDED, "{}", None)
