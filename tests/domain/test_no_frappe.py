"""The rules are plain Python: they import and run where Frappe isn't installed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

DOMAIN = Path(__file__).parents[2] / "mentor_ispe" / "domain"
FILES = sorted(DOMAIN.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_domain_imports_only_itself_and_the_standard_library(file):
	for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
		names = []
		if isinstance(node, ast.Import):
			names = [alias.name for alias in node.names]
		elif isinstance(node, ast.ImportFrom):
			names = [node.module or ""]
		for name in names:
			assert name.split(".")[0] != "frappe", f"{file.name} imports {name}"
			if name.startswith("mentor_ispe"):
				assert name.startswith("mentor_ispe.domain"), f"{file.name} imports {name}"
