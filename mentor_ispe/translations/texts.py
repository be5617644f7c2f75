"""Every text of the app that people read, found in its files; see docs/translating.md.

Frappe's own search needs a site and passes over what only this app marks: the words of the domain, whose
`N_` marks without translating. `tests/site/setup` holds the two
against each other.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

APP = Path(__file__).parents[1]


class Text(NamedTuple):
	"""A text and where it was found.

	A field's label has its DocType as `context`: the Desk looks for a row with that first.
	"""

	words: str
	where: str
	context: str = ""


Found = Iterator[Text]

MARKS = {"frappe": ("_", "_lt"), "mentor_ispe.domain.violations": ("N_",)}
TEMPLATES = (".html", ".js")
NOT_SHOWN = ("mails/default_templates", "public/dist", "node_modules")
HAS_WORDS = re.compile(r"[A-Za-z]")
CALL = re.compile(r"(?<![\w.])__?\(\s*")
LITERAL = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`""", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}|^\s*(?:\*|//|/\*).*?$", re.DOTALL | re.MULTILINE)


class NotLiteral(ValueError):
	"""A text that is put together inside of `_()`: no translation can be found for it."""


def all_texts() -> list[Text]:
	"""Every text of the app; one that is used often is there often."""
	return [
		text._replace(where=f"{path.relative_to(APP)}: {text.where}")
		for path in _files()
		for text in texts_of(path)
		if HAS_WORDS.search(text.words)
	]


def _files() -> Iterator[Path]:
	for path in sorted(APP.rglob("*")):
		inside = path.relative_to(APP).as_posix()
		if path.suffix in (".py", ".json", *TEMPLATES) and not inside.startswith(NOT_SHOWN):
			yield path


def texts_of(path: Path) -> Found:
	"""The texts of one file; raises NotLiteral where one is put together before it is looked up."""
	if path.suffix == ".json":
		yield from _of_record(_record(path))
	elif path.name == "hooks.py":
		yield from _of_hooks(path)
	elif path.suffix == ".py":
		yield from _of_python(path)
	else:
		yield from _of_template(path)


# Python


def _of_python(path: Path) -> Found:
	tree = ast.parse(path.read_text(encoding="utf-8"))
	marks = set(_marks(tree)) | ({"N_"} if path.match("domain/violations.py") else set())
	for node in ast.walk(tree):
		if isinstance(node, ast.Call) and _is_mark(node.func, marks) and node.args:
			first = node.args[0]
			if isinstance(first, ast.Constant) and isinstance(first.value, str):
				yield Text(first.value, str(node.lineno))
			elif _is_built(first):
				raise NotLiteral(f"{path}: {node.lineno}")


def _marks(tree: ast.Module) -> Iterator[str]:
	"""The names that the file knows `_` by."""
	for node in ast.walk(tree):
		if isinstance(node, ast.ImportFrom):
			for name in node.names:
				if name.name in MARKS.get(node.module or "", ()):
					yield name.asname or name.name


def _is_mark(called: ast.expr, marks: set[str]) -> bool:
	if isinstance(called, ast.Name):
		return called.id in marks
	return isinstance(called, ast.Attribute) and ast.unparse(called) in ("frappe._", "frappe._lt")


def _is_built(text: ast.expr) -> bool:
	"""Whether a text is formatted or joined before it is looked up."""
	if isinstance(text, ast.JoinedStr | ast.BinOp):
		return True
	called = text.func if isinstance(text, ast.Call) else None
	return (
		isinstance(called, ast.Attribute)
		and called.attr == "format"
		and isinstance(called.value, ast.Constant)
	)


def _of_hooks(path: Path) -> Found:
	"""What hooks.py says to people: the tile on the apps screen."""
	for node in ast.parse(path.read_text(encoding="utf-8")).body:
		if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "add_to_apps_screen":
			for tile in ast.literal_eval(node.value):
				yield Text(tile["title"], str(node.lineno))


# Jinja and JavaScript: `_("…")`, `__("…")`


def _of_template(path: Path) -> Found:
	code = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), path.read_text(encoding="utf-8"))
	for call in CALL.finditer(code):
		literal = LITERAL.match(code, call.end())
		if not literal:
			continue
		line = code.count("\n", 0, call.start()) + 1
		rest = code[literal.end() :].lstrip()
		if rest[:1] not in (")", ","):
			raise NotLiteral(f"{path}: {line}")
		yield Text(_unquoted(literal[0]), str(line))


def _unquoted(literal: str) -> str:
	if literal[0] == "`":
		if "${" in literal:
			raise NotLiteral(literal)
		return literal[1:-1]
	return ast.literal_eval(literal)


# Records: DocTypes, reports, the workspace and what is on it


def _record(path: Path) -> dict[str, Any]:
	data = json.loads(path.read_text(encoding="utf-8"))
	return data if isinstance(data, dict) and "doctype" in data else {}


def _of_record(data: dict[str, Any]) -> Found:
	for key in {
		"DocType": ("name", "description"),
		"Report": ("report_name",),
		"Workspace": ("label", "title"),
		"Number Card": ("label",),
		"Dashboard Chart": ("chart_name",),
		"Print Format": ("name",),
		"Module Onboarding": ("title", "subtitle", "success_message"),
		"Onboarding Step": (
			"title",
			"description",
			"action_label",
			"callback_title",
			"callback_message",
			"report_description",
		),
	}.get(data.get("doctype", ""), ()):
		if data.get(key):
			yield Text(data[key], key)
	for table, keys in {
		"fields": ("label", "description"),
		"steps": ("title", "description"),
		"links": ("label", "description", "group"),
		"actions": ("label",),
		"states": ("title",),
		"permissions": ("role",),
		"charts": ("label",),
		"number_cards": ("label",),
		"shortcuts": ("label", "format"),
		"quick_lists": ("label",),
		"columns": ("label",),
		"filters": ("label",),
	}.items():
		for row in data.get(table) or []:
			for key in keys:
				if row.get(key):
					is_label = (data["doctype"], table, key) == ("DocType", "fields", "label")
					yield Text(row[key], table, data["name"] if is_label else "")
	for field in data.get("fields") or []:
		if field.get("fieldtype") == "Select":
			for option in (field.get("options") or "").split("\n"):
				yield Text(option, field["fieldname"])
		elif field.get("fieldtype") == "HTML" and field.get("options"):
			yield Text(field["options"], field["fieldname"])
	if data.get("doctype") == "Workspace":
		for block in json.loads(data.get("content") or "[]"):
			if block["type"] in ("header", "paragraph"):
				yield Text(block["data"]["text"], block["type"])
