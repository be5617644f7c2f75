"""The members' pages on a home screen."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe
from frappe import _
from frappe.website.doctype.website_theme.website_theme import get_active_theme
from werkzeug.wrappers import Response

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.inputs import Count
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.gate import GUEST
from mentor_ispe.portal import icon as icons


@endpoint(GUEST, methods=READS)
def icon(size: Count = icons.TOUCH, v: str = "") -> Response:
	"""The site's icon as PNG, 180, 192 or 512 pixels wide; `v` makes another icon another address."""
	sizes = (icons.TOUCH, *icons.SIZES)
	if size not in sizes:
		frappe.throw(_("Icons are {0} pixels wide.").format(", ".join(map(str, sizes))), exc=RuleViolation)
	response = Response(icons.icon(get_active_theme(), size), mimetype="image/png")
	# Frappe sends the session with every answer, and this one may be kept for others.
	frappe.local.cookie_manager.cookies.clear()
	response.headers["Cache-Control"] = f"public, max-age={icons.KEPT_SECONDS}"
	return response
