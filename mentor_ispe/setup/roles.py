"""Creates and removes the app's three roles."""

from __future__ import annotations

import frappe

from mentor_ispe.roles import COMMITTEE, COORDINATOR, MEMBER

# Whether a user with nothing but this role sees the Desk.
DESK_ACCESS = {COORDINATOR: 1, COMMITTEE: 1, MEMBER: 0}


def create_roles() -> None:
	"""Create the roles that are missing, and keep members out of the Desk.

	Called before the DocTypes are synchronised too: Frappe creates a role that a DocType names and that
	doesn't exist yet, but with access to the Desk, which would make every member a System User.
	"""
	for role, desk_access in DESK_ACCESS.items():
		if not frappe.db.exists("Role", role):
			frappe.get_doc({"doctype": "Role", "role_name": role, "desk_access": desk_access}).insert(
				ignore_permissions=True
			)
		elif role == MEMBER and frappe.db.get_value("Role", role, "desk_access"):
			doc = frappe.get_doc("Role", role)
			doc.desk_access = 0
			doc.save(ignore_permissions=True)


def remove_roles() -> None:
	"""Delete the roles and everything that hands them out."""
	for role in DESK_ACCESS:
		for doctype in ("Has Role", "Custom DocPerm", "DocPerm"):
			frappe.db.delete(doctype, {"role": role})
		if frappe.db.exists("Role", role):
			frappe.delete_doc("Role", role, ignore_permissions=True, force=True)
