"""Every kind of criterion is everywhere: what can't be read from KINDS is compared with it here."""

from __future__ import annotations

import ast
import json
from dataclasses import fields
from pathlib import Path
from string import Formatter

import pytest

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.rules import Criterion, Rules
from mentor_ispe.domain.matching.scoring import Scores
from mentor_ispe.domain.profile_fields import CHOICE, PROFILE_FIELDS
from tests.domain.matching.factories import make_mentee, make_mentor

ROOT = Path(__file__).parents[3]
DOCTYPES = ROOT / "mentor_ispe" / "mentor_ispe" / "doctype"
FIELDS = {field.name for field in fields(Candidate)}


def doctype_fields(name: str) -> dict[str, dict]:
	found = json.loads((DOCTYPES / name / f"{name}.json").read_text())
	return {field["fieldname"]: field for field in found["fields"]}


def test_programs_can_choose_every_kind_and_no_other():
	options = doctype_fields("mentoring_program_criterion")["criterion"]["options"]
	assert set(options.split("\n")) == set(KINDS)
	source = (DOCTYPES / "mentoring_program_criterion" / "mentoring_program_criterion.py").read_text()
	typed = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
	assert set(KINDS) <= typed


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_what_is_compared_is_a_field_of_people_and_of_their_profile(kind):
	assert kind.field in FIELDS
	if not kind.profile_field:
		return
	declared = {field.name: field for field in PROFILE_FIELDS}
	assert kind.profile_field in declared, "declare it in domain/profile_fields.py"
	if kind.choices:
		assert declared[kind.profile_field].kind == CHOICE
	field = doctype_fields("mentoring_profile")[kind.profile_field]
	options = field.get("options", "") if field["fieldtype"] == "Select" else ""
	assert tuple(filter(None, options.split("\n"))) == kind.choices


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_sentences_name_only_what_they_are_given(kind):
	for words in (kind.missing, kind.nobody, *kind.others, *kind.peers, kind.circle):
		named = {name for _text, name, _spec, _conversion in Formatter().parse(words) if name}
		assert named <= {"value", "count", "seats", "hours", "all"}
	assert kind.nobody
	assert all(kind.others)
	assert kind.label


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_docs_describe_every_kind(kind):
	docs = (ROOT / "docs" / "matching.md").read_text()
	table = docs.split("## Criteria")[1].split("## ")[0]
	assert kind in table


def test_codes_are_one_each():
	assert len({kind.code for kind in KINDS.values()}) == len(KINDS)
	assert list(KINDS) == [kind.name for kind in KINDS.values()]


@pytest.mark.parametrize("count", [9, 10, 11, 15, 25])
def test_so_many_hard_criteria_that_fail_rule_a_pair_out(count, monkeypatch):
	"""With eleven, what they took off a score once ran over 16 bits and came out above 0."""
	same = KINDS["Industry"]
	some = {f"{same.name} {number}": same for number in range(count)}
	for name, kind in some.items():
		monkeypatch.setitem(KINDS, name, kind)
	rules = Rules(criteria=tuple(Criterion(name, 10, is_hard=True) for name in some))
	scores = Scores([make_mentee(industry="A")], [make_mentor("m"), make_mentor("n", industry="A")], rules)
	assert scores.points_off > 1_000
	assert (scores.matrix() >= 0).tolist() == [[False, True]]


def test_more_hard_criteria_than_16_bits_hold_are_refused(monkeypatch):
	for number in range(26):
		monkeypatch.setitem(KINDS, f"Industry {number}", KINDS["Industry"])
	rules = Rules(criteria=tuple(Criterion(f"Industry {n}", is_hard=True) for n in range(26)))
	with pytest.raises(ValueError, match="more than 25 criteria are hard"):
		Scores([make_mentee()], [make_mentor()], rules)
