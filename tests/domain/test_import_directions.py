"""Lower layers never import higher ones, and no two folders import each other , but for what is listed here."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "mentor_ispe"

# From the lowest; those of one line stand side by side and may import each other one way.
LAYERS = (
	("domain",),
	("exceptions", "clock", "roles", "program_templates", "spreadsheets", "gettext"),
	("readings",),
	("concurrency",),
	("membership", "permissions"),
	("mentor_ispe/doctype",),
	("mails",),
	("services",),
	("notifications", "reports", "mentor_ispe/report", "jobs", "portal", "api", "www", "hardening"),
	("consequences", "commands", "cli", "demo", "setup", "patches", "hooks", "mentor_ispe/dashboards"),
)
RANKS = {name: rank for rank, names in enumerate(LAYERS) for name in names}

# A save says what happened, and what follows is looked up in the table at the top.
LOOKS_UP = {("events", "consequences")}

# What is still the wrong way round: a folder and a layer above it. The list only gets shorter.
UPWARD = {
	("mentor_ispe/doctype", "services"),
	("permissions", "services"),
	("services/applications", "notifications"),
	("services/concerns", "notifications"),
	("services/library", "notifications"),
	("services/readiness", "notifications"),
	("services/sessions", "notifications"),
}

# Folders of one layer that still import each other.
MUTUAL = {
	("api", "portal"),
	("services/applications", "services/groups"),
	("services/applications", "services/members"),
	("services/applications", "services/membership"),
	("services/applications", "services/readiness"),
	("services/groups", "services/programs"),
	("services/groups", "services/sessions"),
	("services/library", "services/sessions"),
	("services/members", "services/sessions"),
	("services/readiness", "services/sessions"),
}


def layer_of(module: str) -> str:
	"""`mentor_ispe.services.x.y` → `services`; of the module folder also what kind of record it is."""
	parts = module.split(".")[1:3]
	return "/".join(parts) if parts[0] == "mentor_ispe" else parts[0]


def folder_of(module: str) -> str:
	"""The folder of a module in the app; the DocTypes count as one, and each module beside the folders."""
	layer, folder = layer_of(module), "/".join(module.split(".")[1:-1])
	return layer if not folder or layer == "mentor_ispe/doctype" else folder


def is_module(name: str) -> bool:
	path = APP.parent / name.replace(".", "/")
	return path.is_dir() or path.with_suffix(".py").is_file()


def imported_by(file: Path) -> set[str]:
	"""The app's modules that a file imports, also inside of a function."""
	found = set()
	for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
		if isinstance(node, ast.Import):
			found |= {name.name for name in node.names}
		elif isinstance(node, ast.ImportFrom) and node.module:
			inner = {f"{node.module}.{name.name}" for name in node.names}
			found |= {name if is_module(name) else node.module for name in inner}
	return {name for name in found if name.startswith("mentor_ispe.")}


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
	"""Each module of the app, and those that it imports."""
	return {
		".".join(file.relative_to(APP.parent).with_suffix("").parts): imported_by(file)
		for file in APP.rglob("*.py")
	}


def test_every_module_has_its_layer(imports):
	placed = {*RANKS, *(low for low, _ in LOOKS_UP)}
	assert not {module for module, others in imports.items() if others and layer_of(module) not in placed}


def test_lower_layers_never_import_higher_ones(imports):
	found = defaultdict(set)
	for module, others in imports.items():
		for other in others:
			low, high = layer_of(module), layer_of(other)
			if (low, high) not in LOOKS_UP and RANKS.get(low, len(LAYERS)) < RANKS.get(high, 0):
				found[folder_of(module), high].add(f"{module} → {other}")
	assert not {pair: found[pair] for pair in found if pair not in UPWARD}


def test_no_two_folders_of_a_layer_import_each_other(imports):
	found = defaultdict(set)
	for module, others in imports.items():
		for other in others:
			if RANKS.get(layer_of(module)) == RANKS.get(layer_of(other)):
				found[folder_of(module), folder_of(other)].add(f"{module} → {other}")
	mutual = {
		(one, other): found[one, other] | found[other, one]
		for one, other in found
		if one < other and (other, one) in found and not other.startswith(f"{one}/")
	}
	assert not {pair: mutual[pair] for pair in mutual if pair not in MUTUAL}
