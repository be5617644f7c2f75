"""A kind of feedback is declared once, and everything that can't be read from there agrees with it."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from mentor_ispe.domain.feedback.facts import GroupLife, Rhythm
from mentor_ispe.domain.feedback.kinds import KINDS, codes_of
from mentor_ispe.domain.seats import Seat

CHECKOUT = Path(__file__).parents[3]
DOCTYPES = "mentor_ispe/mentor_ispe/doctype"
RECIPE = "## Add a kind of feedback"


def options(doctype: str) -> list[str]:
	record = json.loads((CHECKOUT / DOCTYPES / doctype / f"{doctype}.json").read_text(encoding="utf-8"))
	(kind,) = (field for field in record["fields"] if field["fieldname"] == "kind")
	return kind["options"].split("\n")


def test_records_know_every_kind():
	assert options("mentoring_feedback") == list(KINDS)
	assert options("mentoring_feedback_request") == codes_of(asked_for=True)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_that_is_asked_for_has_its_words(kind):
	assert bool(kind.next_step) == kind.asked_for
	kind.question.format(about="", cycle="", day="")
	assert html.escape(kind.question) == kind.question, "mails look the question up after it was escaped"
	assert kind.about in ("session", "group", "program")


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@pytest.mark.parametrize("status", ["Active", "Completed"])
def test_what_is_due_in_a_group_is_of_its_kind(kind, status):
	life = GroupLife(
		*("g", "c", "One-on-One", status, date(2031, 1, 1)),
		ended_on=date(2031, 8, 1),
		ends_on=date(2032, 1, 1),
		seats=tuple(Seat(name, "Mentee", status, profile=name) for name in ("ana", "ben")),
	)
	for ask in kind.due(life, Rhythm(every_months=1, after_sessions=True), date(2031, 8, 2)):
		assert kind.asked_for
		assert ask.kind == kind.code
		assert ask.group == life.name


def test_recipe_adds_a_kind(tmp_path):
	"""As docs/contributing.md says, in a copy: declared in kinds.py, named among the choices of two records."""
	for folder in ("mentor_ispe", "tests/domain/feedback"):
		shutil.copytree(
			CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "dist")
		)
	kinds = tmp_path / "mentor_ispe/domain/feedback/kinds.py"
	code = kinds.read_text(encoding="utf-8")
	before, _mark, after = code.partition("KINDS: dict")
	kinds.write_text(
		f"{before}{_code_of_the_recipe()}\n\nKINDS: dict{after.replace('PROGRAM, STORY)', 'PROGRAM, STORY, MIDWAY)')}"
	)
	for doctype in ("mentoring_feedback", "mentoring_feedback_request"):
		record = tmp_path / DOCTYPES / doctype / f"{doctype}.json"
		last = options(doctype)[-1]
		record.write_text(
			record.read_text(encoding="utf-8").replace(f'{last}"', f'{last}\\nMidway"', 1), encoding="utf-8"
		)
	tests = subprocess.run(
		[
			sys.executable,
			"-m",
			"pytest",
			"-q",
			"-p",
			"no:cacheprovider",
			"tests/domain/feedback",
			"-k",
			"not recipe",
		],
		cwd=tmp_path,
		env={"PYTHONPATH": str(tmp_path)},
		capture_output=True,
		text=True,
		check=False,
	)
	assert not tests.returncode, tests.stdout
	asked = subprocess.run(
		[sys.executable, "-c", ASKED],
		cwd=tmp_path,
		env={"PYTHONPATH": str(tmp_path)},
		capture_output=True,
		text=True,
		check=False,
	)
	assert asked.stdout.split() == ["Midway", "Midway"], asked.stderr


ASKED = """
from datetime import date
from mentor_ispe.domain.feedback.due import due_in_group
from mentor_ispe.domain.feedback.facts import GroupLife, Rhythm
from mentor_ispe.domain.seats import Seat

seats = tuple(Seat(name, "Mentee", "Active", profile=name) for name in ("ana", "ben"))
life = GroupLife("g", "c", "One-on-One", "Active", date(2031, 1, 1), ends_on=date(2032, 1, 1), seats=seats)
print(*(ask.kind for ask in due_in_group(life, Rhythm(), date(2031, 7, 2))))
"""


def _code_of_the_recipe() -> str:
	recipe = (CHECKOUT / "docs/contributing.md").read_text(encoding="utf-8").partition(RECIPE)[2]
	indented = recipe.partition("```python\n")[2].partition("```")[0]
	return "\n".join(line.removeprefix("   ") for line in indented.splitlines())
