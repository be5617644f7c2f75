"""docs/architecture.md and its picture say what the code is."""

from __future__ import annotations

import re

import pytest

from tests import architecture

UPDATE = "python -m tests.architecture"
NUMBER = re.compile(r"\d[\d,]*")


@pytest.mark.parametrize(
	("file", "made"),
	[
		(architecture.PAGE, lambda text: architecture.page(text)),
		(architecture.PICTURE, lambda text: architecture.picture()),
	],
	ids=lambda each: getattr(each, "name", ""),
)
def test_it_is_current(file, made):
	said = file.read_text(encoding="utf-8")
	now = made(said)
	assert NUMBER.sub("0", said) == NUMBER.sub("0", now), UPDATE
	# Its figures may lag behind a little, so that not every change touches them.
	for old, new in zip(numbers(said), numbers(now), strict=True):
		assert abs(old - new) <= max(2, 300 if new >= 1000 else 0, new // 10), UPDATE


def numbers(text: str) -> list[int]:
	return [int(number.replace(",", "")) for number in NUMBER.findall(text) if number.strip(",")]


def test_every_event_has_what_follows_from_it():
	assert "`SeatChanged`" in architecture.consequences_table()
	assert not [layer.title for layer in architecture.LAYERS if not architecture.size(layer)[0]]
	assert {title for title, _words in architecture.PATH} <= {layer.title for layer in architecture.LAYERS}
