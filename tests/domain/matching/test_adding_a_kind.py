"""A criterion is added as docs/contributing.md says, in a copy of the package: it is everywhere then."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
RECIPE = "## Add a matching criterion"
NAME, FIELD, CHOICES = "Company Size", "company_size", "\nSmall\nMedium\nLarge"

WORKS = """
from mentor_ispe.domain.matching.circles import CircleRules, Work, match_circles
from mentor_ispe.domain.matching.explain import SENTENCES
from mentor_ispe.domain.matching.groups import GroupRules, match_groups
from mentor_ispe.domain.matching.pairs import match_pairs
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.rules import Criterion, Rules

hard = Rules(criteria=(Criterion("Company Size", 10, is_hard=True),))
mentors = [Candidate("m", seats=3, company_size="Small", career_stage="Senior")]
mentees = [Candidate("a", company_size="Small"), Candidate("b", company_size="Large"), Candidate("c")]
pairs = match_pairs(mentees, mentors, hard)
(pair,) = pairs.pairs
assert [str(reason) for reason in pair.reasons] == ["Both work in a company of this size: Small."]
assert SENTENCES[pair.reasons[0].message].short == "{value}"
assert [str(reason) for lone in pairs.unmatched for reason in lone.reasons] == [
	"No mentor offering places works in a company of your size, Large.",
	"You didn't enter a company size.",
]
assert "Company Size" in {each.words.params.get("rule") for each in pairs.suggestions}
lone = [Candidate(f"b{n}", company_size="Large", career_stage="Mid-Level" if n else "Student",
	willing_to_moderate=True, languages=("en",), utc_offset=0.0) for n in range(5)]
groups = match_groups(lone, mentors, GroupRules(hard))
joining = next(each for each in groups.suggestions if each.words.code == "new_mentors")
assert "Large" in joining.words.params["profile"], joining
soft = Rules(criteria=(Criterion("Company Size", 10),))
peers = [Candidate(f"p{n}", company_size="Medium", willing_to_moderate=True) for n in range(5)]
(circle,) = match_circles(peers, CircleRules(soft), work=Work(steps=5)).circles
assert "4 others work in a company of this size too: Medium." in map(str, circle.members[0].reasons)
"""


def test_recipe_adds_a_criterion(tmp_path):
	"""Seven files written by hand; the engine's own tests pass with it."""
	for folder in ("mentor_ispe", "tests/domain/matching"):
		shutil.copytree(
			ROOT / folder,
			tmp_path / folder,
			ignore=shutil.ignore_patterns("__pycache__", "dist", "public", "default_templates"),
		)
	for file in ("docs/matching.md", "tests/__init__.py", "pyproject.toml"):
		(tmp_path / file).parent.mkdir(exist_ok=True, parents=True)
		shutil.copy(ROOT / file, tmp_path / file)
	engine = tmp_path / "mentor_ispe/domain/matching"
	replace(engine / "criteria.py", "\tfor kind in (\n", lambda line: line + entry_of_the_recipe())
	replace(engine / "people.py", '\temployer: str = ""\n', lambda line: f'{line}\t{FIELD}: str = ""\n')
	declared = f'\tProfileField("{FIELD}", CHOICE, N_("Company size"), erased=True),\n'
	assert declared.strip() in recipe()
	fields_of_profiles = tmp_path / "mentor_ispe/domain/profile_fields.py"
	replace(fields_of_profiles, "PROFILE_FIELDS = (\n", lambda line: line + declared)
	doctypes = tmp_path / "mentor_ispe/mentor_ispe/doctype"
	change_doctype(
		doctypes / "mentoring_profile/mentoring_profile.json",
		lambda fields: fields.append({"fieldname": FIELD, "fieldtype": "Select", "options": CHOICES}),
	)
	criterion = doctypes / "mentoring_program_criterion"
	change_doctype(
		criterion / "mentoring_program_criterion.json",
		lambda fields: fields[0].update(options=f"{fields[0]['options']}\n{NAME}"),
	)
	# Frappe writes the types of a controller itself.
	replace(criterion / "mentoring_program_criterion.py", '"Chapter",', lambda line: f'{line} "{NAME}",')
	replace(tmp_path / "docs/matching.md", "| Industry, Country,", lambda line: f"{line} {NAME},")
	tests = [f"tests/domain/matching/test_{part}.py" for part in ("kinds", "reasons")]
	run(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-x", *tests)
	run(tmp_path, "-c", WORKS)


def recipe() -> str:
	return (ROOT / "docs/contributing.md").read_text(encoding="utf-8").partition(RECIPE)[2]


def entry_of_the_recipe() -> str:
	code = recipe().partition("```python\n")[2].partition("```")[0]
	lines = [f"\t\t{line.removeprefix('   ')}" for line in code.rstrip().splitlines()]
	return "\n".join(lines) + ",\n"


def replace(path: Path, line: str, by) -> None:
	text = path.read_text(encoding="utf-8")
	assert line in text, (path, line)
	path.write_text(text.replace(line, by(line), 1), encoding="utf-8")


def change_doctype(path: Path, change) -> None:
	doctype = json.loads(path.read_text(encoding="utf-8"))
	change(doctype["fields"])
	path.write_text(json.dumps(doctype), encoding="utf-8")


def run(folder: Path, *arguments: str) -> None:
	done = subprocess.run(
		[sys.executable, *arguments],
		cwd=folder,
		env={**os.environ, "PYTHONPATH": str(folder)},
		capture_output=True,
		text=True,
		check=False,
	)
	assert not done.returncode, done.stdout + done.stderr
