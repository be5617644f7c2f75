"""A column of names with the family name first is turned around; titles behind a comma aren't first names."""

from __future__ import annotations

import pytest

from mentor_ispe.domain.name_order import given_name_first, is_family_name_first, turned


@pytest.mark.parametrize(
	("text", "name"),
	[
		("Müller, Hans", "Hans Müller"),
		("  van der Berg ,Anna Maria ", "Anna Maria van der Berg"),
		("Müller, Dr. Hans", "Dr. Hans Müller"),
		("Smith, Ann, Ph.D.", "Ann Smith, Ph.D."),
		("Ann Smith, Ph.D.", "Ann Smith, Ph.D."),
		("Ann Smith, PharmD, MBA", "Ann Smith, PharmD, MBA"),
		("Hans Müller", "Hans Müller"),
		("Müller,", "Müller,"),
		(", Hans", ", Hans"),
	],
)
def test_a_name_is_turned_around_at_its_comma(text, name):
	assert given_name_first(text) == name


def test_most_of_the_column_decides():
	assert is_family_name_first(["Müller, Hans", "", "Lovelace, Ada", "Cher"])
	assert not is_family_name_first(["Müller, Hans", "Ada Lovelace", "Ben Bright"])
	assert not is_family_name_first(["Ann Smith, PhD", "Ben Bright, MBA"])
	assert not is_family_name_first([])


def test_what_was_turned_around_is_told():
	profile = {"full_name": "Müller, Hans"}
	[note] = turned(profile, is_family_name_first=True)
	assert profile["full_name"] == "Hans Müller"
	assert str(note) == "“Müller, Hans” is read as the name Hans Müller."
	assert turned({"full_name": "Hans Müller"}, is_family_name_first=True) == ()
