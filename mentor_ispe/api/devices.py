"""Notifications on one's devices."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe

from mentor_ispe.api.endpoint import SELDOM, endpoint
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.gate import MEMBER
from mentor_ispe.permissions.own_session import own_profile, require_own_session
from mentor_ispe.portal.html_form import HtmlForm
from mentor_ispe.services.members import devices


@endpoint(MEMBER, an_hour=SELDOM)
def turn_on(address: str, public_key: str, secret: str) -> dict:
	"""Send notifications to this browser: what its `PushSubscription` says, keys in base64url."""
	require_own_session()
	user_agent = frappe.get_request_header("User-Agent") or ""
	cookie = devices.add(own_profile(), address, public_key, secret, user_agent)
	frappe.local.cookie_manager.set_cookie(
		devices.COOKIE, cookie, httponly=True, max_age=devices.COOKIE_SECONDS
	)
	return {"on": True}


@endpoint(MEMBER, form=HtmlForm(N_("This device no longer gets notifications.")))
def remove(device: str) -> dict:
	"""Send no more notifications to a device of one's own."""
	devices.remove(own_profile(), device)
	return {"device": device}
