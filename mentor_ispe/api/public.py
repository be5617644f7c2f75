"""What everyone may see: published programs, and resources that are for everyone."""

from typing import Any

import frappe
from werkzeug.wrappers import Response

from mentor_ispe.api.endpoint import GUEST_READS, endpoint
from mentor_ispe.permissions.gate import GUEST
from mentor_ispe.services.library import resources as library
from mentor_ispe.services.programs import queries

# The association's site asks at every visit; it changes a few times a year.
FRESH_SECONDS = 300


@endpoint(GUEST, methods=GUEST_READS)
def programs() -> list[dict]:
	"""Published programs, by name, in the fields that describe them."""
	return _to_keep(queries.published())


@endpoint(GUEST, methods=GUEST_READS)
def resources(topic: str | None = None, phase: str | None = None, program: str | None = None) -> list[dict]:
	"""Resources for everyone, in the order in which a group comes upon them."""
	return _to_keep(library.library(None, topic=topic or None, phase=phase or None, program=program or None))


def _to_keep(found: list[dict]) -> Any:
	"""An answer that whoever asked may keep for a while; asked again with its tag, it is "not modified"."""
	if not frappe.request:
		return found
	response = Response(frappe.as_json({"message": found}), content_type="application/json; charset=utf-8")
	# Not for caches that people share: Frappe sets the cookie of a guest's session with every answer.
	response.headers["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
	response.add_etag()
	return response.make_conditional(frappe.request)
