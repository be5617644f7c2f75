"""One's own data: how often one is written to, who sees it, a copy, another login, erasure, a mentor's seats."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from urllib.parse import quote

import frappe
from frappe import _

from mentor_ispe.api.endpoint import SELDOM, endpoint
from mentor_ispe.api.inputs import Flag
from mentor_ispe.domain.spoken_dates import spoken_zone
from mentor_ispe.domain.violations import N_
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.gate import GUEST, MEMBER
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal.html_form import Asked, HtmlForm
from mentor_ispe.services.applications import commands
from mentor_ispe.services.members import erasure, own_data, profiles, sharing
from mentor_ispe.services.members import login_moves as moves


@endpoint(MEMBER, form=HtmlForm(N_("Your email settings have been saved.")))
def choose_mails(rhythm: str) -> dict:
	"""Choose "Each at Once", "One a Day" or "Only What Is Needed"."""
	profiles.choose_mail_frequency(own_profile(), rhythm)
	return {"rhythm": rhythm}


def _zone_words(done: dict, _asked: Asked) -> str:
	if done["time_zone"] is None:
		return _("Your time zone stays as it is. You can change it in your profile.")
	return _("Days and times are now shown as in {0}.").format(
		spoken_zone(done["time_zone"], frappe.local.lang)
	)


@endpoint(MEMBER, form=HtmlForm(_zone_words))
def choose_time_zone(time_zone: str | None = None) -> dict:
	"""Take over the time zone of one's device; without one, keep one's own and don't be asked again."""
	profiles.choose_time_zone(own_profile(), time_zone or None)
	return {"time_zone": time_zone or None}


def _unsubscribed_page(done: dict, asked: Asked) -> str:
	"""Nobody is signed in, so the page itself says what happened."""
	return f"/mentoring/unsubscribe?k={quote(asked['key'])}&done=1"


@endpoint(GUEST, private=True, form=HtmlForm(page=_unsubscribed_page))
def stop_optional_mails(key: str) -> dict:
	"""Send only what is needed to whoever got the mail with this link; no login is needed."""
	return {"stopped": profiles.stop_optional_mails(key)}


@endpoint(MEMBER, form=HtmlForm())
def copy() -> None:
	"""Everything that is kept of the person, as a JSON file."""
	data = own_data.export_personal_data(own_profile())
	frappe.local.response.update(
		{
			"type": "download",
			"filename": "mentoring.json",
			"filecontent": frappe.as_json(data, indent=1),
			"content_type": "application/json; charset=utf-8",
			"display_content_as": "attachment",
		}
	)


@endpoint(MEMBER, form=HtmlForm(N_("Your sharing choices have been saved.")))
def share(choices: dict[str, str]) -> dict:
	"""Choose who sees what of one's profile, by field; a field that isn't named stays as it is."""
	sharing.choose(own_profile(), choices)
	return choices


def _mails_are_sent(done: dict, _asked: Asked) -> str:
	return _(
		"We've sent an email to your current address and to {0}. Open the link in both to confirm."
	).format(done["address"])


@endpoint(MEMBER, an_hour=SELDOM, form=HtmlForm(_mails_are_sent))
def move_login(address: str = "") -> dict:
	"""Ask to sign in with another address; both addresses confirm it by mail."""
	return {"address": moves.ask(own_profile(), address)}


@endpoint(GUEST, form=HtmlForm())
def confirm_login_move(key: str) -> dict:
	"""Confirm that the address is one's own and that the login moves; whoever has the link may be a guest."""
	moves.confirm(key)
	return {}


@endpoint(GUEST, form=HtmlForm())
def refuse_login_move(key: str) -> dict:
	"""Stop the move."""
	moves.refuse_move(key)
	return {}


@endpoint(
	MEMBER,
	form=HtmlForm(
		N_("Check your email and confirm with the link. Then the association will erase your data.")
	),
)
def erase(sure: Flag = 0) -> dict:
	"""Ask for one's data to be erased; Frappe sends a mail to confirm it."""
	own_profile()
	if not sure:
		frappe.throw(_("Check the box to confirm that you want your data erased."), exc=RuleViolation)
	erasure.ask(frappe.session.user)
	return {}


@endpoint(MEMBER, form=HtmlForm(N_("Your places have been saved. Everyone you mentor now stays with you.")))
def set_seats(
	mentor: str, seats_now: int | None = None, next_year_is: str = "same", next_seats: int = 0
) -> dict:
	"""Set one's seats as a mentor: now, and in the next cycle ("same", "other" with `next_seats`, "pause")."""
	doc = commands.plan_seats(
		own_profile(),
		mentor,
		seats_now,
		pauses=next_year_is == "pause",
		next_seats=next_seats if next_year_is == "other" else 0,
	)
	return {"name": doc.name, "seats_offered": doc.seats_offered, "next_seats": doc.next_seats}
