"""The forms of one's goals."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from frappe import _
from frappe.utils import cint

from mentor_ispe.api.endpoint import endpoint
from mentor_ispe.permissions.gate import MEMBER
from mentor_ispe.portal import reading
from mentor_ispe.portal.forms import Done
from mentor_ispe.services.groups import goals
from mentor_ispe.services.members.profiles import own_profile


@endpoint(MEMBER, form=True, once=True)
def save(
	name: str = "",
	group: str = "",
	role: str = "",
	title: str = "",
	description: str = "",
	target_date: str = "",
	progress: str = "",
	shared: str = "",
) -> Done:
	"""Set a goal in a group, or change one's own called `name`."""
	values = {
		"title": title,
		"description": description,
		"target_date": reading.day(target_date),
		"shared": cint(shared),
		"steps": _steps(),
	}
	percent = reading.number(progress, _("Progress"))
	if percent is not None:
		values["progress"] = percent
	goals.save_goal(own_profile(), values, name or None, group or None, None, role or None)
	return Done(_("Your goal is kept."))


@endpoint(MEMBER, form=True)
def tick(name: str, step: str = "", done: str = "1") -> Done:
	"""Say whether a step is done."""
	goals.tick(own_profile(), name, reading.number(step, _("Step")) or 0, done == "1")
	return Done(_("Noted."))


@endpoint(MEMBER, form=True)
def review(name: str, status: str = "", review: str = "") -> Done:
	"""Look at one's goal again."""
	goals.review_goal(own_profile(), name, status, review)
	return Done(_("Your review is kept."))


@endpoint(MEMBER, form=True)
def reopen(name: str) -> Done:
	"""Go on with a goal after a review."""
	goals.reopen(own_profile(), name)
	return Done(_("The goal is open again."))


def _steps() -> list[dict]:
	"""The rows of the form that say something, in their order."""
	until, done = reading.under("until"), reading.under("done")
	return [
		{"step": text, "due_on": reading.day(until.get(row)), "done": cint(done.get(row))}
		for row, text in reading.under("step").items()
		if text
	]
