"""No traceback leaves the site, but for System Managers and in developer mode.

The hole: with its default settings Frappe puts the traceback of every refusal into the answer, with the
lines of the code and what was asked of the database. Seen on Frappe 15.101. This can go when the setting
"Allow Traceback in Error" is off on a new site.
"""

from __future__ import annotations

import frappe

from mentor_ispe.hardening import keeps_the_site


def hide() -> None:
	"""Called before anything is known of who is asking."""
	frappe.local.flags.disable_traceback = not frappe.conf.developer_mode


def show_to_system_managers() -> None:
	"""Called once the user of the request is known."""
	if keeps_the_site():
		frappe.local.flags.disable_traceback = False
