"""The frame of the members' pages, as the association's theme and settings make it."""

from __future__ import annotations

import io

import frappe
import pytest
from PIL import Image

from mentor_ispe.portal import icon, shell
from mentor_ispe.services.members import languages
from mentor_ispe.www.mentoring.manifest import short_name


@pytest.fixture
def red(site) -> str:
	name = f"Example Red {frappe.generate_hash(length=6)}"
	frappe.get_doc({"doctype": "Color", "__newname": name, "color": "#7A1F3D"}).insert(set_name=name)
	return name


def test_a_theme_s_colors_font_and_corners_are_taken(red):
	theme = frappe._dict(
		name="Example",
		primary_color=red,
		google_font="Source Sans 3",
		font_properties="wght@300;600",
		font_size="18px",
		button_rounded_corners=0,
	)
	style = shell.style(theme)
	assert "--m-primary:#7a1f3d;" in style
	assert '--m-font:"Source Sans 3",' in style
	assert "--m-font-size:18px;" in style
	assert "--m-radius:0;" in style
	assert style.count("--m-background:") == 2, "light and dark"
	assert shell.font_address(theme) == (
		"https://fonts.googleapis.com/css2?family=Source+Sans+3:wght@300;600&display=swap"
	)


def test_a_changed_color_is_seen_at_once(red):
	theme = frappe._dict(name="Example", primary_color=red)
	shell.style(theme)
	color = frappe.get_doc("Color", red)
	color.color = "#123456"
	color.save()
	assert "--m-primary:#123456;" in shell.style(theme)


@pytest.mark.parametrize(
	("field", "value"),
	[
		("google_font", 'x";}</style><script>alert(1)</script>'),
		("google_font", "x;background:url(//example.org)"),
		("font_size", "1px;}body{display:none"),
		("font_properties", "wght@400&x=<script>"),
		("primary_color", "no such color"),
	],
)
def test_what_is_no_font_size_or_color_gets_nowhere(site, field, value):
	theme = frappe._dict(name="Example", google_font="Inter")
	theme[field] = value
	written = shell.style(theme) + shell.font_address(theme)
	assert value not in written
	assert "<" not in written


def test_a_site_without_a_theme_has_the_app_s_own_colors(site):
	assert shell.style(frappe._dict()) == shell.style(frappe._dict(name="Standard"))
	assert shell.font_address(frappe._dict()) == ""


@pytest.mark.parametrize(
	("name", "letters"),
	[
		("Example Society", "ES"),
		("Example", "E"),
		("The Example Society of Art", "TA"),
		("", ""),
		(" é ", "É"),
	],
)
def test_initials(name, letters):
	assert shell.initials_of(name) == letters


@pytest.mark.parametrize(
	("name", "short"),
	[
		("Example", "Example"),
		("Example Society", "Example"),
		("A B C D E F G H", "A B C D E F"),
		("Extraordinarily Long", "EL"),
	],
)
def test_a_name_below_an_icon_ends_with_a_word(name, short):
	assert short_name(name) == short


def logo(width: int, height: int) -> str:
	content = io.BytesIO()
	Image.new("RGBA", (width, height), "#00ff00").save(content, "PNG")
	file = frappe.get_doc(
		{"doctype": "File", "file_name": f"{frappe.generate_hash()}.png", "content": content.getvalue()}
	)
	return file.insert().file_url


def drawn(monkeypatch, url: str) -> Image.Image:
	monkeypatch.setattr(icon, "_setting", lambda field: url if field == "app_logo" else "")
	return Image.open(io.BytesIO(icon.icon(None, 192))).convert("RGB")


def test_the_icon_is_the_logo_well_within_the_circle(site, monkeypatch):
	picture = drawn(monkeypatch, logo(300, 300))
	assert picture.getpixel((96, 96)) == (0, 255, 0)
	assert picture.getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize(
	"url",
	[
		"wide",
		"vast",
		"long",
		"/files/../site_config.json",
		"/private/files/x.png",
		"https://example.org/x.png",
		"",
	],
)
def test_what_is_no_logo_for_an_icon_leaves_the_initials(site, monkeypatch, url):
	if url == "wide":
		url = logo(400, 100)
	elif url == "vast":  # a few kB that unfold to more than a server should hold for an icon
		url = logo(5000, 4500)
	elif url == "long":
		monkeypatch.setattr(icon, "LARGEST_FILE", 100)
		url = logo(300, 300)
	picture = drawn(monkeypatch, url)
	light, _dark = shell.theme_palettes(None)
	assert "#{:02x}{:02x}{:02x}".format(*picture.getpixel((2, 2))) == light.primary
	assert len(set(picture.getdata())) > 1, "letters on it"


def test_a_language_is_offered_when_it_is_written_and_enabled(site):
	assert dict(languages.languages())["de"] == "Deutsch"
	german = frappe.get_doc("Language", "de")
	german.enabled = 0
	german.save()
	assert "de" not in dict(languages.languages())
	with pytest.raises(frappe.ValidationError):
		languages.choose_language("de")
