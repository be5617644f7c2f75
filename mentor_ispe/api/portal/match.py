"""The forms about a match: accept, decline, say whom one would like, ask a mentor."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from urllib.parse import quote

from frappe import _

from mentor_ispe.api.endpoint import SELDOM, endpoint
from mentor_ispe.permissions.gate import MATCH, MEMBER, enter
from mentor_ispe.portal import forms
from mentor_ispe.portal.forms import Done
from mentor_ispe.services.groups import answer
from mentor_ispe.services.matching import wishes
from mentor_ispe.services.members import profiles


@endpoint(MEMBER, form=True)
def accept(group: str = "") -> Done:
	"""Accept the seat one was proposed."""
	answer.accept(group, enter(group, MATCH))
	return Done(_("You have accepted. You are told when the others have answered."))


@endpoint(MEMBER, form=True)
def decline(group: str = "", reason: str = "") -> Done:
	"""Decline it, with a reason."""
	answer.decline(group, enter(group, MATCH), reason)
	return Done(
		_("You have declined. You two aren't proposed to each other again; another match follows."),
		"/mentoring",
	)


@endpoint(MEMBER, form=True)
def rank(cycle: str = "") -> Done:
	"""Keep whom one would like, most wanted first."""
	named = list(dict.fromkeys(forms.many("wish")))
	wishes.rank(profiles.own_profile(), cycle, "Mentee", named)
	return Done(_("Your wishes are kept."))


@endpoint(MEMBER, form=True, once=True, an_hour=SELDOM)
def ask(mentor: str = "") -> Done:
	"""Ask a mentor directly; the mentor answers as to any proposal."""
	group = wishes.ask(profiles.own_profile(), mentor)
	return Done(_("The mentor is asked; you are told the answer."), f"/mentoring/match/{quote(group.name)}")
