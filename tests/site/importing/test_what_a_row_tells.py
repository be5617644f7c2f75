"""What the page tells before an import: nothing is left out, replaced or turned around without a word."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.api import imports as api
from mentor_ispe.exceptions import RuleViolation
from tests import factories as make
from tests.site.importing.desk_import import as_csv, check, email, fates, message, queued, roll, start, work

__all__ = ["queued", "roll", "work"]  # fixtures, used by name

BY_COLUMN = "A Column Says It"


@pytest.mark.parametrize(
	("role", "key"), [("Mentor", "mentor"), ("Mentee or Peer", "mentee"), (BY_COLUMN, "either")]
)
@pytest.mark.parametrize("heading", ["Topics", "Themen", "Interests"])
def test_topics_of_an_application_are_its_own(role, key, heading):
	headings = ("Name", "Mail", "Role", heading)
	content = as_csv(("Ada Lovelace", email(), "Mentor", "Law"), headings=headings)
	doc = start(content, kind="Applications", cycle=make.make_cycle().name, role=role)
	columns = api.columns(doc.name)["form"]["columns"]
	assert columns[heading] == f"{key}.topics"
	assert columns["Name"] == "fields.full_name"


def test_what_is_of_the_other_side_alone_is_told(work):
	mentor, mentee = make.make_profile(), make.make_profile()
	content = as_csv(
		(mentor.full_name, mentor.email, "Mentor", "2", "To give back"),
		(mentee.full_name, mentee.email, "Mentee", "0", "To lead"),
		headings=("Name", "Mail", "Role", "Seats", "Motivation"),
	)
	doc = start(content, kind="Applications", cycle=make.make_cycle().name, role=BY_COLUMN)
	check(doc, work)
	assert "left out" not in message(doc.name, 2)
	assert "“Motivation” is for mentors only: “To lead” is left out." in message(doc.name, 3)
	assert "Seats" not in message(doc.name, 3)


@pytest.mark.parametrize("kind", ["People", "Membership Roll"])
def test_names_with_the_last_name_first_are_turned_around(work, kind):
	headings = ("Member number", "Full name", "E-Mail", "From")
	people = [(frappe.generate_hash(length=10), name, email()) for name in ("Müller, Hans", "Lovelace, Ada")]
	content = as_csv(*((*each, "2024-01-01") for each in people), headings=headings)
	doc = start(content, kind=kind)
	assert (
		"“Full name” has the last name first: “Müller, Hans” is read as Hans Müller."
		in (api.columns(doc.name)["notes"])
	)
	check(doc, work)
	assert [row["full_name"] for row in api.some_rows(doc.name)] == ["Hans Müller", "Ada Lovelace"]
	if kind == "People":
		assert "“Müller, Hans” is read as the name Hans Müller." in message(doc.name, 2)


def test_lists_that_are_replaced_are_told_by_their_names(work):
	languages = [{"language": code} for code in ("de", "fr")]
	there = make.make_profile(languages=languages)
	content = as_csv((there.full_name, there.email, "German"), headings=("Full name", "E-Mail", "Languages"))
	doc = start(content)
	check(doc, work, values={"languages": {"German": "de"}})
	names = [frappe.db.get_value("Language", code, "language_name") for code in ("de", "fr")]
	told = f"Languages: {', '.join(names)} → {names[0]} (replaced, not added to)"
	assert told in message(doc.name, 2).replace("Your languages", "Languages")


def test_what_same_person_would_change_is_told(work):
	there = make.make_profile(full_name=make.unique("Zoë Quartermain"), employer="Pfizer", city="Rome")
	content = as_csv(
		(there.full_name, email(), "Pfizer", "Basel"), headings=("Full name", "E-Mail", "Employer", "City")
	)
	doc = start(content)
	check(doc, work)
	assert fates(doc.name) == {2: "Possible Duplicate"}
	said = message(doc.name, 2)
	assert "“Same person” changes this:\nCity: Rome → Basel" in said
	assert "Employer:" not in said


def test_a_file_with_headings_alone_is_told():
	doc = start(as_csv())
	assert api.columns(doc.name)["notes"] == [
		"The file has headings but no rows below them. Fill it in, or choose another file."
	]


def test_an_empty_file_is_called_empty(site):
	values = {"doctype": "File", "file_name": "people.csv", "content": b"", "is_private": 1}
	frappe.set_user(make.make_user(roles=["Mentoring Coordinator"]).name)
	try:
		with pytest.raises(RuleViolation, match="The file is empty"):
			frappe.get_doc(values).insert()
	finally:
		frappe.set_user("Administrator")


def test_who_may_not_apply_is_spoken_of_not_to(work):
	make.make_profile()  # somebody is on the roll: of an empty one nothing can be said
	lapsed = make.make_profile(member=False)
	content = as_csv((lapsed.full_name, lapsed.email, "To lead"), headings=("Name", "Mail", "Goals"))
	doc = start(content, kind="Applications", cycle=make.make_cycle().name, role="Mentee or Peer")
	check(doc, work)
	assert fates(doc.name) == {2: "Refused"}
	assert "they have to join the association first" in message(doc.name, 2)
