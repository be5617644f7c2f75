"""The forms of workshops."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from frappe import _

from mentor_ispe.api.endpoint import endpoint
from mentor_ispe.permissions.gate import MEMBER
from mentor_ispe.portal.forms import Done
from mentor_ispe.services.members.profiles import own_profile
from mentor_ispe.services.readiness import workshops


@endpoint(MEMBER, form=True)
def sign_up(workshop: str) -> Done:
	"""Sign up for a workshop, or for its waiting list."""
	profile = own_profile()
	doc = workshops.sign_up(workshop, profile)
	row = next((row for row in doc.participants if row.profile == profile), None)
	if row and row.status == "Waiting":
		return Done(_("The workshop is full: you are on the waiting list, and told when a place is free."))
	return Done(_("You have a place."))


@endpoint(MEMBER, form=True)
def give_back(workshop: str) -> Done:
	"""Give one's place back."""
	workshops.cancel(workshop, own_profile())
	return Done(_("You gave your place back."))
