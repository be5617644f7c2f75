"""What everyone may see: published programs."""

import frappe

from mentor_ispe.services import public_programs


@frappe.whitelist(allow_guest=True, methods=["GET"])
def programs() -> list[dict]:
	"""Published programs, by name, in the fields that describe them."""
	return public_programs.published()
