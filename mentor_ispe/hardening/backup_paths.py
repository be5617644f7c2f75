"""An address leads to no other folder than it says.

The hole: `/backups/..%2f..%2fany.file` hands a System Manager any file that the site's processes can read,
the key of the groups' notes and the configuration of other sites too. Seen on Frappe 15.101. This can go when
frappe.utils.response.send_private_file keeps to its folder.
"""

from __future__ import annotations

import frappe
from frappe import _


def refuse_ways_up() -> None:
	"""Refuse a request whose path, as it was decoded, has a part `..`; no page and no file has one."""
	if ".." in frappe.local.request.path.replace("\\", "/").split("/"):
		raise frappe.PermissionError(_("This page doesn't exist."))
