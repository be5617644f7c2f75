"""A mail is added as docs/contributing.md says, in a copy of the package; what is forgotten, a test says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.recipes import code_of, copy_of_the_package

RECIPE = "Add an email"
TEMPLATES = "mentor_ispe/mails/default_templates"
SUITE = "tests/domain/test_mails.py"


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
	return copy_of_the_package(tmp_path_factory.mktemp("mail"), "tests/__init__.py", SUITE)


def test_the_recipe_adds_a_mail_and_every_step_of_it_is_asked_for(copy):
	declaration, _notification = code_of(RECIPE, "python")
	english, german = code_of(RECIPE, "html")
	assert "passed" in suite(copy)

	(copy / TEMPLATES / "goals.py").write_text(declaration, encoding="utf-8")
	missing = suite(copy)
	assert "FAILED tests/domain/test_mails.py::test_the_page_is_current" in missing
	assert "FAILED tests/domain/test_mails.py::test_each_mail_says_to_whom_and_when" in missing
	assert "FAILED tests/domain/test_mails.py::test_each_mail_has_its_german" in missing

	(copy / TEMPLATES / "en" / "goal_achieved.html").write_text(english, encoding="utf-8")
	(copy / TEMPLATES / "de" / "goal_achieved.html").write_text(german, encoding="utf-8")
	run(copy, "-m", "mentor_ispe.mails")
	done = suite(copy)
	assert "FAILED" not in done
	assert "passed" in done
	page = (copy / "docs" / "mails.md").read_text(encoding="utf-8")
	assert (
		"| Goal Achieved | whose goal it is | the goal is marked as achieved | View goals | may wait |"
		in page
	)
	assert "| Goal Achieved | `cycle` name of the cycle; `title` title of the goal |" in page


def suite(copy: Path) -> str:
	return run(copy, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider", SUITE)


def run(copy: Path, *arguments: str) -> str:
	environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
	done = subprocess.run(
		[sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, text=True, check=False
	)
	return done.stdout + done.stderr
