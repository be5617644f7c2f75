"""Workshops, the library and guest speakers over HTTP, for the person who is signed in."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe
from frappe import _

from mentor_ispe.api.endpoint import READS, SELDOM, endpoint
from mentor_ispe.api.inputs import DayOrNone
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.gate import MEMBER, READ, enter
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal.html_form import Asked, HtmlForm
from mentor_ispe.services.library import resources, speakers
from mentor_ispe.services.readiness import workshops


@endpoint(MEMBER, methods=READS)
def library(
	topic: str | None = None,
	audience: str | None = None,
	phase: str | None = None,
	program: str | None = None,
) -> list[dict]:
	"""What one may read, by phase."""
	return resources.library(own_profile(), topic or None, audience or None, phase or None, program or None)


@endpoint(MEMBER, methods=READS)
def for_group(group: str) -> list[dict]:
	"""What helps one's group in the phase it is in."""
	enter(group, READ)
	return resources.resources_for(group)


@endpoint(MEMBER, methods=READS)
def my_workshops() -> list[dict]:
	"""Workshops that concern one, or that one signed up for."""
	return workshops.offered_to(own_profile())


def _place_or_waiting(done: dict, _asked: Asked) -> str:
	if done["status"] == "Waiting":
		return _(
			"The workshop is full. You're on the waiting list, and we'll tell you when a place opens up."
		)
	return _("You have a place.")


@endpoint(MEMBER, form=HtmlForm(_place_or_waiting))
def sign_up(workshop: str) -> dict:
	"""Sign up for a workshop, or for its waiting list."""
	profile = own_profile()
	return _place(workshops.sign_up(workshop, profile), profile)


@endpoint(MEMBER, form=HtmlForm(N_("You no longer have a place.")))
def give_back(workshop: str) -> dict:
	"""Give one's place in a workshop back."""
	profile = own_profile()
	return _place(workshops.cancel(workshop, profile), profile)


@endpoint(MEMBER, methods=READS)
def speaker_requests(group: str) -> list[dict]:
	"""The requests of one's group for guest speakers, with the answers."""
	enter(group, READ)
	return speakers.requests_of(group)


@endpoint(
	MEMBER,
	once=True,
	an_hour=SELDOM,
	form=HtmlForm(
		N_("Your request has been sent. The coordinators will look for a speaker and reply to you.")
	),
)
def request_speaker(
	group: str,
	topic: str,
	message: str = "",
	wished_from: DayOrNone = None,
	wished_until: DayOrNone = None,
) -> dict:
	"""Ask for a guest speaker, as the mentor or moderator of a group."""
	profile = enter(group, READ)
	return _request(speakers.request(group, profile, topic, message, wished_from, wished_until))


@endpoint(MEMBER, form=HtmlForm(N_("Your request has been canceled.")))
def cancel_speaker_request(request: str) -> dict:
	"""Take a request back, as the mentor or moderator of the group."""
	group = frappe.db.get_value("Guest Speaker Request", request, "mentoring_group")
	return _request(speakers.cancel(request, enter(group, READ)))


def _place(doc, profile: str) -> dict:
	row = next((row for row in doc.participants if row.profile == profile), None)
	return {"name": doc.name, "title": doc.title, "status": row.status if row else ""}


def _request(doc) -> dict:
	return {"name": doc.name, "status": doc.status, "session": doc.session}
