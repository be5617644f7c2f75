"""People and their applications come in by Frappe's Data Import, under the same rules as by any other entry point."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import frappe
import pytest
from frappe.core.doctype.data_import.importer import Importer

from mentor_ispe.api import desk
from mentor_ispe.services.applications.queries import import_template
from tests import factories as make

EXAMPLE = Path(__file__).parents[3] / "examples" / "data_import" / "profiles.csv"


@pytest.fixture(autouse=True)
def roll(site):
	make.use_membership_roll()
	for doctype, field, names in (
		("Mentoring Topic", "topic", ("Leadership", "Career Planning")),
		("Mentoring Industry", "industry", ("Pharmaceuticals",)),
	):
		for name in names:
			if not frappe.db.exists(doctype, name):
				frappe.get_doc({"doctype": doctype, field: name}).insert()


@pytest.fixture
def bring_in(monkeypatch):
	"""Imports a file as the form's Start Import does, and returns for each row whether it came in."""

	def run(doctype: str, content: str) -> list[bool]:
		file = frappe.get_doc(
			{"doctype": "File", "file_name": f"{frappe.generate_hash(length=8)}.csv", "content": content}
		).insert()
		job = frappe.get_doc(
			{"doctype": "Data Import", "reference_doctype": doctype, "import_type": "Insert New Records"}
		)
		job.update({"name": make.unique("Import"), "import_file": file.file_url})
		job.db_insert()
		with monkeypatch.context() as patched:
			# It would take the first row along, which nobody committed here.
			patched.setattr(frappe.db, "rollback", lambda *args, **kwargs: None)
			log = Importer(doctype, data_import=job, file_path=file.file_url).import_data()
		return [bool(row.success) for row in log or []]

	yield run
	frappe.flags.in_import = False


def filled_in(doctype: str, cycle: str, answers: dict[str, dict[str, str]]) -> str:
	"""The template with what these people say; the others' rows are deleted."""
	file = csv.DictReader(StringIO(import_template(doctype, cycle)))
	rows = [row | answers[row["profile"]] for row in file if row["profile"] in answers]
	text = StringIO()
	writer = csv.DictWriter(text, file.fieldnames)
	writer.writeheader()
	writer.writerows(rows)
	return text.getvalue()


def test_the_example_of_people_is_imported_with_their_languages_and_topics(bring_in):
	frappe.db.delete("Mentoring Profile", {"email": ["in", ["ada@example.org", "ben@example.org"]]})
	assert all(bring_in("Mentoring Profile", EXAMPLE.read_text()))
	ben = frappe.get_doc("Mentoring Profile", {"email": "ben@example.org"})
	assert (ben.country, ben.career_stage) == ("Germany", "Early Career")
	assert [row.language for row in ben.languages] == ["de", "en"]
	assert [row.topic for row in ben.topics] == ["Career Planning", "Leadership"]


@pytest.mark.parametrize("doctype", ["Mentor", "Mentee"])
def test_the_template_filled_in_becomes_applications(doctype, bring_in):
	cycle = make.make_cycle().name
	there, new = getattr(make, f"make_{doctype.lower()}")(cycle), make.make_profile()
	assert there.profile not in import_template(doctype, cycle)
	words = {"goals": "To lead a team.", "topics.topic": "Leadership"}
	assert bring_in(doctype, filled_in(doctype, cycle, {new.name: words})) == [True]
	name = frappe.db.get_value(doctype, {"cycle": cycle, "profile": new.name})
	doc = frappe.get_doc(doctype, name)
	assert (doc.status, doc.goals, doc.full_name) == ("Applied", "To lead a team.", new.full_name)
	assert [row.topic for row in doc.topics] == ["Leadership"]


def test_whoever_may_not_apply_stays_out_and_the_others_come_in(bring_in):
	cycle = make.make_cycle().name
	member, lapsed = make.make_profile(), make.make_profile(member=False)
	answers = {lapsed.name: {"goals": "x"}, member.name: {"goals": "y"}}
	assert sorted(bring_in("Mentee", filled_in("Mentee", cycle, answers))) == [False, True]
	assert frappe.get_all("Mentee", {"cycle": cycle}, pluck="profile") == [member.name]


def test_the_template_is_a_file_that_a_spreadsheet_opens():
	cycle = make.make_cycle().name
	profile = make.make_profile(full_name="Zoë Ångström")
	desk.applicants_template("Mentee", cycle)
	content = frappe.local.response.pop("filecontent").decode("utf-8-sig")
	assert f"{profile.name},Zoë Ångström,{profile.email},{cycle},Applied" in content
