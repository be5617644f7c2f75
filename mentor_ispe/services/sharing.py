"""What the people of a group see of each other: what each wrote into their own profile for others to read.

Only these fields; the address, the membership and the learning style aren't among them.
"""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe import _

from mentor_ispe.domain.violations import _ as marked

PROFILE = "Mentoring Profile"
# field → label; whoever leaves a field empty shares nothing there.
FIELDS = {
	"job_title": marked("Job"),
	"employer": marked("Employer"),
	"career_stage": marked("Career stage"),
	"industry": marked("Industry"),
	"city": marked("City"),
	"country": marked("Country"),
	"time_zone": marked("Time zone"),
	"languages": marked("Languages"),
	"topics": marked("Topics"),
	"biography": marked("About"),
}
TRANSLATED = ("career_stage", "country")
LISTS = {"languages": ("Mentoring Profile Language", "language"), "topics": ("Mentoring Topic Item", "topic")}


def shown_to_group(profiles: Collection[str]) -> dict[str, list[tuple[str, str]]]:
	"""Of each profile the (label, words) that its group reads, in the order of FIELDS; three queries."""
	names = list(profiles)
	if not names:
		return {}
	plain = [field for field in FIELDS if field not in LISTS]
	rows = frappe.get_all(PROFILE, {"name": ("in", names)}, ["name", *plain])
	for field, (doctype, column) in LISTS.items():
		found: dict[str, list[str]] = {}
		for item in frappe.get_all(
			doctype,
			{"parenttype": PROFILE, "parentfield": field, "parent": ("in", names)},
			["parent", column],
			order_by="parent, idx",
		):
			found.setdefault(item.parent, []).append(
				_(item[column]) if field == "languages" else item[column]
			)
		for row in rows:
			row[field] = ", ".join(found.get(row.name, ()))
	return {
		row.name: [
			(_(label), _(row[field]) if field in TRANSLATED else row[field])
			for field, label in FIELDS.items()
			if row[field]
		]
		for row in rows
	}
