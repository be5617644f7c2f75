"""A person's calendar: the feed that calendar programs fetch, and its address."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe
from werkzeug.wrappers import Response

from mentor_ispe.api.endpoint import GUEST_READS, READS, endpoint
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.gate import GUEST, MEMBER, READ, enter
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal.html_form import HtmlForm
from mentor_ispe.readings.meetings import group_of
from mentor_ispe.services.sessions import calendar_feed

# Calendars ask every few hours; within this time the answer they have is good enough.
FRESH_SECONDS = 900


@endpoint(GUEST, methods=GUEST_READS)
def feed(token: str = "") -> Response:
	"""The calendar under this address (text/calendar); 404 without a word for any other token."""
	found = calendar_feed.read(token)
	if not found:
		return Response(status=404)
	response = Response(found.text, content_type="text/calendar; charset=utf-8")
	response.headers["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
	response.headers["Content-Disposition"] = "inline; filename=mentoring.ics"
	response.set_etag(found.tag)
	return response.make_conditional(frappe.request) if frappe.request else response


@endpoint(MEMBER, methods=READS)
def meeting(session: str) -> Response:
	"""A meeting of one's group as a file for one's calendar (text/calendar); 404 for whoever isn't on its list."""
	file = calendar_feed.meeting(session, enter(group_of(session), READ))
	if not file:
		return Response(status=404)
	response = Response(file, content_type="text/calendar; charset=utf-8")
	response.headers["Content-Disposition"] = "attachment; filename=meeting.ics"
	return response


@endpoint(MEMBER, methods=READS)
def address() -> dict:
	"""The address of one's own calendar."""
	return {"address": calendar_feed.address(own_profile())}


@endpoint(MEMBER, form=HtmlForm(N_("Your calendar has a new address. The old one no longer works.")))
def renew() -> dict:
	"""A new address; the old one stops at once."""
	return {"address": calendar_feed.renew(own_profile())}
