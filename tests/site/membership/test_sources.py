"""What every membership source that comes with the app keeps to, and that one is added in one place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import frappe
import pytest

import mentor_ispe
from mentor_ispe.membership.base import Person, SourceUnavailable
from mentor_ispe.membership.registry import BUILT_IN, missing_doctypes, sources

CHECKOUT = Path(mentor_ispe.__file__).parents[1]
REGISTRY = "mentor_ispe/membership/registry.py"


@pytest.mark.parametrize("source", BUILT_IN, ids=lambda source: source.name)
def test_a_source_says_what_the_app_asks_of_it(source):
	assert sources()[source.name] is source
	assert source.doctypes
	assert not source.record or source.record in source.doctypes
	if not missing_doctypes(source()):
		nobody = Person("nobody", "nobody@example.org")
		with suppress(SourceUnavailable):  # an empty roll says that it can't tell
			assert not source().periods([nobody]).get("nobody")
		assert source().full_name("nobody@example.org") is None


def test_the_records_of_the_sources_are_those_that_a_profile_can_be_linked_to(site):
	options = frappe.get_meta("Mentoring Profile").get_options("membership_doctype").split("\n")
	assert sorted(filter(None, options)) == sorted(source.record for source in BUILT_IN if source.record)


def test_no_two_sources_have_one_name_or_one_record():
	for values in ([each.name for each in BUILT_IN], [each.record for each in BUILT_IN if each.record]):
		assert len(values) == len(set(values))


def test_recipe_adds_a_source(tmp_path):
	"""As docs/contributing.md says, in a copy of the package: one module, and its class named in the registry."""
	for folder in ("mentor_ispe", "tests"):
		shutil.copytree(
			CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "dist")
		)
	(tmp_path / "mentor_ispe/membership/guild.py").write_text(_code_of_the_recipe())
	registry = tmp_path / REGISTRY
	registry.write_text(
		registry.read_text()
		.replace(
			"import NonProfitSource\n",
			"import NonProfitSource\nfrom mentor_ispe.membership.guild import GuildSource\n",
		)
		.replace("(NonProfitSource, ", "(GuildSource, NonProfitSource, ")
	)
	tests = subprocess.run(
		[
			sys.executable,
			"-m",
			"pytest",
			"-q",
			"-p",
			"no:cacheprovider",
			"tests/site/membership/test_sources.py",
			"-k",
			"not recipe",
		],
		cwd=tmp_path,
		env={**os.environ, "PYTHONPATH": str(tmp_path)},
		capture_output=True,
		text=True,
		check=False,
	)
	assert not tests.returncode, tests.stdout
	assert f"{len(BUILT_IN) + 3} passed" in tests.stdout, tests.stdout


def _code_of_the_recipe() -> str:
	recipe = (
		(CHECKOUT / "docs/contributing.md")
		.read_text(encoding="utf-8")
		.partition("## Add a membership source")[2]
	)
	indented = recipe.partition("```python\n")[2].partition("```")[0]
	return "\n".join(line.removeprefix("   ") for line in indented.splitlines())
