"""What Frappe wants of each report as files is what its declaration says, and a report is added in one place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from mentor_ispe.gettext import catalogs
from mentor_ispe.reports.files import APP, all_reports, files, left_over

CHECKOUT = APP.parent
RECIPE = "## Add a report"


def test_files_are_as_the_declarations_say():
	for path, text in files().items():
		assert path.read_text(encoding="utf-8") == text, f"{path}: python -m mentor_ispe.reports"
	assert not left_over()


def test_labels_of_a_report_are_texts():
	"""The Desk translates the labels when it shows them, so that each has to be a text of the app."""
	known = {message.id for message in catalogs.extract() if not message.context}
	for report in all_reports():
		shown = [each.label for each in report.filters]
		shown += [label for each in report.filters for label in each.choices.values() if not label.isdigit()]
		assert {label for label in shown if label} <= known, report.name
		assert report.question in known


def test_recipe_adds_a_report(tmp_path):
	"""As docs/contributing.md says, in a copy of the package: one module written, the rest made."""
	for folder in ("mentor_ispe", "docs", "tests"):
		shutil.copytree(
			CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "dist")
		)
	module = _code_of_the_recipe()
	(tmp_path / "mentor_ispe/reports/agreements_kept.py").write_text(module)
	environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
	made = _run(tmp_path, environment, "-m", "mentor_ispe.reports")
	folder = tmp_path / "mentor_ispe/mentor_ispe/report/agreements_kept"
	assert {path.name for path in folder.iterdir()} == {
		"__init__.py",
		*(f"agreements_kept.{kind}" for kind in ("js", "json", "py")),
	}
	assert "Agreements Kept" in (tmp_path / "docs/reports.md").read_text()
	assert (
		'"link_to": "Agreements Kept"'
		in (tmp_path / "mentor_ispe/mentor_ispe/workspace/mentoring/mentoring.json").read_text()
	)
	assert made.count("wrote ") == 6
	assert not _run(tmp_path, environment, "-m", "mentor_ispe.reports"), "nothing is left to write"
	_run(tmp_path, environment, "-c", ASKED)


ASKED = """
from mentor_ispe.mentor_ispe.report.agreements_kept.agreements_kept import execute
assert execute.for_committee and execute.name == "Agreements Kept"
assert [each.fieldname for each in execute.filters] == ["program", "cycle"]
"""


def _code_of_the_recipe() -> str:
	"""The module that the recipe shows."""
	recipe = (CHECKOUT / "docs/contributing.md").read_text(encoding="utf-8").partition(RECIPE)[2]
	indented = recipe.partition("```python\n")[2].partition("```")[0]
	return "\n".join(line.removeprefix("   ") for line in indented.splitlines())


def _run(folder: Path, environment: dict[str, str], *arguments: str) -> str:
	done = subprocess.run(
		[sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
	)
	assert not done.returncode, done.stderr
	return done.stdout
