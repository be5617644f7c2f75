"""The forms about one's own data: the calendar's address, mails, a copy, erasure, seats, withdrawing."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe
from frappe import _

from mentor_ispe.api.endpoint import SELDOM, endpoint
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.gate import MEMBER
from mentor_ispe.portal import reading
from mentor_ispe.portal.forms import Done, entered
from mentor_ispe.services.applications import next_year
from mentor_ispe.services.applications import withdraw as withdrawing
from mentor_ispe.services.members import erasure, login_moves, mail_choice, own_data, profiles, sharing
from mentor_ispe.services.sessions import calendar_feed


@endpoint(MEMBER, form=True)
def new_address() -> Done:
	"""A new address of the calendar; the old one stops at once."""
	calendar_feed.renew(profiles.own_profile())
	return Done(_("Your calendar has a new address; the old one doesn't work any more."))


@endpoint(MEMBER, form=True)
def mails(rhythm: str = "") -> Done:
	"""Choose each mail at once, or one a day."""
	mail_choice.choose(profiles.own_profile(), rhythm)
	return Done(_("It is saved how often we write to you."))


@endpoint(MEMBER, form=True)
def copy() -> None:
	"""Everything that is kept of the person, as a JSON file."""
	data = own_data.copy_of(profiles.own_profile())
	frappe.local.response.update(
		{
			"type": "download",
			"filename": "mentoring.json",
			"filecontent": frappe.as_json(data, indent=1),
			"content_type": "application/json; charset=utf-8",
			"display_content_as": "attachment",
		}
	)


@endpoint(MEMBER, form=True)
def share() -> Done:
	"""Choose who sees what of one's profile; a field that the form didn't have stays as it is."""
	chosen = {
		name.removeprefix("show_"): values[0]
		for name, values in entered().items()
		if name.startswith("show_")
	}
	sharing.choose(profiles.own_profile(), chosen)
	return Done(_("It is saved who sees what; it holds at once."))


@endpoint(MEMBER, form=True, an_hour=SELDOM)
def move_login(address: str = "") -> Done:
	"""Ask to sign in with another address; both addresses confirm it by mail."""
	new = login_moves.ask(profiles.own_profile(), address)
	return Done(
		_(
			"We've sent an e-mail to your current address and to {0}. Open the link in both to confirm."
		).format(new)
	)


@endpoint(MEMBER, form=True)
def erase(sure: str = "") -> Done:
	"""Ask for one's data to be erased; Frappe sends a mail to confirm it."""
	profiles.own_profile()
	if not sure:
		frappe.throw(_("Tick that you want your data erased."), exc=RuleViolation)
	erasure.ask(frappe.session.user)
	return Done(_("You get a mail: confirm with the link in it, then the association erases your data."))


@endpoint(MEMBER, form=True)
def withdraw(doctype: str = "", name: str = "", reason: str = "") -> Done:
	"""Withdraw one's own application or participation."""
	if doctype not in ("Mentor", "Mentee") or (
		frappe.db.get_value(doctype, name, "profile") != profiles.own_profile()
	):
		raise frappe.PermissionError(_("This application isn't yours."))
	if not reason.strip():
		frappe.throw(_("Say in a few words why; it helps the association."), exc=RuleViolation)
	withdrawing.withdraw(doctype, name, reason.strip())
	return Done(_("You have withdrawn."))


@endpoint(MEMBER, form=True)
def seats(mentor: str = "", seats_now: str = "", next_year_is: str = "", next_seats: str = "") -> Done:
	"""Set one's seats as a mentor: now, and in the next cycle ("same", "other", "pause")."""
	next_year.plan(
		profiles.own_profile(),
		mentor,
		reading.number(seats_now, _("Seats now")),
		pauses=next_year_is == "pause",
		next_seats=reading.number(next_seats, _("Seats next time")) or 0 if next_year_is == "other" else 0,
	)
	return Done(_("Your seats are saved; everyone you have now stays with you."))
