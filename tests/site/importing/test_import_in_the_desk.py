"""A file goes through the Desk: chosen, read, checked, imported, undone; nobody twice, nobody's later work lost."""

from __future__ import annotations

from pathlib import PurePath

import frappe
import pytest

from mentor_ispe.api import imports as api
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.applications import commands
from tests import factories as make
from tests.site.importing.desk_import import (
	as_csv,
	as_xlsx,
	check,
	email,
	fates,
	message,
	queued,
	roll,
	start,
	work,
)

__all__ = ["queued", "roll", "work"]  # fixtures, used by name

PROFILE, ENTRY = "Mentoring Profile", "Membership Roll Entry"


def test_people_of_a_workbook_are_guessed_checked_imported_and_undone(work):
	ada, ben = email(), email()
	there = make.make_profile(employer="Pfizer", career_stage="Senior")
	doc = start(
		as_xlsx(
			("Ada", "Lovelace", ada, "junior", "Roche", "Law; Leadership", "x"),
			("Ben", "Bright", ben, "Executive", "Roche", "Law", ""),
			("", "", there.email, "Senior", "Roche", "", ""),
			("Cy", "Young", "not an address", "Senior", "", "", ""),
		),
		suffix="xlsx",
	)
	shown = api.columns(doc.name)
	assert shown["form"]["columns"] == {
		"First name": "fields.first_name",
		"Surname": "fields.last_name",
		"E-Mail": "fields.email",
		"Grade": "fields.career_stage",
		"Employer": "fields.employer",
		"Interests": "fields.topics",
		"Remarks": "",
	}
	assert shown["form"]["values"]["career_stage"]["junior"] == "Early Career"

	found = check(doc, work)
	assert found["status"] == "Checked", found
	assert found["fates"] == {"New": 2, "Not Understood": 2}
	assert not frappe.db.exists(PROFILE, {"email": ada})

	api.carry_out(doc.name)
	work()
	profile = frappe.get_doc(PROFILE, {"email": ada})
	assert (profile.full_name, profile.career_stage, profile.employer) == (
		"Ada Lovelace",
		"Early Career",
		"Roche",
	)
	assert [row.topic for row in profile.topics] == ["Law", "Leadership"]
	assert api.current_state(doc.name)["statuses"] == {"": 2, "Imported": 2}

	frappe.get_doc(PROFILE, {"email": ben}).update({"city": "Berlin"}).save()
	api.undo(doc.name)
	work()
	assert not frappe.db.exists(PROFILE, {"email": ada})
	assert frappe.db.exists(PROFILE, {"email": ben})
	assert api.current_state(doc.name)["statuses"] == {"": 2, "Undone": 1, "Kept": 1}
	assert "was changed after the import" in message(doc.name, 3)


def test_a_change_is_told_in_words_made_and_set_back_unless_changed_since(work):
	one = make.make_profile(full_name="One Person", employer="Pfizer", city="Rome")
	two = make.make_profile(full_name="Two Person", employer="Pfizer", city="Rome")
	headings = ("Full name", "E-Mail", "Employer", "City")
	rows = [(each.full_name, each.email, "Roche", "Basel") for each in (one, two)]
	doc = start(as_csv(*rows, headings=headings))
	check(doc, work)
	assert fates(doc.name) == {2: "Change", 3: "Change"}
	assert "Employer: Pfizer → Roche" in message(doc.name, 2)
	api.carry_out(doc.name)
	work()
	frappe.get_doc(PROFILE, two.name).update({"employer": "Novartis"}).save()
	api.undo(doc.name)
	work()
	values = frappe.get_all(
		PROFILE, {"name": ["in", [one.name, two.name]]}, ["full_name", "employer", "city"]
	)
	assert sorted(tuple(row.values()) for row in values) == [
		("One Person", "Pfizer", "Rome"),
		("Two Person", "Novartis", "Rome"),
	]
	assert "Employer" in message(doc.name, 3)


def test_the_same_file_again_finds_everybody_there(work):
	address = email()
	content = as_csv(("Ada", "Lovelace", address, "Senior", "Roche", "", ""))
	for expected in ({"New": 1}, {"Already There": 1}):
		doc = start(content)
		assert check(doc, work)["fates"] == expected
		if "New" in expected:
			api.carry_out(doc.name)
			work()
	with pytest.raises(RuleViolation, match="No rows are left"):
		api.carry_out(doc.name)
	assert frappe.db.count(PROFILE, {"email": address}) == 1


def test_what_cannot_be_begun_now_says_what_to_do_instead(work):
	doc = start(as_csv(("Ada", "Lovelace", email(), "Senior", "Roche", "", "")))
	with pytest.raises(RuleViolation, match="Check the file first"):
		api.carry_out(doc.name)
	with pytest.raises(RuleViolation, match="nothing to undo"):
		api.undo(doc.name)
	check(doc, work)
	api.carry_out(doc.name)
	work()
	api.undo(doc.name)
	work()
	with pytest.raises(RuleViolation, match="start a new import"):
		api.carry_out(doc.name)


