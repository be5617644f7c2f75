"""Feedback in a group: what one was asked, what one gave, what people said to the group, and a story."""

from __future__ import annotations

from frappe import _

from mentor_ispe.domain.feedback.kinds import KINDS
from mentor_ispe.permissions.own_session import sign_in_words
from mentor_ispe.portal import group_page
from mentor_ispe.services.feedback import queries
from mentor_ispe.services.feedback.queries import of_group

no_cache = 1


def get_context(context):
	view = group_page.open_group(context, "feedback")
	context.sign_in = sign_in_words()
	context.owed, context.given = of_group(view.me.profile, view.name, view.group.cycle)
	context.others = []
	if view.reads:
		said = queries.said_to_group(view.name)
		context.others = [row for row in said if row["profile"] != view.me.profile]
	context.update_kind, context.update_due = (view.writes and queries.next_update(view.group, view.me)) or (
		"",
		None,
	)
	if any(row["kind"] == context.update_kind for row in context.owed):
		context.update_kind = ""  # it is asked for above
	context.kinds = KINDS
	context.going = [
		("", _("No answer")),
		*((state, _(state)) for state in ("On Track", "Needs Attention", "Not Working")),
	]
	return context
