"""What the demo made on this site, so that it takes away that and nothing else.

Kept as default values of a parent that nobody else uses: Frappe stores them with the site and doesn't
hand them to anyone's browser.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

PARENT = "__mentoring_demo"


def make(values: dict[str, Any]) -> Document:
	"""Insert a record and remember that the demo made it."""
	doc = frappe.get_doc(values).insert(ignore_permissions=True)
	note(doc.doctype, doc.name)
	return doc


def find_or_make(doctype: str, name: str, values: dict[str, Any]) -> str:
	"""Use the record that the site already has under this name, or make one."""
	if frappe.db.exists(doctype, name):
		return name
	return make({"doctype": doctype, **values}).name


def made(doctype: str, name: str | None) -> bool:
	"""Whether the demo made this record; raise an error when somebody else did."""
	if not name or not frappe.db.exists(doctype, name):
		return False
	if not frappe.db.exists("DefaultValue", {"parent": PARENT, "defkey": doctype, "defvalue": name}):
		frappe.throw(
			_(
				"The demo needs {0} {1}, but this site already has one with that name. Rename yours first."
			).format(_(doctype), name)
		)
	return True


def note(key: str, value: str) -> None:
	"""Remember a value under a key, usually a record's name under its DocType."""
	frappe.get_doc(
		{
			"doctype": "DefaultValue",
			"parent": PARENT,
			"parenttype": PARENT,
			"parentfield": "system_defaults",
			"defkey": key,
			"defvalue": value,
		}
	).insert(ignore_permissions=True)


def noted(key: str) -> list[str]:
	"""Everything remembered under a key."""
	return frappe.get_all("DefaultValue", filters={"parent": PARENT, "defkey": key}, pluck="defvalue")


def forget(key: str) -> None:
	"""Remember nothing under this key any more."""
	frappe.db.delete("DefaultValue", {"parent": PARENT, "defkey": key})
