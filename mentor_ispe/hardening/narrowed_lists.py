"""A list that is narrowed for somebody stays narrowed, whichever endpoint counts or searches in it.

The holes: these endpoints ask whether somebody may read some record of a DocType, and then read all of them,
past `permission_query_conditions` and `has_permission`:
- frappe.desk.search.search_link and search_widget with `ignore_user_permissions`, from the request;
- frappe.desk.listview.get_group_by_count by `assigned_to`, which asks nothing at all;
- frappe.desk.doctype.dashboard_chart.dashboard_chart.get for a heat map, which asks nothing at all, and for
  every chart that has a name: its figures are kept, and shown to others than those they were counted for;
- frappe.desk.doctype.tag.tag.get_tagged_docs;
- frappe.desk.notifications.get_open_count, which counts the records of any DocType that are linked to one that
  may be read;
- frappe.desk.search.get_link_title, which asks nothing at all, and frappe.client.validate_link;
- frappe.utils.global_search.search, which asks for the DocType alone before Frappe 16.
Whoever may read a part of a list counts, filters and searches in the rest of it. Seen on Frappe 15.101. Each
can go when it reads through frappe.get_list, or asks for the record.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from inspect import unwrap
from typing import Any

import frappe
from frappe import _, client
from frappe.desk import listview, notifications, reportview, search
from frappe.desk.doctype.dashboard_chart import dashboard_chart
from frappe.query_builder import DocType, Order
from frappe.query_builder.functions import Count
from frappe.utils import global_search

from mentor_ispe.services.desk import record_search

OUR_MODULE = "Mentor ISPE"


@frappe.whitelist()
def search_link(**values: Any) -> list[dict]:
	"""What a Link field offers; User Permissions are ignored where it says so, the DocType's conditions aren't."""
	return frappe.call(search.search_link, **_keeping_conditions(values))


@frappe.whitelist()
def search_widget(**values: Any) -> Any:
	"""The same for the search box."""
	return frappe.call(search.search_widget, **_keeping_conditions(values))


@frappe.whitelist()
def get_group_by_count(doctype: str, current_filters: str, field: str) -> list[dict]:
	"""How many records of a list are assigned to whom, or have which value; of those that the user may read."""
	if field != "assigned_to":
		return listview.get_group_by_count(doctype, current_filters, field)
	todo, user, count = DocType("ToDo"), DocType("User"), Count("*").as_("count")
	readable = frappe.get_list(
		doctype, filters=frappe.parse_json(current_filters), pluck="name", limit=0, order_by=None
	)
	return (
		frappe.qb.from_(todo)
		.join(user)
		.on(todo.allocated_to == user.name)
		.select(todo.allocated_to.as_("name"), count)
		.where((todo.status != "Cancelled") & (user.user_type == "System User"))
		.where((todo.reference_type == doctype) & todo.reference_name.isin(readable or [""]))
		.groupby(todo.allocated_to)
		.orderby(count, order=Order.desc)
		.limit(50)
		.run(as_dict=True)
	)


@frappe.whitelist()
def get_open_count(doctype: str, name: str, items: Any = None) -> dict:
	"""How many records are linked to one; of those that the user may read."""
	found = notifications.get_open_count(doctype, name, items)
	links = frappe.get_meta(doctype).get_dashboard_data()
	for each in found["count"]["external_links_found"] if found["count"] else ():
		linked = each["doctype"]
		if not each["count"] or (frappe.has_permission(linked, "read") and not _has_conditions(linked)):
			continue
		fieldname = links.get("non_standard_fieldnames", {}).get(linked, links.get("fieldname"))
		of_kind = notifications.get_dynamic_link_filters(linked, links, fieldname) or {}
		filters = {fieldname: name, **of_kind}
		each["count"] = _count_readable(linked, filters)
		still_open = notifications.get_filters_for(linked)
		each["open_count"] = _count_readable(linked, {**filters, **still_open}) if still_open else 0
	return found


def _count_readable(doctype: str, filters: dict) -> int:
	"""How many the user may read, up to a hundred; 0 for those who may read none."""
	if not frappe.has_permission(doctype, "read"):
		return 0
	return len(frappe.get_list(doctype, filters=filters, limit=100, order_by=None))


@frappe.whitelist()
def get_chart(**values: Any) -> dict | None:
	"""The figures of a chart, counted for who asks where the DocType's lists are narrowed."""
	values = _without_command(values)
	if values.get("chart_name"):
		chart = frappe.get_doc("Dashboard Chart", values["chart_name"])
		chart.check_permission("read")
	else:
		chart = frappe._dict(frappe.parse_json(values.get("chart")) or {})
	if not _has_conditions(chart.document_type):
		return frappe.call(dashboard_chart.get, **values)
	if chart.type == "Heatmap":
		_check_all_are_readable(chart.document_type)
	# What Frappe wraps it in keeps the figures, and takes the empty texts of the Desk for what isn't given.
	return frappe.call(unwrap(dashboard_chart.get), **{name: value or None for name, value in values.items()})


