"""The forms of feedback; five stars are kept as 1.0, so a star is a fifth."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from typing import Any

from frappe import _

from mentor_ispe.api.endpoint import SELDOM, endpoint
from mentor_ispe.permissions.gate import MEMBER
from mentor_ispe.portal import reading
from mentor_ispe.portal.forms import Done, entered
from mentor_ispe.services.feedback import give as giving
from mentor_ispe.services.members.profiles import own_profile

STARS = 5
WORDS = ("comment", "staff_comment", "going")
RATINGS = ("rating", "staff_rating")


@endpoint(MEMBER, form=True)
def give(request: str) -> Done:
	"""Answer what one was asked."""
	giving.give(own_profile(), _values(), request)
	return Done(_("Thank you. Your feedback is kept."))


@endpoint(MEMBER, form=True)
def change(feedback: str) -> Done:
	"""Change one's own answer."""
	values = _values()
	if "has_consent" in entered():
		values["may_publish"] = int("may_publish" in entered())
	giving.change(own_profile(), feedback, values)
	return Done(_("Your feedback is changed."))


@endpoint(MEMBER, form=True, once=True, an_hour=SELDOM)
def tell_story(group: str, story: str = "", may_publish: str = "") -> Done:
	"""Tell a success story of one's group."""
	giving.tell_story(own_profile(), story, group, None, may_publish == "1")
	return Done(_("Thank you for your story."))


def _values() -> dict[str, Any]:
	"""What the form says; a field that it didn't have stays as it is."""
	given = {name: values[0].strip() for name, values in entered().items() if values}
	values: dict[str, Any] = {name: given[name] for name in WORDS if name in given}
	for name in RATINGS:
		if name in given:
			values[name] = (reading.number(given[name], _("Stars")) or 0) / STARS
	return values
