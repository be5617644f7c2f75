"""The steps of the workspace's onboarding, ticked off by what the site has and not by what was clicked."""

from __future__ import annotations

from typing import Any

import frappe

from mentor_ispe.mentor_ispe.doctype.mentoring_settings import website

ONBOARDING, STEP = "Mentoring", "Onboarding Step"
PROGRAM, CYCLE = "Mentoring Program", "Mentoring Cycle"
SETTINGS = "Mentoring Settings"
SETTINGS_STEP = "Mentoring Membership Source"
WEBSITE_STEP = "Mentoring Website"
SHARING_STEP = "Mentoring Members Page"  # done outside; a click on it counts until people apply
# step → the records that show it was done; any one will do
DONE_BY: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
	"Mentoring Agreement": (("Mentoring Agreement", {}),),
	"Mentoring Topics": (("Mentoring Topic", {}),),
	"Mentoring Program": ((PROGRAM, {}),),
	"Mentoring Program Published": ((PROGRAM, {"status": ("!=", "Draft")}),),
	"Mentoring Cycle": ((CYCLE, {}),),
	"Mentoring Cycle Open": ((CYCLE, {"status": ("not in", ("Draft", "Cancelled"))}),),
	SHARING_STEP: (("Mentor", {}), ("Mentee", {})),
}


def follow(doc: Any = None, method: str | None = None) -> None:
	"""Tick the steps that are done; called when one of the records they ask for changes, and after a migration.

	A site where people have applied needs no onboarding, whichever steps it left out.
	"""
	# None where it was deleted, and while the app is being installed
	if frappe.db.get_value("Module Onboarding", ONBOARDING, "is_complete") != 0:
		return
	done = {step: any(_has(*each) for each in records) for step, records in DONE_BY.items()}
	if done["Mentoring Cycle Open"] and done[SHARING_STEP]:
		frappe.db.set_value("Module Onboarding", ONBOARDING, "is_complete", 1)
		done = dict.fromkeys((*done, SETTINGS_STEP, WEBSITE_STEP), True)
	elif doc is not None and doc.doctype == SETTINGS:
		done[SETTINGS_STEP] = True
		done[WEBSITE_STEP] = any(doc.get(field) for field in ("join_url", *website.CHOICES))
	if not done[SHARING_STEP]:
		del done[SHARING_STEP]
	_write(done)


def _has(doctype: str, filters: dict[str, Any]) -> bool:
	return bool(frappe.get_all(doctype, filters, limit=1, pluck="name"))


def _write(done: dict[str, bool]) -> None:
	stored = dict(frappe.get_all(STEP, {"name": ("in", list(done))}, ["name", "is_complete"], as_list=True))
	for step, is_done in done.items():
		if step in stored and bool(stored[step]) != is_done:
			frappe.db.set_value(STEP, step, "is_complete", int(is_done))
