"""The app's three roles, which are fixtures."""

from __future__ import annotations

import frappe
from frappe.core.doctype.data_import.data_import import import_doc
from frappe.core.doctype.role.role import Role

from mentor_ispe.roles import COMMITTEE, COORDINATOR, MEMBER

STAFF_SET = ("disabled", "home_page", "restrict_to_domain", "two_factor_auth")


def create_roles() -> None:
	"""Create the roles before the DocTypes that name them.

	Frappe creates a role that a DocType names and that doesn't exist yet, but with access to the Desk, which
	would make every member a System User.
	"""
	import_doc(frappe.get_app_path("mentor_ispe", "fixtures", "role.json"))


def keep_what_staff_set(doc: Role, method: str | None = None) -> None:
	"""On the import of a fixture, which replaces the role: keep what the Desk lets staff set."""
	if doc.name in (COORDINATOR, COMMITTEE, MEMBER):
		doc.update(frappe.db.get_value("Role", doc.name, STAFF_SET, as_dict=True) or {})


def remove_roles() -> None:
	"""Delete the roles and everything that hands them out."""
	for role in (COORDINATOR, COMMITTEE, MEMBER):
		for doctype in ("Has Role", "Custom DocPerm", "DocPerm"):
			frappe.db.delete(doctype, {"role": role})
		if frappe.db.exists("Role", role):
			frappe.delete_doc("Role", role, ignore_permissions=True, force=True)
