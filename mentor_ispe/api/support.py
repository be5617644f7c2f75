"""What coordinators do for groups that run: workshops, guest speakers, concerns; over HTTP and in the Desk.

Every endpoint needs the role Mentoring Coordinator (or System Manager); a concern also needs that one isn't
in its group. A broken rule answers 417 with the reasons.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe

from mentor_ispe.api.coordinator import ROLES
from mentor_ispe.api.retry import retried
from mentor_ispe.services.concerns import concerns
from mentor_ispe.services.library import speakers
from mentor_ispe.services.readiness import workshops


@frappe.whitelist(methods=["POST"])
@retried
def announce(workshop: str) -> dict:
	"""Tell those whom a workshop concerns."""
	frappe.only_for(ROLES)
	return _workshop(workshops.announce(workshop))


@frappe.whitelist(methods=["POST"])
@retried
def attendance(workshop: str, attended: list[str] | str) -> dict:
	"""Note who came to a workshop, as profiles; the others who had a place missed it."""
	frappe.only_for(ROLES)
	return _workshop(workshops.attendance(workshop, frappe.parse_json(attended)))


@frappe.whitelist(methods=["POST"])
@retried
def call_off(workshop: str, reason: str) -> dict:
	"""Cancel a workshop."""
	frappe.only_for(ROLES)
	return _workshop(workshops.call_off(workshop, reason))


@frappe.whitelist(methods=["GET", "POST"])
@retried
def speaker_suggestions(request: str) -> list[dict]:
	"""Speakers for a request, best first."""
	frappe.only_for(ROLES)
	return speakers.suggestions(request)


@frappe.whitelist(methods=["POST"])
@retried
def approach_speaker(request: str, speaker: str) -> dict:
	"""Note which speaker is being asked."""
	frappe.only_for(ROLES)
	return _request(speakers.approach(request, speaker))


@frappe.whitelist(methods=["POST"])
@retried
def arrange_speaker(
	request: str,
	starts_on: str,
	speaker: str | None = None,
	duration_minutes: int = 0,
	mode: str = "",
	location: str = "",
	link: str = "",
	focus: str = "",
) -> dict:
	"""Plan the session with the speaker; everyone is invited."""
	frappe.only_for(ROLES)
	return _request(
		speakers.arrange(
			request,
			starts_on,
			speaker or None,
			duration_minutes=duration_minutes,
			mode=mode,
			location=location,
			link=link,
			focus=focus,
		)
	)


@frappe.whitelist(methods=["POST"])
@retried
def decline_speaker(request: str, answer: str) -> dict:
	"""Say to the group that it can't be arranged."""
	frappe.only_for(ROLES)
	return _request(speakers.decline(request, answer))


@frappe.whitelist(methods=["POST"])
@retried
def cancel_speaker(request: str) -> dict:
	"""Close a request; a session that is arranged is cancelled with it."""
	frappe.only_for(ROLES)
	return _request(speakers.cancel(request))


@frappe.whitelist(methods=["POST"])
@retried
def take_step(
	concern: str,
	status: str | None = None,
	note: str = "",
	answer: str | None = None,
	assigned_to: str | None = None,
) -> dict:
	"""Move a concern on: `note` is for coordinators, `answer` for the person who raised it."""
	frappe.only_for(ROLES)
	doc = concerns.take_step(concern, status or None, note, answer, assigned_to)
	return {"name": doc.name, "status": doc.status, "closed_on": doc.closed_on}


def _workshop(doc) -> dict:
	return {"name": doc.name, "status": doc.status, "places_taken": doc.places_taken}


def _request(doc) -> dict:
	return {"name": doc.name, "status": doc.status, "speaker": doc.speaker, "session": doc.session}
