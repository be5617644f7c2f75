"""Files of ours, handed to those who may have them; nobody gets one by its address alone."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe
from frappe import _
from werkzeug.wrappers import Response

from mentor_ispe.api.endpoint import endpoint
from mentor_ispe.permissions.gate import GUEST, signed_in_profile
from mentor_ispe.services.library import resources


def private_file(response: Response, cached: str) -> Response:
	"""A file of one's group as the answer: no other's cache keeps it, and nothing of it runs in a browser."""
	response.headers["Cache-Control"] = f"private, {cached}"
	response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
	return response


@endpoint(GUEST, methods=("GET",))
def download(resource: str) -> Response:
	"""The file of a resource of the library, for everybody who may read the resource.

	One that isn't there and one that is for others are refused alike.
	"""
	staff = frappe.has_permission(resources.RESOURCE, "read")
	if not staff and not resources.may_read(resource, signed_in_profile()):
		frappe.throw(
			_("This file is for people in a program. Sign in, then open it from the library."),
			exc=frappe.PermissionError,
		)
	return resources.handed_out(resource)
