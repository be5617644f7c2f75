"""The entry points through which a logged-in person asks Frappe for records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import frappe
import frappe.client
import frappe.desk.reportview
import frappe.desk.search


@contextmanager
def logged_in(user: str) -> Iterator[None]:
	"""Act as this user, as a request would."""
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.local.form_dict = frappe._dict()
		frappe.set_user(before)


def by_get_list(doctype: str) -> set[str]:
	return set(frappe.get_list(doctype, pluck="name", limit=0))


def by_rest(doctype: str) -> set[str]:
	return {row.name for row in frappe.client.get_list(doctype, limit_page_length=0)}


def by_report_view(doctype: str) -> set[str]:
	frappe.local.form_dict = frappe._dict(
		doctype=doctype,
		fields=f'["`tab{doctype}`.`name`"]',
		filters="[]",
		start=0,
		page_length=500,
		view="Report",
	)
	result = frappe.desk.reportview.get()
	return {row[0] for row in result["values"]} if result else set()


def by_export(doctype: str) -> set[str]:
	frappe.local.form_dict = frappe._dict(
		doctype=doctype,
		fields=f'["`tab{doctype}`.`name`"]',
		filters="[]",
		file_format_type="CSV",
		title=doctype,
	)
	frappe.local.response = frappe._dict()
	frappe.desk.reportview.export_query()
	lines = frappe.response["filecontent"].decode("utf-8-sig").splitlines()[1:]
	return {line.split(",")[1].strip('"') for line in lines if line}


def by_search_link(doctype: str) -> set[str]:
	return {row["value"] for row in frappe.desk.search.search_link(doctype, "", page_length=500)}


def by_search_link_without_user_permissions(doctype: str) -> set[str]:
	found = frappe.desk.search.search_link(doctype, "", page_length=500, ignore_user_permissions=True)
	return {row["value"] for row in found}


LISTS: dict[str, Callable[[str], set[str]]] = {
	entry_point.__name__: entry_point
	for entry_point in (
		by_get_list,
		by_rest,
		by_report_view,
		by_search_link,
		by_search_link_without_user_permissions,
	)
}


def listed(entry_point: Callable[[str], set[str]], doctype: str) -> set[str]:
	"""What the entry point gives; nothing where it refuses. A link field's search says that it found nothing."""
	try:
		return entry_point(doctype)
	except frappe.PermissionError:
		return set()


def can_open(doctype: str, name: str) -> bool:
	"""Whether the document opens by its name, over frappe.client as over /api/resource."""
	try:
		frappe.client.get(doctype, name)
	except frappe.PermissionError:
		return False
	return True
