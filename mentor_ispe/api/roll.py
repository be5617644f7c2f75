"""The membership roll over HTTP, for the system where an association keeps its members."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from dataclasses import asdict
from typing import Any

import frappe
from frappe import _

from mentor_ispe.api.endpoint import endpoint
from mentor_ispe.permissions.gate import permitted
from mentor_ispe.services.membership import roll
from mentor_ispe.services.membership.roll import ENTRY


@endpoint(permitted(ENTRY, "create", "write"), most_items=100_000)
def upsert(rows: list[Any] | str) -> dict[str, Any]:
	"""Insert or change up to 5,000 roll entries by member number; all or none.

	Each row has member_number, full_name, email, from_date and, if you like, to_date, chapter,
	membership_type, cancelled; days as 2027-01-31. Returns inserted, updated, unchanged. When a row is
	wrong: status 422 and errors, each with the number of the row, counted from 1, and messages.
	"""
	if not isinstance(rows, list):
		return _refused(422, _("Send the rows as a list of objects."))
	if len(rows) > roll.MOST_ROWS:
		return _refused(
			413, _("You sent {1} rows. Send at most {0} at a time.").format(roll.MOST_ROWS, len(rows))
		)
	loaded = roll.upsert(rows)
	if loaded.errors:
		frappe.local.response["http_status_code"] = 422
	return asdict(loaded)


def _refused(status: int, message: str) -> dict[str, Any]:
	frappe.local.response["http_status_code"] = status
	return asdict(roll.Loaded(errors=[{"row": None, "messages": [message]}]))
