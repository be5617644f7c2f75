"""Who may read and write the conversation of a group."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.groups import group_view
from mentor_ispe.services.groups.group_view import View


def require_reader(group: str, profile: str) -> View:
	"""The group for somebody who reads its conversation; PermissionError for everybody else, group or not."""
	view = group_view.look(group, profile)
	if view is None or not view.standing.reads:
		raise frappe.PermissionError(_("Only people in the group can see this."))
	return view


def require_writer(group: str, profile: str) -> View:
	"""The group for somebody who writes in its conversation; says why where one only reads it."""
	view = require_reader(group, profile)
	if not view.standing.writes:
		frappe.throw(why_read_only(view), exc=RuleViolation)
	return view


def why_read_only(view: View) -> str:
	"""Why the reader can't write, and what to do; empty for those who can."""
	if view.standing.writes:
		return ""
	if view.running:
		return _(
			"Your place is on hold, so you can read but not write. Renew your membership to write again."
		)
	return _("Your group has ended. You can still read its messages.")
