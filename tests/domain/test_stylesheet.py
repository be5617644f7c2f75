"""The stylesheet of the members' pages: small, without exceptions, and every rule is of something there is."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import mentor_ispe

PACKAGE = Path(mentor_ispe.__file__).parent
STYLESHEET = PACKAGE / "public" / "css" / "mentoring_portal.css"
MOST_BYTES = 12_000
OURS = re.compile(r"\b(?:mentoring|m)-[a-z0-9-]+")
# Made of a number (readings/faces.py) and of what a form said.
MADE = {*(f"mentoring-tone-{number}" for number in range(1, 6)), "mentoring-done", "mentoring-refused"}
MADE |= {"mentoring-menu", "mentoring-sections"}  # the two kinds of tabs


def _css() -> str:
	return re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(encoding="utf-8"), flags=re.DOTALL)


def _markup() -> str:
	files = [
		*(PACKAGE / "templates" / "mentoring").rglob("*.html"),
		*(PACKAGE / "www").rglob("*.html"),
		*(PACKAGE / "public" / "js").glob("mentoring_*.js"),
	]
	return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_every_rule_is_of_something_on_a_page():
	styled = {name[1:] for name in re.findall(r"\.(?:mentoring|m)-[a-z0-9-]+", _css())}
	assert styled - MADE <= set(OURS.findall(_markup()))


def test_no_rule_goes_over_another_by_force():
	assert "!important" not in _css()


def test_every_colour_of_the_pages_has_a_name():
	"""But for red, which means danger in every theme, black and grey on paper, and shadows."""
	rules = re.sub(r"@media print \{.*?\n\}|:root \{.*?\}", "", _css(), flags=re.DOTALL)
	assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= {"#a12622", "#fff"}


def test_it_weighs_little():
	assert len(gzip.compress(STYLESHEET.read_bytes())) <= MOST_BYTES
