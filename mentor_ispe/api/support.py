"""What coordinators do for groups that run: workshops, guest speakers, concerns; over HTTP and in the Desk.

Every endpoint needs the role Mentoring Coordinator (or System Manager); a concern also needs that one isn't
in its group. A broken rule answers 417 with the reasons.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.inputs import Minutes, Moment
from mentor_ispe.permissions.gate import COORDINATOR_ONLY
from mentor_ispe.services import concerns
from mentor_ispe.services.library import speakers
from mentor_ispe.services.readiness import workshops


@endpoint(COORDINATOR_ONLY)
def announce(workshop: str) -> dict:
	"""Tell those whom a workshop concerns."""
	return _workshop(workshops.announce(workshop))


@endpoint(COORDINATOR_ONLY, most_items=5_000)
def attendance(workshop: str, attended: list[str]) -> dict:
	"""Note who came to a workshop, as profiles; the others who had a place missed it."""
	return _workshop(workshops.attendance(workshop, attended))


@endpoint(COORDINATOR_ONLY)
def cancel_workshop(workshop: str, reason: str) -> dict:
	"""Cancel a workshop."""
	return _workshop(workshops.call_off(workshop, reason))


@endpoint(COORDINATOR_ONLY, methods=READS)
def speaker_suggestions(request: str) -> list[dict]:
	"""Speakers for a request, best first."""
	frappe.has_permission("Guest Speaker Request", "read", request, throw=True)
	return speakers.suggestions(request)


@endpoint(COORDINATOR_ONLY)
def approach_speaker(request: str, speaker: str) -> dict:
	"""Note which speaker is being asked."""
	return _request(speakers.approach(request, speaker))


@endpoint(COORDINATOR_ONLY)
def arrange_speaker(
	request: str,
	starts_on: Moment,
	speaker: str | None = None,
	duration_minutes: Minutes = 0,
	mode: str = "",
	location: str = "",
	link: str = "",
	focus: str = "",
) -> dict:
	"""Plan the session with the speaker; everyone is invited."""
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


@endpoint(COORDINATOR_ONLY)
def decline_speaker(request: str, answer: str) -> dict:
	"""Say to the group that it can't be arranged."""
	return _request(speakers.decline(request, answer))


@endpoint(COORDINATOR_ONLY)
def cancel_speaker(request: str) -> dict:
	"""Close a request; a session that is arranged is cancelled with it."""
	return _request(speakers.cancel(request))


@endpoint(COORDINATOR_ONLY, private=True)
def take_step(
	concern: str,
	status: str | None = None,
	note: str = "",
	answer: str | None = None,
	assigned_to: str | None = None,
) -> dict:
	"""Move a concern on: `note` is for coordinators, `answer` for the person who raised it."""
	doc = concerns.take_step(concern, status or None, note, answer, assigned_to)
	return {"name": doc.name, "status": doc.status, "closed_on": doc.closed_on}


def _workshop(doc) -> dict:
	return {"name": doc.name, "status": doc.status, "places_taken": doc.places_taken}


def _request(doc) -> dict:
	return {"name": doc.name, "status": doc.status, "speaker": doc.speaker, "session": doc.session}
