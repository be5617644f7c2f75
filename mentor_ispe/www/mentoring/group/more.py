"""What changes a group: guest speaker, going on, the moderator's role, a pause, ending and leaving."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.domain import pauses
from mentor_ispe.portal import group_page
from mentor_ispe.services.groups import ending, extension, moderators
from mentor_ispe.services.library import speakers

no_cache = 1


def get_context(context):
	view = group_page.open_group(context, "more")
	context.requests = speakers.requests_of(view.name)
	context.may_request = view.writes and view.in_charge and bool(view.program.guest_speakers_per_year)
	if context.may_request:
		topics = frappe.get_all("Mentoring Topic", pluck="name", order_by="name", limit=0)
		context.topics = [("", _("Choose a topic")), *((topic, topic) for topic in topics)]
	context.going_on = extension.state(view.name, view.me.profile) if view.program.may_extend else None
	context.willing = []
	moderated = bool(view.moderator or view.program.requires_moderator or view.group.format == "Group")
	context.may_hand_over = view.writes and view.in_charge and not view.pair and moderated
	context.may_offer = (
		view.writes and moderated and not (view.pair or view.me.is_mentor or view.me.is_moderator)
	)
	context.would = context.may_offer and moderators.is_willing(view.me.person)
	if context.may_hand_over:
		doc = frappe.get_doc("Mentoring Group", view.name)
		context.willing = [(row.profile, row.full_name) for row in moderators.willing(doc)]
	context.may_end = view.writes and (view.pair or view.me.role == "Mentor")
	# The last mentor doesn't leave: the group can't go on without.
	others = [one for one in view.mentors if one.status == "Active" and one.profile != view.me.profile]
	context.may_leave = view.writes and not view.pair and (view.me.role != "Mentor" or bool(others))
	context.pause = pauses.current(view.me.pauses, context.today)
	context.kinds = [(kind, _(kind)) for kind in ending.KINDS_OF_MEMBERS]
	return context
