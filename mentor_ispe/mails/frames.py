"""What stands around the words of a mail: who writes, why the person gets it, and how to get fewer."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import cstr, get_url
from frappe.utils.jinja_globals import is_rtl

from mentor_ispe.clock import today
from mentor_ispe.mails.definition import COMMITTEE, COORDINATORS, MAILS, SPEAKERS, MailDefinition
from mentor_ispe.mails.layout import Frame, Link, site_name
from mentor_ispe.mails.readers import ONLY_NEEDED, Reader
from mentor_ispe.permissions import signed_links

SETTINGS_PAGE = "/mentoring/data#mails"
UNSUBSCRIBE_PAGE = "/mentoring/unsubscribe"
# Longer than anybody keeps a mail unread in the hope of one day turning it off.
LINK_DAYS = 400


def frame_for(template: str, reader: Reader, program: str | None) -> Frame:
	"""The frame of a mail of this template, in the language that is spoken."""
	mail = MAILS.get(template)
	stop = _unsubscribe(mail, reader)
	return Frame(
		language=(frappe.local.lang or "en").replace("_", "-"),
		direction="rtl" if is_rtl() else "ltr",
		why=_why(mail, reader, program),
		links=_links(reader, stop),
		unsubscribe=stop,
		only_light=bool(
			mail and mail.audience == COMMITTEE
		),  # its pictures and figures have colors of their own
		signature=_signature(reader, program),
	)


def _why(mail: MailDefinition | None, reader: Reader, program: str | None) -> str:
	if not reader.is_member:
		return _why_not_a_member(mail)
	if program:
		words = _("You get this email because you are in {0} at {1}.").format(program, site_name())
	else:
		words = _("You get this email because you have a mentoring profile at {0}.").format(site_name())
	if mail and not mail.optional:
		words += " " + _("We always send this kind of email, because you need it for your program.")
	return words


def _why_not_a_member(mail: MailDefinition | None) -> str:
	audience = mail.audience if mail else ""
	if audience == COORDINATORS:
		return _("You get this email because you coordinate mentoring at {0}.").format(site_name())
	if audience == SPEAKERS:
		return _("You get this email because you were invited to speak to a mentoring group of {0}.").format(
			site_name()
		)
	if audience == COMMITTEE:
		return _("You get this email because a mentoring program of {0} sends you its reports.").format(
			site_name()
		)
	return _("You get this email because your address was used for a mentoring profile at {0}.").format(
		site_name()
	)


def _links(reader: Reader, stop: str) -> tuple[Link, ...]:
	if not reader.is_member:
		return ()
	settings = Link(_("Email settings"), get_url(SETTINGS_PAGE))
	return (settings, Link(_("Unsubscribe from these emails"), stop)) if stop else (settings,)


def _unsubscribe(mail: MailDefinition | None, reader: Reader) -> str:
	"""Where the reader turns off what is optional; "" for what isn't, and for who has."""
	if not (mail and mail.optional and reader.profile) or reader.rhythm == ONLY_NEEDED:
		return ""
	key = signed_links.make_short(
		signed_links.OPTIONAL_MAILS, reader.profile, today() + timedelta(days=LINK_DAYS)
	)
	return get_url(f"{UNSUBSCRIBE_PAGE}?k={key}")


def _signature(reader: Reader, program: str | None) -> str:
	"""The program's own, else its name; coordinators need none of their own."""
	if not reader.is_member:
		return ""
	if not program:
		return _("Your {0} team").format(site_name())
	own = cstr(frappe.get_cached_value("Mentoring Program", program, "mail_signature")).strip()
	return own or _("Your {0} team").format(program)
