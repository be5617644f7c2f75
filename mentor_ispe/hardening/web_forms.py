"""A web form writes and shows records of its own DocType.

The holes: two endpoints of web forms take the DocType from the request and ask the form no more than whether
the user made the record, then read or write it past every permission: frappe.website's get_form_data, seen on
Frappe 15.101, and the `accept` that Payments puts in the place of Frappe's, seen on Payments 15. By any
published form, an address for example, whoever raised a concern read what the coordinators noted of it, and
changed fields of it; whoever is signed in inserted records of any kind. This can go when both ask the form for
its DocType.
"""

from __future__ import annotations

import json

import frappe
from frappe import _


def keep_to_own_doctype() -> None:
	"""Refuse a request that names a web form and another DocType than the form's; called before each request.

	Asked of the request, because these endpoints are reached by more than one name.
	"""
	given, called = frappe.form_dict, f"{frappe.local.request.path} {frappe.form_dict.get('cmd')}"
	if "get_form_data" in called:
		_check(given.get("web_form_name"), given.get("doctype"))
	elif given.get("web_form") and given.get("data"):
		_check(given.web_form, _doctype_in(given.data))


def _check(form: object, doctype: object) -> None:
	"""Frappe's own `accept` takes the form's DocType when none is given."""
	own = frappe.db.get_value("Web Form", form, "doc_type") if isinstance(form, str) else None
	if doctype is not None and doctype != own:
		raise frappe.PermissionError(_("This form can't be used for this record."))


def _doctype_in(data: object) -> object:
	try:
		values = json.loads(data) if isinstance(data, str) else data
	except ValueError:
		return None
	return values.get("doctype") if isinstance(values, dict) else None
