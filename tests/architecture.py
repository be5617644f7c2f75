"""The layers of the app, and what docs/architecture.md says of them: `python -m tests.architecture` writes it.

Everything is read from the files, without Frappe.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
APP = ROOT / "mentor_ispe"
PAGE = ROOT / "docs" / "architecture.md"
PICTURE = ROOT / "docs" / "images" / "architecture.svg"
PART = "<!-- {0}: made by python -m tests.architecture -->\n{1}<!-- end of {0} -->"


@dataclass(frozen=True)
class Layer:
	"""Folders and modules that may import those below; side by side they may import each other one way."""

	title: str
	what: str
	folders: tuple[str, ...]

	def files(self) -> Iterator[Path]:
		for folder in self.folders:
			module = APP / f"{folder}.py"
			yield from [module] if module.is_file() else sorted((APP / folder).rglob("*.py"))


# From the lowest.
LAYERS = (
	Layer("Rules", "plain Python, no Frappe: facts in, a step or a result with reasons out", ("domain",)),
	Layer(
		"Names",
		"what everybody shares: errors, today, the roles; lists of people as files; programs to start from",
		("exceptions", "clock", "roles", "program_templates", "spreadsheets", "gettext"),
	),
	Layer("Readings", "what is read in many places: one query each, plain records out", ("readings",)),
	Layer("Concurrency", "the order of locks; transactions that are done again", ("concurrency",)),
	Layer(
		"Members and permissions",
		"the sources of memberships and of meeting links; which member sees what, and what staff don't see",
		("membership", "meeting_links", "permissions"),
	),
	Layer("Records", "the DocTypes, and what runs inside of a save", ("mentor_ispe/doctype",)),
	Layer(
		"Mails",
		"each mail with its words, its language, its queue; who is told of what",
		("mails", "notifications"),
	),
	Layer("Services", "what people and jobs do and read, a folder for each subject", ("services",)),
	Layer(
		"Ways in and out",
		"endpoints, pages, jobs, reports; and what of the platform is tightened",
		("api", "portal", "www", "jobs", "reports", "mentor_ispe/report", "hardening"),
	),
	Layer(
		"Put together",
		"the table of consequences, hooks, set-up, the demo, commands",
		("consequences", "hooks", "mentor_ispe/dashboards", "setup", "patches", "demo", "commands", "cli"),
	),
)
RANKS = {folder: rank for rank, layer in enumerate(LAYERS) for folder in layer.folders}

# A save says what happened, and what follows is looked up in the table at the top.
LOOKS_UP = {("events", "consequences")}


# The imports


def layer_of(module: str) -> str:
	"""`mentor_ispe.services.x.y` → `services`; of the module folder also what kind of record it is."""
	parts = module.split(".")[1:3]
	return "/".join(parts) if parts[0] == "mentor_ispe" else parts[0]


def folder_of(module: str) -> str:
	"""The folder of a module in the app; the DocTypes count as one, and each module beside the folders."""
	layer, folder = layer_of(module), "/".join(module.split(".")[1:-1])
	return layer if not folder or layer == "mentor_ispe/doctype" else folder


def imports() -> dict[str, set[str]]:
	"""Each module of the app, and those of the app that it imports, also inside of a function."""
	return {
		".".join(file.relative_to(ROOT).with_suffix("").parts): _imported_by(file)
		for file in APP.rglob("*.py")
	}


def _imported_by(file: Path) -> set[str]:
	found = set()
	for node in ast.walk(_tree(file)):
		if isinstance(node, ast.Import):
			found |= {name.name for name in node.names}
		elif isinstance(node, ast.ImportFrom) and node.module:
			inner = {f"{node.module}.{name.name}" for name in node.names}
			found |= {name if _is_module(name) else node.module for name in inner}
	return {name for name in found if name.startswith("mentor_ispe.")}


def _is_module(name: str) -> bool:
	path = ROOT / name.replace(".", "/")
	return path.is_dir() or path.with_suffix(".py").is_file()


def _tree(file: Path) -> ast.Module:
	return ast.parse(file.read_text(encoding="utf-8"))


# The page


def page(text: str) -> str:
	"""The page with its tables as the code is now; ValueError where a table has no place."""
	for part, table in (("layers", layers_table()), ("consequences", consequences_table())):
		begin, end = PART.format(part, "\0").split("\0")
		before, has_place, rest = text.partition(begin)
		_old, has_end, after = rest.partition(end)
		if not (has_place and has_end):
			raise ValueError(f"The page has no place for the table of {part}")
		text = f"{before}{begin}{table}{end}{after}"
	return text


def size(layer: Layer) -> tuple[int, int]:
	"""Files with code in them, and their lines in hundreds: a small change doesn't change the page."""
	lines = [len(file.read_text(encoding="utf-8").splitlines()) for file in layer.files()]
	return sum(count > 0 for count in lines), round(sum(lines), -2)