def test_somebody_known_by_another_address_is_asked_about_and_keeps_it(work):
	one = make.make_profile(full_name="Zoë Quartermain-Okafor", employer="Pfizer")
	two = make.make_profile(full_name="Lin Abernathy-Mbeki", employer="Pfizer")
	new, third = email(), email()
	doc = start(
		as_csv(
			(one.full_name, new, "Pfizer", "Basel"),
			(two.full_name, third, "Pfizer", "Basel"),
			headings=("Full name", "E-Mail", "Employer", "City"),
		)
	)
	check(doc, work)
	assert fates(doc.name) == {2: "Possible Duplicate", 3: "Possible Duplicate"}
	assert "same name" in message(doc.name, 2)
	first, second = (row["name"] for row in api.some_rows(doc.name))
	assert api.decide(doc.name, [first], "Same Person") == 1
	assert api.decide(doc.name, [second], "New Person") == 1
	api.carry_out(doc.name)
	work()
	assert frappe.db.get_value(PROFILE, one.name, ["email", "city"]) == (one.email, "Basel")
	assert not frappe.db.exists(PROFILE, {"email": new})
	assert frappe.db.get_value(PROFILE, {"email": third}, "full_name") == two.full_name


def test_applications_by_a_column_are_tried_and_entered_under_the_rules(work):
	cycle = make.make_cycle().name
	mentor, mentee, lapsed = make.make_profile(), make.make_profile(), make.make_profile(member=False)
	doc = start(
		as_csv(
			("Mentor One", mentor.email, "Mentorin", 2, "To give back"),
			("Lapsed One", lapsed.email, "Mentee", "", ""),
			("Mentee One", mentee.email, "Mentee", "", "To lead"),
			headings=("Name", "Mail", "Role", "Seats", "Goals"),
		),
		kind="Applications",
		cycle=cycle,
		role="A Column Says It",
	)
	form = api.columns(doc.name)["form"]
	assert form["columns"]["Goals"] == "either.goals"
	assert form["columns"]["Role"] == "side"
	check(
		doc,
		work,
		columns={"Seats": "mentor.seats_offered"},
		values={"side": {"Mentorin": "mentor", "Mentee": "mentee"}},
	)
	assert fates(doc.name) == {2: "Change", 3: "Refused", 4: "Change"}
	assert not frappe.db.exists("Mentor", {"cycle": cycle})
	api.carry_out(doc.name)
	work()
	assert frappe.get_all("Mentor", {"cycle": cycle}, ["profile", "seats_offered", "goals"]) == [
		{"profile": mentor.name, "seats_offered": 2, "goals": "To give back"}
	]
	assert frappe.get_all("Mentee", {"cycle": cycle}, ["profile", "goals"]) == [
		{"profile": mentee.name, "goals": "To lead"}
	]
	api.undo(doc.name)
	work()
	assert not frappe.db.exists("Mentor", {"cycle": cycle})
	assert not frappe.db.exists("Mentee", {"cycle": cycle})


def test_days_that_could_be_read_both_ways_are_asked(work):
	headings = ("Member number", "Full name", "E-Mail", "From", "Until", "Cancelled")
	rows = [
		(frappe.generate_hash(length=10), "Ada Lovelace", email(), "04/01/2027", "31.12.2027", "ja"),
		(frappe.generate_hash(length=10), "Bo Lee", f"{email()}; {email()}", "05/05/2027", "", "x"),
		(frappe.generate_hash(length=10), "Cy Ray", email(), "31.31.2027", "", "perhaps"),
	]
	doc = start(as_csv(*rows, headings=headings), kind="Membership Roll")
	check(doc, work)
	assert fates(doc.name) == dict.fromkeys((2, 3, 4), "Not Understood")
	assert "Jan 4, 2027 or Apr 1, 2027" in message(doc.name, 2)
	assert "several addresses" in message(doc.name, 3)
	assert message(doc.name, 4).split("\n") == [
		"“perhaps” has no meaning yet. Choose it under “Match values”, or correct the file.",
		"From: 31.31.2027 is not a valid date. Use the format YYYY-MM-DD.",
	]
	doc.reload()
	doc.day_order = "Month First"
	doc.save()
	assert doc.status == "Draft"
	check(doc, work)
	assert fates(doc.name) == {2: "New", 3: "Not Understood", 4: "Not Understood"}
	api.carry_out(doc.name)
	work()
	entry = frappe.get_doc(ENTRY, rows[0][0])
	assert (str(entry.from_date), str(entry.to_date), entry.cancelled) == ("2027-04-01", "2027-12-31", 1)


def test_a_second_address_is_told_with_the_fate_of_the_row(work):
	first, second = email(), email()
	doc = start(as_csv(("Ada", "Lovelace", f"{first}, {second}", "", "", "", "")))
	check(doc, work)
	assert fates(doc.name) == {2: "New"}
	assert message(doc.name, 2) == f"The first address, {first}, is used; {second} is left out."


