"""What members do with their group as a whole: its charter, its end, going on, and its moderator.

The person is always the one signed in, and the group one that they know.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from dataclasses import asdict

import frappe
from frappe import _

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.inputs import Day, DayOrNone, Flag
from mentor_ispe.api.values import CharterValues
from mentor_ispe.domain.pages import GROUPS
from mentor_ispe.domain.plain_text import editor_text
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.gate import MEMBER, WRITE, enter
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal.html_form import Asked, HtmlForm
from mentor_ispe.services.groups import charter as charters
from mentor_ispe.services.groups import ending, extension, moderator_queue, moderators, pauses


@endpoint(MEMBER, methods=READS)
def charter(group: str) -> dict:
	"""The charter, its `version`, and who has agreed to it."""
	enter(group)
	return charters.read(group)


def _without_same_words(asked: Asked) -> Asked:
	"""Words that weren't changed in the form keep the markup that they have from the Desk."""
	stored = frappe.db.get_value("Mentoring Group", asked["group"], "charter")
	if editor_text(asked["values"].get("charter")) == editor_text(stored):
		asked["values"].pop("charter", None)
	return asked


@endpoint(
	MEMBER,
	form=HtmlForm(
		N_("The charter has been saved. The others will be asked to agree to it."), fields=_without_same_words
	),
)
def write_charter(group: str, values: CharterValues, version: str) -> dict:
	"""Write the charter, having read `version` of it; the others are asked to agree to it anew."""
	profile = enter(group)
	charters.write(group, profile, values, version)
	return charters.read(group)


@endpoint(MEMBER, form=HtmlForm(N_("You agreed to the charter.")))
def agree_to_charter(group: str, version: str) -> dict:
	"""Agree to the charter as `version` says it."""
	profile = enter(group)
	charters.agree(group, profile, version)
	return charters.read(group)


@endpoint(MEMBER, form=HtmlForm(N_("The group has ended. Everyone will be told."), GROUPS))
def end(group: str, kind: str, reason: str, finished: bool = False) -> dict:
	"""End a pair, or as its mentor a group; `finished`: a mentee whose goals are met wants no other match."""
	profile = enter(group)
	return _group(ending.end(group, kind, reason, by=profile, finished=finished))


@endpoint(MEMBER, form=HtmlForm(N_("You have left the group."), GROUPS))
def leave(group: str, reason: str) -> dict:
	"""Leave a group or circle that goes on with the others."""
	profile = enter(group)
	return _group(ending.leave(group, profile, reason))


def _thanks(_done: dict, asked: Asked) -> str:
	return _("You're done with {0}. Thank you for being part of it.").format(asked["cycle"])


@endpoint(MEMBER, form=HtmlForm(_thanks))
def complete_participation(cycle: str) -> dict:
	"""After a group that ended because its goals were met: be done, instead of waiting for another match."""
	doc = ending.finish(own_profile(), cycle)
	return {"doctype": doc.doctype, "name": doc.name, "status": doc.status}


@endpoint(MEMBER, methods=READS)
def going_on(group: str) -> dict:
	"""Whether the group may go on in a next cycle, until when, and who has said what."""
	return extension.state(group, enter(group))


@endpoint(MEMBER, form=HtmlForm(N_("Your answer has been saved.")))
def go_on(group: str, answer: str) -> dict:
	"""Say "Yes" or "No" to going on with this group in the next cycle."""
	profile = enter(group)
	extension.say(group, profile, answer)
	return extension.state(group, profile)


@endpoint(MEMBER, form=HtmlForm(N_("Your pause has been saved. The others will be told.")))
def pause(group: str, returns_on: Day, first: DayOrNone = None) -> dict:
	"""Be away from `first` (else today) until the day of return: one's seat stays, and nothing reminds one."""
	profile = enter(group, WRITE)
	return _group(pauses.pause(group, profile, returns_on, first))


@endpoint(MEMBER, form=HtmlForm(N_("Welcome back. You'll be invited to the meetings again.")))
def come_back(group: str) -> dict:
	"""End one's pause today, or forget one to come."""
	profile = enter(group, WRITE)
	return _group(pauses.come_back(group, profile))


@endpoint(MEMBER, methods=READS)
def moderator_tasks() -> list[dict]:
	"""What there is to do now in each group that one keeps going."""
	return [asdict(each) for each in moderator_queue.queue(own_profile())]


@endpoint(MEMBER, methods=READS)
def willing_moderators(group: str) -> list[dict]:
	"""Who in the group said they would moderate it, but for who does."""
	enter(group)
	doc = frappe.get_doc("Mentoring Group", group)
	return [{"profile": row.profile, "full_name": row.full_name} for row in moderators.willing(doc)]


@endpoint(MEMBER, form=HtmlForm(N_("Your answer has been saved.")))
def offer_to_moderate(group: str, would: Flag = 0) -> dict:
	"""Say whether one would moderate one's running group; who moderates it now, or mentors it, hands it over."""
	profile = enter(group, WRITE)
	moderators.offer(group, profile, bool(would))
	return {"would": bool(would)}


@endpoint(MEMBER, form=HtmlForm(N_("The group has a new moderator. We'll tell them.")))
def hand_over(group: str, to: str) -> dict:
	"""Make another member (a profile) the moderator, as the moderator or the mentor."""
	profile = enter(group)
	return _group(moderators.hand_over(group, to, by=profile))


def _group(doc) -> dict:
	return {"name": doc.name, "title": doc.title, "status": doc.status}
