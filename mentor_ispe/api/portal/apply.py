"""The forms of an application: keep what was typed, sign and send, change it while it is looked at."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe
from frappe import _

from mentor_ispe.api.endpoint import endpoint
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.gate import MEMBER
from mentor_ispe.portal import apply_page, forms, reading
from mentor_ispe.portal.forms import Done
from mentor_ispe.services.applications import drafts, sign_up
from mentor_ispe.services.members import profiles
from mentor_ispe.services.readiness import agreements


@endpoint(MEMBER, form=True)
def keep(cycle: str = "", role: str = "") -> Done:
	"""Keep the answers, and go on to what is signed."""
	_keep(cycle, role)
	return Done("", apply_page.address(cycle, **{"step": "agreements", "as": role}))


@endpoint(MEMBER)
def keep_quietly(cycle: str = "", role: str = "") -> dict:
	"""Keep the answers while they are typed; the page says what comes back."""
	_keep(cycle, role)
	return {"words": _("Kept.")}


@endpoint(MEMBER, form=True)
def send(cycle: str = "", role: str = "") -> Done:
	"""Sign what was ticked and send the application with the answers that were kept."""
	profile = profiles.own_profile()
	kept = drafts.draft_of(profile, cycle)
	answers = {each: kept.get(each, {}) for each in _parts(role)}
	sign_up.send(profile, cycle, answers, forms.many("signed"))
	return Done(_("Your application is sent."), apply_page.address(cycle))


@endpoint(MEMBER, form=True)
def change(cycle: str = "", role: str = "") -> Done:
	"""Change the answers of an application that waits for its decision."""
	sign_up.change(profiles.own_profile(), cycle, _answers(role))
	return Done(_("Your answers are saved."), apply_page.address(cycle))


@endpoint(MEMBER, form=True, once=True)
def sign(agreement: str = "", cycle: str = "", read: str = "") -> Done:
	"""Sign one agreement; with `cycle` anew, for a group that goes on in it."""
	if not read:
		frappe.throw(_("Tick that you have read it and agree."), exc=RuleViolation)
	if not frappe.db.exists("Mentoring Agreement", agreement):
		frappe.throw(_("There is no such agreement."), exc=RuleViolation)
	agreements.sign(agreement, profiles.own_profile(), cycle or None)
	return Done(_("Signed."))


def _keep(cycle: str, role: str) -> None:
	profile = profiles.own_profile()
	if not apply_page.find(cycle):
		frappe.throw(_("There is no such program to apply to."), exc=RuleViolation)
	drafts.keep(profile, cycle, {**drafts.draft_of(profile, cycle), **_answers(role)})


def _parts(role: str) -> tuple[str, ...]:
	parts = apply_page.ROLES.get(role)
	if not parts:
		frappe.throw(_("Say first as what you would like to take part."), exc=RuleViolation)
	return parts


def _answers(role: str) -> dict[str, dict]:
	"""The answers of the posted form, by role, as services.apply wants them."""
	sent, answers = forms.entered(), {}

	def typed(name: str) -> str:
		return (sent.get(name) or [""])[0].strip()

	for part in _parts(role):
		if part == "Mentor":
			answers[part] = {
				"seats_offered": reading.number(typed("seats_offered"), _("Mentees at most")) or 0,
				"topics": forms.many("mentor_topics"),
				"motivation": typed("motivation"),
				"goals": typed("mentor_goals"),
			}
		else:
			answers[part] = {
				"topics": forms.many("mentee_topics"),
				"goals": typed("mentee_goals"),
				"willing_to_moderate": int(bool(typed("willing_to_moderate"))),
			}
	return answers
