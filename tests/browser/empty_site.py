"""The served site as a new association finds it: nothing of this app's, as long as the test runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

from mentor_ispe.setup import onboarding

DOCTYPES = (
	"Mentoring Agreement",
	"Mentoring Topic",
	"Mentoring Program",
	"Mentoring Cycle",
	"Mentor",
	"Mentee",
)
STEPS = [*onboarding.DONE_BY, onboarding.SETTINGS_STEP, onboarding.WEBSITE_STEP]


@contextmanager
def empty_site() -> Iterator[None]:
	"""Take what earlier tests left out of the way, start the onboarding anew, and put it all back."""
	kept = {doctype: frappe.get_all(doctype, ["*"], order_by="creation") for doctype in DOCTYPES}
	try:
		_delete_all()
		_start_over()
		yield
	finally:
		frappe.db.rollback()
		_delete_all()
		for doctype, rows in kept.items():
			if rows:
				fields = list(rows[0])
				frappe.db.bulk_insert(
					doctype, fields, [tuple(row[field] for field in fields) for row in rows]
				)
		frappe.db.commit()
		frappe.clear_cache()


def _delete_all() -> None:
	for doctype in DOCTYPES:
		frappe.db.delete(doctype)


def _start_over() -> None:
	frappe.db.set_single_value("Mentoring Settings", "join_url", None)
	for doctype, names in (
		("Module Onboarding", [onboarding.ONBOARDING]),
		("Onboarding Step", STEPS),
	):
		frappe.db.set_value(doctype, {"name": ("in", names)}, "is_complete", 0)
	frappe.db.set_value("Onboarding Step", {"name": ("in", STEPS)}, "is_skipped", 0)
	frappe.db.set_single_value("System Settings", "enable_onboarding", 1)
	frappe.db.commit()
	frappe.clear_cache()
