"""The example of docs/server-scripts.md does what it says, with the script as it is printed there."""

from __future__ import annotations

import re
from pathlib import Path

import frappe
import pytest

from tests.factories import make_cycle, make_mentee, make_profile, use_membership_roll

DOCUMENT = Path(__file__).parents[3] / "docs" / "server-scripts.md"


def documented_script() -> dict[str, str]:
	"""The first example: the fields of its table and its script."""
	text = DOCUMENT.read_text(encoding="utf-8")
	fields = dict(
		re.findall(r"^\| (Name|Script Type|Reference Document Type|DocType Event) \| (.+?) \|$", text, re.M)
	)
	script = re.search(r"```python\n(.+?)```", text, re.S)
	return {
		"name": fields["Name"],
		"script_type": fields["Script Type"],
		"reference_doctype": fields["Reference Document Type"],
		"doctype_event": fields["DocType Event"],
		"script": script.group(1),
	}


@pytest.fixture
def cycle(site):
	"""An open cycle on a site with the documented script."""
	if not frappe.conf.server_script_enabled:
		pytest.skip("server scripts are off on this bench: bench set-config -g -p server_script_enabled 1")
	use_membership_roll()
	frappe.get_doc({"doctype": "Server Script", **documented_script()}).insert()
	frappe.client_cache.delete_value("server_script_map") if hasattr(frappe, "client_cache") else None
	yield make_cycle().name
	frappe.cache.delete_value("server_script_map")


def test_student_who_does_not_say_what_they_want_is_refused(cycle):
	student = make_profile(career_stage="Student")
	with pytest.raises(frappe.ValidationError, match="As a student, please write"):
		make_mentee(cycle, profile=student.name, goals="  ")


def test_student_who_says_what_they_want_applies(cycle):
	student = make_profile(career_stage="Student")
	assert make_mentee(cycle, approved=False, profile=student.name, goals="to learn").status == "Applied"


def test_everybody_else_may_leave_it_empty(cycle):
	senior = make_profile(career_stage="Senior")
	assert make_mentee(cycle, approved=False, profile=senior.name).status == "Applied"