@frappe.whitelist()
def get_tagged_docs(doctype: str, tag: str) -> list[tuple]:
	"""The records of a list that bear the tag."""
	return frappe.get_list(
		doctype, filters=[["_user_tags", "like", tag]], fields=["name"], as_list=True, limit=0
	)


@frappe.whitelist(methods=["GET", "POST"])
def search_everywhere(text: str, start: Any = 0, limit: Any = 20, doctype: str = "") -> list[dict]:
	"""What the search bar of the Desk finds: our people and groups, and what Frappe finds of other apps."""
	found = record_search.find(text, doctype, start, limit)
	if doctype in record_search.SEARCHED:
		return found
	others = global_search.search(text, start, limit, doctype)
	return found + [
		hit
		for hit in others
		if hit.doctype not in record_search.SEARCHED and _is_known(hit.doctype, hit.name)
	]


@frappe.whitelist()
def get_link_title(doctype: str, docname: str) -> Any:
	"""The title that a link shows; of a record of ours that the user may not read, its name."""
	return search.get_link_title(doctype, docname) if _is_known(doctype, docname) else docname


@frappe.whitelist(methods=["GET", "POST"])
def validate_link(doctype: str, docname: str, fields: Any = None) -> dict:
	"""Whether a record is there to be linked to; one of ours that the user may not read isn't."""
	rights = ("select", "read")
	may_link = frappe.get_meta(doctype).istable or any(
		frappe.has_permission(doctype, each) for each in rights
	)
	if may_link and not _is_known(doctype, docname):
		return {"name": None}
	return client.validate_link(doctype, docname, fields)  # which refuses those who may link to none


@frappe.whitelist(methods=["GET", "POST"])
def validate_link_and_fetch(**values: Any) -> dict:
	"""What Frappe 16 has in its place: it searches, and ignores what a search may ignore."""
	if not hasattr(client, "validate_link_and_fetch"):
		raise frappe.DoesNotExistError  # Frappe 15
	return frappe.call(client.validate_link_and_fetch, **_keeping_conditions(values))


def _check_all_are_readable(doctype: str) -> None:
	"""Refuse to count the records of a DocType of which some aren't for the user."""
	frappe.has_permission(doctype, "read", throw=True)
	if reportview.build_match_conditions(doctype):
		frappe.throw(
			_("A heat map would count every record of {0}, including the ones you can't see.").format(
				_(doctype)
			),
			frappe.PermissionError,
		)


def _has_conditions(doctype: str | None) -> bool:
	return bool(frappe.get_hooks("permission_query_conditions").get(doctype))


def _is_known(doctype: str, name: str) -> bool:
	"""Whether the user may know of the record; of DocTypes of other apps they decide as before."""
	if doctype == "DocType" or frappe.get_meta(doctype).module != OUR_MODULE:
		return True
	if not frappe.db.exists(doctype, name):
		return True
	return any(frappe.has_permission(doctype, right, name) for right in ("select", "read"))


def _keeping_conditions(values: dict[str, Any]) -> dict[str, Any]:
	if _has_conditions(values.get("doctype")):
		values["ignore_user_permissions"] = 0
	return _without_command(values)


def _without_command(values: dict[str, Any]) -> dict[str, Any]:
	return {name: value for name, value in values.items() if name != "cmd"}
