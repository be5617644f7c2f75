"""The icon on a home screen: the site's logo on its background, or its initials on its colour.

A logo counts when it is a picture among the site's public files and about as wide as high: a name written out can't
be read that small. All of it stays within the circle that phones cut out (80 % of the side, as the manifest's
"maskable" icons promise).
"""

from __future__ import annotations

import hashlib
import io
from typing import Any

import frappe
from PIL import Image, ImageDraw, ImageFont

from mentor_ispe.domain.palette import Palette
from mentor_ispe.portal.shell import initials_of, site_name, theme_palettes

SIZES = (192, 512)
TOUCH = 180
# Within the circle that is 80 % of the side.
LOGO, WORDS = 0.56, 0.36
LOGO_FIELDS = ("app_logo", "favicon", "banner_image")
WIDEST = 1.6
LARGEST_FILE = 5 * 1024 * 1024
# A small file can unfold to many: so many take a fraction of a second.
MOST_PIXELS = 4096 * 4096
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "ICO")
KEPT_SECONDS = 24 * 60 * 60
PATH = "/api/method/mentor_ispe.api.home_screen.icon"


def icon_address(theme: Any, size: int) -> str:
	"""Where the icon is; another address as soon as the name, the colours or the logo are others."""
	return f"{PATH}?size={size}&v={_key(theme)}"


def icon(theme: Any, size: int) -> bytes:
	"""The icon as PNG, `size` pixels wide and high."""
	key = f"mentoring_icon:{_key(theme)}:{size}"
	found = frappe.cache.get_value(key, expires=True)
	if not found:
		found = _draw(theme_palettes(theme)[0], size)
		frappe.cache.set_value(key, found, expires_in_sec=KEPT_SECONDS)
	return found


def _key(theme: Any) -> str:
	said = [site_name(), theme_palettes(theme)[0].css, *map(_setting, LOGO_FIELDS)]
	return hashlib.sha256("\n".join(said).encode()).hexdigest()[:10]


def _draw(palette: Palette, size: int) -> bytes:
	if logo := _logo(round(size * LOGO)):
		picture = Image.new("RGB", (size, size), "#ffffff")
		picture.paste(logo, ((size - logo.width) // 2, (size - logo.height) // 2), logo)
	else:
		picture = Image.new("RGB", (size, size), palette.primary)
		ImageDraw.Draw(picture).text(
			(size / 2, size / 2),
			_letters(),
			fill=palette.on_primary,
			font=ImageFont.load_default(round(size * WORDS)),
			anchor="mm",
		)
	file = io.BytesIO()
	picture.save(file, "PNG", optimize=True)
	return file.getvalue()


def _letters() -> str:
	"""The initials of the site; what Pillow's own font has no letters for is an "M"."""
	found = initials_of(site_name())
	return found if found.isascii() else "M"


def _logo(side: int) -> Image.Image | None:
	for field in LOGO_FIELDS:
		try:
			if content := _public_file(_setting(field)):
				picture: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
				if picture.width * picture.height > MOST_PIXELS:
					continue
				if max(picture.size) <= WIDEST * min(picture.size):
					picture = picture.convert("RGBA")
					picture.thumbnail((side, side))
					return picture
		except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
			continue  # no picture, or one of a kind that Pillow doesn't draw
	return None


def _public_file(url: str) -> bytes | None:
	"""What is in a public file of the site, unless that is too much, whatever its record says."""
	name = url.startswith("/files/") and frappe.db.get_value("File", {"file_url": url, "is_private": 0})
	if not name:
		return None
	with open(frappe.get_doc("File", name).get_full_path(), "rb") as file:
		content = file.read(LARGEST_FILE + 1)
	return content if len(content) <= LARGEST_FILE else None


def _setting(field: str) -> str:
	return frappe.get_website_settings(field) or ""
