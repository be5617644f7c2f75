"""The file of hooks as a file: Python takes the last of two values without a word."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

HOOKS = Path(__file__).parents[2] / "mentor_ispe" / "hooks.py"


def test_no_hook_is_given_twice():
	tree = ast.parse(HOOKS.read_text())
	names = Counter(
		target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets
	)
	keys = Counter(
		(node.lineno, key.value)
		for node in ast.walk(tree)
		if isinstance(node, ast.Dict)
		for key in node.keys
		if isinstance(key, ast.Constant)
	)
	assert [name for name, times in (*names.items(), *keys.items()) if times > 1] == []
