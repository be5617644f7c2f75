"""Whatever colours an association chooses, every text of the members' pages can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.palette import (
	BACKGROUND,
	BLACK,
	EDGE,
	PRIMARY,
	TEXT,
	WHITE,
	contrast,
	ink_on,
	palettes,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
# Greys in the middle are where neither black nor white is far away.
GREYS = st.integers(110, 130).map(lambda level: f"#{level:02x}{level:02x}{level:02x}")
CHOSEN = st.one_of(COLOURS, GREYS, st.sampled_from(["", "#fff", "#ffd400"]))


@given(CHOSEN, CHOSEN, CHOSEN)
def test_everything_can_be_read_in_both_schemes(primary, background, text):
	for palette in palettes(primary, background, text):
		areas = (palette.background, palette.surface, palette.tint)
		for area in areas:
			for words in (palette.text, palette.muted, palette.link):
				assert contrast(words, area) >= TEXT
			for edge in (palette.outline, palette.primary_edge):
				assert contrast(edge, area) >= EDGE
		assert contrast(palette.on_primary, palette.primary) >= TEXT


@given(COLOURS)
def test_what_can_be_read_is_left_as_it_was_chosen(primary):
	light, _dark = palettes(primary, "#ffffff", "#000000")
	assert light.primary == primary
	assert (light.background, light.text) == ("#ffffff", "#000000")
	if contrast(primary, light.tint) >= TEXT:
		assert light.link == primary


@given(COLOURS)
def test_the_dark_one_is_dark(background):
	_light, dark = palettes(PRIMARY, background)
	assert ink_on(dark.background) == WHITE


def test_known_contrasts():
	assert contrast(BLACK, WHITE) == pytest.approx(21)
	assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)
	assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("wrong", ["", "red", "#12", "#12345", "url(x)", "#fff;}body{display:none", None])
def test_what_is_no_colour_is_as_if_none_were_chosen(wrong):
	assert palettes(wrong, wrong, wrong) == palettes()
	assert palettes()[0].background == BACKGROUND


def test_short_and_long_ways_to_write_a_colour():
	assert palettes("#0AF") == palettes("#00aaff")
	assert "--m-on-primary:#" in palettes()[0].css
