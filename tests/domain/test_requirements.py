"""docs/requirements.md names, for every line, a place in the app and a test; both must be there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "requirements.md"
ROW = re.compile(r"^\| (?P<number>[A-Z]\d+) \| (?P<asked>[^|]+) \| (?P<where>[^|]+) \| (?P<tests>[^|]+) \|$")
TEST = re.compile(r"`(?P<path>tests/[\w/]+\.py)::(?P<name>test_\w+)`")
LINK = re.compile(r"\]\((?P<path>\.\./[^)#]+)\)")


def rows() -> list[re.Match]:
	lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| [A-Z]\d", line)]
	found = [ROW.match(line) for line in lines]
	assert all(found), [line for line, match in zip(lines, found, strict=True) if not match]
	return found


@cache
def names_in(path: str) -> frozenset[str]:
	tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
	return frozenset(
		node.name
		for node in ast.walk(tree)
		if isinstance(node, ast.FunctionDef) and any(not isinstance(part, ast.Pass) for part in node.body)
	)


def test_every_document_has_its_lines_and_each_is_numbered_once():
	numbers = [row["number"] for row in rows()]
	assert len(numbers) == len(set(numbers))
	assert {number[0] for number in numbers} == set("WOBAP")


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["number"])
def test_the_line_leads_to_a_test_that_exists(row):
	named = TEST.findall(row["tests"])
	assert named, f"{row['number']} names no test"
	missing = [f"{path}::{name}" for path, name in named if name not in names_in(path)]
	assert not missing


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["number"])
def test_the_place_in_the_app_exists(row):
	missing = [path for path in LINK.findall(row["where"]) if not (PAGE.parent / path).exists()]
	assert not missing
