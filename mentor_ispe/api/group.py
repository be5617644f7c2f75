"""What members do with their group as a whole: its charter, its end, going on, and its moderator.

The person is always the one signed in, and the group one that they know.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from dataclasses import asdict

import frappe
from frappe import _

from mentor_ispe.api.retry import retried
from mentor_ispe.services.groups import charter as charters
from mentor_ispe.services.groups import ending, extension, moderator_queue, moderators
from mentor_ispe.services.groups.group_people import seat_in
from mentor_ispe.services.members import profiles


@frappe.whitelist(methods=["GET", "POST"])
@retried
def charter(group: str) -> dict:
	"""The charter, its `version`, and who has agreed to it."""
	belongs(group)
	return charters.read(group)


@frappe.whitelist(methods=["POST"])
@retried
def write_charter(group: str, values: dict | str, version: str) -> dict:
	"""Write the charter, having read `version` of it; everybody is asked to agree to it anew."""
	profile = belongs(group)
	charters.write(group, profile, frappe.parse_json(values), version)
	return charters.read(group)


@frappe.whitelist(methods=["POST"])
@retried
def agree_to_charter(group: str, version: str) -> dict:
	"""Agree to the charter as `version` says it."""
	profile = belongs(group)
	charters.agree(group, profile, version)
	return charters.read(group)


@frappe.whitelist(methods=["POST"])
@retried
def end(group: str, kind: str, reason: str, finished: bool | int = 0) -> dict:
	"""End a pair, or as its mentor a group; `finished`: a mentee whose goals are met wants no other match."""
	profile = belongs(group)
	return _group(ending.end(group, kind, reason, by=profile, finished=bool(frappe.utils.cint(finished))))


@frappe.whitelist(methods=["POST"])
@retried
def leave(group: str, reason: str) -> dict:
	"""Leave a group or circle that goes on with the others."""
	profile = belongs(group)
	return _group(ending.leave(group, profile, reason))


@frappe.whitelist(methods=["POST"])
@retried
def finish(cycle: str) -> dict:
	"""After a group that ended because its goals were met: be done, instead of waiting for another match."""
	doc = ending.finish(profiles.own_profile(), cycle)
	return {"doctype": doc.doctype, "name": doc.name, "status": doc.status}


@frappe.whitelist(methods=["GET", "POST"])
@retried
def going_on(group: str) -> dict:
	"""Whether the group may go on in a next cycle, until when, and who has said what."""
	return extension.state(group, belongs(group))


@frappe.whitelist(methods=["POST"])
@retried
def go_on(group: str, answer: str) -> dict:
	"""Say "Yes" or "No" to going on with this group in the next cycle."""
	profile = belongs(group)
	extension.say(group, profile, answer)
	return extension.state(group, profile)


@frappe.whitelist(methods=["GET", "POST"])
@retried
def queue() -> list[dict]:
	"""What there is to do now in each group that one keeps going."""
	return [asdict(each) for each in moderator_queue.queue(profiles.own_profile())]


@frappe.whitelist(methods=["GET", "POST"])
@retried
def willing_moderators(group: str) -> list[dict]:
	"""Who in the group said they would moderate it, but for who does."""
	belongs(group)
	doc = frappe.get_doc("Mentoring Group", group)
	return [{"profile": row.profile, "full_name": row.full_name} for row in moderators.willing(doc)]


@frappe.whitelist(methods=["POST"])
@retried
def hand_over(group: str, to: str) -> dict:
	"""Make another member (a profile) the moderator, as the moderator or the mentor."""
	profile = belongs(group)
	return _group(moderators.hand_over(group, to, by=profile))


def belongs(group: str) -> str:
	"""The profile of the signed-in person, who sits in the group, or did until it closed.

	What the group says to each other isn't for those who left it, nor for those who were only asked.
	"""
	profile = profiles.own_profile()
	frappe.has_permission("Mentoring Group", "read", group, throw=True)
	seat = seat_in(group, profile)
	if seat is None or seat.status in ("Proposed", "Withdrawn"):
		raise frappe.PermissionError(_("You hold no seat in this group."))
	return profile


def _group(doc) -> dict:
	return {"name": doc.name, "title": doc.title, "status": doc.status}
