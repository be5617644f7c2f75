"""Files as associations have them: the same person in two rows, words that say nothing, another system's states."""

from __future__ import annotations

import frappe

from mentor_ispe.api import imports as api
from tests import factories as make
from tests.site.importing.desk_import import as_csv, check, email, fates, message, queued, roll, start, work

__all__ = ["queued", "roll", "work"]  # fixtures, used by name

PROFILE, ENTRY = "Mentoring Profile", "Membership Roll Entry"
MAPPING = "Mentoring Import Mapping"
STATES = ("Mitglieds-Nr.", "Name", "E-Mail", "Eintritt", "Gültig bis", "Status")


def test_a_person_in_two_rows_is_asked_about_and_cannot_be_taken_for_a_profile(work):
	name = make.unique("Müßig").replace(" ", "")
	first, second, other = email(), email(), email()
	doc = start(
		as_csv(
			("Anna", name, first, "", "Roche GmbH", "", ""),
			(name, "Dr. Anna", second, "", "Roche", "", ""),
			("Anna", name, other, "", "Pfizer", "", ""),
		)
	)
	check(doc, work)
	assert fates(doc.name) == {2: "New", 3: "Possible Duplicate", 4: "New"}
	assert message(doc.name, 3).startswith("Row 2 has the same name.")
	[row] = [row["name"] for row in api.some_rows(doc.name) if row["file_row"] == 3]
	assert api.decide(doc.name, [row], "Same Person") == 0
	api.carry_out(doc.name)
	work()
	assert frappe.db.exists(PROFILE, {"email": first})
	assert not frappe.db.exists(PROFILE, {"email": second})
	assert api.decide(doc.name, [row], "New Person") == 1
	api.carry_out(doc.name)
	work()
	assert frappe.db.exists(PROFILE, {"email": second})


def test_words_that_say_nothing_leave_the_field_empty(work):
	ada, ben, cy = email(), email(), email()
	people = [("Ada", "One", ada, "k.A."), ("Ben", "Two", ben, "Rentner"), ("Cy", "Three", cy, "Senior")]
	doc = start(as_csv(*((*person, "", "", "") for person in people)))
	values = api.columns(doc.name)["form"]["values"]
	assert values["career_stage"] == {"Rentner": "", "Senior": "Senior", "k.A.": "(leave empty)"}
	assert check(doc, work)["fates"] == {"New": 2, "Not Understood": 1}
	values["career_stage"]["Rentner"] = "(leave empty)"
	title = make.unique("Choices")
	form = api.columns(doc.name)["form"]
	api.keep_mapping(doc.name, title, form["columns"], values, {}, form["separators"])
	assert api.kept_form(doc.name, title)["values"]["career_stage"]["Rentner"] == "(leave empty)"
	assert check(doc, work, values=values)["fates"] == {"New": 3}


def test_a_language_is_known_by_its_german_name(work):
	doc = start(as_csv(("Ada", email(), "französisch; Englisch"), headings=("Name", "Mail", "Sprachen")))
	values = api.columns(doc.name)["form"]["values"]
	assert values["languages"] == {"Englisch": "en", "französisch": "fr"}


def test_the_states_of_another_system_are_given_a_meaning(work):
	numbers = [frappe.generate_hash(length=10) for _each in range(3)]
	states = ("aktiv", "ausgetreten", "ruhend")
	doc = start(
		as_csv(
			*(
				(number, "Some Body", email(), "01.01.2020", "31.12.9999", state)
				for number, state in zip(numbers, states, strict=True)
			),
			headings=STATES,
		),
		kind="Membership Roll",
	)
	form = api.columns(doc.name)["form"]
	assert form["columns"]["Status"] == "roll.cancelled"
	assert form["values"]["cancelled"] == {"aktiv": "no", "ausgetreten": "yes", "ruhend": ""}
	assert check(doc, work)["fates"] == {"New": 2, "Not Understood": 1}
	api.carry_out(doc.name)
	work()
	found = [frappe.db.get_value(ENTRY, number, ["cancelled", "to_date"]) for number in numbers]
	assert found == [(0, None), (1, None), None]


def test_a_roll_that_nobody_asks_is_told(site, work):
	doc = start(as_csv(headings=STATES), kind="Membership Roll")
	assert not [note for note in api.columns(doc.name)["notes"] if "now come from" in note]
	frappe.db.set_single_value("Mentoring Settings", "membership_source", "Non Profit")
	assert [note for note in api.columns(doc.name)["notes"] if "now come from Non Profit" in note]


def test_somebody_of_a_rare_name_with_another_address_and_employer_is_told(work):
	there = make.make_profile(full_name=make.unique("Mara Lindqvist"), employer="Pfizer")
	first, last = there.full_name.split(" ", 1)
	doc = start(as_csv((first, last, email(), "", "Novartis", "", ""), ("Cy", "Else", email(), *[""] * 4)))
	assert check(doc, work)["fates"] == {"New": 2}
	assert there.email in message(doc.name, 2)
	assert not message(doc.name, 3)


def test_an_import_is_undone_though_an_erasure_points_to_its_people(work):
	address = email()
	doc = start(as_csv(("Ada", "Lovelace", address, "", "", "", "")))
	check(doc, work)
	api.carry_out(doc.name)
	work()
	profile = frappe.db.get_value(PROFILE, {"email": address})
	place = {"record_type": PROFILE, "record": profile, "field": "full_name"}
	erasure = {
		"doctype": "Mentoring Erasure",
		"status": "Done",
		"asked_by": "Staff",
		"erased_by": "Administrator",
	}
	frappe.get_doc({**erasure, "places": [place]}).insert()
	api.undo(doc.name)
	work()
	assert not frappe.db.exists(PROFILE, profile)


def test_what_a_file_was_read_by_can_be_kept_after_the_import(work):
	rows = (("Ada", "Lovelace", email(), "G9", "Roche", "Law", ""),)
	doc = start(as_csv(*rows))
	check(doc, work, values={"career_stage": {"G9": "Executive"}})
	api.carry_out(doc.name)
	work()
	title = make.unique("Choices")
	api.keep_mapping(doc.name, title, {}, {}, {}, {})
	kept = api.kept_form(start(as_csv(*rows)).name, title)
	assert kept["columns"]["Grade"] == "fields.career_stage"
	assert kept["values"]["career_stage"] == {"G9": "Executive"}


def test_what_is_kept_by_itself_replaces_nothing_and_stops_no_import(work):
	title = make.unique("Mentors")
	rows = ("Ada", "Lovelace", email(), "G7", "Roche", "", "")
	doc = start(as_csv(rows))
	check(doc, work, values={"career_stage": {"G7": "Executive"}})
	theirs = api.keep_mapping(doc.name, title, **api.columns(doc.name)["form"])
	before = frappe.db.get_value(MAPPING, theirs, "mapping")
	for number, (name, kept) in enumerate(
		((f"{title}.csv", {f"{title} (2)"}), (f"New {MAPPING} 1.csv", set()))
	):
		person = make.unique("Quill").replace(" ", "")
		doc = start(as_csv(("Bea", person, email(), f"G{number}", "Roche", "", "")))
		doc.db_set("title", name)
		check(doc, work, values={"career_stage": {f"G{number}": "Executive"}})
		there = set(frappe.get_all(MAPPING, pluck="name"))
		api.carry_out(doc.name)
		work()
		assert set(frappe.get_all(MAPPING, pluck="name")) - there == kept
	assert frappe.db.get_value(MAPPING, theirs, "mapping") == before
