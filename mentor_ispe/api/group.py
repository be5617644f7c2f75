"""What members do with their group as a whole: its charter, its end, going on, and its moderator.

The person is always the one signed in, and the group one that they know.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from dataclasses import asdict

import frappe

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.values import CharterValues
from mentor_ispe.permissions.gate import MEMBER, enter
from mentor_ispe.services.groups import charter as charters
from mentor_ispe.services.groups import ending, extension, moderator_queue, moderators
from mentor_ispe.services.members import profiles


@endpoint(MEMBER, methods=READS)
def charter(group: str) -> dict:
	"""The charter, its `version`, and who has agreed to it."""
	enter(group)
	return charters.read(group)


@endpoint(MEMBER)
def write_charter(group: str, values: CharterValues, version: str) -> dict:
	"""Write the charter, having read `version` of it; everybody is asked to agree to it anew."""
	profile = enter(group)
	charters.write(group, profile, values, version)
	return charters.read(group)


@endpoint(MEMBER)
def agree_to_charter(group: str, version: str) -> dict:
	"""Agree to the charter as `version` says it."""
	profile = enter(group)
	charters.agree(group, profile, version)
	return charters.read(group)


@endpoint(MEMBER)
def end(group: str, kind: str, reason: str, finished: bool = False) -> dict:
	"""End a pair, or as its mentor a group; `finished`: a mentee whose goals are met wants no other match."""
	profile = enter(group)
	return _group(ending.end(group, kind, reason, by=profile, finished=finished))


@endpoint(MEMBER)
def leave(group: str, reason: str) -> dict:
	"""Leave a group or circle that goes on with the others."""
	profile = enter(group)
	return _group(ending.leave(group, profile, reason))


@endpoint(MEMBER)
def finish(cycle: str) -> dict:
	"""After a group that ended because its goals were met: be done, instead of waiting for another match."""
	doc = ending.finish(profiles.own_profile(), cycle)
	return {"doctype": doc.doctype, "name": doc.name, "status": doc.status}


@endpoint(MEMBER, methods=READS)
def going_on(group: str) -> dict:
	"""Whether the group may go on in a next cycle, until when, and who has said what."""
	return extension.state(group, enter(group))


@endpoint(MEMBER)
def go_on(group: str, answer: str) -> dict:
	"""Say "Yes" or "No" to going on with this group in the next cycle."""
	profile = enter(group)
	extension.say(group, profile, answer)
	return extension.state(group, profile)


@endpoint(MEMBER, methods=READS)
def queue() -> list[dict]:
	"""What there is to do now in each group that one keeps going."""
	return [asdict(each) for each in moderator_queue.queue(profiles.own_profile())]


@endpoint(MEMBER, methods=READS)
def willing_moderators(group: str) -> list[dict]:
	"""Who in the group said they would moderate it, but for who does."""
	enter(group)
	doc = frappe.get_doc("Mentoring Group", group)
	return [{"profile": row.profile, "full_name": row.full_name} for row in moderators.willing(doc)]


@endpoint(MEMBER)
def hand_over(group: str, to: str) -> dict:
	"""Make another member (a profile) the moderator, as the moderator or the mentor."""
	profile = enter(group)
	return _group(moderators.hand_over(group, to, by=profile))


def _group(doc) -> dict:
	return {"name": doc.name, "title": doc.title, "status": doc.status}
