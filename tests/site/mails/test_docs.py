"""docs/mails.md lists every mail, as the templates declare it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentor_ispe.mails.default_templates import PREFIX, TEMPLATES

PAGE = Path(__file__).parents[3] / "docs" / "mails.md"


def rows() -> list[tuple[str, ...]]:
	"""What each mail's row in the page has to be: mail, to whom, when, how."""
	return [
		(name.removeprefix(PREFIX), wording.to, wording.when, _how(wording))
		for name, wording in sorted(TEMPLATES.items())
	]


def _how(wording) -> str:
	if wording.together:
		return "one a morning"
	return "at once" if wording.at_once else "may wait"


def test_the_page_has_the_mails_that_there_are():
	lines = PAGE.read_text(encoding="utf-8").splitlines()
	start = next(number for number, line in enumerate(lines) if line.startswith("| mail |")) + 2
	end = next(number for number in range(start, len(lines)) if not lines[number].startswith("|"))
	found = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines[start:end]]
	assert found == rows()


@pytest.mark.parametrize("name", list(TEMPLATES))
def test_each_mail_says_to_whom_and_when(name):
	wording = TEMPLATES[name]
	assert name.startswith(PREFIX)
	assert wording.to
	assert wording.when
	assert len(wording.subject) <= 140, "as long as a subject may be in Frappe"