def test_the_roll_is_imported_and_undone(work):
	number, other = frappe.generate_hash(length=10), frappe.generate_hash(length=10)
	frappe.get_doc(
		{
			"doctype": ENTRY,
			"member_number": other,
			"full_name": "Old Name",
			"email": email(),
			"from_date": "2026-01-01",
			"to_date": "2026-12-31",
		}
	).insert()
	headings = ("Member number", "Full name", "E-Mail", "From", "Until")
	doc = start(
		as_csv(
			(number, "Ada Lovelace", email(), "2027-01-01", "2027-12-31"),
			(other, "Old Name", frappe.db.get_value(ENTRY, other, "email"), "2026-01-01", "2027-12-31"),
			("", "Nobody", email(), "2027-01-01", ""),
			headings=headings,
		),
		kind="Membership Roll",
	)
	columns = dict(
		zip(
			headings,
			["roll.member_number", "roll.full_name", "roll.email", "roll.from_date", "roll.to_date"],
			strict=True,
		)
	)
	check(doc, work, columns=columns)
	assert fates(doc.name) == {2: "New", 3: "Change", 4: "Not Understood"}
	api.carry_out(doc.name)
	work()
	assert str(frappe.db.get_value(ENTRY, number, "to_date")) == "2027-12-31"
	assert str(frappe.db.get_value(ENTRY, other, "to_date")) == "2027-12-31"
	api.undo(doc.name)
	work()
	assert not frappe.db.exists(ENTRY, number)
	assert str(frappe.db.get_value(ENTRY, other, "to_date")) == "2026-12-31"


def test_what_was_imported_is_read_alike_next_year(work, queued):
	content = as_csv(("Ada", "Lovelace", email(), "G9", "Roche", "", ""))
	doc = start(content)
	check(doc, work, columns={"Remarks": "fields.job_title"}, values={"career_stage": {"G9": "Senior"}})
	assert not frappe.db.exists("Mentoring Import Mapping", {"title": PurePath(doc.title).stem})
	api.carry_out(doc.name)
	later = start(as_csv(("Bo", "Berg", email(), "G9", "Roche", "", "Chemist")))
	shown = api.columns(later.name)
	assert shown["used"] == PurePath(doc.title).stem
	assert shown["form"]["columns"]["Remarks"] == "fields.job_title"
	assert shown["form"]["values"]["career_stage"]["G9"] == "Senior"
	kept = frappe.db.count("Mentoring Import Mapping")
	check(later, work)
	api.carry_out(later.name)
	assert frappe.db.count("Mentoring Import Mapping") == kept, "the same is kept once"


def test_a_file_is_imported_whatever_it_is_called(work, queued):
	doc = start(as_csv(("Ada", "Lovelace", email(), "", "", "", "")))
	check(doc, work)
	name = frappe.generate_hash(length=8)
	frappe.db.set_value("Mentoring Import", doc.name, "title", f"{name}  <new>.csv")
	frappe.clear_document_cache("Mentoring Import", doc.name)
	api.carry_out(doc.name)
	assert frappe.db.exists("Mentoring Import Mapping", f"{name} new")


def test_choices_are_kept_under_a_name_and_found_by_the_headings(work):
	rows = (("Ada", "Lovelace", email(), "G9", "Roche", "Law", ""),)
	doc = start(as_csv(*rows))
	values = {"career_stage": {"G9": "Executive"}}
	form = api.columns(doc.name)["form"]
	columns = {**form["columns"], "Remarks": "fields.biography"}
	title = make.unique("Choices")
	api.keep_mapping(doc.name, title, columns, values, {"fields.country": "Ireland"}, form["separators"])
	later = start(as_csv(*rows, (*rows[0][:2], email(), *rows[0][3:])))
	shown = api.columns(later.name)
	assert title in shown["kept"]
	form = api.kept_form(later.name, title)
	assert form["columns"]["Remarks"] == "fields.biography"
	assert form["values"]["career_stage"] == {"G9": "Executive"}
	assert form["constants"] == {"fields.country": "Ireland"}


def test_who_applied_after_the_import_stays_and_the_row_says_why(work):
	address = email()
	doc = start(as_csv(("Ada", "Lovelace", address, "", "", "", "")))
	check(doc, work)
	api.carry_out(doc.name)
	work()
	profile = frappe.db.get_value(PROFILE, {"email": address})
	frappe.get_doc(
		{
			"doctype": ENTRY,
			"member_number": frappe.generate_hash(length=10),
			"full_name": "Ada Lovelace",
			"email": address,
			"from_date": "2020-01-01",
		}
	).insert()
	commands.apply(profile, make.make_cycle().name, "Mentee", {"goals": "To lead."})
	api.undo(doc.name)
	work()
	assert frappe.db.exists(PROFILE, profile)
	assert api.current_state(doc.name)["statuses"] == {"Kept": 1}
	assert "Mentee" in message(doc.name, 2)
