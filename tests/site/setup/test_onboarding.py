"""The onboarding of the workspace, the templates a new association starts from, and the documentation in the Desk."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.program_templates import read_programs
from mentor_ispe.roles import COMMITTEE, COORDINATOR, MEMBER
from mentor_ispe.services.desk import program_templates
from mentor_ispe.services.readiness import agreements
from mentor_ispe.setup import onboarding
from mentor_ispe.www import mentoring_docs
from tests import factories as make
from tests.site.permissions import records
from tests.site.permissions.entry_points import logged_in

OURS = [*onboarding.DONE_BY, onboarding.SETTINGS_STEP, onboarding.WEBSITE_STEP]


@pytest.fixture
def nothing_yet():
	"""A site without a record of the app, and an onboarding that nobody has begun."""
	for doctype in {doctype for records_ in onboarding.DONE_BY.values() for doctype, _filters in records_}:
		frappe.db.delete(doctype)
	frappe.db.set_value("Module Onboarding", onboarding.ONBOARDING, "is_complete", 0)
	frappe.db.set_value("Onboarding Step", {"name": ("in", OURS)}, "is_complete", 0)


def done() -> set[str]:
	return set(frappe.get_all("Onboarding Step", {"name": ("in", OURS), "is_complete": 1}, pluck="name"))


def test_every_step_of_the_onboarding_is_there_and_on_the_workspace():
	doc = frappe.get_doc("Module Onboarding", onboarding.ONBOARDING)
	assert {row.step for row in doc.steps} == set(OURS)
	assert {row.role for row in doc.allow_roles} >= {COORDINATOR}
	blocks = frappe.parse_json(frappe.db.get_value("Workspace", "Mentoring", "content"))
	assert [block["data"]["onboarding_name"] for block in blocks if block["type"] == "onboarding"] == [
		doc.name
	]


def test_steps_are_ticked_by_what_is_there(nothing_yet):
	assert done() == set()
	settings = frappe.get_doc("Mentoring Settings")
	settings.membership_source = "Membership Roll"
	settings.save()
	assert done() == {onboarding.SETTINGS_STEP}
	frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique("Topic")}).insert()
	program = make.make_program(status="Draft")
	assert "Mentoring Program" in done()
	assert "Mentoring Program Published" not in done()
	program.status = "Published"
	program.save()
	cycle = make.make_cycle(program.name, status="Draft")
	assert {"Mentoring Program Published", "Mentoring Topics", "Mentoring Cycle"} <= done()
	assert "Mentoring Cycle Open" not in done()
	cycle.status = "Open"
	cycle.save()
	assert "Mentoring Cycle Open" in done()


def test_step_is_open_again_when_its_record_is_gone(nothing_yet):
	program = make.make_program(status="Draft")
	assert "Mentoring Program" in done()
	program.delete()
	assert "Mentoring Program" not in done()


def test_what_a_browser_claims_is_put_right(nothing_yet):
	for step in ("Mentoring Cycle Open", onboarding.SHARING_STEP):
		frappe.db.set_value("Onboarding Step", step, "is_complete", 1)
	make.make_cycle(status="Draft")
	assert "Mentoring Cycle Open" not in done()
	assert onboarding.SHARING_STEP in done(), "which nothing on the site can show"


def test_site_where_people_have_applied_needs_no_onboarding(nothing_yet):
	make.use_membership_roll()
	make.make_mentee(make.make_cycle().name, approved=False)
	onboarding.follow()
	assert done() == set(OURS)
	assert frappe.db.get_value("Module Onboarding", onboarding.ONBOARDING, "is_complete")


@pytest.mark.parametrize("template", [each["key"] for each in program_templates.programs()])
def test_program_from_a_template_is_saved_as_it_comes(template):
	values = program_templates.program(template)
	for kept in ("recipients", "contact_email", "program_name", "chapter"):
		assert kept not in values, "what belongs to the association that it was written for"
	doc = frappe.get_doc({"doctype": "Mentoring Program", "program_name": make.unique("Ours"), **values})
	doc.insert()
	assert (doc.status, doc.recipients) == ("Draft", [])
	assert doc.criteria


def test_there_is_a_template_for_each_program_of_the_documents():
	assert [each["title"] for each in program_templates.programs()] == [
		each["program_name"] for each in read_programs().values()
	]
	with pytest.raises(RuleViolation):
		program_templates.program("../people")


def test_template_takes_over_the_agreements_that_were_published():
	(first, *_rest) = program_templates.agreements()
	assert "(demo)" not in first["title"]
	doc = frappe.get_doc({"doctype": "Mentoring Agreement", **first}).insert()
	wanted = [{"agreement": doc.name, "required_of": "Everyone"}]
	agreements.publish(doc.name)
	brought = program_templates.bring_agreements("women_in_pharma")
	assert wanted[0] in [{field: row[field] for field in wanted[0]} for row in brought]
	again = program_templates.bring_agreements("women_in_pharma")
	assert again == brought, "a draft is made once"


def test_a_program_is_not_published_with_an_agreement_that_nobody_can_sign():
	rows = program_templates.bring_agreements("women_in_pharma")
	assert len(rows) == 3
	links = [{"agreement": row["agreement"], "required_of": row["required_of"]} for row in rows]
	values = program_templates.program("women_in_pharma")
	doc = frappe.get_doc(
		{
			"doctype": "Mentoring Program",
			"program_name": make.unique("Ours"),
			**values,
			"agreements": links,
		}
	).insert()
	doc.status = "Published"
	with pytest.raises(RuleViolation, match="Code of Conduct is still a draft"):
		doc.save()
	for row in rows:
		agreements.publish(row["agreement"])
	doc.reload()
	doc.status = "Published"
	assert doc.save().status == "Published"


def documented() -> set[str]:
	"""The pages that forms and the onboarding lead to."""
	urls = {
		*frappe.get_all("DocType", {"module": "Mentor ISPE"}, pluck="documentation"),
		*frappe.get_all("DocField", {"documentation_url": ("is", "set")}, pluck="documentation_url"),
		frappe.db.get_value("Module Onboarding", onboarding.ONBOARDING, "documentation_url"),
	}
	return {url for url in urls if url and url.startswith("/mentoring-docs/")}


def page(name: str) -> frappe._dict:
	frappe.form_dict.page = name
	return mentoring_docs.get_context(frappe._dict())


def test_every_link_to_the_documentation_leads_to_a_page():
	assert len(documented()) >= 5
	with logged_in(records.make_user("cora", COORDINATOR, user_type="System User")):
		for url in documented():
			assert "<h1" in page(url.removeprefix("/mentoring-docs/")).body
		shown = page("first-steps")
	assert 'src="data:image/png;base64,' in shown.body
	assert ".md" not in shown.body
	assert shown.title


def test_documentation_is_for_those_who_look_after_programs():
	with logged_in(records.make_user("member", MEMBER)), pytest.raises(frappe.PermissionError):
		page("first-steps")
	with logged_in(records.make_user("committee", COMMITTEE, user_type="System User")):
		assert page("first-steps").body
	with logged_in("Guest"), pytest.raises(frappe.Redirect):
		page("first-steps")


@pytest.mark.parametrize("name", ["../README", "images", "..%2Fpyproject", "nothing-of-this-name"])
def test_reader_asks_for_another_file(name):
	with pytest.raises(frappe.PageDoesNotExistError):
		page(name)
