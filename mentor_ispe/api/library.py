"""Workshops, the library and guest speakers over HTTP, for the person who is signed in."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe

from mentor_ispe.api.retry import retried
from mentor_ispe.services.library import resources, speakers
from mentor_ispe.services.members import profiles
from mentor_ispe.services.readiness import workshops
from mentor_ispe.services.sessions import seats


@frappe.whitelist(methods=["GET", "POST"])
@retried
def library(
	topic: str | None = None,
	audience: str | None = None,
	phase: str | None = None,
	program: str | None = None,
) -> list[dict]:
	"""What one may read, by phase."""
	return resources.library(
		profiles.own_profile(), topic or None, audience or None, phase or None, program or None
	)


@frappe.whitelist(methods=["GET", "POST"])
@retried
def for_group(group: str) -> list[dict]:
	"""What helps one's group in the phase it is in."""
	_belongs(group)
	return resources.resources_for(group)


@frappe.whitelist(methods=["GET", "POST"])
@retried
def my_workshops() -> list[dict]:
	"""Workshops that concern one, or that one signed up for."""
	return workshops.offered_to(profiles.own_profile())


@frappe.whitelist(methods=["POST"])
@retried
def sign_up(workshop: str) -> dict:
	"""Sign up for a workshop, or for its waiting list."""
	profile = profiles.own_profile()
	return _place(workshops.sign_up(workshop, profile), profile)


@frappe.whitelist(methods=["POST"])
@retried
def give_back(workshop: str) -> dict:
	"""Give one's place in a workshop back."""
	profile = profiles.own_profile()
	return _place(workshops.cancel(workshop, profile), profile)


@frappe.whitelist(methods=["GET", "POST"])
@retried
def speaker_requests(group: str) -> list[dict]:
	"""The requests of one's group for guest speakers, with the answers."""
	_belongs(group)
	return speakers.requests_of(group)


@frappe.whitelist(methods=["POST"])
@retried
def request_speaker(
	group: str,
	topic: str,
	message: str = "",
	wished_from: str | None = None,
	wished_until: str | None = None,
) -> dict:
	"""Ask for a guest speaker, as the mentor or moderator of a group."""
	profile = _belongs(group)
	return _request(
		speakers.request(group, profile, topic, message, wished_from or None, wished_until or None)
	)


@frappe.whitelist(methods=["POST"])
@retried
def take_back_request(request: str) -> dict:
	"""Take a request back, as the mentor or moderator of the group."""
	group = frappe.db.get_value("Guest Speaker Request", request, "mentoring_group")
	return _request(speakers.cancel(request, _belongs(group)))


def _belongs(group: str | None) -> str:
	"""The signed-in person's profile, when they hold a seat in the group."""
	profile = profiles.own_profile()
	seats.require(group or "", profile)
	return profile


def _place(doc, profile: str) -> dict:
	row = next((row for row in doc.participants if row.profile == profile), None)
	return {"name": doc.name, "title": doc.title, "status": row.status if row else ""}


def _request(doc) -> dict:
	return {"name": doc.name, "status": doc.status, "session": doc.session}
