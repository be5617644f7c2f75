"""Goals in a group: one's own with their steps and reviews, and those that others show."""

from __future__ import annotations

from frappe import _

from mentor_ispe.portal import group_page
from mentor_ispe.services.groups import goals

no_cache = 1
EMPTY_STEPS = 3


def get_context(context):
	view = group_page.open_group(context, "goals")
	found = goals.goals_in(view.name, view.me.profile)
	own = [goal for goal in found if goal["profile"] == view.me.profile]
	context.mine = [{**goal, "rows": _rows(goal["steps"])} for goal in own]
	context.others = [goal for goal in found if goal["profile"] != view.me.profile]
	context.new_goal = {"name": "", "rows": _rows([]), "shared": 1}
	context.role = "Mentor" if view.me.role == "Mentor" else "Mentee"
	context.reviews = [(said, _(said)) for said in ("Achieved", "Partly Achieved", "Dropped")]
	return context


def _rows(steps: list[dict]) -> list[dict]:
	"""The steps there are, and empty rows for more."""
	return [*steps, *({"step": "", "due_on": None, "done": 0} for _row in range(EMPTY_STEPS))]
