"""The forms of a group as a whole: charter, guest speaker, going on, handing over, ending, leaving, concerns."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe
from frappe import _

from mentor_ispe.api.endpoint import SELDOM, endpoint
from mentor_ispe.permissions.gate import MEMBER, READ, enter
from mentor_ispe.portal import reading, words
from mentor_ispe.portal.forms import Done
from mentor_ispe.portal.group_page import GROUPS
from mentor_ispe.services.concerns import concerns
from mentor_ispe.services.groups import charter as charters
from mentor_ispe.services.groups import ending, extension, moderators
from mentor_ispe.services.library import speakers
from mentor_ispe.services.members import profiles


@endpoint(MEMBER, form=True)
def write_charter(
	group: str,
	version: str = "",
	expectations: str = "",
	boundaries: str = "",
	every: str = "",
	unit: str = "",
	place: str = "",
	charter: str = "",
) -> Done:
	"""Write the charter, having read `version` of it."""
	profile = enter(group)
	values = {
		"charter_expectations": expectations.replace("\r\n", "\n"),
		"charter_boundaries": boundaries.replace("\r\n", "\n"),
		"charter_meet_every": reading.number(every, _("Every")) or 0,
		"charter_meet_every_unit": unit,
		"charter_place": place.replace("\r\n", "\n"),
	}
	stored = frappe.db.get_value("Mentoring Group", group, "charter")
	if charter.replace("\r\n", "\n").strip() != words.to_text(stored):
		values["charter"] = words.to_html(charter)
	charters.write(group, profile, values, version)
	return Done(_("The charter is written. Everyone is asked to agree to it."))


@endpoint(MEMBER, form=True)
def agree(group: str, version: str = "") -> Done:
	"""Agree to the charter as `version` says it."""
	charters.agree(group, enter(group), version)
	return Done(_("You agreed to the charter."))


@endpoint(MEMBER, form=True, once=True, an_hour=SELDOM)
def request_speaker(
	group: str, topic: str = "", message: str = "", wished_from: str = "", wished_until: str = ""
) -> Done:
	"""Ask for a guest speaker."""
	profile = enter(group, READ)
	speakers.request(group, profile, topic, message, reading.day(wished_from), reading.day(wished_until))
	return Done(_("Your request is sent. The coordinators look for a speaker and answer you."))


@endpoint(MEMBER, form=True)
def take_back_request(request: str) -> Done:
	"""Take a request for a guest speaker back."""
	group = frappe.db.get_value("Guest Speaker Request", request, "mentoring_group")
	speakers.cancel(request, enter(group, READ))
	return Done(_("The request is taken back."))


@endpoint(MEMBER, form=True)
def go_on(group: str, answer: str = "") -> Done:
	"""Say whether one goes on with this group in the next cycle."""
	extension.say(group, enter(group), answer)
	return Done(_("Your answer is kept."))


@endpoint(MEMBER, form=True)
def hand_over(group: str, to: str = "") -> Done:
	"""Make another member the moderator."""
	moderators.hand_over(group, to, by=enter(group))
	return Done(_("The group has a new moderator, who is told."))


@endpoint(MEMBER, form=True)
def end(group: str, kind: str = "", reason: str = "", finished: str = "") -> Done:
	"""End a pair, or as its mentor a group."""
	ending.end(group, kind, reason, by=enter(group), finished=finished == "1")
	return Done(_("The group has ended. Everyone is told."), GROUPS)


@endpoint(MEMBER, form=True)
def leave(group: str, reason: str = "") -> Done:
	"""Leave a group that goes on with the others."""
	ending.leave(group, enter(group), reason)
	return Done(_("You have left the group."), GROUPS)


@endpoint(MEMBER, form=True)
def finish(cycle: str) -> Done:
	"""Be done, after a group that ended because its goals were met."""
	ending.finish(profiles.own_profile(), cycle)
	return Done(_("You are done with {0}. Thank you for taking part.").format(cycle))


@endpoint(MEMBER, form=True, once=True, an_hour=SELDOM)
def raise_concern(group: str, concern: str = "", kind: str = "Something Else") -> Done:
	"""Raise a concern; the coordinators who aren't in the group read it, and nobody else."""
	concerns.raise_concern(group, profiles.own_profile(), kind, concern)
	return Done(_("Your concern has reached the coordinators. You find their answer on this page."))
