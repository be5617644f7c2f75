"""Whose group it is: who may read, and who may write, what a group plans and says."""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe import _

from mentor_ispe.services.groups.group_people import people_of

READ = ("Active", "Suspended", "Completed")
WRITE = ("Active",)


def require(group: str, profile: str, statuses: Collection[str] = READ) -> None:
	"""Refuse unless `profile` holds a seat of the group in one of these states."""
	if profile not in people_of(group, statuses):
		raise frappe.PermissionError(
			_("This is for those who hold an active seat in the group.")
			if set(statuses) == set(WRITE)
			else _("What a group says stays in the group.")
		)
