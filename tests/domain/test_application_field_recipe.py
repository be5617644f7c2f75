"""A field of an application is added as docs/contributing.md says, in a copy; what is forgotten, a test says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.recipes import code_of, copy_of_the_package

RECIPE = "Add a field to an application"
DECLARED = "mentor_ispe/domain/application_fields.py"
RECORD = "mentor_ispe/mentor_ispe/doctype/mentee/mentee.json"
GERMAN = "mentor_ispe/locale/de.po"
SUITE = ("tests/domain/test_application_fields.py", "tests/domain/test_translations.py")
# Asked in a process of its own, of the package as it is after the recipe.
FOLLOWS = """
from mentor_ispe.domain.application_fields import MENTEE, TEXT, names, shown_names
from mentor_ispe.domain.people_mapping import APPLICATION_FIELDS
print(names(MENTEE, TEXT), shown_names(MENTEE), APPLICATION_FIELDS[MENTEE]["expectations"])
"""


@pytest.fixture
def copy(tmp_path) -> Path:
	pytest.importorskip("frappe", reason="its extractors find the texts")
	return copy_of_the_package(tmp_path, "tests/__init__.py", "babel_extractors.csv", *SUITE)


def test_the_recipe_adds_a_field_and_every_step_of_it_is_asked_for(copy):
	(declaration,) = code_of(RECIPE, "python")
	(field,) = code_of(RECIPE, "json")
	(german,) = code_of(RECIPE, "po")
	_change(copy / DECLARED, "	MENTEE: (\n", f"	MENTEE: (\n{declaration}")

	missing = _suite(copy)
	assert "Mentee lacks {'fieldname': 'expectations', 'fieldtype': 'Small Text'}" in missing
	assert "test_a_file_has_every_text_and_no_other" in missing

	record = json.loads((copy / RECORD).read_text(encoding="utf-8"))
	record["fields"].append(json.loads(field))
	(copy / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
	_run(copy, "-m", "mentor_ispe.gettext")
	missing = _suite(copy)
	assert "FAILED tests/domain/test_translations.py::test_every_text_is_translated" in missing
	assert "FAILED tests/domain/test_application_fields.py" not in missing

	for words, translation in re.findall(r'msgid ("[^\n]+")\nmsgstr ("[^\n]+")', german):
		_change(copy / GERMAN, f'msgid {words}\nmsgstr ""', f"msgid {words}\nmsgstr {translation}")
	_run(copy, "-m", "mentor_ispe.gettext")
	done = _suite(copy)
	assert "FAILED" not in done, done[-3000:]
	assert "passed" in done
	assert (
		_run(copy, "-c", FOLLOWS).split("\n")[0] == "('expectations', 'goals') ('expectations', 'goals') text"
	)


def _change(file: Path, old: str, new: str) -> None:
	text = file.read_text(encoding="utf-8")
	assert old in text, old
	file.write_text(text.replace(old, new, 1), encoding="utf-8")


def _suite(copy: Path) -> str:
	return _run(copy, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider", *SUITE)


def _run(copy: Path, *arguments: str) -> str:
	environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
	done = subprocess.run(
		[sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, text=True, check=False
	)
	return done.stdout + done.stderr
