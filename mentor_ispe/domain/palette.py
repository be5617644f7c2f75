"""Colours of the members' pages, made of the few that an association chose, so that every text can be read.

Contrast is that of WCAG 2.2 (relative luminance, and (L1 + 0.05) / (L2 + 0.05)): at least 4.5 for text, 3 for
the edges of what one uses. Black or white has 4.58 on any colour there is, so going towards one of the two from
any colour ends at one that can be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache

TEXT, EDGE = 4.5, 3.0
BLACK, WHITE = "#000000", "#ffffff"
# Where the association chose nothing.
PRIMARY, BACKGROUND, WORDS = "#0f5d6b", "#faf9f7", "#1d2730"
DARK_BACKGROUND, DARK_WORDS = "#14191d", "#e8ebed"
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
STEPS = 50

Channels = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
	"""Colours as "#rrggbb".

	`background` of the page, `surface` of cards, `tint` of what stands out: `text`, `muted` and `link` can be read
	on all three, and `outline` and `primary_edge` be seen. `border` only parts. `on_primary` is read on `primary`.
	"""

	background: str
	surface: str
	tint: str
	text: str
	muted: str
	link: str
	border: str
	outline: str
	primary: str
	on_primary: str
	primary_edge: str

	@property
	def css(self) -> str:
		"""As custom properties: `--m-on-primary:#ffffff;…`."""
		return "".join(f"--m-{name.replace('_', '-')}:{value};" for name, value in asdict(self).items())


@cache
def palettes(primary: str = "", background: str = "", text: str = "") -> tuple[Palette, Palette]:
	"""The light and the dark palette of a theme; what is no colour in hexadecimal counts as not chosen.

	A theme that is dark by itself is the same in both.
	"""
	primary = _colour(primary) or PRIMARY
	background = _colour(background) or BACKGROUND
	light = _palette(primary, background, _colour(text) or WORDS)
	if ink_on(background) == WHITE:
		return light, light
	dark = mix(DARK_BACKGROUND, primary, 0.05)
	return light, _palette(readable(primary, (dark,), EDGE), dark, DARK_WORDS)


def contrast(one: str, other: str) -> float:
	"""From 1, the same, to 21, black on white."""
	low, high = sorted((_luminance(one), _luminance(other)))
	return (high + 0.05) / (low + 0.05)


def ink_on(colour: str) -> str:
	"""Black or white: what is read better on the colour."""
	return max((WHITE, BLACK), key=lambda ink: contrast(ink, colour))


def mix(colour: str, other: str, share: float) -> str:
	"""The colour with a share (0 to 1) of the other."""
	pairs = zip(_channels(colour), _channels(other), strict=True)
	return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def readable(colour: str, areas: Sequence[str], ratio: float = TEXT) -> str:
	"""The colour itself, or as little as it takes lighter or darker to have the ratio on all the areas.

	The areas are such that black or white has it.
	"""
	ink = ink_on(areas[0])
	for step in range(STEPS):
		changed = mix(colour, ink, step / STEPS)
		if all(contrast(changed, area) >= ratio for area in areas):
			return changed
	return ink


def _palette(primary: str, background: str, text: str) -> Palette:
	ink = ink_on(background)
	surface = _area(background, WHITE, ink, (0.8, 0.05) if ink == BLACK else (0.05,))
	tint = _area(background, primary, ink, (0.1, 0.06, 0.03))
	areas = (background, surface, tint)
	text = readable(text, areas)
	return Palette(
		background=background,
		surface=surface,
		tint=tint,
		text=text,
		muted=readable(mix(text, background, 0.35), areas),
		link=readable(primary, areas),
		border=mix(background, text, 0.16),
		outline=readable(mix(background, text, 0.4), areas, EDGE),
		primary=primary,
		on_primary=WHITE if contrast(WHITE, primary) >= TEXT else ink_on(primary),
		primary_edge=readable(primary, areas, EDGE),
	)


def _area(background: str, other: str, ink: str, shares: Sequence[float]) -> str:
	"""The background with as much of the other colour as leaves it readable."""
	mixed = (mix(background, other, share) for share in shares)
	return next((area for area in mixed if contrast(area, ink) >= TEXT), background)


def _colour(given: str) -> str:
	given = (given or "").strip()
	if not HEX.fullmatch(given):
		return ""
	digits = given[1:].lower()
	return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def _channels(colour: str) -> Channels:
	return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
	red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
	return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
