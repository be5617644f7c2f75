"""Take the demo away again: what it made, what came of that, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import frappe

from mentor_ispe.demo import memberships
from mentor_ispe.demo.loading import silence
from mentor_ispe.demo.manifest import forget, noted

# Records that follow from others, first those that nothing depends on: DocType → {its field: whose}.
FOLLOWING: dict[str, dict[str, str]] = {
	"Mentoring Private Answer": {"cycle": "Mentoring Cycle", "profile": "Mentoring Profile"},
	"Mentoring Feedback": {"cycle": "Mentoring Cycle", "profile": "Mentoring Profile"},
	"Mentoring Feedback Request": {"cycle": "Mentoring Cycle", "profile": "Mentoring Profile"},
	"Mentoring Goal": {"cycle": "Mentoring Cycle", "profile": "Mentoring Profile"},
	"Mentoring Push Device": {"profile": "Mentoring Profile"},
	"Mentoring Employer Change": {"profile": "Mentoring Profile"},
	"Mentoring Application Draft": {"cycle": "Mentoring Cycle", "profile": "Mentoring Profile"},
	"Mentoring Note Opening": {"mentoring_group": "Mentoring Group"},
	"Mentoring Message File": {"mentoring_group": "Mentoring Group"},
	"Mentoring Message": {"mentoring_group": "Mentoring Group"},
	"Mentoring Read Mark": {"mentoring_group": "Mentoring Group"},
	"Mentoring Poll": {"mentoring_group": "Mentoring Group"},
	"Mentoring Action Item": {"session": "Mentoring Session"},
	"Mentoring Session Note": {"session": "Mentoring Session"},
	"Guest Speaker Request": {"cycle": "Mentoring Cycle", "speaker": "Guest Speaker"},
	"Mentoring Concern": {"cycle": "Mentoring Cycle"},
	"Mentoring Session": {"cycle": "Mentoring Cycle"},
	"Mentoring Match Proposal": {"match_run": "Mentoring Match Run"},
	"Mentoring Match Run": {"cycle": "Mentoring Cycle"},
	"Mentoring Match Constraint": {"cycle": "Mentoring Cycle"},
	"Mentoring Group": {"cycle": "Mentoring Cycle"},
	"Mentor": {"cycle": "Mentoring Cycle", "profile": "Mentoring Profile"},
	"Mentee": {"cycle": "Mentoring Cycle", "profile": "Mentoring Profile"},
	"Mentoring Agreement Acceptance": {
		"agreement": "Mentoring Agreement",
		"profile": "Mentoring Profile",
	},
	"Mentoring Committee Report": {"program": "Mentoring Program"},
	"Mentoring Mailing": {"program": "Mentoring Program"},
	"Membership": {"member": "Member"},
	"Contact": {"user": "User"},
}
# Of these, the kinds that own others.
OWNERS = ("Mentoring Session", "Mentoring Match Run", "Mentoring Group")
# What the demo notes itself, in the order in which it goes.
MADE = (
	"Mentoring Workshop",
	"Mentoring Resource",
	"Guest Speaker",
	"Mentoring Cycle",
	"Mentoring Profile",
	"Membership Roll Entry",
	"Member",
	"Mentoring Program",
	"Mentoring Agreement",
	"User",
)
FRAPPES_WAY = ("User", "Mentoring Committee Report")
# These go only if nobody else uses them by now.
SHARED: dict[str, tuple[tuple[str, str], ...]] = {
	"Mentoring Topic": (("Mentoring Topic Item", "topic"),),
	"Mentoring Industry": (("Mentoring Profile", "industry"),),
	"Membership Type": (("Membership", "membership_type"), ("Member", "membership_type")),
}
# Where Frappe notes something about a record: DocType → its fields for the record's kind and name.
NOTED_ELSEWHERE: dict[str, tuple[str, str]] = {
	"Version": ("ref_doctype", "docname"),
	"Comment": ("reference_doctype", "reference_name"),
	"ToDo": ("reference_type", "reference_name"),
	"File": ("attached_to_doctype", "attached_to_name"),
	"Tag Link": ("document_type", "document_name"),
	"DocShare": ("share_doctype", "share_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Notification Log": ("document_type", "document_name"),
	"View Log": ("reference_doctype", "reference_name"),
	"Mentoring Notice": ("reference_doctype", "reference_name"),
}


def remove() -> dict[str, int]:
	"""Delete the demo; return how many records of each kind went."""
	gone: dict[str, int] = {}
	with silence():
		owners = {doctype: noted(doctype) for doctype in (*MADE, *SHARED)}
		for doctype in OWNERS:
			owners[doctype] = _following(doctype, FOLLOWING[doctype], owners)
		for doctype, fields in FOLLOWING.items():
			_delete(doctype, _following(doctype, fields, owners), gone)
		_delete("Mentoring Notice", _notices(owners), gone)
		for doctype in MADE:
			_delete(doctype, owners[doctype], gone)
		for doctype, uses in SHARED.items():
			_delete(doctype, [name for name in owners[doctype] if not _used(name, uses)], gone)
		for before in noted(memberships.SOURCE_BEFORE):
			frappe.db.set_single_value(memberships.SETTINGS, "membership_source", before)
		for key in (*MADE, *SHARED, memberships.SOURCE_BEFORE):
			forget(key)
		frappe.db.commit()  # a command of its own
	return gone


def _following(doctype: str, fields: Mapping[str, str], owners: Mapping[str, list[str]]) -> list[str]:
	if not frappe.db.exists("DocType", doctype):
		return []
	found: dict[str, None] = {}
	for field, owner in fields.items():
		if owners[owner]:
			found.update(
				dict.fromkeys(frappe.get_all(doctype, filters={field: ("in", owners[owner])}, pluck="name"))
			)
	return list(found)


def _notices(owners: Mapping[str, list[str]]) -> list[str]:
	addresses = [*owners["User"]]
	if owners["Mentoring Profile"]:
		addresses += frappe.get_all(
			"Mentoring Profile", filters={"name": ("in", owners["Mentoring Profile"])}, pluck="email"
		)
	if not addresses:
		return []
	return frappe.get_all("Mentoring Notice", filters={"recipient": ("in", addresses)}, pluck="name")


def _used(name: str, uses: tuple[tuple[str, str], ...]) -> bool:
	return any(frappe.db.exists(doctype, {field: name}) for doctype, field in uses)


def _delete(doctype: str, names: list[str], gone: dict[str, int]) -> None:
	"""Delete past the controllers, which keep history: this is none. What has files, and users, go Frappe's way."""
	names = frappe.get_all(doctype, filters={"name": ("in", names)}, pluck="name") if names else []
	if not names:
		return
	gone[doctype] = len(names)
	if doctype in FRAPPES_WAY:
		for name in names:
			frappe.delete_doc(doctype, name, force=True, ignore_permissions=True, delete_permanently=True)
		return
	for field in frappe.get_meta(doctype).get_table_fields():
		frappe.db.delete(field.options, {"parenttype": doctype, "parent": ("in", names)})
	for log, (kind, record) in NOTED_ELSEWHERE.items():
		frappe.db.delete(log, {kind: doctype, record: ("in", names)})
	found = frappe.qb.Table("__global_search")
	frappe.qb.from_(found).delete().where((found.doctype == doctype) & found.name.isin(names)).run()
	frappe.db.delete(doctype, {"name": ("in", names)})
	for name in names:
		frappe.clear_document_cache(doctype, name)
