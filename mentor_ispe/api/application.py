"""An application as the members' pages have it: kept while it is typed, sent with what is signed, changed.

`mentor_ispe.api.member.apply` is the shorter way for programs. Who takes part as mentor and as mentee sends both
parts at once.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from typing import Literal

import frappe
from frappe import _

from mentor_ispe.api.endpoint import endpoint
from mentor_ispe.api.inputs import Names
from mentor_ispe.api.values import ApplicationValues
from mentor_ispe.domain.violations import N_
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.gate import MEMBER
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal import apply_page, membership_note
from mentor_ispe.portal.html_form import HOME, Asked, HtmlForm
from mentor_ispe.portal.times import Clock
from mentor_ispe.services.applications import commands, queries
from mentor_ispe.services.members import joining

Answers = dict[Literal["Mentor", "Mentee"], ApplicationValues]


@endpoint(MEMBER, form=HtmlForm())
def keep_draft(cycle: str, answers: Answers | None = None) -> dict:
	"""Keep the answers, by role, as far as they are given; the page says what comes back."""
	profile = own_profile()
	if not apply_page.find(cycle):
		frappe.throw(_("We couldn't find this program. Choose one on the Mentoring page."), exc=RuleViolation)
	kept = queries.draft_of(profile, cycle)
	for role, values in (answers or {}).items():
		kept[role] = values
	commands.keep_draft(profile, cycle, kept)
	return {"words": _("Saved.")}


@endpoint(MEMBER, form=HtmlForm(N_("Your draft has been deleted."), HOME))
def discard_draft(cycle: str) -> dict:
	"""Delete what was typed into an application that wasn't sent."""
	commands.discard_draft(own_profile(), cycle)
	return {"cycle": cycle}


def _application_page(_done: list[dict], asked: Asked) -> str:
	return apply_page.address(asked["cycle"])


@endpoint(MEMBER, form=HtmlForm(N_("Your application has been sent."), _application_page))
def send(cycle: str, role: str, signed: Names = None) -> list[dict]:
	"""Send the application that was kept, as "Mentor", "Mentee" or "Both", and sign these agreements."""
	profile = own_profile()
	parts = apply_page.ROLES.get(role)
	if not parts:
		frappe.throw(_("First choose how you would like to join."), exc=RuleViolation)
	if found := apply_page.find(cycle):
		membership = joining.membership_of(profile, frappe.session.user)
		membership_note.require_may_apply(membership, found[0], Clock.of(profile))
	kept = queries.draft_of(profile, cycle)
	sent = commands.send(profile, cycle, {part: kept.get(part, {}) for part in parts}, signed or ())
	return [{"doctype": doc.doctype, "name": doc.name, "status": doc.status} for doc in sent]


@endpoint(MEMBER, form=HtmlForm(N_("Your answers have been saved."), _application_page))
def change(cycle: str, answers: Answers) -> dict:
	"""Change the answers, by role, of an application that waits for its decision."""
	commands.change(own_profile(), cycle, answers)
	return {"cycle": cycle}