def layers_table() -> str:
	rows = []
	for layer in reversed(LAYERS):
		files, lines = size(layer)
		folders = ", ".join(layer.folders)
		rows.append((layer.title, layer.what, folders, f"{files}", f"{lines:,}"))
	return _table(("layer", "what is there", "in `mentor_ispe/`", "files", "lines"), rows)


def consequences_table() -> str:
	"""The table of consequences, with what each event and each handler says of itself."""
	tree = _tree(APP / "consequences.py")
	modules = dict(_modules(tree))
	table = next(
		node.value
		for node in tree.body
		if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "CONSEQUENCES"
	)
	rows = []
	for event, handlers in zip(table.keys, table.values, strict=True):
		words = [
			f"{_code(ast.unparse(handler))} {_says(handler, modules)}".strip() for handler in handlers.elts
		]
		rows.append((f"{_code(event.attr)} {_says(event, modules)}".strip(), "<br>".join(words)))
	return _table(("what happened", "what follows, in this order"), rows)


def _modules(tree: ast.Module) -> Iterator[tuple[str, Path]]:
	for node in tree.body:
		if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mentor_ispe"):
			for name in node.names:
				yield name.asname or name.name, ROOT / f"{node.module}.{name.name}".replace(".", "/")


def _code(name: str) -> str:
	return f"`{name}`"


def _says(node: ast.expr, modules: dict[str, Path]) -> str:
	"""The first sentence of a class's or function's docstring."""
	if not isinstance(node, ast.Attribute):
		return ""
	tree = _tree(modules[ast.unparse(node.value)].with_suffix(".py"))
	found = next(each for each in tree.body if getattr(each, "name", "") == node.attr)
	text = " ".join((ast.get_docstring(found) or "").split("\n\n")[0].split())
	return text.rstrip(".").replace("|", "\\|")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
	lines = [f"| {' | '.join(cells)} |\n" for cells in (head, *rows)]
	return "".join((lines[0], "|---" * len(head) + "|\n", *lines[1:]))


# The picture

WIDTH, LEFT, BOX, HIGH, GAP = 900, 20, 560, 50, 12
PATH_X = LEFT + BOX + 40

# What a request to accept a match passes, from the way in to what follows: layer and words.
PATH = (
	("Ways in and out", "1  an endpoint checks who asks, and what"),
	("Services", "2  a command loads the record and saves it"),
	("Concurrency", "3  rows are locked in one order"),
	("Records", "4  the save hands facts to the rules"),
	("Rules", "5  a step: after, refusals, effects, events"),
	("Put together", "6  the table of consequences answers"),
)


def picture() -> str:
	"""The layers from the top, with their sizes; beside them the way of a request through them."""
	order = list(reversed(LAYERS))
	top = {layer.title: 50 + number * (HIGH + GAP) for number, layer in enumerate(order)}
	height = 50 + len(order) * (HIGH + GAP) + 10
	parts = [
		f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">',
		"<title>The layers of the app, and the way of a request</title>",
		f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
		f'<text x="{LEFT}" y="30" font-weight="bold">Each layer imports only those below it</text>',
		f'<text x="{PATH_X}" y="30" font-weight="bold">A request that changes a record</text>',
	]
	for layer in order:
		files, lines = size(layer)
		y = top[layer.title]
		folders = escape(" · ".join(layer.folders))
		parts += [
			f'<rect x="{LEFT}" y="{y}" width="{BOX}" height="{HIGH}" rx="6" fill="#f3f6f9" stroke="#8aa0b4"/>',
			f'<text x="{LEFT + 12}" y="{y + 20}" font-weight="bold">{escape(layer.title)}</text>',
			f'<text x="{LEFT + BOX - 12}" y="{y + 20}" text-anchor="end" fill="#555">{files} files, {lines:,} lines</text>',
			f'<text x="{LEFT + 12}" y="{y + 38}" font-size="11" fill="#333">{folders}</text>',
		]
	parts += [
		f'<text x="{PATH_X}" y="{top[title] + 30}" font-size="12" fill="#1d4f91">{escape(words)}</text>'
		f'<line x1="{LEFT + BOX}" y1="{top[title] + 26}" x2="{PATH_X - 8}" y2="{top[title] + 26}" stroke="#1d4f91"/>'
		for title, words in PATH
	]
	return "\n".join([*parts, "</svg>\n"])


if __name__ == "__main__":
	PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
	PICTURE.write_text(picture(), encoding="utf-8")
