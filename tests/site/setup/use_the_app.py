"""Use the app on a site as its people would: `python use_the_app.py SITE`, from the bench's `sites` folder.

Leaves the kinds of rows behind that an uninstall must find: handed-out roles, permissions that the site
changed, fields that it added, comments, versions, assignments, shares, settings.
"""

from __future__ import annotations

import sys
from pathlib import Path

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_field
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.desk.form.assign_to import add as assign
from frappe.permissions import add_permission

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests import factories

USER = "Administrator"  # one that was there before


def main(site: str) -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.flags.mute_emails = True
	factories.use_membership_roll()
	for role in ("Mentoring Member", "Mentoring Coordinator"):
		row = {
			"doctype": "Has Role",
			"parenttype": "User",
			"parentfield": "roles",
			"parent": USER,
			"role": role,
		}
		frappe.get_doc(
			{**row, "name": frappe.generate_hash()}
		).db_insert()  # saving a User changes its defaults
	cycle = factories.make_cycle()
	mentee = factories.make_mentee(cycle.name)
	mentee.goals = "something else"
	mentee.save()
	mentee.add_comment("Comment", "a comment")
	share = {"doctype": "DocShare", "share_doctype": "Mentee", "share_name": mentee.name, "everyone": 1}
	# From before shares of our records were refused.
	frappe.get_doc({**share, "read": 1, "name": frappe.generate_hash()}).db_insert()
	assign({"doctype": "Mentee", "name": mentee.name, "assign_to": [USER]})
	add_permission("Mentee", "Blogger")
	create_custom_field("Mentee", {"fieldname": "shoe_size", "label": "Shoe size", "fieldtype": "Int"})
	make_property_setter("Mentee", "goals", "reqd", 1, "Check")
	frappe.get_doc(
		{"doctype": "User Permission", "user": USER, "allow": "Mentoring Cycle", "for_value": cycle.name}
	).insert()
	frappe.db.commit()
	frappe.destroy()


if __name__ == "__main__":
	main(sys.argv[1])
