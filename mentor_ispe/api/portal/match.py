"""The forms about a match: accept, decline, say whom one would like, ask a mentor."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from urllib.parse import quote

import frappe
from frappe import _

from mentor_ispe.api.retry import retried
from mentor_ispe.portal import forms
from mentor_ispe.portal.forms import Done, handled
from mentor_ispe.services.groups import answer
from mentor_ispe.services.matching import match_view, wishes
from mentor_ispe.services.members import profiles


@frappe.whitelist(methods=["POST"])
@handled
@retried
def accept(group: str = "") -> Done:
	"""Accept the seat one was proposed."""
	answer.accept(_own(group), profiles.own_profile())
	return Done(_("You have accepted. You are told when the others have answered."))


@frappe.whitelist(methods=["POST"])
@handled
@retried
def decline(group: str = "", reason: str = "") -> Done:
	"""Decline it, with a reason."""
	answer.decline(_own(group), profiles.own_profile(), reason)
	return Done(
		_("You have declined. You two aren't proposed to each other again; another match follows."),
		"/mentoring",
	)


@frappe.whitelist(methods=["POST"])
@handled
@retried
def rank(cycle: str = "") -> Done:
	"""Keep whom one would like, most wanted first."""
	named = list(dict.fromkeys(forms.many("wish")))
	wishes.rank(profiles.own_profile(), cycle, "Mentee", named)
	return Done(_("Your wishes are kept."))


@frappe.whitelist(methods=["POST"])
@handled
@retried
def ask(mentor: str = "") -> Done:
	"""Ask a mentor directly; the mentor answers as to any proposal."""
	group = wishes.ask(profiles.own_profile(), mentor)
	return Done(_("The mentor is asked; you are told the answer."), f"/mentoring/match/{quote(group.name)}")


def _own(group: str) -> str:
	"""The group's name, when the person may see this match; nobody is told whether another's exists."""
	if not match_view.look(group, profiles.own_profile(), frappe.session.user):
		raise frappe.PermissionError(_("There is no such match for you."))
	return group
