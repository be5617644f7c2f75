"""No function of ours is reachable over HTTP but through the one decorator, which asks who may come in first."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "mentor_ispe"
# The decorator, and what stands in the place of a function of Frappe's to close a hole of it.
WHITELIST = {"api/endpoint.py", "hardening/contact_form.py", "hardening/narrowed_lists.py"}
AUDIENCES = {
	"GUEST",
	"SIGNED_IN",
	"MEMBER",
	"COMMITTEE_TOO",
	"COORDINATOR_ONLY",
	"SYSTEM_MANAGER_ONLY",
	"permitted",
}
# One decorator may come between: Frappe's own check of what a Link field's search sends.
SEARCH = "validate_and_sanitize_search_inputs"


def parsed() -> Iterator[tuple[Path, ast.Module]]:
	for path in sorted(PACKAGE.rglob("*.py")):
		yield path, ast.parse(path.read_text(), str(path))


def test_only_the_decorator_whitelists():
	named = {
		str(path.relative_to(PACKAGE))
		for path, tree in parsed()
		for node in ast.walk(tree)
		if (isinstance(node, ast.Attribute) and node.attr == "whitelist")
		or (isinstance(node, ast.ImportFrom) and any(alias.name == "whitelist" for alias in node.names))
	}
	assert named == WHITELIST


def decorated() -> Iterator[tuple[str, ast.FunctionDef, ast.Call]]:
	for path, tree in parsed():
		for node in ast.walk(tree):
			for decorator in getattr(node, "decorator_list", ()):
				if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "endpoint":
					yield f"{path.relative_to(PACKAGE)}:{node.name}", node, decorator


ENDPOINTS = {name: (function, call) for name, function, call in decorated()}


def test_the_endpoints_are_found():
	assert len(ENDPOINTS) > 100


@pytest.mark.parametrize("name", ENDPOINTS)
def test_endpoint_names_its_audience_first(name):
	function, call = ENDPOINTS[name]
	assert function.decorator_list[0] is call, "the decorator comes outermost, so that nothing runs before it"
	assert [getattr(each, "attr", "") for each in function.decorator_list[1:]] in ([], [SEARCH])
	assert call.args, "an endpoint says who it is for"
	audience = call.args[0].func if isinstance(call.args[0], ast.Call) else call.args[0]
	assert getattr(audience, "id", "") in AUDIENCES
