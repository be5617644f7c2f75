"""Groups made before this number was kept get it: how many people haven't answered yet."""

from __future__ import annotations

from collections import Counter

import frappe

GROUP, MEMBER = "Mentoring Group", "Mentoring Group Member"


def execute() -> None:
	"""Count the seats proposed in open groups; the same again when it runs twice."""
	open_groups = frappe.get_all(
		GROUP, {"status": ["in", ["Proposed", "Active"]]}, ["name", "mentor", "mentor_status"]
	)
	names = [group.name for group in open_groups]
	rows = frappe.get_all(
		MEMBER,
		{"parenttype": GROUP, "parent": ["in", names or [""]], "status": "Proposed"},
		pluck="parent",
		order_by=None,
	)
	counts = Counter(rows)
	counts.update(group.name for group in open_groups if group.mentor and group.mentor_status == "Proposed")
	for number in sorted(set(counts.values())):
		those = [name for name in counts if counts[name] == number]
		frappe.db.set_value(GROUP, {"name": ["in", those]}, "unanswered", number, update_modified=False)
