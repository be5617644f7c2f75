"""What stands around a members' page: the site's name, colours and menu, the languages, the addresses of our files.

All of it comes from Website Settings and the Website Theme, by Frappe's own cache; what is made of it is kept in
the process by its content. So a change of theme is seen at once and nothing is to be cleared.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.utils import cint
from frappe.utils.jinja_globals import is_rtl

import mentor_ispe
from mentor_ispe.domain.palette import Palette, palettes
from mentor_ispe.services.members.languages import languages

PACKAGE = Path(mentor_ispe.__file__).parent
FONTS = "https://fonts.googleapis.com/css2"
FONT_NAME, FONT_PROPERTIES = re.compile(r"[A-Za-z0-9 +-]{1,60}"), re.compile(r"[a-z0-9:,;@.]{1,60}")
FONT_SIZE = re.compile(r"[0-9.]{1,5}(px|rem|em|%)")
# What a worker keeps of a version (portal/home_screen.py).
FILES = ("css/mentoring_portal.css", "js/mentoring_portal.js", "js/mentoring_messages.js")
COLOURS = ("primary_color", "background_color", "text_color")


def shell(context: Any) -> SimpleNamespace:
	"""What templates/mentoring/base.html needs of a page whose context Frappe has begun."""
	theme = context.theme or frappe._dict()
	signed_in = frappe.session.user != "Guest"
	return SimpleNamespace(
		asset=asset,
		direction="rtl" if is_rtl() else "ltr",
		desk=signed_in and frappe.session.data.user_type == "System User",
		font=font_address(theme),
		footer_links=[
			item for item in context.footer_items or () if not (item.parent_label or item.get("child_items"))
		],
		initials=initials_of(frappe.utils.get_fullname(frappe.session.user)) if signed_in else "",
		language=(frappe.local.lang or "en").replace("_", "-"),
		languages=languages(),
		site_menu=[item for item in context.top_bar_items or () if not item.parent_label],
		site_name=site_name(),
		style=style(theme),
	)


def style(theme: Any) -> str:
	"""The theme as custom properties, in the light and in the dark."""
	light, dark = theme_palettes(theme)
	name = theme.google_font if FONT_NAME.fullmatch(theme.google_font or "") else ""
	size = theme.font_size if FONT_SIZE.fullmatch(theme.font_size or "") else "100%"
	font = f'"{name}",system-ui,sans-serif' if name else "system-ui,sans-serif"
	rounded = theme.get("name", "Standard") == "Standard" or cint(theme.button_rounded_corners)
	fixed = f"--m-font:{font};--m-font-size:{size};--m-radius:{'0.5rem' if rounded else '0'};"
	return (
		f":root{{color-scheme:light dark;{fixed}{light.css}}}"
		f"@media(prefers-color-scheme:dark){{:root{{{dark.css}}}}}"
	)


def theme_palettes(theme: Any) -> tuple[Palette, Palette]:
	"""The light and the dark palette of a Website Theme, of None for a site without one."""
	return palettes(*(_colour(theme.get(field)) for field in COLOURS)) if theme else palettes()


def font_address(theme: Any) -> str:
	"""Where the theme's font is fetched, "" when it names none."""
	if not FONT_NAME.fullmatch(theme.google_font or ""):
		return ""
	properties = (
		theme.font_properties if FONT_PROPERTIES.fullmatch(theme.font_properties or "") else "wght@400;600"
	)
	return f"{FONTS}?{urlencode({'family': f'{theme.google_font}:{properties}', 'display': 'swap'}, safe=':;@,')}"


def site_name() -> str:
	"""As the association calls its site, else "Mentoring"."""
	named = frappe.get_website_settings("app_name")
	return named if named and named != "Frappe" else _("Mentoring")


def initials_of(name: str) -> str:
	"""The first letters of the first and the last word."""
	words = name.split()
	return "".join(word[0] for word in dict.fromkeys((*words[:1], *words[-1:]))).upper()


@cache
def asset(path: str) -> str:
	"""The address of a file of public/, another one as soon as its content is another."""
	digest = hashlib.sha256((PACKAGE / "public" / path).read_bytes()).hexdigest()[:10]
	return f"/assets/mentor_ispe/{path}?v={digest}"


def version() -> str:
	"""Of all that a worker keeps."""
	return hashlib.sha256("".join(map(asset, FILES)).encode()).hexdigest()[:10]


def _colour(name: str | None) -> str:
	"""The theme names records of Color."""
	return (name and frappe.get_cached_value("Color", name, "color")) or ""
