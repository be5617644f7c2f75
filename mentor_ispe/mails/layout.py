"""One layout for every mail: the association's name or logo and colour, the words, one button, who writes and why.

Frappe's own frame is left out with its "Sent via …"; the address of System Settings and the footer of the Email
Account, which an association may be bound by law to show, stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, get_url

from mentor_ispe.domain.palette import palettes
from mentor_ispe.domain.plain_text import plain_text

TEMPLATE = "templates/mails/layout.html"
FONT = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"


@dataclass(frozen=True)
class Link:
	"""Where somebody may go: words, and a whole address."""

	words: str
	url: str


@dataclass(frozen=True)
class Frame:
	"""What stands around the words of a mail, in the reader's language.

	`why` says why the person gets it, `links` are the quiet ones after it. `unsubscribe` is the address that mail
	programs call when somebody wants no more of the kind; "" for what is always sent.
	"""

	language: str = "en"
	direction: str = "ltr"
	why: str = ""
	links: Sequence[Link] = ()
	signature: str = ""
	unsubscribe: str = ""
	only_light: bool = False


def site_name() -> str:
	"""As the association calls its site, else "Mentoring"."""
	named = frappe.get_website_settings("app_name")
	return named if named and named not in ("Frappe", "ERPNext") else _("Mentoring")


def to_html(
	subject: str, message: str, button: Link | None, frame: Frame, account: Any = None, also: str = ""
) -> str:
	"""The whole page; `message` is the HTML of the words, `also` of what follows the button.

	`account` is the Email Account that sends it.
	"""
	light, dark = palettes(_brand_colour())
	return frappe.get_template(TEMPLATE).render(
		subject=subject,
		message=message,
		button=button,
		also=also,
		language=frame.language,
		direction=frame.direction,
		why=frame.why,
		links=frame.links,
		signature=frame.signature,
		only_light=frame.only_light,
		association=site_name(),
		logo=_logo(account),
		light=light,
		dark=dark,
		font=FONT,
		address=_address(),
		account_footer=_footer_of(account),
	)


def to_text(message: str, button: Link | None, frame: Frame, account: Any = None, also: str = "") -> str:
	"""The same for those who read text, made of the same parts."""
	parts = [plain_text(message) if "<" in message else message]
	if button:
		parts.append(f"{button.words}:\n{button.url}")
	parts += [plain_text(also), frame.signature, "-- ", frame.why]
	parts += [f"{link.words}:\n{link.url}" for link in frame.links]
	parts += [_address(), plain_text(_footer_of(account))]
	return "\n\n".join(part for part in parts if part).replace("-- \n\n", "-- \n") + "\n"


def _brand_colour() -> str:
	theme = frappe.get_website_settings("website_theme")
	named = theme and frappe.get_cached_value("Website Theme", theme, "primary_color")
	return cstr(named and frappe.get_cached_value("Color", named, "color"))


def _logo(account: Any) -> str:
	"""Where the picture is: of the Email Account, else of the website. One that needs a login is none."""
	picture = (account and account.get("brand_logo")) or frappe.get_website_settings("app_logo")
	return get_url(picture) if picture and not picture.startswith("/private/") else ""


def _address() -> str:
	return cstr(frappe.db.get_default("email_footer_address"))


def _footer_of(account: Any) -> str:
	return cstr(account and account.get("footer"))
