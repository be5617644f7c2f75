"""What members do to take part, for themselves only: the person is always the one signed in."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from typing import cast
from urllib.parse import quote

import frappe
from frappe import _
from werkzeug.wrappers import Response

from mentor_ispe.api.endpoint import READS, SELDOM, endpoint
from mentor_ispe.api.files import private_file
from mentor_ispe.api.inputs import Flag
from mentor_ispe.api.values import ApplicationValues, ProfileValues
from mentor_ispe.domain.application_fields import APPLICATION_FIELDS, Role
from mentor_ispe.domain.violations import N_
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.gate import GUEST, MATCH, MEMBER, SIGNED_IN, enter
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal.html_form import HOME, Asked, HtmlForm
from mentor_ispe.services.applications import commands, queries, requirements
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.matching import for_members
from mentor_ispe.services.members import languages, member_status, photos, profiles, sharing
from mentor_ispe.services.readiness import agreements

# A page of a group shows as many as it has people.
FACES_AN_HOUR = 2_000


@endpoint(SIGNED_IN, form=HtmlForm(N_("Your profile has been saved.")))
def save_profile(values: ProfileValues) -> dict:
	"""Make or change one's own profile."""
	if not str(values.get("full_name", "-")).strip():
		frappe.throw(_("Enter your name."), exc=RuleViolation)
	doc = profiles.save_own(values)
	return {"name": doc.name, "full_name": doc.full_name, "email": doc.email}


@endpoint(GUEST, form=HtmlForm())
def choose_language(language: str) -> dict:
	"""Read everything in this language from now on, by its code; guests until the browser is closed."""
	languages.choose_language(language)
	return {"language": language}


@endpoint(MEMBER)
def apply(cycle: str, role: str, values: ApplicationValues | None = None) -> dict:
	"""Apply to an open cycle as "Mentor" or "Mentee" (peers of a circle apply as Mentee)."""
	profile = own_profile()
	doc = commands.apply(profile, cycle, cast(Role, role), values)
	requirements.require_complete(profile, cycle, {cast(Role, role): values or {}})
	return {"doctype": doc.doctype, "name": doc.name, "status": doc.status, "cycle": doc.cycle}


@endpoint(MEMBER, methods=READS)
def prefill(cycle: str, role: str) -> dict:
	"""One's answers of last time, to start an application to this cycle from; see `apply`."""
	if role not in APPLICATION_FIELDS:
		frappe.throw(_("Choose Mentor or Mentee."), exc=RuleViolation)
	return queries.prefill(own_profile(), cycle, cast(Role, role))


@endpoint(MEMBER, form=HtmlForm(N_("You have accepted.")))
def accept(group: str, share_email: Flag | None = None) -> dict:
	"""Accept the seat one was proposed; `share_email`: 1 shows one's address to one's groups, 0 no longer does."""
	profile = enter(group, MATCH)
	if share_email is not None:
		sharing.share_email(profile, bool(share_email))
	return _seat(group_commands.accept(group, profile))


@endpoint(
	MEMBER,
	form=HtmlForm(
		N_("You have declined. You two won't be matched again in this cycle. We'll look for another match."),
		HOME,
	),
)
def decline(group: str, reason: str) -> dict:
	"""Decline the seat one was proposed, with a reason; another proposal follows."""
	return _seat(group_commands.decline(group, enter(group, MATCH), reason))


@endpoint(MEMBER, form=HtmlForm(N_("You have withdrawn.")))
def withdraw(application_doctype: str, name: str, reason: str) -> dict:
	"""Withdraw one's own application or participation."""
	if application_doctype not in ("Mentor", "Mentee"):
		frappe.throw(
			_("Choose Mentor or Mentee, not {0}.").format(application_doctype),
			exc=RuleViolation,
		)
	if frappe.db.get_value(application_doctype, name, "profile") != own_profile():
		raise frappe.PermissionError(_("This isn't your application. Open yours on the Mentoring page."))
	if not reason.strip():
		frappe.throw(_("Tell us why in a few words. It helps the association."), exc=RuleViolation)
	doc = commands.withdraw(application_doctype, name, reason.strip())
	return {"doctype": doc.doctype, "name": doc.name, "status": doc.status}


@endpoint(MEMBER, once=True, form=HtmlForm(N_("Signed.")))
def sign(agreement: str, cycle: str | None = None, read: Flag = 1) -> dict:
	"""Sign the published version of an agreement; with `cycle` anew, for a group that goes on in it.

	`read`: that the person has read it and agrees; 0 is refused.
	"""
	if not read:
		frappe.throw(_("Check the box to confirm that you have read it and agree."), exc=RuleViolation)
	if not frappe.db.exists("Mentoring Agreement", agreement):
		frappe.throw(_("This agreement no longer exists. Go back to My groups."), exc=RuleViolation)
	doc = agreements.sign(agreement, own_profile(), cycle or None)
	return {"agreement": doc.agreement, "version": doc.version, "accepted_on": str(doc.accepted_on)}


@endpoint(MEMBER, methods=READS)
def mentor_cards(cycle: str) -> list[dict]:
	"""Mentors with free seats, where the program lets its mentees rank or ask them."""
	return for_members.mentor_cards(own_profile(), cycle)


@endpoint(MEMBER, form=HtmlForm(N_("Your choices have been saved.")))
def rank(cycle: str, role: str, names: list[str]) -> dict:
	"""Say whom one would like, most wanted first, as "Mentor" or "Mentee"; up to five."""
	if role not in ("Mentor", "Mentee"):
		frappe.throw(_("Choose Mentor or Mentee."), exc=RuleViolation)
	doc = for_members.rank(own_profile(), cycle, role, names)
	return {"doctype": doc.doctype, "name": doc.name, "wishes": len(doc.wishes)}


def _match_page(done: dict, _asked: Asked) -> str:
	return f"{HOME}/match/{quote(done['name'])}"


@endpoint(
	MEMBER,
	once=True,
	an_hour=SELDOM,
	form=HtmlForm(N_("We've asked the mentor and will tell you the answer."), _match_page),
)
def ask_mentor(mentor: str) -> dict:
	"""Ask a mentor directly, where the program is open to it; the mentor answers."""
	return _seat(for_members.ask(own_profile(), mentor))


@endpoint(MEMBER, methods=READS)
def my_status() -> dict:
	"""One's membership, applications, groups, and agreements still to sign."""
	return member_status.status_of(own_profile())


def _seat(doc) -> dict:
	return {"name": doc.name, "title": doc.title, "status": doc.status}


@endpoint(MEMBER, methods=READS, an_hour=FACES_AN_HOUR)
def photo(profile: str) -> Response:
	"""The photo of somebody with whom one shares a group."""
	kind, content = photos.photo(profile, own_profile())
	return private_file(Response(content, mimetype=kind), "max-age=3600")
